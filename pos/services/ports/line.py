"""The line's own memory, as protocols: what its engine and its pages read and write of it. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Sequence

    from pos.domain.cash_movement import CashMovement
    from pos.domain.cash_session import CashSession
    from pos.domain.money import Rupiah
    from pos.domain.order import Order
    from pos.domain.product import Product
    from pos.domain.sale import Sale
    from pos.services.line_views import AsideOperation, AsideRow, Countersigned, EditRow, ServerKeyRow, ShadowRow, WaitingKind
    from pos.services.ports.work import NewOperation


class LineMemory(Protocol):
    """What the line has learned."""

    def price_marks(self) -> int:
        """Digest.prices of this till: the sum of all prices' marks, modulo `marks.MARKS`."""
        ...

    def server_keys(self) -> dict[str, str]:
        """Key id -> public key (base64url) of every key that the server has ever signed with, as far as told."""
        ...

    def countersigned(self) -> list[Countersigned]:
        """The newest of each epoch, the present epoch's last."""
        ...

    def waiting_kinds(self) -> list[WaitingKind]:
        """What the server has not heard, by kind, the longest waiting first."""
        ...

    def set_aside(self, limit: int = 100) -> list[AsideRow]:
        """The newest first."""
        ...

    def aside_operation(self, operation: str) -> AsideOperation | None: ...

    def edit_outcomes(self, limit: int = 100) -> list[EditRow]:
        """Those that nobody has seen, the newest first."""
        ...

    def known_products(self, product_uids: Sequence[str]) -> dict[str, Product]:
        """Whole products by uid; those that are not here are left out."""
        ...

    def local_parts(self, product_uids: Sequence[str]) -> dict[str, tuple[int, int, bool, str]]:
        """uid -> (cost_total, cost_quantity, needs_review, consignor_uid) of those that are here: what no wire carries."""
        ...

    def reserved(self) -> dict[str, int]:
        """Product uid -> base units that open orders hold."""
        ...

    def shadow_products(self, after: str, limit: int) -> list[ShadowRow]:
        """By uid, beginning behind `after`; only those that are other here, or gone."""
        ...

    def shadow_orders(self) -> list[ShadowRow]: ...

    def shadow_count(self) -> int:
        """How many products the shadow has that are not gone."""
        ...

    def not_in_shadow(self, after: str, limit: int) -> list[str]:
        """Uids of goods (not deleted) that the shadow does not mention, by uid, beginning behind `after`."""
        ...

    def orders_not_in_shadow(self) -> list[str]:
        """Uids of orders on the board that the shadow does not mention."""
        ...

    def missing_sales(self, sale_uids: Sequence[str]) -> list[str]:
        """Those of these that are not here."""
        ...

    def earlier_epochs(self, limit: int) -> list[tuple[int, int]]:
        """(epoch, newest settled seq) of this pairing's epochs that are over and of which something can still be told, the newest first."""
        ...

    def head_before(self, epoch: int, seq: int) -> str:
        """The outbox chain's head before an operation."""
        ...


class LineMemoryWork(Protocol):
    """How the line writes down what it has learned."""

    def put_server_keys(self, keys: Sequence[ServerKeyRow]) -> None: ...

    def countersign(self, signed: Countersigned) -> None:
        """Keep the newest of its epoch."""
        ...

    def set_operation_aside(self, operation: str, code: str, at: int, instead: NewOperation) -> None:
        """Take a waiting operation out of the outbox; `instead` takes its seq, and what waits behind it is chained anew."""
        ...

    def send_aside_again(self, operation: str) -> bool:
        """Tell it again at the end of the outbox, its id unchanged. False when it is not there any more."""
        ...

    def put_edit_outcome(self, product_uid: str, field: str, operation: str, kept: str, lost: str, at: int, lost_device: str) -> None: ...

    def see_edit_outcome(self, product_uid: str, field: str) -> None: ...

    def settle_quarantined(self, operation: str, state: str) -> None:
        """News of an operation of ours that the server had put aside: `booked` or `dismissed`."""
        ...

    def see_problem(self, operation: str) -> None:
        """A person knows that the server did not take it: it is a trouble no more. What the server keeps stays in the list."""
        ...

    def note_lost(self, order_uid: str, lost: str) -> None:
        """`step:code` of a step that the server did not take; empty when someone has seen it."""
        ...

    def force_order(self, order: Order) -> None:
        """The order as a fresh reading has it, also where that is an older version (the server was put back). Own ticks stay."""
        ...

    def forget_order(self, order_uid: str) -> None:
        """A fresh reading does not know it: the server was put back behind it. Off the board as cancelled, flag
        `forgotten`; what is told of it later counts again."""
        ...

    def shadow(self, products: Sequence[ShadowRow], orders: Sequence[ShadowRow]) -> None:
        """Keep what a page of a fresh reading has told; the last word on a thing counts."""
        ...

    def drop_shadow(self, limit: int) -> int:
        """Empty the shadow, at most so many rows. Returns how many went."""
        ...

    def add_known_sale(self, sale: Sale, epoch: int, seq: int) -> bool:
        """A sale that the server has told back: sale, lines, payments, and the movements that are not here yet. It is not told again.
        False when it is here already. `epoch`, `seq`: where its receipt number puts it; of another till `epoch` is below 0."""
        ...

    def keep_told(self, epoch: int, seq: int, told: NewOperation, state: str, code: str, at: int) -> None:
        """An operation that this till's other self has told under an epoch that is over, into the outbox as settled (`state`). What is
        there already stays as it is."""
        ...

    def add_known_session(self, session: CashSession) -> bool:
        """A drawer's session that the server has told back. False when it is here already."""
        ...

    def close_known_session(self, session_uid: str, at: int, counted: Rupiah | None) -> bool:
        """It was closed there; what should have been in the drawer is what its facts here come to, and that was counted for None. False
        when it is not open here."""
        ...

    def open_drawer(self) -> str:
        """Uid of the session that is open now, within this unit of work; empty without one."""
        ...

    def add_known_cash(self, movement: CashMovement) -> bool:
        """A cash movement that the server has told back. False when it, or its session, is not to be added."""
        ...

    def forget_pairing(self) -> None:
        """This till is nobody's device any more; the shop and its facts stay."""
        ...
