"""Baskets as rows and back: the columns of a line, of a basket's head, and of a discount. Holds the statements that read whole baskets.

Writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from pos.domain.basket import Basket, BasketLine, BasketState
from pos.domain.discount import Discount, DiscountKind
from pos.domain.pricing import PriceChoice
from pos.domain.product import PriceKind, Regulation
from pos.domain.quantity import BaseUnit

LINE_COLUMNS: Final = (
    "uid, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, category, drawing,"
    " price_kind, price_from, next_quantity, next_amount, on_hand, price_group, instead_of, own, share, base_unit, regulation"
)
LINE_WIDTH: Final = LINE_COLUMNS.count(",") + 1
_HEAD: Final = (
    "uid, cursor, first_step, last_step, state, label, started_at, customer_uid, customer_name, customer_group, off, number, held_at"
)
_WIDTH: Final = _HEAD.count(",") + 1
_FILLED: Final = ", NULL" * (LINE_WIDTH - _WIDTH)
_OPEN: Final = "FROM basket WHERE state = 'open'"
OPEN_BASKET: Final = f"""
SELECT -1, {_HEAD}{_FILLED} {_OPEN} UNION ALL
SELECT position, {LINE_COLUMNS} FROM basket_line WHERE basket_uid = (SELECT uid {_OPEN})
"""
"""A row -1 of the open basket's head, then its lines with their places; for `make_open`. One statement, and no head beside every line."""
HELD_BASKETS: Final = (
    f"SELECT {', '.join(f'b.{name}' for name in _HEAD.split(', '))}, {', '.join(f'l.{name.strip()}' for name in LINE_COLUMNS.split(','))}"
    " FROM basket b LEFT JOIN basket_line l ON l.basket_uid = b.uid WHERE b.state = 'held' ORDER BY b.held_at, b.uid, l.position"
)
"""Rows of a basket's head and one of its lines (all NULL for a basket without lines), for `make_baskets`."""

_KINDS: Final = {kind.value: kind for kind in PriceKind}
_BASE_UNITS: Final = {unit.value: unit for unit in BaseUnit}
_REGULATIONS: Final = {rule.value: rule for rule in Regulation}
_ADDED: Final = (None, "", None, "", 0, BaseUnit.PCS.value, Regulation.NONE.value)
"""What a row of the first release's 15 columns has in those that came later."""
_FIRST_WIDTH: Final = LINE_WIDTH - len(_ADDED)
_USUAL: Final = _ADDED[1:]
"""What most rows have behind their place on the shelf: an undo step leaves it out."""


def line_row(line: BasketLine) -> tuple[Any, ...]:
    """A line as the columns of LINE_COLUMNS."""
    price = line.price
    return (
        line.uid,
        line.product_uid,
        line.unit_uid,
        line.name,
        line.unit_name,
        line.factor,
        line.quantity,
        line.unit_price,
        line.discount,
        line.category,
        line.drawing,
        price.kind._value_ if price else PriceKind.RETAIL.value,
        price.min_quantity if price else 1,
        price.next_quantity if price else None,
        price.next_amount if price else None,
        line.on_hand,
        price.group if price else "",
        price.instead_of if price else None,
        discount_text(line.own),
        line.share,
        line.base_unit._value_,
        line.regulation._value_,
    )


def row_line(row: Sequence[Any]) -> BasketLine:
    """The way back."""
    price = PriceChoice(row[7], _KINDS[row[11]], row[12], row[13], row[14], row[16], row[17])
    return BasketLine(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        row[6],
        row[7],
        row[8],
        price,
        row[9],
        row[10],
        text_discount(row[18]) if row[18] else None,
        row[19],
        row[15],
        _BASE_UNITS[row[20]],
        _REGULATIONS[row[21]],
    )


def step_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as an undo step keeps it: without an end that nearly every row has."""
    return row[: _FIRST_WIDTH + 1] if row[_FIRST_WIDTH + 1 :] == _USUAL else row


def whole_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """A row that an undo step kept, with the end that it left out, or is too old for."""
    return (*row, *_ADDED[len(row) - _FIRST_WIDTH :])


def head_row(basket: Basket) -> tuple[str, str, str, str]:
    """What of a basket's head can be taken back: customer (uid, name, group) and discount, as they are stored."""
    return basket.customer_uid, basket.customer_name, basket.customer_group, discount_text(basket.off)


def discount_text(off: Discount | None) -> str:
    """A discount as JSON; nothing for none."""
    return "" if off is None else json.dumps([off.kind.value, off.value, off.reason, off.most])


def text_discount(text: str) -> Discount | None:
    """The way back."""
    if not text:
        return None
    kind, value, reason, most = json.loads(text)
    return Discount(DiscountKind(kind), value, reason, most)


def make_open(rows: list[Sequence[Any]]) -> tuple[Basket, tuple[int, int, int]] | None:
    """The open basket of OPEN_BASKET's rows with its undo steps (cursor, first, last); None when there is none."""
    if not rows:
        return None
    rows.sort(key=_place)
    head = rows[0]
    return _basket(head[1:], tuple([row_line(row[1:]) for row in rows[1:]])), (head[2], head[3], head[4])


def _place(row: Sequence[Any]) -> int:
    place: int = row[0]
    return place


def make_baskets(rows: Sequence[Sequence[Any]]) -> list[Basket]:
    """Baskets of the rows that HELD_BASKETS gives."""
    heads: dict[str, Sequence[Any]] = {}
    lines: dict[str, list[BasketLine]] = {}
    for row in rows:
        heads.setdefault(row[0], row)
        held = lines.setdefault(row[0], [])
        if row[_WIDTH] is not None:
            held.append(row_line(row[_WIDTH:]))
    return [_basket(head, tuple(lines[uid])) for uid, head in heads.items()]


def _basket(head: Sequence[Any], lines: tuple[BasketLine, ...]) -> Basket:
    uid, cursor, first, last, state, label, started_at, customer, name, group, off, number, held_at = head[:_WIDTH]
    return Basket(
        uid,
        BasketState(state),
        lines,
        label,
        cursor >= first,
        cursor < last,
        started_at,
        customer,
        name,
        group,
        text_discount(off),
        number,
        held_at,
    )
