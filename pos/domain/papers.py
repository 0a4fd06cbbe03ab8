"""What papers say beside sales and orders: labels, goods that came in, lists to count by, the cards of keys and of help; and what a
sale comes to for a department's accounts. Pure values, no layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.money import Rupiah
from pos.domain.sale import Sale, Tender, TenderState

LONGEST_BUYER: Final = 120
"""Characters of a department's name on a nota or kuitansi; longer is refused in words, never cut."""
MOST_LABELS: Final = 500
"""Labels of one job: about 15 metres of paper. More is asked for in parts."""


class LabelKind(StrEnum):
    """What a label is for."""

    SHELF = "shelf"
    """On the shelf's edge: the price is what is read from afar, the barcode is small."""
    BARCODE = "barcode"
    """On the goods: the barcode is what the scanner reads, the price is small."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. `code`: barcode as digits of an EAN or UPC, or any in-shop code; may be empty. `wholesale` 0 = none.

    Attributes:
        unit_name: what the price is for (`bungkus`, `kg`).
        price: rupiah for one unit.
    """

    name: str
    unit_name: str
    price: Rupiah
    code: str = ""
    size: str = ""
    wholesale: Rupiah = 0
    wholesale_from: int = 0


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """Goods that came in. `quantity` base units; `cost` rupiah of the whole line, None when it is not known."""

    name: str
    unit_name: str
    factor: int
    quantity: int
    cost: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class GoodsReceipt:
    """A delivery as it was checked in (*barang masuk*). `at` UTC ms; `paper`: number on the supplier's own paper; `paid`: rupiah on the
    spot, None where nothing is said of it."""

    uid: str
    number: str
    at: int
    taken_by: str
    supplier: str = ""
    paper: str = ""
    lines: tuple[ReceivedLine, ...] = ()
    discount: Rupiah = 0
    transport: Rupiah = 0
    paid: Rupiah | None = None

    @property
    def cost(self) -> Rupiah:
        """Rupiah of the lines whose cost is known, less the discount, with what bringing them cost."""
        return sum(line.cost or 0 for line in self.lines) - self.discount + self.transport


@dataclass(frozen=True, slots=True)
class CountRow:
    """A product on a sheet to count by. `on_hand` base units that the till believes in, None on a sheet that counts blind."""

    name: str
    unit_name: str
    factor: int
    code: str = ""
    on_hand: int | None = None


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A list to walk along the shelves with (*stok opname*).

    Attributes:
        at: UTC ms. part: which goods it is about (a category); empty is all.
        total: how many goods the list has.
    """

    at: int
    part: str
    rows: tuple[CountRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StockCardLine:
    """A movement on a product's card. `reason`: a `stock.MovementReason` value; `said`: number or words of its cause; base units."""

    at: int
    reason: str
    said: str
    quantity: int
    balance: int


@dataclass(frozen=True, slots=True)
class StockCard:
    """The card of a product (*kartu stok*) in one of its units, the newest first. `at` UTC ms; `on_hand` base units."""

    product_uid: str
    name: str
    unit_name: str
    factor: int
    at: int
    on_hand: int
    lines: tuple[StockCardLine, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key and what it does, in the language that the till speaks."""

    key: str
    does: str


@dataclass(frozen=True, slots=True)
class UnsentList:
    """What the server has not heard of a till that its owner lets go.

    Attributes:
        at: UTC ms.
        till: what the shop's list of tills calls it; may be empty.
        by: who let it go.
        sales: (number, UTC ms, rupiah) of each, the oldest first.
        others: how many other records, by what the wire calls their kind.
    """

    at: int
    till: str
    by: str
    sales: tuple[tuple[str, int, int], ...]
    others: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What hangs beside the till: whom to call, and what to read out then.

    Attributes:
        till: what the shop's list of tills calls it; may be empty.
        support: the city's number as it is dialled; empty when nobody has set one.
        version: of the program.
    """

    till: str
    support: str
    version: str


_SURE: Final = frozenset({TenderState.PAID, TenderState.CONFIRMED_BY_HAND, TenderState.PAID_LATE})


def net_total(sale: Sale, corrections: Iterable[Sale] = ()) -> Rupiah:
    """Rupiah that are left of a sale after what came back."""
    return sale.total + sum(correction.total for correction in corrections)


def is_paid(sale: Sale) -> bool:
    """Whether the shop has the money: nothing on credit, nothing that is waited for."""
    return all(payment.state in _SURE and payment.tender is not Tender.CREDIT for payment in sale.payments)


def kuitansi_number(sale: Sale) -> str:
    """Number of a sale's kuitansi: there is one a sale, so it has the nota's number."""
    return f"KW-{sale.number}"
