"""The columns that only a full list has (see `ladder.py`): every unit with its prices and codes, the exact cost, what goes online. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pos.domain.errors import ShopError
from pos.domain.product import DraftUnit, Regulation
from pos.domain.quantity import MAX_QUANTITY, BaseUnit
from pos.services.sheets.cells import clean, is_empty, is_marked
from pos.services.sheets.ladder import Unread, read_codes, read_cost, read_ladder, read_prices
from pos.services.sheets.model import ReasonCode, SheetField

T = TypeVar("T")

FURTHER: Final = frozenset(
    {
        SheetField.LADDER,
        SheetField.OTHER_PRICES,
        SheetField.OTHER_CODES,
        SheetField.BASE_UNIT,
        SheetField.EXACT_COST,
        SheetField.LISTED,
        SheetField.BUFFER,
        SheetField.RULE,
    }
)
YES, NO = "ya", "tidak"
RULES: Final[Mapping[str, Regulation]] = {"biasa": Regulation.NONE, "rokok": Regulation.TOBACCO, "LPG 3 kg": Regulation.LPG_3KG}
_YES: Final = frozenset({YES, "y", "yes", "1", "true", "aktif"})
_NO: Final = frozenset({NO, "t", "no", "n", "0", "false", "nonaktif"})


@dataclass(frozen=True, slots=True)
class Further:
    """What they said. `sold`, `factor`: the unit of the ladder that is sold, as it is called there, and base units in one."""

    units: tuple[DraftUnit, ...] = ()
    sold: str = ""
    factor: int = 1
    base_unit: BaseUnit | None = None
    cost: tuple[int, int] | None = None
    listed: bool | None = None
    buffer: int | None = None
    rule: Regulation | None = None


NOTHING: Final = Further()


def read_further(cells: Mapping[SheetField, str], unit_cell: str, unit_name: str, factor: int) -> Further:
    """Args:
        cells: of FURTHER, as they were read; empty for a column that is not there.
        unit_cell: the cell of the unit that is sold; `unit_name`, `factor`: what it was taken for.

    Raises:
        Unread: with the reason that refuses the row.
    """
    ladder_cell = _said(cells[SheetField.LADDER])
    ladder = read_ladder(ladder_cell) if ladder_cell else {}
    sold = ""
    if ladder:
        sold = next((name for name in (clean(unit_cell), unit_name) if name in ladder), "")
        if not sold:
            raise Unread(ReasonCode.LADDER_UNCLEAR, typed=clean(unit_cell)[:40])
    rungs = ladder or {unit_name: factor}
    prices = _by_unit(rungs, read_prices(_said(cells[SheetField.OTHER_PRICES])))
    codes = _by_unit(rungs, read_codes(_said(cells[SheetField.OTHER_CODES])))
    units: tuple[DraftUnit, ...] = ()
    if ladder or prices or codes:
        units = tuple(DraftUnit(name, factor, tuple(prices.get(name, ())), tuple(codes.get(name, ()))) for name, factor in rungs.items())
    return Further(
        units,
        sold or (unit_name if units else ""),
        rungs.get(sold, factor),
        _base_unit(cells[SheetField.BASE_UNIT]),
        _cost(cells[SheetField.EXACT_COST]),
        _yes_or_no(cells[SheetField.LISTED]),
        _count(cells[SheetField.BUFFER]),
        RULES.get(clean(cells[SheetField.RULE])),
    )


def _said(cell: str) -> str:
    """The cell with its quotes, blanks and lines; nothing where it says nothing."""
    if is_marked(cell):
        return clean(cell)
    return "" if is_empty(clean(cell)) else cell


def _by_unit(rungs: Mapping[str, int], entries: list[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for unit, value in entries:
        if unit not in rungs:
            raise Unread(ReasonCode.LADDER_UNCLEAR, typed=unit[:40])
        found.setdefault(unit, []).append(value)
    return found


def _base_unit(cell: str) -> BaseUnit | None:
    text = clean(cell).casefold()
    return BaseUnit(text) if text in set(BaseUnit) else None


def _cost(cell: str) -> tuple[int, int] | None:
    text = clean(cell)
    try:
        return read_cost(text) if _said(cell) else None
    except ShopError as error:
        raise Unread(ReasonCode.OTHERS_UNCLEAR, typed=text[:40]) from error


def _yes_or_no(cell: str) -> bool | None:
    text = clean(cell).casefold()
    return True if text in _YES else False if text in _NO else None


def _count(cell: str) -> int | None:
    text = clean(cell)
    return min(int(text), MAX_QUANTITY) if text.isascii() and text.isdigit() and len(text) <= 10 else None
