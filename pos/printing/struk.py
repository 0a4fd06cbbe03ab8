"""The struk of a sale as a document: what it says and in which order. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos.domain.money import format_figure, format_rupiah
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, short_number
from pos.printing.documents import BOLD, LARGE, PLAIN, Align, Bar, Block, Cut, Document, Item, Pair, Rule, Spacer, Text
from pos.printing.figures import moment, quantity
from pos.printing.words import Words
from pos.services.views import ShopIdentity

_GAP: Final = Spacer(10)
_BREATH: Final = Spacer(6)


def struk(sale: Sale, shop: ShopIdentity, words: Words, footer: str, copy: int = 0) -> Document:
    """The struk. Amounts are of the sale as it is kept; nothing is computed but what a line was before its discount.

    Args:
        footer: the shop's own words at the end; each line of it is a line.
        copy: 0 the original, n the n-th SALINAN, which says so.
    """
    return tuple(
        (
            *letterhead(shop),
            *_marks(sale, words, copy),
            Rule("="),
            Pair(words.note.format(short_number(sale.number)), moment(sale.at)),
            Pair(words.cashier.format(sale.cashier) if sale.cashier else "", sale.number),
            Rule(),
            *(block for line in sale.lines for block in _goods(line, words)),
            Rule(),
            *_sums(sale, words),
            *(block for payment in sale.payments for block in _paid(payment, words)),
            Rule(),
            *_thanks(sale, words, footer),
            Cut(),
        )
    )


def letterhead(shop: ShopIdentity) -> Iterator[Block]:
    """Whose paper it is."""
    if shop.name:
        yield Text(shop.name.upper(), Align.CENTRE, LARGE)
    if shop.address:
        yield Text(shop.address, Align.CENTRE)


def _marks(sale: Sale, words: Words, copy: int) -> Iterator[Block]:
    """What kind of paper it is where it is no plain original."""
    marked = bool(copy) or sale.kind is not SaleKind.SALE
    if marked:
        yield _GAP
    if sale.kind is not SaleKind.SALE:
        yield Bar(words.kinds[sale.kind])
    if copy:
        yield Bar(words.copy.format(copy))
    if marked:
        yield _GAP


def _goods(line: SaleLine, words: Words) -> Iterator[Block]:
    detail = f"{quantity(line.quantity, line.factor, line.unit_name)} x {format_figure(line.unit_price)}"
    yield Item(line.name, detail, format_figure(line.amount + line.discount))
    if line.discount:
        yield Pair(f"  {words.discount}", format_figure(-line.discount))


def _sums(sale: Sale, words: Words) -> Iterator[Block]:
    if sale.rounding:
        yield Pair(words.subtotal, format_figure(sale.total - sale.rounding))
        yield Pair(words.rounding, format_figure(sale.rounding))
    yield _BREATH
    yield Pair(words.total, format_rupiah(sale.total), LARGE)
    yield _BREATH


def _paid(payment: Payment, words: Words) -> Iterator[Block]:
    yield Pair(words.tenders[payment.tender], format_figure(payment.received))
    if payment.tender is Tender.CASH:
        yield Pair(words.change, format_figure(payment.change), LARGE)


def _thanks(sale: Sale, words: Words, footer: str) -> Iterator[Block]:
    yield _GAP
    for place, line in enumerate(footer.splitlines()):
        yield Text(line, Align.CENTRE, PLAIN if place else BOLD)
    if sale.discount > 0:
        yield Text(words.saved.format(format_rupiah(sale.discount)), Align.CENTRE)
