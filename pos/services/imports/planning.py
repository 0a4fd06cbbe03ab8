"""What a list would do to the shop's goods, row by row: new, changed and in what, or nothing new. Reads only; this is the dry run too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from pos.domain.product import PriceKind, Product, ProductDraft, Unit
from pos.services.drafts import product_from_draft
from pos.services.imports.model import ImportedRow
from pos.services.ports import Till

_TOLD_EVERY = 200


class Change(StrEnum):
    """In what a known product would be another."""

    DEARER = "dearer"
    CHEAPER = "cheaper"
    OTHER_PRICES = "other_prices"
    NAME = "name"
    SHELF = "shelf"
    """Category, brand, size."""
    COST = "cost"
    CODES = "codes"
    UNITS = "units"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking a list would do.

    Attributes:
        rows: those that would do something.
        same: rows that say what is known already.
        flagged: new ones that wait for a look then.
        changes: how many known goods would differ in what.
        stock: how many new goods come with stock.
    """

    rows: tuple[ImportedRow, ...]
    same: int
    flagged: int
    changes: dict[Change, int]
    stock: int

    @property
    def created(self) -> int:
        return sum(row.before is None for row in self.rows)

    @property
    def updated(self) -> int:
        return len(self.rows) - self.created


def plan_import(
    till: Till,
    drafts: Sequence[tuple[ProductDraft, str | None]],
    progress: Callable[[int, int], bool] = lambda done, total: True,
    numbers: Sequence[int] = (),
) -> ImportPlan | None:
    """What these drafts would do. None when `progress` said stop.

    Args:
        drafts: (draft, uid of the product that it renews or None).
        numbers: rows of the spreadsheet that they stand in; by default counted from 1.

    The stock of new goods is booked; that of known ones is what the till has counted, and a spreadsheet does not overrule it.
    """
    rows: list[ImportedRow] = []
    same, changes = 0, Counter[Change]()
    now = till.clock.now()
    for done, (draft, uid) in enumerate(drafts):
        if done % _TOLD_EVERY == 0 and not progress(done, len(drafts)):
            return None
        number = numbers[done] if numbers else done + 1
        known = till.store.read.product(uid) if uid else None
        after = product_from_draft(draft, till.ids, known, now)
        if known is None:
            rows.append(ImportedRow(number, after, None, draft.stock or 0))
            continue
        found = set(changes_of(known, after))
        changes.update(found)
        same += not found
        if found:
            rows.append(ImportedRow(number, after, known))
    new = [row for row in rows if row.before is None]
    return ImportPlan(tuple(rows), same, sum(row.after.needs_review for row in new), dict(changes), sum(row.stock > 0 for row in new))


def changes_of(before: Product, after: Product) -> Iterator[Change]:
    """In what two states of a product differ."""
    if before.name != after.name:
        yield Change.NAME
    if (before.category, before.brand, before.size) != (after.category, after.brand, after.size):
        yield Change.SHELF
    if _cost(before) != _cost(after):
        yield Change.COST
    if _ladder(before) != _ladder(after):
        yield Change.UNITS
    if _codes(before) != _codes(after):
        yield Change.CODES
    yield from _price_changes(before, after)
    if _rest(before) != _rest(after):
        yield Change.REST


def _price_changes(before: Product, after: Product) -> Iterator[Change]:
    old, new = _retail(before.units[before.sell_unit]), _retail(after.units[after.sell_unit])
    if old != new:
        yield Change.DEARER if new > old else Change.CHEAPER
    elif _prices(before) != _prices(after):
        yield Change.OTHER_PRICES


def _retail(unit: Unit) -> int:
    plain = [price for price in unit.prices if price.kind is PriceKind.RETAIL]
    return max(plain, key=lambda price: price.starts_at).amount if plain else 0


def _prices(product: Product) -> dict[str, frozenset[object]]:
    return {unit.uid: frozenset(unit.prices) for unit in product.units if unit.prices}


def _codes(product: Product) -> set[tuple[str, str]]:
    return {(unit.uid, code.key) for unit in product.units for code in unit.barcodes}


def _ladder(product: Product) -> set[tuple[str, str, int]]:
    return {(unit.uid, unit.name, unit.factor) for unit in product.units}


def _cost(product: Product) -> Fraction | None:
    return Fraction(product.cost_total, product.cost_quantity) if product.cost_quantity else None


def _rest(product: Product) -> Product:
    """All that the others have not told of."""
    words = replace(product, name="", category="", brand="", size="", needs_review=False)
    return replace(words, units=(), sell_unit=0, cost_total=0, cost_quantity=0)
