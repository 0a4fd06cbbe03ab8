"""Nota and kuitansi as documents: what a department puts to its accounts, with the sum in words. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pos.domain.document import BOLD, LARGE, Align, Bar, Block, Cut, Document, Goods, GoodsHead, Hang, Pair, Rule, Signs, Spacer, Text
from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.domain.papers import is_paid, kuitansi_number, net_total
from pos.domain.sale import Sale
from pos.domain.terbilang import terbilang
from pos.printing.figures import day, quantity
from pos.printing.parts import BREATH, GAP, House, letterhead, marks
from pos.printing.struk import tender_name

_NAMED: Final = 3
"""Goods that a kuitansi names; the nota has them all."""


def nota(sale: Sale, house: House, buyer: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> Document:
    """The nota. `buyer`: a department as it was typed; empty leaves a line to write on.

    Args:
        corrections: refunds of the sale: what came back stands below what was sold, and the sum is what is left.
    """
    words, total = house.words.accounts, net_total(sale, corrections)
    paid = is_paid(sale)
    return (
        *letterhead(house),
        Rule("="),
        Text(words.nota, Align.CENTRE, LARGE),
        *marks(house, copy),
        Pair(words.number, sale.number),
        Pair(words.date, day(sale.at, words.months)),
        Hang(words.to, buyer),
        Rule(),
        GoodsHead(words.goods, words.quantity, words.price, words.amount),
        *_goods(sale, house),
        *(block for correction in corrections for block in _goods(correction, house, words.returned)),
        Rule(),
        *_sum(sale, corrections, house, total),
        Hang(words.in_words, terbilang(total), BOLD),
        BREATH,
        *((Pair(words.paid_with, _ways(sale, house)),) if paid else (Bar(words.not_paid),)),
        Spacer(16),
        Signs(words.receiver, words.regards, "", sale.cashier),
        Cut(),
    )


def kuitansi(sale: Sale, house: House, buyer: str = "", purpose: str = "", copy: int = 0, corrections: Sequence[Sale] = ()) -> Document:
    """The kuitansi: that the shop has the money. Only of a sale that is paid (`services.papers` sees to it).

    Args:
        buyer: a department as it was typed; empty leaves a line to write on.
        purpose: what was paid for, as typed; empty names the first goods and the nota.
    """
    words, total = house.words.accounts, net_total(sale, corrections)
    return (
        *letterhead(house),
        Rule("="),
        Text(words.kuitansi, Align.CENTRE, LARGE),
        *marks(house, copy),
        Pair(words.number, kuitansi_number(sale)),
        GAP,
        Hang(words.received_from, buyer),
        BREATH,
        Hang(words.the_sum, terbilang(total), BOLD),
        BREATH,
        Hang(words.for_what, purpose or _purpose(sale, house)),
        GAP,
        Bar(format_rupiah(total)),
        GAP,
        Pair("", day(sale.at, words.months)),
        Signs("", words.taken_by, "", sale.cashier),
        Cut(),
    )


def _goods(sale: Sale, house: House, named: str = "{}") -> Iterator[Block]:
    """Every line, and its discount as a line of its own: quantity times price is what accounts check."""
    for line in sale.lines:
        count = quantity(line.quantity, line.factor, line.unit_name)
        yield Goods(named.format(line.name), count, format_figure(line.unit_price), format_figure(line.amount + line.discount))
        if line.discount:
            yield Goods(f"  {house.words.struk.discount}", "", "", format_figure(-line.discount))


def _sum(sale: Sale, corrections: Sequence[Sale], house: House, total: Rupiah) -> Iterator[Block]:
    rounding = sale.rounding + sum(correction.rounding for correction in corrections)
    if rounding:
        yield Pair(house.words.struk.subtotal, format_figure(total - rounding))
        yield Pair(house.words.struk.rounding, format_figure(rounding))
    yield BREATH
    yield Pair(house.words.struk.total, format_rupiah(total), LARGE)
    yield BREATH


def _ways(sale: Sale, house: House) -> str:
    names = [tender_name(payment, house.words) for payment in sale.payments if payment.amount > 0]
    return " + ".join(dict.fromkeys(names))


def _purpose(sale: Sale, house: House) -> str:
    """The goods by name, few enough to be read, and the nota that has them all."""
    words = house.words.accounts
    named = [f"{quantity(line.quantity, line.factor, line.unit_name)} {line.name}" for line in sale.lines[:_NAMED]]
    more = len(sale.lines) - len(named)
    goods = ", ".join([*named, *((words.and_more.format(more),) if more > 0 else ())])
    return f"{goods} ({words.nota_of.format(sale.number)})"
