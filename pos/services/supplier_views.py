"""What screens show of suppliers and of money outside the drawer: frozen rows. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.cash_book import Account
from pos.domain.money import Rupiah
from pos.domain.supplier import Supplier


class SupplierFilter(StrEnum):
    ALL = "all"
    OWED = "owed"
    CONSIGNMENT = "consignment"
    GONE = "gone"
    """Not shown any more."""


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A row of the suppliers' list.

    Attributes:
        balance: rupiah that the shop owes; negative when the supplier does.
        due_at: UTC ms at which the oldest open part is due, 0 = none.
    """

    supplier: Supplier
    balance: Rupiah = 0
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class ConsignedGoods:
    """Goods that a supplier left here (*titip jual*).

    Attributes:
        on_hand: base units on the shelf.
        sold: base units sold since the supplier was last paid, what came back taken off.
        owed: rupiah for them.
        cost_total, cost_quantity: what is owed when they sell: rupiah for that many base units (0, 0 = not said).
        unpriced: base units among those sold that had no cost: nothing is owed for them until somebody says how much.
    """

    product_uid: str
    name: str
    base_unit: str
    on_hand: int = 0
    sold: int = 0
    owed: Rupiah = 0
    cost_total: Rupiah = 0
    cost_quantity: int = 0
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Where money lies beside the drawer, and how many rupiah."""

    account: Account
    balance: Rupiah = 0


@dataclass(frozen=True, slots=True)
class CashFact:
    """What went through a drawer: `kind` a `cash_book.CashKind` value; `at` UTC ms, never before the drawer's opening or after its closing.
    `key`: uid of the movement. The others as in `cash_book.CashRow`."""

    session_uid: str
    at: int
    kind: str
    amount: Rupiah
    label: str = ""
    category: str = ""
    note: str = ""
    key: str = ""
    count: int = 1
