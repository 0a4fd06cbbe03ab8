"""Deposits: galon, tabung and crates that a customer holds. What is held is a sum of movements, never a figure of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah


@dataclass(frozen=True, slots=True)
class DepositMovement:
    """One time that something was lent or came back. A fact.

    Attributes:
        quantity: pieces; positive when the customer takes them, negative when they come back.
        amount: rupiah of deposit money; positive when it is taken, negative when it is given back, 0 where the shop lends on trust.
        session_uid: the drawer that the money went through; empty without money.
        at: UTC milliseconds.
    """

    uid: str
    customer_uid: str
    product_uid: str
    quantity: int
    amount: Rupiah
    session_uid: str
    at: int


@dataclass(frozen=True, slots=True)
class DepositBalance:
    """What a customer holds of one kind of goods: pieces, and the rupiah that the shop holds for them."""

    customer_uid: str
    product_uid: str
    name: str
    quantity: int
    amount: Rupiah


def balance_of(movements: Iterable[DepositMovement]) -> tuple[int, Rupiah]:
    """(pieces, rupiah): the sums."""
    quantity = amount = 0
    for movement in movements:
        quantity += movement.quantity
        amount += movement.amount
    return quantity, amount


def money_back(held: DepositBalance, pieces: int) -> Rupiah:
    """Rupiah that go back with `pieces` of what is held: all with the last one, else as many parts of it, rounded down.

    Raises:
        ShopError: DEPOSIT_TOO_MANY with `held` when more come back than were taken.
    """
    if not 0 < pieces <= held.quantity:
        raise ShopError(ErrorCode.DEPOSIT_TOO_MANY, held=held.quantity)
    return held.amount if pieces == held.quantity else held.amount * pieces // held.quantity
