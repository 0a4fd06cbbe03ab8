"""What the verbs need from outside, as protocols. Owns no behaviour.

`local_db` implements Store, UnitOfWork and Queries; `printing` implements Paper; `sync` implements Wire and Central; `config`
implements Secrets; `app` hands them in as one `Till`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from pos.domain.basket import Basket, BasketLine
from pos.domain.cash_session import CashSession
from pos.domain.order import Order, OrderStep
from pos.domain.printing import NewPrintJob, PrintJob, PrintState
from pos.domain.product import Product, ProductDraft, SellableUnit
from pos.domain.sale import CashRounding, Sale
from pos.domain.stock import StockMovement
from pos.services.views import (
    GoodsFilter,
    GoodsHit,
    GoodsRow,
    LineState,
    OutboxOperation,
    OutboxRow,
    SaleRow,
    ShopIdentity,
    StoreHealth,
    SyncPosition,
)


class Clock(Protocol):
    """Time, handed in. Never used to decide what happened, only to say when."""

    def now(self) -> int:
        """UTC milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds, only ever growing."""
        ...


class Ids(Protocol):
    """Randomness, handed in."""

    def new(self) -> str:
        """32 lower-case hex digits."""
        ...


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


class UnitOfWork(Protocol):
    """One story in one transaction. Leaving it without `commit()` rolls back.

    Raises (any method): ShopError DISK_FULL, FOLDER_READ_ONLY, STORE_BUSY, STORE_DAMAGED.
    """

    def commit(self) -> None: ...

    # baskets
    def open_basket(self) -> Basket:
        """The open basket with its lines; made if there is none."""
        ...

    def save_lines(self, basket: Basket, lines: Sequence[BasketLine]) -> Basket:
        """Replace the basket's lines, remember the change for undo, drop what could be redone. Writes only rows that differ."""
        ...

    def undo(self, basket: Basket) -> Basket: ...

    def redo(self, basket: Basket) -> Basket: ...

    def hold(self, basket: Basket, label: str) -> None: ...

    def recall(self, basket_uid: str) -> Basket:
        """Make a held basket the open one. Raises ShopError BASKET_NOT_EMPTY when lines are on the counter."""
        ...

    def drop_basket(self, basket: Basket) -> None: ...

    # sales
    def next_receipt(self) -> tuple[str, int, int]:
        """(prefix, epoch, seq) of the next receipt; taken only if this unit of work commits."""
        ...

    def costs(self, product_uids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """product uid -> (cost_total, cost_quantity) where known."""
        ...

    def add_sale(self, sale: Sale) -> None:
        """Sale, lines, payments and their stock movements (reason sale, cause = sale uid, position = line)."""
        ...

    def add_movements(self, movements: Sequence[StockMovement]) -> int:
        """Book movements; those already booked (cause, position) are passed over. Returns how many were new."""
        ...

    # drawer
    def open_session(self, session: CashSession) -> None: ...

    def close_session(self, session_uid: str, at: int, expected: int, counted: int) -> None: ...

    # goods
    def put_products(self, products: Sequence[Product]) -> None:
        """Insert or replace whole products by uid: units, barcodes, prices and search words. A barcode that another product
        holds stays with that product and this one is marked needs_review. On hand is never touched."""
        ...

    def forget_goods(self) -> None:
        """Remove all products (not their facts) before a fresh snapshot."""
        ...

    # orders
    def put_order(self, order: Order) -> bool:
        """Insert or update the server's part of an order (own ticks, seen and handed-over stay). True if it was not known."""
        ...

    def tick_order_line(self, order_uid: str, position: int, on_shelf: bool, packed: bool) -> None: ...

    def set_pending(self, order_uid: str, step: OrderStep | None) -> None: ...

    def mark_seen(self, order_uid: str) -> None: ...

    def add_pickup(self, order_uid: str, operation: str, at: int) -> bool:
        """Book the physical hand-over, once. False if it was booked before."""
        ...

    # outbox, paper, audit
    def tell(self, operations: Sequence[NewOperation]) -> None:
        """Append to the outbox: next seq, payload hash and chain hash are given here."""
        ...

    def queue_print(self, jobs: Sequence[NewPrintJob]) -> None:
        """Add jobs as QUEUED; one that exists already (kind, document, copy, printer) is nothing."""
        ...

    def set_print_state(self, job_id: int, state: PrintState, at: int, evidence: str, attempted: bool = False) -> None: ...

    def audit(self, entries: Sequence[AuditEntry]) -> None: ...

    # the line
    def set_shop(self, **fields: object) -> None:
        """Set columns of the one `shop` row (uid, name, address, cashier, device, prefix, epoch, timeline, server_key, central_url,
        paired_at, cap_amount, cap_used, cursor, acked_seq, acked_hash, last_success_at, digest_ok, clock_offset)."""
        ...

    def acknowledge(self, results: Sequence[tuple[str, str, str]], at: int) -> None:
        """(operation id, state, code): state applied, refused or quarantined. What is not waiting any more stays as it is."""
        ...

    def start_epoch(self, epoch: int) -> None:
        """Re-sequence all waiting operations under a new epoch, ids unchanged, chain started anew."""
        ...

    def resend_after(self, seq: int, head: str) -> None:
        """The server went back to `seq` of this epoch, where its chain head is `head`: let what comes after wait again, and tell what
        earlier epochs told once more at its end. Where our head was another one (or `head` is empty), what the server has need not be
        ours: all that can still be told waits again. Ids stay, so the server passes over what it knows. Sets acked_seq, acked_hash."""
        ...

    def set_setting(self, key: str, value: str) -> None: ...


class Queries(Protocol):
    """Reads for screens and engines, each from one consistent moment, on a read-only connection of the calling thread."""

    def find_unit(self, code: str) -> SellableUnit | None:
        """What a scanned code sells. One statement."""
        ...

    def unit(self, unit_uid: str) -> SellableUnit | None: ...

    def search(self, text: str, limit: int = 24) -> list[GoodsHit]:
        """By words, prefixes and codes in popularity order; when nothing is found, by likeness (typos)."""
        ...

    def tiles(self, category: str, limit: int, offset: int = 0) -> list[GoodsHit]:
        """Most sold first; an empty category means all."""
        ...

    def categories(self) -> list[tuple[str, int]]:
        """(category, products), the fullest first."""
        ...

    def goods(self, which: GoodsFilter, text: str, offset: int, limit: int) -> list[GoodsRow]: ...

    def goods_total(self, which: GoodsFilter, text: str) -> int:
        """How many rows `goods` has in all, so that a list can be scrolled without reading it."""
        ...

    def goods_counts(self) -> dict[GoodsFilter, int]: ...

    def product(self, product_uid: str) -> Product | None: ...

    def on_hand(self, product_uid: str) -> int: ...

    def product_of_code(self, key: str) -> str | None:
        """Product uid that holds a barcode key, for the import's verdicts."""
        ...

    def codes_in_use(self) -> dict[str, str]:
        """Every barcode key -> product uid, for the verdicts of a long spreadsheet."""
        ...

    def basket(self) -> Basket:
        """The open basket; an empty one with an empty uid if there is none."""
        ...

    def held_baskets(self) -> list[Basket]: ...

    def sales(self, text: str, offset: int, limit: int) -> list[SaleRow]:
        """Newest first; `text` matches number, amount or a product's name."""
        ...

    def sale(self, uid: str) -> Sale | None: ...

    def last_sale(self) -> Sale | None: ...

    def next_sale(self) -> int:
        """The seq that the next sale's receipt will have in the epoch that the shop is in."""
        ...

    def session(self) -> CashSession | None:
        """The open cash session with its expected cash, turnover and count of sales."""
        ...

    def orders(self, history: bool = False) -> list[Order]:
        """The board (placed, accepted, ready and unknown ones), or the finished ones, newest first."""
        ...

    def order(self, uid: str) -> Order | None: ...

    def order_of_short_code(self, short_code: str) -> Order | None:
        """By its short code without the dash (`7K241`), among orders that are not final."""
        ...

    def unseen_orders(self) -> int: ...

    def print_jobs(self, limit: int = 100) -> list[PrintJob]: ...

    def print_jobs_of(self, document: str) -> list[PrintJob]: ...

    def open_print_jobs(self) -> list[PrintJob]:
        """QUEUED, SENDING, FAILED and UNKNOWN, oldest first."""
        ...

    def outbox_problems(self, limit: int = 100) -> list[OutboxRow]: ...

    def waiting_operations(self, limit: int) -> list[OutboxOperation]: ...

    def position(self) -> SyncPosition: ...

    def digest(self) -> tuple[int, int, int, int]:
        """(products, movements, on hand, open orders): protocol.Digest of this till."""
        ...

    def line(self) -> LineState: ...

    def shop(self) -> ShopIdentity: ...

    def setting(self, key: str) -> str | None: ...

    def health(self) -> StoreHealth: ...

    def check(self) -> list[str]:
        """Names of the checks that failed: integrity, stock totals, sale sums, audit chain, outbox chain. Empty is well. Slow."""
        ...


class Store(Protocol):
    """The shop's memory."""

    @property
    def read(self) -> Queries: ...

    def begin(self) -> AbstractContextManager[UnitOfWork]: ...


class Paper(Protocol):
    """Turns facts into frozen bytes for the shop's printer. Pure: no printer is touched."""

    @property
    def printer(self) -> str:
        """Name of the printer that receipts go to; empty when none is set (then nothing is queued)."""
        ...

    def receipt(self, sale: Sale, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def pickup(self, order: Order, shop: ShopIdentity, copy: int = 0) -> bytes: ...

    def test_page(self, shop: ShopIdentity, at: int) -> bytes: ...

    def drawer_kick(self) -> bytes:
        """Empty when the printer has no drawer."""
        ...


class Wire(Protocol):
    """Facts as operations of the protocol: (kind, payload bytes)."""

    def sale(self, sale: Sale) -> tuple[str, bytes]: ...

    def stock(self, reason: str, movements: Sequence[StockMovement]) -> tuple[str, bytes]: ...

    def products(self, products: Sequence[Product]) -> tuple[str, bytes]: ...

    def session_opened(self, session: CashSession) -> tuple[str, bytes]: ...

    def session_closed(self, session_uid: str, expected: int, counted: int) -> tuple[str, bytes]: ...

    def order_command(self, order: Order, step: OrderStep, reason: str) -> tuple[str, bytes]: ...

    def order_picked_up(self, order_uid: str, code: str) -> tuple[str, bytes]: ...

    def verify_pickup(self, code: str, server_key: str) -> tuple[str, str]:
        """(order uid, short code) of a scanned code whose signature is the server's.

        Raises:
            ShopError: PICKUP_CODE_UNREADABLE, PICKUP_CODE_FORGED.
        """
        ...


class Secrets(Protocol):
    """Keys and tokens. Raises ShopError NO_KEYRING where there is nowhere safe to keep them."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The shop's own rules that verbs ask for."""

    rounding: CashRounding = field(default_factory=CashRounding)
    wholesale_from: int = 10
    print_receipts: bool = True
    kick_drawer: bool = True
    drawer_kick_ms: int = 10_000


@dataclass(frozen=True, slots=True)
class Till:
    """All that a verb needs, wired once in `pos.app`."""

    store: Store
    clock: Clock
    ids: Ids
    paper: Paper
    wire: Wire
    rules: Rules = field(default_factory=Rules)


__all__ = [
    "AuditEntry",
    "Clock",
    "Ids",
    "NewOperation",
    "OutboxOperation",
    "Paper",
    "ProductDraft",
    "Queries",
    "Rules",
    "Secrets",
    "Store",
    "SyncPosition",
    "Till",
    "UnitOfWork",
    "Wire",
]
