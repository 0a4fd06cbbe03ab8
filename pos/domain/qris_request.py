"""A QR that was shown for a payment, and how sure the money is. A QR proves no payment: only the server's word does. Pure.

The states and who may set them: waiting -> paid (the server), confirmed by hand (a person, named), expired (its time is over),
and from expired -> paid late (the server). What is known never becomes less sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.money import Rupiah
from pos.domain.sale import TenderState

QRIS_CAP: Final[Rupiah] = 10_000_000
"""Most rupiah of one QRIS transaction (Bank Indonesia; shop.md, QRIS)."""


class QrisSource(StrEnum):
    """Who made the code."""

    SERVER = "server"
    OWN = "own"
    """Made by the till from the shop's own static code: nobody tells whether it was paid."""
    STICKER = "sticker"
    """The sticker on the counter; the amount is typed by the customer."""


class LateMoney(StrEnum):
    """What became of money that came after its QR had expired, or twice."""

    NONE = ""
    USED = "used"
    """It paid for a sale."""
    RETURNED_CASH = "returned_cash"
    RETURNED_TRANSFER = "returned_transfer"


MONEY: Final = frozenset({TenderState.PAID, TenderState.PAID_LATE, TenderState.CONFIRMED_BY_HAND})
"""States in which somebody stands for the money."""


@dataclass(frozen=True, slots=True)
class IssuedQr:
    """A QR as the server issued it. `expires_at` UTC ms; `nmid` and `merchant`: whose it is, shown beside it."""

    uid: str
    payload: str
    expires_at: int
    nmid: str
    merchant: str


@dataclass(frozen=True, slots=True)
class QrisRequest:
    """A QR and the payment that it asks for.

    Attributes:
        basket_uid: the basket it was shown for. `sale_uid`: the sale it paid, empty until there is one.
        state_at: UTC ms of the present state, by whoever told it. `by`: who confirmed by hand.
        late: what became of late money.
    """

    uid: str
    basket_uid: str
    amount: Rupiah
    payload: str
    source: QrisSource
    nmid: str
    merchant: str
    issued_at: int
    expires_at: int
    state: TenderState = TenderState.WAITING
    state_at: int = 0
    by: str = ""
    sale_uid: str = ""
    late: LateMoney = LateMoney.NONE

    @property
    def is_money(self) -> bool:
        """Whether somebody stands for the money: the server, or a person by name."""
        return self.state in MONEY

    @property
    def is_loose(self) -> bool:
        """The server told of money that no sale has, and that nobody gave back: it belongs in the inbox of late money."""
        return self.state in (TenderState.PAID, TenderState.PAID_LATE) and not self.sale_uid and self.late is LateMoney.NONE


_SURER: Final = {
    TenderState.WAITING: 0,
    TenderState.EXPIRED: 1,
    TenderState.CONFIRMED_BY_HAND: 2,
    TenderState.PAID_LATE: 3,
    TenderState.PAID: 4,
}


def surer(old: TenderState, told: TenderState) -> TenderState:
    """The state after hearing `told`: what comes late or twice on the line never makes it less sure."""
    if old is TenderState.EXPIRED and told is TenderState.PAID:
        return TenderState.PAID_LATE
    return told if _SURER[told] > _SURER[old] else old
