"""Papers about the shelf as documents: the card of a product, and what is to be bought. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.domain.document import BOLD, LARGE, Align, Block, Check, Cut, Document, Item, Pair, Rule, Text
from pos.domain.money import format_figure, format_rupiah
from pos.domain.papers import StockCard, StockCardLine
from pos.domain.shopping import ShoppingList
from pos.printing.figures import moment, quantity
from pos.printing.parts import BREATH, House, titled
from pos.printing.words.goods import GoodsWords


def stock_card(card: StockCard, house: House) -> Document:
    """Every movement of a product with its cause and what was there after it."""
    words = house.words.goods
    return (
        *titled(house, words.stock_card),
        Rule("="),
        Text(card.name, style=BOLD),
        Pair("", moment(card.at)),
        Rule(),
        *(_moved(line, card, words) for line in card.lines),
        Rule(),
        Pair(words.there, quantity(card.on_hand, card.factor, card.unit_name), LARGE),
        Cut(),
    )


def shopping_list(lists: Sequence[ShoppingList], house: House, at: int) -> Document:
    """What to buy, supplier by supplier, with boxes to tick."""
    words = house.words.goods
    return (
        *titled(house, words.shopping),
        Text(moment(at), Align.CENTRE),
        Rule("="),
        *(block for each in lists for block in _of_supplier(each, words)),
        Cut(),
    )


def _moved(line: StockCardLine, card: StockCard, words: GoodsWords) -> Block:
    sign = "+" if line.quantity > 0 else ""
    said = " ".join(part for part in (moment(line.at), words.causes.get(line.reason, line.reason), line.said) if part)
    moved = f"{sign}{quantity(line.quantity, card.factor, card.unit_name)}"
    return Item(said, moved, quantity(line.balance, card.factor, card.unit_name))


def _of_supplier(bought: ShoppingList, words: GoodsWords) -> Iterator[Block]:
    yield Text(bought.supplier or words.no_supplier, style=BOLD)
    for line in bought.lines:
        yield Check(f"{format_figure(line.count)} {line.unit_name}", line.name)
    if bought.about:
        yield Pair(words.about, format_rupiah(bought.about))
    yield BREATH
