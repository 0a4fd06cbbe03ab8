"""What is typed as a quantity: `3`, `1,5`, `400 g`, `2 dus`, `Rp5.000`. Pure; reads, and never guesses between two meanings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, parse_rupiah
from pos.domain.quantity import BaseUnit, parse_quantity

_RUPIAH: Final = re.compile(r"rp\b|rp\.?\s*[\d-]", re.IGNORECASE)
_WITH_UNIT: Final = re.compile(r"([\d,]+)\s*([^\W\d_][^\d]*)")
_MEASURES: Final[Mapping[BaseUnit, Mapping[str, int]]] = {
    BaseUnit.GRAM: {"g": 1, "gr": 1, "gram": 1, "ons": 100, "kg": 1_000, "kilo": 1_000},
    BaseUnit.ML: {"ml": 1, "cc": 1, "l": 1_000, "ltr": 1_000, "liter": 1_000},
    BaseUnit.PCS: {},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A quantity in base units, or rupiah for which goods are wanted; one of the two is 0."""

    quantity: int = 0
    rupiah: Rupiah = 0


def read_entry(typed: str, factor: int, base_unit: BaseUnit = BaseUnit.PCS, ladder: Mapping[str, int] | None = None) -> Entry:
    """Read what was typed for a line whose unit has `factor` base units.

    Args:
        ladder: the other units of the product, name -> factor (`2 dus`).

    Raises:
        ShopError: UNCLEAR_AMOUNT, AMOUNT_OUT_OF_RANGE (also for zero and below), UNCLEAR_QUANTITY, QUANTITY_OUT_OF_RANGE.
    """
    text = typed.strip()
    if _RUPIAH.match(text):
        rupiah = parse_rupiah(text)
        if rupiah <= 0:
            raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=typed[:40])
        return Entry(rupiah=rupiah)
    match = _WITH_UNIT.fullmatch(text)
    if match is None:
        return Entry(quantity=parse_quantity(text, factor))
    named = {name.casefold(): known for name, known in (ladder or {}).items()}
    known = {**_MEASURES[base_unit], **named}
    unit = match.group(2).strip().casefold()
    if unit not in known:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=typed[:40])
    return Entry(quantity=parse_quantity(match.group(1), known[unit]))
