"""Unit ladders as a person says them: `1 dus = 10 renteng`, `1 renteng = 10 sachet`. Pure: what they come to in base units.

A rung is counted in another rung or in the base unit itself, so a ladder can run in a circle; the store knows only factors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Product, Unit
from pos.domain.quantity import BaseUnit

MOST_RUNGS: Final = 12
MOST_FACTOR: Final[Mapping[BaseUnit, int]] = {BaseUnit.PCS: 100_000, BaseUnit.GRAM: 2_000_000, BaseUnit.ML: 2_000_000}
"""Base units in one of the largest unit that a corner shop could mean: two tonnes of rice, not a slip of the finger."""
LONGEST_UNIT_NAME: Final = 20


@dataclass(frozen=True, slots=True)
class Rung:
    """One unit as it is said.

    Attributes:
        uid: of the unit.
        name: as the shop says it.
        count: how many of the other are in one of it.
        of: uid of the rung that it is counted in; empty for the base unit.
    """

    uid: str
    name: str
    count: int = 1
    of: str = ""


def factors_of(rungs: Sequence[Rung], base_unit: BaseUnit) -> dict[str, int]:
    """uid -> base units in one of it.

    Raises:
        ShopError: LADDER_LENGTH; UNIT_NAME_EMPTY; UNIT_NAME_TWICE, LADDER_CIRCLE, LADDER_FACTOR, each with `name`.
    """
    if not 1 <= len(rungs) <= MOST_RUNGS:
        raise ShopError(ErrorCode.LADDER_LENGTH, most=MOST_RUNGS)
    seen: set[str] = set()
    for rung in rungs:
        name = clean_unit_name(rung.name).casefold()
        if not name:
            raise ShopError(ErrorCode.UNIT_NAME_EMPTY)
        if name in seen:
            raise ShopError(ErrorCode.UNIT_NAME_TWICE, name=rung.name)
        seen.add(name)
    by_uid = {rung.uid: rung for rung in rungs}
    return {rung.uid: _factor(rung, by_uid, MOST_FACTOR[base_unit]) for rung in rungs}


def clean_unit_name(typed: str) -> str:
    """A unit's name on one line, without blanks around it."""
    return " ".join(typed.split())[:LONGEST_UNIT_NAME].strip()


def rungs_of(product: Product) -> tuple[Rung, ...]:
    """A product's units as they are said: each counted in the largest smaller one that goes into it, else in the base unit."""
    return tuple(_said(unit, product.units) for unit in product.units)


def same_ladder(one: Product, other: Product) -> bool:
    """Whether two states of a product have the same units: an edit by fields cannot say more (docs/protocol.md, Edits)."""
    return one.base_unit is other.base_unit and _shape(one) == _shape(other)


def _shape(product: Product) -> tuple[tuple[str, str, int], ...]:
    return tuple((unit.uid, unit.name, unit.factor) for unit in product.units)


def _said(unit: Unit, units: Sequence[Unit]) -> Rung:
    smaller = [other for other in units if 1 < other.factor < unit.factor and unit.factor % other.factor == 0]
    below = max(smaller, key=lambda other: other.factor, default=None)
    base = next((other for other in units if other.factor == 1 and other is not unit), None)
    if below is None and (base is None or unit.factor == 1):
        return Rung(unit.uid, unit.name, unit.factor)
    within = below or base
    assert within is not None
    return Rung(unit.uid, unit.name, unit.factor // within.factor, within.uid)


def _factor(rung: Rung, by_uid: Mapping[str, Rung], most: int) -> int:
    """Walk down to the base unit; a rung met twice on the way is a circle."""
    factor, met, at = 1, {rung.uid}, rung
    while True:
        if at.count < 1:
            raise ShopError(ErrorCode.LADDER_FACTOR, name=at.name, most=most)
        factor *= at.count
        if factor > most:
            raise ShopError(ErrorCode.LADDER_FACTOR, name=rung.name, most=most)
        if not at.of:
            return factor
        below = by_uid.get(at.of)
        if below is None or below.uid in met:
            raise ShopError(ErrorCode.LADDER_CIRCLE, name=rung.name)
        met.add(below.uid)
        at = below
