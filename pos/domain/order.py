"""An online order as the shop handles it. The server alone decides its status; the till asks, and packs what is confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.money import Rupiah


class OrderStatus(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    READY = "ready"
    PICKED_UP = "picked_up"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"
    UNKNOWN = "unknown"
    """A status this till does not know: shown as the server wrote it, never a crash."""

    @classmethod
    def read(cls, text: str) -> OrderStatus:
        try:
            return cls(text)
        except ValueError:
            return cls.UNKNOWN


class OrderStep(StrEnum):
    """What the shop can do with an order."""

    ACCEPT = "accept"
    REJECT = "reject"
    READY = "ready"
    HAND_OVER = "hand_over"


_STEPS = {
    OrderStatus.PLACED: frozenset({OrderStep.ACCEPT, OrderStep.REJECT}),
    OrderStatus.ACCEPTED: frozenset({OrderStep.READY, OrderStep.REJECT}),
    OrderStatus.READY: frozenset({OrderStep.HAND_OVER}),
}


def allowed_steps(status: OrderStatus) -> frozenset[OrderStep]:
    """The legal edges from a status (sync.md, Orders)."""
    return _STEPS.get(status, frozenset())


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`on_shelf` and `packed` are the merchant's own ticks on this till; the server does not know them."""

    product_uid: str
    name: str
    unit_name: str
    factor: int
    quantity: int
    unit_price: Rupiah
    amount: Rupiah
    on_shelf: bool = False
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Attributes:
    number: what the board and the buyer say (`4821`).
    status_text: as the server wrote it, for an unknown status.
    buyer: first name and initial; `buyer_phone4` last four digits; nothing more is ever held.
    pending: a step told to the server and not answered yet ("menunggu server"); while ACCEPT is pending nothing is packed.
    pickup_code: signed text (QR) from accept on; `short_code` the same to say and type.
    handed_over_at: UTC ms when this till handed it over, perhaps before the server knows.
    seen: whether someone has opened it; a new order sounds until then.
    """

    uid: str
    number: str
    status: OrderStatus
    status_text: str
    version: int
    buyer: str
    buyer_phone4: str
    buyer_kind: str
    lines: tuple[OrderLine, ...]
    total: Rupiah
    paid: bool
    placed_at: int
    deadline_at: int
    slot_from: int = 0
    slot_to: int = 0
    note: str = ""
    reason: str = ""
    pickup_code: str = ""
    short_code: str = ""
    pending: OrderStep | None = None
    handed_over_at: int | None = None
    seen: bool = False
    flags: tuple[str, ...] = field(default=())
