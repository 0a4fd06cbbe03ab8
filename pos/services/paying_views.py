"""What screens show of customers, titipan and past sales: frozen rows. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.customer import Customer
from pos.domain.money import Rupiah


class CustomerFilter(StrEnum):
    ALL = "all"
    OWING = "owing"
    OVERDUE = "overdue"
    GONE = "gone"
    """Not shown any more."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A row of the customers' list.

    Attributes:
        balance: rupiah owed; negative when the shop owes.
        titipan: rupiah that the shop holds for them.
        due_at: UTC ms at which the oldest open debt is due, 0 = none.
    """

    customer: Customer
    balance: Rupiah = 0
    titipan: Rupiah = 0
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class Titipan:
    """Money kept for somebody. `holder`: uid of the customer, or of the sale whose change it was. `number`: that nota's, else empty."""

    holder: str
    amount: Rupiah
    number: str = ""
    customer_name: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class SaleSearch:
    """What the history is asked for. Moments UTC ms, `until` not included; 0 = no bound.

    Attributes:
        words: beginnings of words of number, amount, goods.
        customer_uid: only of this customer.
        corrections: only voids and refunds.
        product_uid, category, cashier, tender: only with such goods, made by that name, paid so; they are asked for one at a time, and
            not with words.
    """

    words: str = ""
    since: int = 0
    until: int = 0
    customer_uid: str = ""
    corrections: bool = False
    product_uid: str = ""
    category: str = ""
    cashier: str = ""
    tender: str = ""
