"""Goods that come in, goods that are counted, and what moved on the shelf, as protocols. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Mapping, Sequence

    from pos.domain.receiving import Receipt, ReceiptDraft, ReceiptLine
    from pos.domain.stock import MovementReason
    from pos.domain.stock_take import CountLine, StockTake
    from pos.services.stock_views import CardRow, DeadRow, ExpiringRow, ReceiptRow, SupplyRow


class StockQueries(Protocol):
    """What screens read."""

    def receipt_drafts(self) -> list[ReceiptDraft]:
        """Deliveries that are being checked, the newest first."""
        ...

    def receipt_draft(self, uid: str) -> ReceiptDraft | None: ...

    def receipt_draft_lines(self, uid: str) -> list[ReceiptLine]:
        """In the order they were scanned."""
        ...

    def newest_draft_lines(self, uid: str, before: int, limit: int) -> list[ReceiptLine]:
        """The lines before a position, the last scanned first: a page of a long list."""
        ...

    def receipt_draft_line(self, uid: str, position: int) -> ReceiptLine | None: ...

    def receipts(self, offset: int, limit: int) -> list[ReceiptRow]:
        """What was booked, the newest first; corrections stand by themselves."""
        ...

    def receipt(self, uid: str, most: int = -1) -> Receipt | None:
        """With its first `most` lines; -1 is all of them."""
        ...

    def corrections_of_receipt(self, uid: str) -> list[Receipt]:
        """What changed a receipt afterwards, in the order it happened."""
        ...

    def last_unit_cost(self, unit_uid: str) -> int | None:
        """Rupiah for one unit on the newest receipt that had it; None when never."""
        ...

    def stock_takes(self, limit: int = 50) -> list[StockTake]:
        """Those being counted first, then the newest."""
        ...

    def stock_take(self, uid: str) -> StockTake | None: ...

    def count_lines(self, take_uid: str) -> list[CountLine]:
        """What was counted, the last first, each with its difference at cost."""
        ...

    def not_counted(self, take_uid: str, category: str) -> list[CountLine]:
        """Goods of a category (of the shop, where it is empty) that the book has some of and the count has not, as counted none."""
        ...

    def stock_card(self, product_uid: str, reasons: Sequence[MovementReason], since: int, until: int, limit: int) -> list[CardRow]:
        """Movements of a product, the newest first, each with what was there after it. No reasons: all. UTC ms; `until` 0 is now."""
        ...

    def short_goods(self, since: int) -> list[SupplyRow]:
        """Goods that are sold or have a minimum, with what was sold of them since UTC ms and who brought them last."""
        ...

    def expiring_goods(self, until: int) -> list[ExpiringRow]:
        """Batches that keep until a day (since 1970) at most, of which some must still be here, the first to go first."""
        ...

    def dead_goods(self, since: int) -> list[DeadRow]:
        """Goods on the shelf that nobody bought since UTC ms, the dearest first."""
        ...


class StockWork(Protocol):
    """What verbs write."""

    def put_receipt_draft(self, draft: ReceiptDraft) -> None:
        """Its head, as a whole; lines stay."""
        ...

    def draft_now(self, uid: str) -> ReceiptDraft | None:
        """As `receipt_draft`, within this unit of work."""
        ...

    def draft_lines_now(self, uid: str) -> list[ReceiptLine]: ...

    def draft_line_at(self, draft_uid: str, position: int) -> ReceiptLine | None: ...

    def draft_line_of(self, draft_uid: str, unit_uid: str) -> ReceiptLine | None:
        """The line of a unit that was scanned before; one with a date of its own is another."""
        ...

    def put_draft_lines(self, draft_uid: str, lines: Sequence[ReceiptLine]) -> None:
        """Insert or replace lines by their position."""
        ...

    def next_draft_position(self, draft_uid: str) -> int: ...

    def drop_draft_line(self, draft_uid: str, position: int) -> None: ...

    def drop_receipt_draft(self, uid: str) -> None: ...

    def next_receipt_paper(self) -> str:
        """The number that the next receipt gets; taken only if this unit of work commits."""
        ...

    def add_receipt(self, receipt: Receipt, causes: Sequence[str]) -> None:
        """A receipt as a fact. `causes`: of the movement of each line."""
        ...

    def receipt_now(self, uid: str) -> list[ReceiptLine]:
        """Lines of a receipt and of all that corrected it, as they were booked, within this unit of work."""
        ...

    def add_stock_note(self, cause: str, note: str, cashier: str, supplier_uid: str = "") -> None: ...

    def put_stock_take(self, take: StockTake) -> None: ...

    def take_now(self, uid: str) -> StockTake | None: ...

    def count_line_now(self, take_uid: str, product_uid: str) -> CountLine | None: ...

    def count_lines_now(self, take_uid: str) -> list[CountLine]: ...

    def put_count_line(self, take_uid: str, line: CountLine) -> None: ...

    def drop_count_line(self, take_uid: str, product_uid: str) -> None: ...

    def drop_stock_take(self, uid: str) -> None: ...

    def book_stock_take(self, uid: str, at: int, causes: Mapping[str, str]) -> None:
        """From now on it is a fact. `causes`: product uid -> cause of its movement."""
        ...
