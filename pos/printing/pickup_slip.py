"""The pickup receipt of an online order (*struk ambil*) as a document: what the merchant packs and hands over by. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos.domain.document import BOLD, HUGE, LARGE, Align, Bar, Block, Check, Cut, Document, Pair, QrBlock, Rule, Spacer, Text
from pos.domain.money import format_rupiah
from pos.domain.order import Order, OrderLine
from pos.domain.quantity import format_quantity
from pos.printing.figures import slot, spoken_code
from pos.printing.parts import GAP, House, titled

_HIDDEN: Final = "****"


def pickup_slip(order: Order, house: House, copy: int = 0) -> Document:
    """The slip. Of the buyer it has what the till holds: first name and initial, the last four digits of the phone.

    Args:
        copy: 0 the original, n the n-th SALINAN, which says so.
    """
    words, code = house.words.pickup, spoken_code(order.short_code)
    return (
        *titled(house, words.title, copy),
        Rule("="),
        Text(words.order.format(order.number), Align.CENTRE, LARGE),
        GAP,
        *((Text(code, Align.CENTRE, HUGE), GAP) if code else ()),
        *_buyer(order, house),
        GAP,
        Bar((words.paid if order.paid else words.not_paid).format(format_rupiah(order.total))),
        GAP,
        *(block for line in order.lines for block in _goods(line)),
        *((Text(words.remark.format(order.note), style=BOLD),) if order.note.strip() else ()),
        Rule(),
        *((QrBlock(order.pickup_code, instead=words.code_too_long),) if order.pickup_code else ()),
        *((Text(words.code.format(code), Align.CENTRE, BOLD),) if code else ()),
        Text(words.online_order.format(order.number), Align.CENTRE),
        Cut(),
    )


def _buyer(order: Order, house: House) -> Iterator[Block]:
    words = house.words.pickup
    if order.buyer:
        yield Pair(words.buyer, order.buyer, BOLD)
    if order.buyer_phone4:
        yield Pair(words.phone, _HIDDEN + order.buyer_phone4[-4:])
    if order.slot_from:
        yield Pair(words.slot, slot(order.slot_from, order.slot_to))


def _goods(line: OrderLine) -> Iterator[Block]:
    """A box to tick. The unit stands where it is more than a piece and the name does not say it: `2 renteng` is not 2 sachets."""
    unit = line.unit_name.strip()
    named = unit.lower() in ("", "pcs", *line.name.lower().split())
    yield Check(format_quantity(line.quantity, line.factor), line.name if named else f"{unit} {line.name}")
    yield Spacer(6)
