"""Taking back what was sold: a void answers a whole sale, a refund some of its lines, an exchange is a refund that pays for others.

Pure. Nothing is edited: a correction is a sale of its own with negative lines and payments. However a sale is taken back in parts, goods,
discounts and money of all parts add up to exactly what was sold; only where coins must be rounded does a part give a little more or less,
and the last part makes up for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pos.domain.discount import part_of
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, divide_half_up, line_amount
from pos.domain.sale import CashRounding, Payment, Sale, SaleKind, SaleLine, Tender, cash_due

WAYS_BACK: Final = (Tender.CASH, Tender.TRANSFER, Tender.TITIPAN)
"""How money can be given back: out of the drawer, to an account, or kept for the customer."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Goods that come back. `position`: the line of the sale; `quantity` base units; `damaged`: they do not go back on the shelf."""

    position: int
    quantity: int
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """Goods of an earlier sale that come back when the present basket is paid."""

    sale_uid: str
    number: str
    lines: tuple[ReturnLine, ...]
    amount: Rupiah
    """Rupiah that they are worth, as a refund would give them back."""


@dataclass(frozen=True, slots=True)
class Back:
    """What a correction gives back, before it is a fact: its lines, payments (all negative but for titipan taken back) and rounding."""

    lines: tuple[SaleLine, ...]
    payments: tuple[Payment, ...]
    rounding: Rupiah

    @property
    def total(self) -> Rupiah:
        return sum(payment.amount for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Book:
    """What the shop's books say at the moment of a correction.

    Attributes:
        earlier: the corrections of the sale so far.
        debt: rupiah that the sale's customer owes now.
        titipan: holder -> rupiah that the shop still keeps of what this sale gave it to keep.
        rule: how cash is rounded.
    """

    earlier: tuple[Sale, ...] = ()
    debt: Rupiah = 0
    titipan: Mapping[str, Rupiah] = field(default_factory=dict)
    rule: CashRounding = field(default_factory=CashRounding)


def returned(sale: Sale, earlier: Iterable[Sale]) -> dict[int, int]:
    """Position of a sale's line -> base units that came back so far.

    A correction that was told back by the server does not name the line: it counts against those of the same unit, the first ones first.
    """
    found: dict[int, int] = {}
    for line in (line for correction in earlier for line in correction.lines):
        back = -line.quantity
        for place in _places(sale, line):
            part = min(back, sale.lines[place].quantity - found.get(place, 0))
            found[place] = found.get(place, 0) + part
            back -= part
    return found


def _places(sale: Sale, line: SaleLine) -> tuple[int, ...]:
    if line.corrects_line is not None:
        return (line.corrects_line,) if 0 <= line.corrects_line < len(sale.lines) else ()
    return tuple(place for place, sold in enumerate(sale.lines) if sold.unit_uid == line.unit_uid)


def left_to_return(sale: Sale, earlier: Iterable[Sale]) -> tuple[int, ...]:
    """Base units of each line that can still come back."""
    gone = returned(sale, earlier)
    return tuple(line.quantity - gone.get(place, 0) for place, line in enumerate(sale.lines))


def void(sale: Sale, book: Book, way: Tender = Tender.CASH) -> Back:
    """The whole sale taken back: every line, and the money on the way it came; where that way does not lead back (QRIS, transfer,
    a debt that was paid meanwhile) by `way`.

    Raises:
        ShopError: ALREADY_CORRECTED when any of it was taken back before; NOT_CORRECTABLE for a correction itself.
    """
    _check(sale)
    if book.earlier:
        raise ShopError(ErrorCode.ALREADY_CORRECTED)
    lines = _lines_back(sale, (), [ReturnLine(place, line.quantity) for place, line in enumerate(sale.lines)])
    return _back(lines, _mirrored(sale, book, way))


def refund(sale: Sale, book: Book, lines: Sequence[ReturnLine], way: Tender = Tender.CASH, exchange: Rupiah = 0) -> Back:
    """Some goods of a sale taken back, each with its exact share of discount and rounding. What is owed for the sale goes first.

    Args:
        exchange: rupiah of it that pay for other goods at this moment; then no debt is touched.

    Raises:
        ShopError: EMPTY_RETURN, RETURN_TOO_MANY with `name`, ALREADY_CORRECTED for a voided sale, NOT_CORRECTABLE.
    """
    _check(sale)
    if any(correction.kind is SaleKind.VOID for correction in book.earlier):
        raise ShopError(ErrorCode.ALREADY_CORRECTED)
    taken = _lines_back(sale, book.earlier, lines)
    rest = _share(sale, book.earlier, -sum(line.amount for line in taken))
    parts: list[Payment] = []
    if exchange > 0:
        parts.append(Payment(Tender.EXCHANGE, -min(exchange, rest), 0))
    else:
        owed = min(rest, _paid_by(sale, book.earlier, Tender.CREDIT), max(0, book.debt))
        parts += [Payment(Tender.CREDIT, -owed, 0)] if owed > 0 else []
    rest += sum(part.amount for part in parts)
    if rest > 0 or not parts:
        parts.append(_given(way, rest, 0, book.rule))
    return _back(taken, parts)


def worth(sale: Sale, earlier: Sequence[Sale], lines: Sequence[ReturnLine]) -> Rupiah:
    """Rupiah that goods are worth when they pay for others. Raises as `refund` does."""
    return -refund(sale, Book(tuple(earlier)), lines, Tender.TRANSFER).total


def _check(sale: Sale) -> None:
    if sale.kind is not SaleKind.SALE:
        raise ShopError(ErrorCode.NOT_CORRECTABLE)


def _back(lines: tuple[SaleLine, ...], payments: Sequence[Payment]) -> Back:
    """Rounding is what makes lines and payments agree."""
    return Back(lines, tuple(payments), sum(part.amount for part in payments) - sum(line.amount for line in lines))


def _lines_back(sale: Sale, earlier: Sequence[Sale], wanted: Sequence[ReturnLine]) -> tuple[SaleLine, ...]:
    gone = returned(sale, earlier)
    out = []
    for item in wanted:
        if item.quantity <= 0:
            continue
        if not 0 <= item.position < len(sale.lines):
            raise ShopError(ErrorCode.RETURN_TOO_MANY, name="")
        line, before = sale.lines[item.position], gone.get(item.position, 0)
        if before + item.quantity > line.quantity:
            raise ShopError(ErrorCode.RETURN_TOO_MANY, name=line.name)
        gone[item.position] = before + item.quantity
        out.append(_line_back(line, item, before))
    if not out:
        raise ShopError(ErrorCode.EMPTY_RETURN)
    return tuple(out)


def _line_back(line: SaleLine, item: ReturnLine, before: int) -> SaleLine:
    amount = part_of(line.amount, line.quantity, before, item.quantity)
    return replace(
        line,
        quantity=-item.quantity,
        amount=-amount,
        discount=amount - line_amount(line.unit_price, item.quantity, line.factor),
        cost=None if line.cost is None else -part_of(line.cost, line.quantity, before, item.quantity),
        corrects_line=item.position,
        damaged=item.damaged,
    )


def _share(sale: Sale, earlier: Sequence[Sale], goods: Rupiah) -> Rupiah:
    """Rupiah to give back for goods of this amount: their part of the total, less what earlier parts gave too much or too little."""
    sold = sum(line.amount for line in sale.lines)
    gone = goods - sum(line.amount for correction in earlier for line in correction.lines)
    due = sale.total if gone == sold else gone + divide_half_up(sale.rounding * gone, sold)
    return max(0, due + sum(correction.total for correction in earlier))


def _paid_by(sale: Sale, earlier: Sequence[Sale], tender: Tender) -> Rupiah:
    """Rupiah that a tender paid of a sale and that corrections have not given back."""
    return sum(part.amount for fact in (sale, *earlier) for part in fact.payments if part.tender is tender)


def _mirrored(sale: Sale, book: Book, way: Tender) -> list[Payment]:
    """Each payment turned round; what cannot go back the way it came is `elsewhere`."""
    out: list[Payment] = []
    cash = elsewhere = 0
    debt = max(0, book.debt)
    for part in sale.payments:
        if part.tender is Tender.CASH:
            cash += part.amount
        elif part.tender is Tender.CREDIT:
            owed = min(part.amount, debt)
            debt -= owed
            elsewhere += part.amount - owed
            out.append(replace(part, amount=-owed, received=0))
        elif part.tender is Tender.TITIPAN and part.amount < 0:
            # change that was kept: as far as it still is, the customer gets the money itself
            kept = min(-part.amount, max(0, book.titipan.get(part.reference, 0)))
            elsewhere += part.amount + kept
            out.append(replace(part, amount=kept, received=0))
        elif part.tender is Tender.TITIPAN:
            out.append(replace(part, amount=-part.amount, received=0))
        else:
            elsewhere += part.amount
    out = [part for part in out if part.amount]
    if elsewhere < 0:
        # titipan that was spent meanwhile: the customer has had that part
        cash, elsewhere = cash + elsewhere, 0
    if cash or elsewhere or not out:
        out += _cash_and(way, cash, elsewhere, book.rule)
    return out


def _cash_and(way: Tender, cash: Rupiah, elsewhere: Rupiah, rule: CashRounding) -> list[Payment]:
    if way is Tender.CASH or not elsewhere:
        return [_given(Tender.CASH, elsewhere, cash, rule)]
    return ([_given(Tender.CASH, 0, cash, rule)] if cash else []) + [_given(way, elsewhere, 0, rule)]


def _given(way: Tender, amount: Rupiah, exact: Rupiah, rule: CashRounding) -> Payment:
    """Money that goes out: `amount` by rule where it is cash, and `exact` beside it, which came in as cash."""
    rupiah = exact + (cash_due(amount, rule) if way is Tender.CASH else amount)
    return Payment(way, -rupiah, -rupiah)
