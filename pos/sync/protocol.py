"""The wire: every type that crosses between a till, the central and a buyer. Shared by both ends; imports nothing of either.

Owns shapes and their canonical bytes; must not do I/O, and knows no clock. docs/protocol.md is the prose to it.
Amounts are whole rupiah, quantities whole base units, moments UTC milliseconds, ids 32 lower-case hex digits.
Decoding is strict about types and forgiving about fields it does not know, so that old and new talk to each other.
"""

from __future__ import annotations

import base64
import hashlib
from enum import StrEnum
from typing import Any, Final, TypeVar

import msgspec

PROTOCOL_VERSION: Final = 1
MAX_OPERATIONS: Final = 50
MAX_BATCH_BYTES: Final = 64 * 1024
MAX_PAGE: Final = 500
GENESIS: Final = "0" * 64
"""The chain head before the first operation of an epoch."""


class Wire(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every message: immutable, by keyword, defaults not sent."""


# --- enrolment ------------------------------------------------------------------------------------------------


class ShopInfo(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """What the till needs to know of its shop. `cap_amount`: e-Peken turnover cap in rupiah, 0 = none told."""

    uid: str
    name: str
    address: str = ""
    cap_amount: int = 0
    cap_used: int = 0


class EnrolRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/enrol`: a one-time code and the device's public key (Ed25519, base64url of 32 bytes)."""

    code: str
    public_key: str
    device_name: str
    program: str


class EnrolAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Who the till is from now on. `server_key`: Ed25519 public key (base64url) that signs pickup codes and chain heads."""

    device: str
    prefix: str
    epoch: int
    timeline: str
    shop: ShopInfo
    access_token: str
    access_expires_in: int
    refresh_token: str
    server_key: str
    server_time: int


class TokenRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/token`: bound to the device key by its proof; the refresh token is not rotated (a lost answer must not log a shop out)."""

    refresh_token: str


class TokenAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`access_expires_in` in seconds."""

    access_token: str
    access_expires_in: int
    server_time: int


class Problem(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Every refusal, RFC 9457 style. `code` is stable; `detail` is for engineers, never shown at the counter."""

    code: str
    title: str
    status: int
    detail: str = ""


# --- operations: what the till tells ---------------------------------------------------------------------------


class OperationKind(StrEnum):
    """Name and version of a payload shape. A new shape is a new member, the old one stays readable."""

    SALE = "sale@1"
    STOCK = "stock@1"
    PRODUCT = "product@1"
    SESSION_OPENED = "session_opened@1"
    SESSION_CLOSED = "session_closed@1"
    ORDER_COMMAND = "order_command@1"
    ORDER_PICKED_UP = "order_picked_up@1"


class Operation(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """One fact. The dedup key is `id` with the payload's hash; `seq` is for order and gaps only.

    `payload` is kept raw, so that what cannot be read can be quarantined as it came.
    """

    id: str
    seq: int
    kind: str
    at: int
    payload: msgspec.Raw


class SaleLine(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`quantity` base units, `unit_price` rupiah for one unit of `factor` base units, `amount` after `discount`."""

    product: str
    unit: str
    factor: int
    quantity: int
    unit_price: int
    amount: int
    discount: int = 0


class Payment(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`amount`: what this tender pays of the total (after change)."""

    tender: str
    amount: int
    received: int = 0
    change: int = 0


class SalePayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """sum(line.amount) + rounding == total == sum(payment.amount)."""

    receipt: str
    session: str
    total: int
    lines: tuple[SaleLine, ...]
    payments: tuple[Payment, ...]
    rounding: int = 0


class StockLine(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A signed movement of base units."""

    product: str
    quantity: int


class StockPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Movements outside sales. `reason`: opening, receipt, damaged, own_use, stock_take ..."""

    reason: str
    lines: tuple[StockLine, ...]


class WirePrice(Wire, frozen=True, kw_only=True, omit_defaults=True):
    kind: str
    amount: int
    min_quantity: int = 1
    group: str = ""
    starts_at: int = 0


class WireUnit(Wire, frozen=True, kw_only=True, omit_defaults=True):
    uid: str
    name: str
    factor: int
    prices: tuple[WirePrice, ...] = ()
    barcodes: tuple[str, ...] = ()


class WireProduct(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A product whole. `version` is the central's; in an operation it is the version the edit started from."""

    uid: str
    name: str
    category: str
    base_unit: str
    units: tuple[WireUnit, ...]
    sell_unit: int = 0
    brand: str = ""
    size: str = ""
    drawing: str = ""
    min_stock: int = 0
    online_buffer: int = 0
    listed_online: bool = False
    regulation: str = "none"
    deleted: bool = False
    version: int = 0


class ProductPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    products: tuple[WireProduct, ...]


class SessionOpenedPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    session: str
    float_amount: int
    cashier: str = ""


class SessionClosedPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    session: str
    expected: int
    counted: int


class OrderCommand(StrEnum):
    """What the shop asks of an order; the server alone decides."""

    ACCEPT = "accept"
    REJECT = "reject"
    READY = "ready"


class OrderCommandPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    order: str
    command: str
    expected_version: int
    reason: str = ""


class OrderPickedUpPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A physical fact: goods left the shop against this code. Wins over expiry."""

    order: str
    code: str


class OperationResult(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one operation; never changes once given.

    `status`: see ResultStatus. `code` says why for refused, quarantined and retry; `flags` are remarks on an applied one.
    """

    id: str
    status: str
    code: str = ""
    flags: tuple[str, ...] = ()


class ResultStatus(StrEnum):
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    """Known already, by id and hash; `code` and `flags` are those of the first result."""
    REFUSED = "refused"
    """Read and understood, and the order's present state forbids it (the loser of a version race). Final."""
    QUARANTINED = "quarantined"
    """Kept raw, takes its seq, blocks nothing behind it. Final for the till."""
    RETRY = "retry"
    """Not kept; send again later."""


class Batch(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Operations in seq order without a gap, with the chain head before the first. The head after it is computed by both."""

    epoch: int
    prev_hash: str
    operations: tuple[Operation, ...]


class Handshake(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Sent at start and after a reconnect, so that restored and cloned tills are found out."""

    epoch: int
    last_seq: int
    acked_seq: int
    chain_hash: str


class SyncRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/sync`, gzip allowed. `cursor`: opaque, empty at first. `page`: changes wanted, <= MAX_PAGE; 0 pushes only."""

    protocol: int
    cursor: str
    page: int = MAX_PAGE
    batch: Batch | None = None
    handshake: Handshake | None = None
    want_digest: bool = False


class ChangeKind(StrEnum):
    PRODUCT = "product"
    STOCK = "stock"
    ORDER = "order"
    SHOP = "shop"


class StockChange(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A movement of another origin than this till, or of this till itself (known by `cause`, and then passed over).

    `cause` is the operation or order id, `position` its line: together unique in the shop.
    """

    product: str
    quantity: int
    reason: str
    cause: str
    position: int
    at: int


class WireOrderLine(Wire, frozen=True, kw_only=True, omit_defaults=True):
    product: str
    name: str
    unit: str
    factor: int
    quantity: int
    unit_price: int
    amount: int


class WireOrder(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """An online order as the shop sees it. No full name, no phone number: initial and last four digits only.

    `status` may be one the till does not know: it is shown as it is. `pickup_code` is told from accept on:
    the signed text of `pickup_text`. `deadline_at`: until when the shop may accept (server's clock).
    """

    uid: str
    number: str
    status: str
    version: int
    buyer: str
    buyer_phone4: str
    buyer_kind: str
    lines: tuple[WireOrderLine, ...]
    total: int
    paid: bool
    placed_at: int
    deadline_at: int
    slot_from: int = 0
    slot_to: int = 0
    note: str = ""
    reason: str = ""
    pickup_code: str = ""
    flags: tuple[str, ...] = ()


class Change(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the shop's feed. `deleted` is a tombstone: only `uid` counts then."""

    seq: int
    kind: str
    uid: str
    deleted: bool = False
    product: WireProduct | None = None
    stock: StockChange | None = None
    order: WireOrder | None = None
    shop: ShopInfo | None = None


class Digest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Cheap sums over the shop's state at the answer's cursor; they differ as soon as till and server do."""

    products: int
    movements: int
    on_hand: int
    open_orders: int


class SyncAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`acked_seq` and `chain_hash` are the server's head for this device and epoch, `head_signature` its countersignature
    (Ed25519 over `head_text`, base64url). `more`: ask again at once. `next_sync_in`: ms, so the server can spread the herd.
    `fenced_epoch`: the till is a restored or cloned copy and goes on under this epoch (0: all well).
    """

    results: tuple[OperationResult, ...]
    acked_seq: int
    chain_hash: str
    head_signature: str
    changes: tuple[Change, ...]
    cursor: str
    more: bool
    timeline: str
    server_time: int
    next_sync_in: int
    digest: Digest | None = None
    fenced_epoch: int = 0


# --- buyers: the public side -------------------------------------------------------------------------------------


class ListedGoods(Wire, frozen=True, kw_only=True, omit_defaults=True):
    product: str
    name: str
    category: str
    size: str
    unit: str
    unit_uid: str
    factor: int
    price: int
    sellable: int


class BasketItem(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`count` units of `unit_uid`."""

    product: str
    unit_uid: str
    count: int


class PlaceOrder(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/buyer/orders`. `id` is the buyer's own random id: sending twice places one order."""

    id: str
    shop: str
    items: tuple[BasketItem, ...]
    slot_from: int = 0
    slot_to: int = 0
    note: str = ""


class BuyerOrder(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """What the buyer sees of the order; `pickup_code` once accepted, with its short form to say aloud."""

    uid: str
    number: str
    shop: str
    status: str
    version: int
    total: int
    paid: bool
    pickup_code: str = ""
    short_code: str = ""


# --- canonical bytes, hashes, codes ----------------------------------------------------------------------------------

_encoder = msgspec.json.Encoder()
_W = TypeVar("_W", bound=Wire)
_decoders: dict[type[Any], msgspec.json.Decoder[Any]] = {}


def encode(message: Wire) -> bytes:
    """JSON bytes of a message, fields in declared order, defaults left out: the canonical form that is hashed."""
    return _encoder.encode(message)


def decode(data: bytes | msgspec.Raw, kind: type[_W]) -> _W:
    """Read a message.

    Raises:
        msgspec.DecodeError: no JSON. msgspec.ValidationError: JSON of another shape.
    """
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    message: _W = decoder.decode(data)
    return message


def payload_hash(payload: bytes) -> str:
    """sha256 of the payload's bytes as sent, 64 hex digits."""
    return hashlib.sha256(payload).hexdigest()


def chain_hash(prev_hash: str, operation_id: str, seq: int, kind: str, at: int, payload_digest: str) -> str:
    """The chain head after an operation: sha256 over its fields, one a line, after the head before it."""
    text = f"{prev_hash}\n{operation_id}\n{seq}\n{kind}\n{at}\n{payload_digest}"
    return hashlib.sha256(text.encode()).hexdigest()


def head_text(device: str, epoch: int, seq: int, head: str) -> bytes:
    """What the server signs when it countersigns a chain head."""
    return f"epeken-head\n{device}\n{epoch}\n{seq}\n{head}".encode()


PICKUP_PREFIX: Final = "EPK1"


def pickup_claim(order: str, short_code: str) -> bytes:
    """What the server signs when it makes a pickup code."""
    return f"epeken-pickup\n{order}\n{short_code}".encode()


def pickup_text(order: str, short_code: str, signature: bytes) -> str:
    """The code as the QR holds it: `EPK1:<order>:<short code>:<signature in base32>`, all capitals and digits, so that
    it fits the QR's alphanumeric mode and a scanner with caps lock types it right."""
    seal = base64.b32encode(signature).decode().rstrip("=")
    packed = base64.b32encode(bytes.fromhex(order)).decode().rstrip("=")
    return f"{PICKUP_PREFIX}:{packed}:{short_code}:{seal}"


def read_pickup_text(text: str) -> tuple[str, str, bytes]:
    """(order, short code, signature) of a scanned code.

    Raises:
        ValueError: not a pickup code at all.
    """
    parts = text.strip().upper().split(":")
    if len(parts) != 4 or parts[0] != PICKUP_PREFIX:
        raise ValueError("not a pickup code")
    order = _unpad32(parts[1])
    if len(order) != 16:
        raise ValueError("not a pickup code")
    return order.hex(), parts[2], _unpad32(parts[3])


def _unpad32(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """Reads `b64`. Raises ValueError (binascii.Error) on anything else."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
