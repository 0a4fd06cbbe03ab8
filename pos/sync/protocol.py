"""The wire: every type that crosses between a till, the central and a buyer. Shared by both ends; imports nothing of either.

Owns shapes and their canonical bytes; must not do I/O, and knows no clock. docs/protocol.md is the prose to it.
Amounts are whole rupiah, quantities whole base units, moments UTC milliseconds, ids 32 lower-case hex digits.
Decoding is strict about types and forgiving about fields it does not know, so that old and new talk to each other.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

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
    """What the till needs to know of its shop. `cap_amount`: e-Peken turnover cap in rupiah, 0 = none told; `cap_from`: since
    when `cap_used` is counted, UTC ms (0: not told). `nmid`, `merchant`: whose QRIS it is, to hold the sticker beside ("": none).
    """

    uid: str
    name: str
    address: str = ""
    cap_amount: int = 0
    cap_used: int = 0
    cap_from: int = 0
    nmid: str = ""
    merchant: str = ""


class ServerKey(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A public key of the server. `id` names it in pickup codes and countersignatures; "" is the first one, of before keys had names.
    `public_key`: Ed25519, base64url. A key that is `retired` signs nothing any more; what it has signed still verifies.
    """

    id: str
    public_key: str
    retired: bool = False


class EnrolRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/enrol`: a one-time code and the device's public key (Ed25519, base64url of 32 bytes)."""

    code: str
    public_key: str
    device_name: str
    program: str


class EnrolAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Who the till is from now on. `server_key`: Ed25519 public key (base64url) that signs pickup codes and chain heads;
    `key_id` is its name, `server_keys` are all that were ever used, that one among them.
    """

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
    key_id: str = ""
    server_keys: tuple[ServerKey, ...] = ()


class DeviceStart(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/device/start`, RFC 8628, 3.1: a till without a code asks for one. `public_key` as in EnrolRequest."""

    public_key: str
    device_name: str
    program: str


class DeviceStarted(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 8628, 3.2. `user_code` is shown and told to the officer; `verification_uri_complete` holds it and goes into the QR.
    `expires_in` and `interval` in seconds.
    """

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int = 5


