"""The struk of a sale, a void or a refund as a document: what it says and in which order. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.document import LARGE, Align, Block, Cut, Document, Item, Pair, Rule, Text
from pos.domain.money import format_figure, format_rupiah
from pos.domain.sale import Payment, Sale, SaleLine, Tender, TenderState, short_number
from pos.printing.figures import moment, quantity
from pos.printing.parts import BREATH, GAP, House, cashier, farewell, letterhead, marks
from pos.printing.words import Words


def struk(sale: Sale, house: House, copy: int = 0) -> Document:
    """The struk. Amounts are of the sale as it is kept; nothing is computed but what a line was before its discount.

    Args:
        copy: 0 the original, n the n-th SALINAN, which says so.
    """
    words = house.words
    return (
        *letterhead(house),
        *marks(house, copy, words.struk.kinds[sale.kind]),
        Rule("="),
        Pair(words.struk.note.format(short_number(sale.number)), moment(sale.at)),
        cashier(house, sale.cashier, sale.number),
        *_whose(sale, words),
        Rule(),
        *goods(sale, words),
        Rule(),
        *sums(sale, words),
        *tenders(sale, words),
        Rule(),
        *_thanks(sale, house),
        Cut(),
    )


def goods(sale: Sale, words: Words) -> Iterator[Block]:
    """Every line: name, then quantity and price, then what it came to; its discount below it."""
    for line in sale.lines:
        yield from _line(line, words)


def sums(sale: Sale, words: Words) -> Iterator[Block]:
    """Rounding as a line of its own, and the total."""
    if sale.rounding:
        yield Pair(words.struk.subtotal, format_figure(sale.total - sale.rounding))
        yield Pair(words.struk.rounding, format_figure(sale.rounding))
    yield BREATH
    yield Pair(words.struk.total, format_rupiah(sale.total), LARGE)
    yield BREATH


def tenders(sale: Sale, words: Words) -> Iterator[Block]:
    """How it was paid: each tender, how sure it is where that is not plain, and the change."""
    alone = len(sale.payments) == 1
    for payment in sale.payments:
        yield from _back(payment, words) if payment.amount < 0 else _paid(payment, words, alone)


def _whose(sale: Sale, words: Words) -> Iterator[Block]:
    """The customer where the shop knows them, and what a correction answers."""
    if sale.customer_name:
        yield Pair(words.struk.customer.format(sale.customer_name), "")
    if sale.corrects:
        # a receipt's number ends with the first letters of its sale's id
        yield Pair(words.struk.corrects.format(sale.corrects[:4].upper()), "")


def _line(line: SaleLine, words: Words) -> Iterator[Block]:
    detail = f"{quantity(line.quantity, line.factor, line.unit_name)} x {format_figure(line.unit_price)}"
    name = f"{line.name} {words.struk.damaged}" if line.damaged else line.name
    yield Item(name, detail, format_figure(line.amount + line.discount))
    if line.discount:
        yield Pair(f"  {words.struk.discount}", format_figure(-line.discount))


def _paid(payment: Payment, words: Words, alone: bool) -> Iterator[Block]:
    # only cash is handed over in notes that are more than what it pays
    shown = payment.received if payment.tender is Tender.CASH else payment.amount
    yield Pair(tender_name(payment, words), format_figure(shown))
    if payment.state is not TenderState.PAID:
        yield Pair(f"  {words.struk.states[payment.state]}", "")
    if payment.tender is Tender.CASH and (payment.change or alone):
        yield Pair(words.struk.change, format_figure(payment.change), LARGE)


def _back(payment: Payment, words: Words) -> Iterator[Block]:
    """Money on its way back: in a correction, or as change that is kept for later."""
    yield Pair(words.struk.back[payment.tender], format_figure(-payment.amount))


def tender_name(payment: Payment, words: Words) -> str:
    """How it is paid; a transfer with the end of its reference, by which it is found again."""
    name = words.struk.tenders[payment.tender]
    return f"{name} {payment.reference[-8:]}".rstrip() if payment.tender is Tender.TRANSFER else name


def _thanks(sale: Sale, house: House) -> Iterator[Block]:
    yield GAP
    yield from farewell(house)
    if sale.discount > 0:
        yield Text(house.words.struk.saved.format(format_rupiah(sale.discount)), Align.CENTRE)
