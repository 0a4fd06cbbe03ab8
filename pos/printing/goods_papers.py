"""Papers about goods as documents: what came in, the sheet to count by, labels, and the card of keys. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pos.domain.document import (
    BOLD,
    HUGE,
    LARGE,
    TALL,
    Align,
    BarsBlock,
    Block,
    Cut,
    Document,
    Hang,
    Item,
    Pair,
    Rule,
    Signs,
    Spacer,
    Style,
    Text,
)
from pos.domain.money import format_figure, format_rupiah
from pos.domain.papers import CountRow, CountSheet, GoodsReceipt, KeyLine, Label, LabelKind, ReceivedLine
from pos.printing.figures import moment, quantity
from pos.printing.parts import GAP, House, titled
from pos.printing.words import Words
from pos.printing.words.goods import GoodsWords

_BLANK: Final = "........"
_TALL_BOLD: Final = Style(1, 2, bold=True)
_BETWEEN: Final = Spacer(24)
_BARS: Final = {LabelKind.SHELF: 48, LabelKind.BARCODE: 88}
"""Dots that the bars are high."""


def goods_receipt(receipt: GoodsReceipt, house: House, copy: int = 0) -> Document:
    """Goods that came in, as they were checked."""
    words = house.words.goods
    return (
        *titled(house, words.came_in, copy),
        Rule("="),
        Pair(words.number, receipt.number),
        Pair(house.words.accounts.date, moment(receipt.at)),
        Pair(words.taken_by, receipt.taken_by),
        *((Pair(words.supplier, receipt.supplier, BOLD),) if receipt.supplier else ()),
        *((Pair(words.their_paper, receipt.paper),) if receipt.paper else ()),
        Rule(),
        *(_received(line, words.unknown_cost) for line in receipt.lines),
        Rule(),
        *((Pair(words.discount, format_rupiah(-receipt.discount)),) if receipt.discount else ()),
        *((Pair(words.transport, format_rupiah(receipt.transport)),) if receipt.transport else ()),
        Pair(words.cost, format_rupiah(receipt.cost), LARGE),
        *_paid(receipt, words),
        Spacer(16),
        Signs(words.brought_by, words.taken_by, "", receipt.taken_by),
        Cut(),
    )


def stock_take_sheet(sheet: CountSheet, house: House) -> Document:
    """The list to walk along the shelves with: every product, what the till believes in (unless it counts blind), and room to write."""
    words = house.words.goods
    return (
        *titled(house, words.stock_take),
        Rule("="),
        Pair(sheet.part or words.all_goods, words.goods.format(format_figure(sheet.total))),
        Pair("", moment(sheet.at)),
        Rule(),
        *(block for row in sheet.rows for block in _to_count(row, words.on_hand)),
        Rule(),
        Hang(words.counted_by, ""),
        Cut(),
    )


def labels(wanted: Sequence[Label], kind: LabelKind, words: Words) -> Document:
    """Labels one below the other, a line to cut along between them."""
    draw = _shelf if kind is LabelKind.SHELF else _sticker
    blocks: list[Block] = []
    for place, label in enumerate(wanted):
        if place:
            blocks += [_BETWEEN, Rule("-"), _BETWEEN]
        blocks += draw(label, words)
    return (*blocks, Cut())


def key_card(keys: Sequence[KeyLine], house: House) -> Document:
    """Every key and what it does, to be put beside the keyboard."""
    widest = max((len(line.key) for line in keys), default=0)
    return (
        *titled(house, house.words.goods.keys),
        Rule("="),
        *(Hang(line.key.ljust(widest), line.does) for line in keys),
        Cut(),
    )


def _received(line: ReceivedLine, unknown: str) -> Block:
    return Item(line.name, quantity(line.quantity, line.factor, line.unit_name), unknown if line.cost is None else format_figure(line.cost))


def _paid(receipt: GoodsReceipt, words: GoodsWords) -> Iterator[Block]:
    if receipt.paid is None:
        return
    yield Pair(words.paid, format_rupiah(receipt.paid))
    if receipt.cost > receipt.paid:
        yield Pair(words.owed, format_rupiah(receipt.cost - receipt.paid), BOLD)


def _to_count(row: CountRow, on_hand: str) -> Iterator[Block]:
    yield Text(row.name.strip(), style=BOLD)
    if row.on_hand is None:
        # who counts blind finds the shelf by name and code, and writes the unit down that is counted
        yield Pair(f"  {row.code}", f"{_BLANK} {row.unit_name}")
    else:
        yield Pair(f"  {on_hand.format(quantity(row.on_hand, row.factor, row.unit_name))}", _BLANK)
    yield Spacer(8)


def _shelf(label: Label, words: Words) -> Iterator[Block]:
    yield Text(_named(label), style=_TALL_BOLD)
    yield GAP
    yield Text(format_rupiah(label.price), Align.CENTRE, HUGE)
    yield Pair(words.goods.per.format(label.unit_name) if label.unit_name else "", _wholesale(label, words))
    if label.code:
        yield GAP
        yield BarsBlock(label.code, _BARS[LabelKind.SHELF])


def _sticker(label: Label, words: Words) -> Iterator[Block]:
    yield Text(_named(label), Align.CENTRE)
    if label.code:
        yield GAP
        yield BarsBlock(label.code, _BARS[LabelKind.BARCODE])
    yield Text(format_rupiah(label.price), Align.CENTRE, TALL)


def _named(label: Label) -> str:
    """The name, and the size where the name does not say it."""
    name = label.name.strip()
    return name if not label.size or label.size.lower() in name.lower() else f"{name} {label.size}"


def _wholesale(label: Label, words: Words) -> str:
    if not label.wholesale:
        return ""
    return words.goods.wholesale.format(format_figure(label.wholesale_from), format_rupiah(label.wholesale))
