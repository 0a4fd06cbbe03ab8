"""What screens show and engines send, read from the store: frozen rows of strings, bytes and whole numbers. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.errors import ShopError
from pos.domain.money import Rupiah
from pos.domain.printing import PrintState
from pos.domain.sale import SaleKind


@dataclass(frozen=True, slots=True)
class GoodsHit:
    """A product in search results and on a tile. `price`: retail of the unit that a tap sells; `on_hand` base units."""

    product_uid: str
    unit_uid: str
    name: str
    category: str
    size: str
    drawing: str
    unit_name: str
    factor: int
    price: Rupiah
    on_hand: int


class GoodsFilter(StrEnum):
    ALL = "all"
    LOW = "low"
    NO_BARCODE = "no_barcode"
    NOT_ONLINE = "not_online"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A row of the goods list. `wholesale` and `wholesale_from` are None without a wholesale price."""

    product_uid: str
    name: str
    category: str
    size: str
    drawing: str
    barcode: str
    unit_name: str
    factor: int
    price: Rupiah
    wholesale: Rupiah | None
    wholesale_from: int | None
    on_hand: int
    min_stock: int
    listed_online: bool
    needs_review: bool


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A row of the nota history. `synced`: the server has it; `printed`: state of the original struk, None if none was asked.

    Attributes:
        corrected: `void` or `refund` where the sale was taken back, whole or in part; empty else.
    """

    uid: str
    number: str
    at: int
    total: Rupiah
    items: int
    first_names: str
    tender: str
    cashier: str
    synced: bool
    printed: PrintState | None
    kind: SaleKind = SaleKind.SALE
    customer_name: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An operation that waits or was not taken. `state`: waiting, refused, quarantined."""

    id: str
    kind: str
    at: int
    state: str
    code: str


@dataclass(frozen=True, slots=True)
class LineState:
    """How far the line has come. Moments in UTC ms, 0 = never. `unreadable`: rows that the server told and this till could not use;
    `aside`: operations that no request could carry; `edits`: fields that two edits met in, and nobody has seen it."""

    paired: bool
    waiting: int
    oldest_waiting_at: int
    refused: int
    quarantined: int
    last_success_at: int
    digest_ok: bool
    clock_offset: int
    cap_amount: Rupiah
    cap_used: Rupiah
    unreadable: int = 0
    aside: int = 0
    edits: int = 0


@dataclass(frozen=True, slots=True)
class ShopIdentity:
    """Who we are. `prefix` and `epoch` make receipt numbers; `device` is empty before pairing."""

    uid: str
    name: str
    address: str
    cashier: str
    device: str
    prefix: str
    epoch: int
    timeline: str
    server_key: str
    central_url: str


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What the health page says of the file. `free_bytes` of its disk."""

    path: str
    size_bytes: int
    free_bytes: int
    products: int
    sales: int
    schema: str
    journal: str
    sqlite_version: str
    last_copy_at: int


@dataclass(frozen=True, slots=True)
class OutboxOperation:
    """An operation ready to send. `chain_hash` is the head after it."""

    epoch: int
    seq: int
    id: str
    kind: str
    at: int
    payload: bytes
    chain_hash: str


@dataclass(frozen=True, slots=True)
class SyncPosition:
    """Where the outbox and the feed stand: what a sync request begins with."""

    epoch: int
    last_seq: int
    acked_seq: int
    acked_hash: str
    last_hash: str
    cursor: str
    timeline: str


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a copy holds, for whoever chooses one. `newest_sale_at`: UTC ms, 0 without one; `unsent`: what no server had heard of."""

    shop: str
    revision: str
    products: int
    sales: int
    newest_sale_at: int
    unsent: int


@dataclass(frozen=True, slots=True)
class CopiesState:
    """The second place of the copies: its folder ("" for none), UTC ms of what lies there (0: not seen yet), and what is wrong with it."""

    place: str
    laid_at: int
    error: ShopError | None
