"""An online order as the shop handles it. The server alone decides its status; the till asks, and packs what is confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

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
    NO_SHOW = "no_show"
    """Nobody came; only after the slot, on the server's clock."""
    CANCEL_ALLOW = "cancel_allow"
    CANCEL_DENY = "cancel_deny"
    """Answers to a buyer who asks to cancel after the shop has accepted."""


CANCEL_ASKED: Final = "cancel_asked"
"""Flag of an order whose buyer asks to cancel it."""
FORGOTTEN: Final = "forgotten"
"""Flag of an order that the server, put back, does not know any more."""

_STEPS = {
    OrderStatus.PLACED: frozenset({OrderStep.ACCEPT, OrderStep.REJECT}),
    OrderStatus.ACCEPTED: frozenset({OrderStep.READY, OrderStep.REJECT}),
    OrderStatus.READY: frozenset({OrderStep.HAND_OVER, OrderStep.NO_SHOW}),
}
_ANSWERS = frozenset({OrderStep.CANCEL_ALLOW, OrderStep.CANCEL_DENY})
_EARLY = frozenset({OrderStatus.ACCEPTED})
_LATE = frozenset({OrderStatus.EXPIRED, OrderStatus.NO_SHOW})


def allowed_steps(status: OrderStatus, flags: tuple[str, ...] = ()) -> frozenset[OrderStep]:
    """The legal edges from a status (sync.md, Orders); a buyer who asks to cancel wants an answer."""
    steps = _STEPS.get(status, frozenset())
    asks = CANCEL_ASKED in flags and status in (OrderStatus.ACCEPTED, OrderStatus.READY)
    return steps | _ANSWERS if asks else steps


class HandOver(StrEnum):
    """What stands in the way of handing an order over. A buyer at the counter is a fact that wins over a status, once a person is sure."""

    FREE = "free"
    EARLY = "early"
    """It is not made ready yet."""
    LATE = "late"
    """Its time was over; the code is good all the same."""
    NEVER = "never"


def hand_over_of(status: OrderStatus, pending: OrderStep | None) -> HandOver:
    """See `HandOver`. An accept that only this till wants opens nothing: there is no code before the server's word."""
    if status is OrderStatus.READY or (status is OrderStatus.ACCEPTED and pending is OrderStep.READY):
        return HandOver.FREE
    if status in _EARLY:
        return HandOver.EARLY
    return HandOver.LATE if status in _LATE else HandOver.NEVER


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
    lost: `step:code` of the shop's last step that the server did not take, until someone has seen it; empty else.
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
    lost: str = ""

    @property
    def cancel_asked(self) -> bool:
        """The buyer asks to cancel, and waits for the shop's answer."""
        return OrderStep.CANCEL_ALLOW in allowed_steps(self.status, self.flags)
