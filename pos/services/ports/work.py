"""What a verb may write, as protocols by room, joined to one `UnitOfWork`. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pos.domain.basket import Basket, BasketLine
from pos.domain.cash_session import CashSession
from pos.domain.costing import Moved, StockValue
from pos.domain.money import Rupiah
from pos.domain.order import Order, OrderStep
from pos.domain.product import Product
from pos.domain.sale import Sale
from pos.domain.stock import StockMovement
from pos.services.ports.counter import CounterWork
from pos.services.ports.goods import GoodsCareWork
from pos.services.ports.imports import ImportWork
from pos.services.ports.line import LineMemoryWork
from pos.services.ports.paper import PaperWork
from pos.services.ports.paying import PayingWork
from pos.services.ports.people import PeopleWork
from pos.services.ports.reports import ReportWork
from pos.services.ports.stock import StockWork
from pos.services.ports.suppliers import SupplierWork

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from pos.services.goods_views import Author


@dataclass(frozen=True, slots=True)
class NewOperation:
    """A fact to be told to the central: `payload` is final wire bytes (JSON)."""

    id: str
    kind: str
    at: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what. `details` is short JSON without personal data."""

    at: int
    actor: str
    action: str
    subject: str
    details: str = ""


class BasketWork(Protocol):
    """The baskets on the counter and those put aside."""

    def open_basket(self) -> Basket:
        """The open basket with its lines; made if there is none."""
        ...

    def save_lines(self, basket: Basket, lines: Sequence[BasketLine]) -> Basket:
        """Replace the basket's lines, remember the change for undo, drop what could be redone. Writes only rows that differ."""
        ...

    def save_basket(self, basket: Basket, changed: Basket) -> Basket:
        """Like `save_lines`, and customer and discount with them: one step that is taken back as a whole."""
        ...

    def undo(self, basket: Basket) -> Basket: ...

    def redo(self, basket: Basket) -> Basket: ...

    def hold(self, basket: Basket, label: str) -> int:
        """Put a basket aside under the smallest number that no other one has. Returns the number."""
        ...

    def name_held(self, basket_uid: str, label: str) -> None:
        """Another name for a held basket. Raises ShopError BASKET_CHANGED when it is not held any more."""
        ...

    def recall(self, basket_uid: str) -> Basket:
        """Make a held basket the open one. Raises ShopError BASKET_NOT_EMPTY when lines are on the counter."""
        ...

    def drop_held(self, basket_uid: str) -> None:
        """Take a held basket off the list; until the next one goes it can be restored. Raises ShopError BASKET_CHANGED."""
        ...

    def restore_dropped(self, basket_uid: str) -> None:
        """Put the basket that was dropped last among the held ones again. Raises ShopError BASKET_CHANGED."""
        ...

    def drop_basket(self, basket: Basket) -> None: ...


class SaleWork(Protocol):
    """Sales and the stock that they move."""

    def next_receipt(self) -> tuple[str, int, int]:
        """(prefix, epoch, seq) of the next receipt; taken only if this unit of work commits."""
        ...

    def stock_values(self, product_uids: Sequence[str]) -> dict[str, StockValue]:
        """product uid -> what is on the shelf and what it cost; nothing for goods that never were. One statement."""
        ...

    def add_sale(self, sale: Sale) -> None:
        """Sale, lines, payments and their stock movements (reason sale, cause = sale uid, position = line)."""
        ...

    def add_movements(self, movements: Sequence[StockMovement]) -> int:
        """Book movements with what they cost; those already booked (cause, position) are passed over. Returns how many were new.

        Goods that come in at a cost that is told make the product's moving average anew.
        """
        ...

    def costs_of(self, cause: str) -> dict[int, Rupiah]:
        """Position -> what the goods of a movement cost, with the sign of their quantity; of those whose cost was kept."""
        ...

    def change_cost(self, product_uid: str, moved: Moved, cause: str, at: int) -> None:
        """Goods are worth more or less than was booked, none of them moved (a delivery's cost was corrected)."""
        ...


class DrawerWork(Protocol):
    """The drawer's sessions."""

    def open_session(self, session: CashSession) -> None: ...

    def close_session(self, session_uid: str, at: int, expected: int, counted: int) -> None: ...


class GoodsWork(Protocol):
    """What the shop sells."""

    def put_products(self, products: Sequence[Product], author: Author | None = None) -> None:
        """Insert or replace whole products by uid: units, barcodes, prices and search words. A barcode that another product
        holds stays with that product and this one is marked needs_review. On hand is never touched. Prices that differ are noted with
        who told them, and when; None is e-Peken, now."""
        ...

    def forget_goods(self) -> None:
        """Remove all products (not their facts) before a fresh snapshot."""
        ...


class OrderWork(Protocol):
    """Online orders: the server's state and our own ticks."""

    def put_order(self, order: Order) -> bool:
        """Insert or update the server's part of an order (own ticks, seen and handed-over stay). True if it was not known."""
        ...

    def tick_order_line(self, order_uid: str, position: int, on_shelf: bool, packed: bool) -> None: ...

    def set_pending(self, order_uid: str, step: OrderStep | None) -> None: ...

    def mark_seen(self, order_uid: str) -> None: ...

    def add_pickup(self, order_uid: str, operation: str, at: int) -> bool:
        """Book the physical hand-over, once. False if it was booked before."""
        ...


class TellingWork(Protocol):
    """What goes out with a fact: to the server, to the audit log."""

    def tell(self, operations: Sequence[NewOperation]) -> None:
        """Append to the outbox: next seq, payload hash and chain hash are given here."""
        ...

    def audit(self, entries: Sequence[AuditEntry]) -> None: ...


class LineWork(Protocol):
    """How far the line has come."""

    def set_shop(self, **fields: object) -> None:
        """Set columns of the one `shop` row (uid, name, address, cashier, device, prefix, epoch, timeline, server_key, central_url,
        paired_at, cap_amount, cap_used, cursor, acked_seq, acked_hash, last_success_at, digest_ok, clock_offset)."""
        ...

    def acknowledge(self, results: Sequence[tuple[str, str, str]], at: int) -> None:
        """(operation id, state, code): state applied, refused or quarantined. What is not waiting any more stays as it is."""
        ...

    def start_epoch(self, epoch: int, *, again: bool = False) -> None:
        """Re-sequence all waiting operations under a new epoch, ids unchanged, chain started anew. `again`: also those that were settled
        and can still be told."""
        ...

    def resend_after(self, seq: int, head: str) -> None:
        """The server went back to `seq` of this epoch, where its chain head is `head`: let what comes after wait again, and tell what
        earlier epochs told once more at its end. Where our head was another one (or `head` is empty), what the server has need not be
        ours: all that can still be told waits again. Ids stay, so the server passes over what it knows. Sets acked_seq, acked_hash."""
        ...

    def set_setting(self, key: str, value: str) -> None: ...


class UnitOfWork(
    BasketWork,
    SaleWork,
    CounterWork,
    DrawerWork,
    GoodsWork,
    GoodsCareWork,
    ImportWork,
    OrderWork,
    TellingWork,
    PaperWork,
    LineWork,
    LineMemoryWork,
    PayingWork,
    PeopleWork,
    ReportWork,
    SupplierWork,
    StockWork,
    Protocol,
):
    """One story in one transaction. Leaving it without `commit()` rolls back.

    Raises (any method): ShopError DISK_FULL, FOLDER_READ_ONLY, STORE_BUSY, STORE_DAMAGED.
    """

    def commit(self) -> None: ...
