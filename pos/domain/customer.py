"""A customer the shop knows by name: who may have goods on credit, and at which prices. Pure values.

Of a person no more is kept than the counter needs: the name that the shop calls them by, and the last four digits of a phone
(UU 27/2022; shop.md, People).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.privacy import without_numbers

LONGEST_NAME: Final = 80
LONGEST_NOTE: Final = 120
MOST_DUE_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the shop keeps them.

    Attributes:
        uid: 32 hex digits, random: all of a customer that ever goes out on the wire.
        phone4: the last four digits of a phone, to tell two of one name apart; may be empty.
        group: the price group that `pricing.choose_price` asks for; empty for everybody's prices.
        limit: rupiah that may be owed in all; above it the owner's PIN is asked. 0 = nothing on credit without it.
        due_days: days until a debt is due; 0 = no date.
        active: False when the shop does not show them any more; what is owed stays.
    """

    uid: str
    name: str
    phone4: str = ""
    group: str = ""
    limit: Rupiah = 0
    due_days: int = 0
    note: str = ""
    active: bool = True
    created_at: int = 0


def clean_customer(customer: Customer) -> Customer:
    """The customer as it may be kept: one line, no numbers of a person, lengths cut.

    Raises:
        ShopError: CUSTOMER_NAME_EMPTY; AMOUNT_OUT_OF_RANGE for a limit, QUANTITY_OUT_OF_RANGE for days that are none.
    """
    name = one_line(without_numbers(customer.name))[:LONGEST_NAME].strip()
    if not any(sign.isalnum() for sign in name):
        raise ShopError(ErrorCode.CUSTOMER_NAME_EMPTY)
    if not 0 <= customer.limit <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(customer.limit))
    if not 0 <= customer.due_days <= MOST_DUE_DAYS:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(customer.due_days))
    return Customer(
        customer.uid,
        name,
        phone_end(customer.phone4),
        one_line(customer.group)[:LONGEST_NAME],
        customer.limit,
        customer.due_days,
        one_line(without_numbers(customer.note))[:LONGEST_NOTE],
        customer.active,
        customer.created_at,
    )


def phone_end(typed: str) -> str:
    """The last four digits of what was typed or pasted as a phone; nothing where there are fewer."""
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    return digits[-4:] if len(digits) >= 4 else ""


def one_line(text: str) -> str:
    """Typed or pasted text on one line, without control characters and without blanks around it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