class DevicePoll(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/device/poll`, RFC 8628, 3.4. Answer: EnrolAnswer, or a Problem with the code `authorization_pending`, `slow_down`
    (from now on 5 s more between two polls), `expired_token` or `access_denied`.
    """

    device_code: str


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
    CASH_MOVEMENT = "cash_movement@1"
    TENDER_SETTLED = "tender_settled@1"
    CREDIT = "credit@1"
    DEPOSIT = "deposit@1"
    STOCK_TAKE = "stock_take@1"
    PRODUCT_EDIT = "product_edit@1"
    SET_ASIDE = "set_aside@1"


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
    """`amount`: what this tender pays of the total (after change). `state`: paid, waiting, confirmed_by_hand, expired, paid_late; a
    later change of it is a `tender_settled@1`. `reference`: masked by the till, never a whole account or phone number.
    """

    tender: str
    amount: int
    received: int = 0
    change: int = 0
    state: str = "paid"
    reference: str = ""


class SalePayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """sum(line.amount) + rounding == total == sum(payment.amount).

    `kind`: sale, void, refund. A void or refund `corrects` the sale of that id: its lines have negative quantities and amounts, its
    payments negative amounts. `customer` is a random id, never a name.
    """

    receipt: str
    session: str
    total: int
    lines: tuple[SaleLine, ...]
    payments: tuple[Payment, ...]
    rounding: int = 0
    kind: str = "sale"
    corrects: str = ""
    cashier: str = ""
    customer: str = ""


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
    """`z_number`: the number of the Z report, 0 = none. `notes`: what was counted, (value of the note in rupiah, how many)."""

    session: str
    expected: int
    counted: int
    z_number: int = 0
    notes: tuple[tuple[int, int], ...] = ()


class CashMovementPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Cash that came into the drawer (positive) or left it (negative) without a sale. `reason`: in, out, owner, shopping ..."""

    session: str
    amount: int
    reason: str


class TenderSettledPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A payment of a sale that has another state now. `sale`: the sale operation's id; `position`: the payment's index from 0;
    `state` as in Payment; `reference` masked.
    """

    sale: str
    position: int
    state: str
    reference: str = ""


class CreditPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """The customer's book changes without a sale. `amount`: what the customer owes more (positive) or less (negative), rupiah.

    `reason`: repayment, opening, write_off. `tender` and `session`: how and into which drawer a repayment came. `sale`: the sale it
    is for, "" = none told.
    """

    customer: str
    amount: int
    reason: str
    tender: str = ""
    session: str = ""
    sale: str = ""


class DepositPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Empties (galon, tabung) lent out (positive) or brought back (negative). `amount`: rupiah taken (positive) or given back."""

    customer: str
    product: str
    quantity: int
    amount: int = 0
    session: str = ""


class CountedLine(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`counted`: base units found. `seen`: what the till had on hand in its book at the moment of counting."""

    product: str
    counted: int
    seen: int


class StockTakePayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A stock take. The server books counted - seen as a movement of each line, reason `stock_take`, so that what was sold elsewhere
    meanwhile stays sold.
    """

    lines: tuple[CountedLine, ...]


class PriceEdit(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """One price of one unit: known by unit, kind, group, min_quantity and starts_at. `amount` None takes the price away."""

    unit: str
    kind: str
    amount: int | None = None
    min_quantity: int = 1
    group: str = ""
    starts_at: int = 0


class ProductEditPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Single fields of a product that exists. `base_version`: the central's version that the edit started from, 0 = none told.

    A field that is None is not touched. `prices` are laid over price by price, `barcodes` is (unit, all its barcodes). What both this
    edit and a later version touched: the later commit wins, flag `overwrote:<field>`, and a row `edit` in the feed holds both values.
    """

    product: str
    base_version: int = 0
    name: str | None = None
    category: str | None = None
    brand: str | None = None
    size: str | None = None
    drawing: str | None = None
    min_stock: int | None = None
    online_buffer: int | None = None
    listed_online: bool | None = None
    regulation: str | None = None
    sell_unit: int | None = None
    deleted: bool | None = None
    prices: tuple[PriceEdit, ...] = ()
    barcodes: tuple[tuple[str, tuple[str, ...]], ...] = ()


class SetAsidePayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """An operation that the till could not get taken (its batch was refused whole, halved down to it) and has set aside, so that
    what is behind it goes on. Takes the culprit's seq; the officer sees it. `operation`: the culprit's id. `size` in bytes.
    """

    operation: str
    kind: str
    code: str
    payload_hash: str
    size: int


class OrderCommand(StrEnum):
    """What the shop asks of an order; the server alone decides."""

    ACCEPT = "accept"
    REJECT = "reject"
    READY = "ready"
    NO_SHOW = "no_show"
    """Nobody came. Only from ready, and only after the slot (or the waiting time) has passed on the server's clock."""
    CANCEL_ALLOW = "cancel_allow"
    """Answer to the buyer's wish (flag `cancel_asked`): the order is cancelled."""
    CANCEL_DENY = "cancel_deny"
    """Answer to the buyer's wish: the order goes on, flag `cancel_denied`."""


class OrderCommandPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    order: str
    command: str
    expected_version: int
    reason: str = ""


class OrderPickedUpPayload(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A physical fact: goods left the shop against this code. Wins over expiry. `lines`: what left it, with positive quantities, for a
    server that was put back behind the order.
    """

    order: str
    code: str
    lines: tuple[StockLine, ...] = ()


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


class EarlierEpoch(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """An epoch of the till that is over, and up to where the server has acknowledged it."""

    epoch: int
    acked_seq: int


MAX_BEFORE = 8
"""Earlier epochs in a handshake; the newest count."""


class Handshake(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Sent at start, after a reconnect and now and then, so that restored and cloned tills and a server that was put back are found out.
    `before`: earlier epochs of which the till can still tell something again, the newest first, at most MAX_BEFORE."""

    epoch: int
    last_seq: int
    acked_seq: int
    chain_hash: str
    before: tuple[EarlierEpoch, ...] = ()


class SyncRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/sync`, gzip allowed. `cursor`: opaque, empty at first. `page`: changes wanted, <= MAX_PAGE; 0 pushes only."""

    protocol: int
    cursor: str
    page: int = MAX_PAGE
    batch: Batch | None = None
    handshake: Handshake | None = None
    want_digest: bool = False


class ChangeKind(StrEnum):
    """What a row of the feed is about. A kind that a till does not know is passed over."""

    PRODUCT = "product"
    STOCK = "stock"
    ORDER = "order"
    SHOP = "shop"
    QRIS = "qris"
    EDIT = "edit"
    QUARANTINE = "quarantine"
    KEYS = "keys"


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


class QrisState(StrEnum):
    """A QR proves no payment: only PAID and PAID_LATE are told by who moves the money."""

    WAITING = "waiting"
    PAID = "paid"
    EXPIRED = "expired"
    PAID_LATE = "paid_late"
    """The money came after the QR had expired: it is there, and somebody must look what it was for."""


class QrisChange(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a QR that the server has issued. `amount` in rupiah; `at`: when it came to that state, UTC ms."""

    uid: str
    state: str
    amount: int
    at: int


class EditOutcome(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Two edits of one field met. `kept` won and stands, `lost` is what it overwrote, both as JSON text; `field` as in WireProduct or
    `price:<unit>:<kind>:<group>:<min_quantity>:<starts_at>`. `operation`: the winner's id; `lost_device`: whose value it was.
    """

    operation: str
    product: str
    field: str
    kept: str
    lost: str
    at: int
    lost_device: str = ""


class QuarantineChange(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """News of a quarantined operation, for the till's page of what was set aside. `state`: booked (a newer server could read it, its
    effect is there now, once) or dismissed (a person has looked and let it go). The operation's result does not change.
    """

    operation: str
    device: str
    state: str
    at: int


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
    qris: QrisChange | None = None
    edit: EditOutcome | None = None
    quarantine: QuarantineChange | None = None
    keys: tuple[ServerKey, ...] = ()


class Digest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Cheap sums over the shop's state at the answer's cursor; they differ as soon as till and server do.

    `prices`: sum of `price_mark` over every price of every product that is not deleted, modulo PRICE_MARKS; -1: not told.
    """

    products: int
    movements: int
    on_hand: int
    open_orders: int
    prices: int = -1


class SyncAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`acked_seq` and `chain_hash` are the server's head for this device and epoch, `head_signature` its countersignature
    (Ed25519 over `head_text`, base64url). `more`: ask again at once. `next_sync_in`: ms, so the server can spread the herd.
    `fenced_epoch`: the till is a restored or cloned copy and goes on under this epoch (0: all well). `head_key`: id of the server
    key that countersigned. `upgrade`: the program must be newer to be told the feed (version wanted, "" = fine); facts are taken all
    the same. `wait`: `GET /v1/wait` is served and may be used in place of polling.
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
    head_key: str = ""
    upgrade: str = ""
    wait: bool = False


class WaitAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`GET /v1/wait?cursor=...&seconds=25`, shown access token and proof as for sync: answered as soon as the shop's feed has gone
    past the cursor (`changed`), or after `seconds` at most. Nothing is told; the till syncs then. `next_sync_in` as in SyncAnswer.
    """

    changed: bool
    next_sync_in: int = 0


# --- recovery: what the shop has told before ---------------------------------------------------------------------------------


class RecoveryScope(StrEnum):
    OWN = "own"
    """Operations of this device under `epoch` from `after_seq` on: what a restored copy is missing of itself."""
    SHOP = "shop"
    """Operations of every device of the shop received since `since`: a new disk's history. Device by device, in order of epoch and seq."""


class RecoveryRequest(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/recovery`, shown access token and proof as for sync. `kinds`: only these kinds (empty: all). `since`: UTC ms by the
    server's receipt. `cursor`: opaque, empty at first. `page` <= MAX_PAGE.
    """

    scope: str = RecoveryScope.SHOP.value
    epoch: int = 0
    after_seq: int = 0
    since: int = 0
    kinds: tuple[str, ...] = ()
    cursor: str = ""
    page: int = 200


class KnownOperation(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """An operation as it came, payload untouched, and what became of it. `prefix`: the till's letters on its receipts.

    `booked_at`: its business time after clamping (docs/protocol.md, Time), UTC ms.
    """

    device: str
    prefix: str
    epoch: int
    operation: Operation
    status: str
    received_at: int
    booked_at: int
    code: str = ""
    flags: tuple[str, ...] = ()


class RecoveryAnswer(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`more`: ask again with `cursor`."""

    operations: tuple[KnownOperation, ...]
    cursor: str
    more: bool
    server_time: int


# --- the outbox on a stick ----------------------------------------------------------------------------------------------------

MIRROR_FORMAT: Final = "epeken-mirror@1"


class MirrorHead(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """First line of a mirror: a file of JSON lines on a stick, one MirrorHead and then a MirrorLine an operation, in order of seq
    without a gap. A last line that is torn is passed over. `prev_hash`: the chain head before the first operation.
    """

    format: str
    shop: str
    device: str
    public_key: str
    epoch: int
    prev_hash: str
    written_at: int = 0


class MirrorLine(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """An operation that was not sent yet. `head`: the chain head after it; `signature`: Ed25519 by the device's key over
    `mirror_text`, base64url.
    """

    operation: Operation
    head: str
    signature: str


# --- QRIS issued by the server -----------------------------------------------------------------------------------------------


class IssueQris(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/qris`, shown access token and proof as for sync. `id` is the till's own random id: sending twice issues one.
    `amount`: 1 to 10,000,000 rupiah. `reference`: the sale's, masked; <= 64 characters.
    """

    id: str
    amount: int
    reference: str = ""


class IssuedQris(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`uid` is known to the feed (QrisChange.uid) and is the request's id. `payload`: the EMVCo text. `expires_at`: UTC ms by the server's
    clock; `state` as it is now. `nmid` and `merchant`: whose QR it is, shown beside it.
    """

    uid: str
    payload: str
    expires_at: int
    nmid: str
    merchant: str
    state: str = "waiting"


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
    flags: tuple[str, ...] = ()


# --- officers and the city -------------------------------------------------------------------------------------------


class OfficerShop(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A shop that an officer looks after, or any shop for the city. `seen_at`: when the last of its tills was heard, UTC ms, 0 = never;
    `quarantined`: operations that could not be taken and nobody has dealt with.
    """

    uid: str
    name: str
    address: str
    tills: int
    seen_at: int
    quarantined: int


class OfficerDevice(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A till of a shop. `prefix`: its letters on receipts; moments UTC ms."""

    uid: str
    prefix: str
    name: str
    program: str
    created_at: int
    seen_at: int
    revoked: bool = False


class DeviceAsking(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A till that shows a user code. `fingerprint`: the beginning of its key's thumbprint, which the till shows, too. `state`: pending,
    approved or denied.
    """

    user_code: str
    device_name: str
    program: str
    fingerprint: str
    state: str


class DeviceDecision(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`POST /v1/officer/devices/{user_code}`: the till is one of this shop (`approve`), or of none."""

    shop: str = ""
    approve: bool = True


class PairingCode(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """A fresh one-time code of a shop, as it is shown; `expires_at` UTC ms."""

    code: str
    expires_at: int


class QuarantineEntry(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """What could not be taken. `name`: `<device>.<epoch>.<seq>`. `source`: operation (could not be read), incident (its id was none, or
    stood for something else already), set_aside (the till could not send it). `size`: bytes of its payload.
    """

    name: str
    source: str
    operation: str
    kind: str
    code: str
    at: int
    size: int


class QuarantineShown(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """`payload`: as it came, base64url."""

    entry: QuarantineEntry
    payload: str


class Released(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """Names of the entries that were booked or dismissed."""

    names: tuple[str, ...] = ()


class ShopFigures(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """What the city has of a shop. `sales`, `turnover` (rupiah; voids and refunds taken away), `duplicates` (receipts that are there
    more than once), `on_hand` (base units of all goods), `open_orders`.
    """

    shop: str
    sales: int
    turnover: int
    duplicates: int
    quarantined: int
    goods: int
    on_hand: int
    open_orders: int


class CityFigures(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """All shops together. `silent`: shops none of whose tills was heard for an hour."""

    shops: int
    tills: int
    silent: int
    goods: int
    open_orders: int
    quarantined: int


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


def mirror_text(device: str, epoch: int, seq: int, head: str) -> bytes:
    """What a till signs for each operation that it writes to a stick."""
    return f"epeken-mirror\n{device}\n{epoch}\n{seq}\n{head}".encode()


PRICE_MARKS: Final = 2**48
"""Modulus of Digest.prices."""


def price_mark(product: str, unit: str, factor: int, price: WirePrice) -> int:
    """One price's share of Digest.prices: CRC-32 over its fields, joined by LF. Adding and taking away marks keeps the sum without
    reading what did not change.
    """
    text = f"{product}\n{unit}\n{factor}\n{price.kind}\n{price.group}\n{price.min_quantity}\n{price.starts_at}\n{price.amount}"
    return zlib.crc32(text.encode())


def product_marks(product: WireProduct) -> int:
    """A whole product's share of Digest.prices; 0 if it is deleted."""
    if product.deleted:
        return 0
    return sum(price_mark(product.uid, unit.uid, unit.factor, price) for unit in product.units for price in unit.prices) % PRICE_MARKS


PICKUP_PREFIX: Final = "EPK1"
"""Codes of the server's first key, which has no name."""
NAMED_PICKUP_PREFIX: Final = "EPK2"
"""Codes that name the server key that signed them."""


def pickup_claim(order: str, short_code: str) -> bytes:
    """What the server signs when it makes a pickup code."""
    return f"epeken-pickup\n{order}\n{short_code}".encode()


def pickup_text(order: str, short_code: str, signature: bytes, key_id: str = "") -> str:
    """The code as the QR holds it: `EPK1:<order>:<short code>:<signature in base32>`, or `EPK2:<key>:<order>:...` where the key has a
    name; all capitals and digits, so that it fits the QR's alphanumeric mode and a scanner with caps lock types it right."""
    seal = base64.b32encode(signature).decode().rstrip("=")
    packed = base64.b32encode(bytes.fromhex(order)).decode().rstrip("=")
    start = f"{NAMED_PICKUP_PREFIX}:{key_id}" if key_id else PICKUP_PREFIX
    return f"{start}:{packed}:{short_code}:{seal}"


class PickupCode(NamedTuple):
    """A scanned pickup code. `key_id`: which server key signed it, "" = the first. Unverified."""

    order: str
    short_code: str
    signature: bytes
    key_id: str


def read_pickup_code(text: str) -> PickupCode:
    """A scanned code with the key that it names; to be verified by that key over `pickup_claim`.

    Raises:
        ValueError: not a pickup code at all.
    """
    parts = text.strip().upper().split(":")
    if parts[0] == PICKUP_PREFIX and len(parts) == 4:
        key_id, packed, short_code, seal = "", *parts[1:]
    elif parts[0] == NAMED_PICKUP_PREFIX and len(parts) == 5 and parts[1]:
        key_id, packed, short_code, seal = parts[1:]
    else:
        raise ValueError("not a pickup code")
    order = _unpad32(packed)
    if len(order) != 16:
        raise ValueError("not a pickup code")
    return PickupCode(order.hex(), short_code, _unpad32(seal), key_id)


def read_pickup_text(text: str) -> tuple[str, str, bytes]:
    """(order, short code, signature) of a scanned code, whichever key signed it.

    Raises:
        ValueError: not a pickup code at all.
    """
    return read_pickup_code(text)[:3]


def _unpad32(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """Reads `b64`. Raises ValueError (binascii.Error) on anything else."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
