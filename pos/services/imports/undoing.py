"""A list that was taken in, taken back: known goods as they were, new ones retired, by new facts. Says of each row what had to stay.

Only what the list itself changed goes back: what somebody has changed since is theirs, and what was sold since stays in the shop.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Barcode, Price, Product, Unit
from pos.domain.stock import MovementReason, StockMovement
from pos.services.goods import put_told
from pos.services.imports.model import GoodsImport, ImportedRow, ImportState, KeptReason, KeptRow, UndoneCount
from pos.services.ports import AuditEntry, Queries, Till

_PLAIN: Final = ("name", "category", "brand", "size", "min_stock", "online_buffer", "listed_online")


def undo_import(till: Till, uid: str, progress: Callable[[int, int], bool] = lambda done, total: True) -> UndoneCount:
    """Take a list back. `progress` is told portions; once begun it is carried through.

    Raises:
        ShopError: IMPORT_NOT_THERE for a list that is unknown, not yet in or taken back already.
    """
    told = till.store.read.goods_import(uid)
    if told is None or told.state is not ImportState.TAKEN:
        raise ShopError(ErrorCode.IMPORT_NOT_THERE)
    return carry_undoing(till, replace(told, state=ImportState.UNDOING), progress)


def carry_undoing(till: Till, told: GoodsImport, progress: Callable[[int, int], bool]) -> UndoneCount:
    """Take back the portions that are among the goods, the last first, each in a transaction of its own."""
    actor = till.store.read.shop().cashier
    if not told.undone_at:
        told = replace(told, undone_at=till.clock.now(), undone_by=actor)
        with till.store.begin() as work:
            work.step_import(told)
            details = json.dumps({"products": told.created + told.updated})
            work.audit([AuditEntry(told.undone_at, actor, "import_undone", told.uid, details)])
            work.commit()
    while told.done:
        progress(told.parts - told.done, told.parts)
        told = _undo_portion(till, told)
    told = replace(told, state=ImportState.UNDONE)
    with till.store.begin() as work:
        work.step_import(told)
        work.commit()
    return UndoneCount(told.put_back, told.retired, told.kept)


def _undo_portion(till: Till, told: GoodsImport) -> GoodsImport:
    read = till.store.read
    rows = read.import_part(told.uid, told.done - 1)
    portion = _Portion(read, told, till.clock.now(), read.movements_of([row.after.uid for row in rows]))
    for row in rows:
        portion.undo(row)
    told = replace(
        told,
        done=told.done - 1,
        put_back=told.put_back + len(portion.products) - portion.retired,
        retired=told.retired + portion.retired,
        kept=told.kept + len(portion.kept),
    )
    with till.store.begin() as work:
        put_told(till, work, portion.products, portion.movements)
        work.add_kept_rows(told.uid, portion.kept)
        work.step_import(told)
        work.commit()
    return told


@dataclass(slots=True)
class _Portion:
    """What one portion's undoing comes to. `moved`: product uid -> (movements, whether any is a sale)."""

    read: Queries
    told: GoodsImport
    now: int
    moved: Mapping[str, tuple[int, bool]]
    products: list[Product] = field(default_factory=list)
    movements: list[StockMovement] = field(default_factory=list)
    kept: list[KeptRow] = field(default_factory=list)
    retired: int = 0

    def undo(self, row: ImportedRow) -> None:
        current = self.read.product(row.after.uid)
        if current is None or current.deleted:
            if row.before is not None:
                self.kept.append(KeptRow(row.number, row.after.name, KeptReason.GONE))
        elif row.before is None:
            self._retire(row, current)
        else:
            self._put_back(row, row.before, current)

    def _retire(self, row: ImportedRow, current: Product) -> None:
        reason = self._why_it_stays(row)
        if reason is not None:
            self.kept.append(KeptRow(row.number, current.name, reason))
            return
        self.products.append(replace(current, deleted=True))
        self.retired += 1
        if row.stock:
            place = len(self.movements)
            self.movements.append(StockMovement(current.uid, -row.stock, MovementReason.OPENING, "", place, self.now))

    def _why_it_stays(self, row: ImportedRow) -> KeptReason | None:
        """Why a new product cannot be retired; None when it can."""
        movements, sold = self.moved.get(row.after.uid, (0, False))
        if sold:
            return KeptReason.SOLD
        if movements > bool(row.stock):
            return KeptReason.MOVED
        return KeptReason.IN_USE if self.read.in_use(row.after.uid) else None

    def _put_back(self, row: ImportedRow, before: Product, current: Product) -> None:
        brought = {unit.uid for unit in row.after.units} - {unit.uid for unit in before.units}
        sold = self.read.units_sold(sorted(brought), self.told.at) if brought else set()
        back, stays = put_back(current, before, row.after, sold)
        if back != current:
            self.products.append(back)
        if stays:
            self.kept.append(KeptRow(row.number, current.name, KeptReason.EDITED, ", ".join(stays)))


def put_back(current: Product, before: Product, after: Product, sold: Collection[str] = ()) -> tuple[Product, list[str]]:
    """(`current` with the way from `before` to `after` taken back, what stays as it is another by now). `sold`: units that notas name."""
    plain, stays = _plain_back(current, before, after)
    cost = (after.cost_total, after.cost_quantity)
    if cost != (before.cost_total, before.cost_quantity):
        if (current.cost_total, current.cost_quantity) == cost:
            plain |= {"cost_total": before.cost_total, "cost_quantity": before.cost_quantity}
        else:
            stays.append("cost")
    units, unit_stays = _units_back(current, before, after, sold)
    wanted = current.units[current.sell_unit].uid
    place = next((place for place, unit in enumerate(units) if unit.uid == wanted), 0)
    return replace(current, units=units, sell_unit=place, **plain), list(dict.fromkeys(stays + unit_stays))


def _plain_back(current: Product, before: Product, after: Product) -> tuple[dict[str, Any], list[str]]:
    back, stays = {}, []
    for name in _PLAIN:
        old, new, now = getattr(before, name), getattr(after, name), getattr(current, name)
        if old != new and now == new:
            back[name] = old
        elif old not in (new, now):
            stays.append(name)
    return back, stays


def _units_back(current: Product, before: Product, after: Product, sold: Collection[str]) -> tuple[tuple[Unit, ...], list[str]]:
    old, new = {unit.uid: unit for unit in before.units}, {unit.uid: unit for unit in after.units}
    stays: list[str] = []
    units: list[Unit] = []
    for unit in current.units:
        if unit.uid in new and unit.uid not in old:
            # a unit that the list brought
            if unit.uid in sold:
                units.append(unit)
                stays.append("units")
        elif unit.uid in old and unit.uid in new:
            units.append(_unit_back(unit, old[unit.uid], new[unit.uid], stays))
        else:
            units.append(unit)
    return tuple(units), stays


def _unit_back(unit: Unit, old: Unit, new: Unit, stays: list[str]) -> Unit:
    factor = old.factor if unit.factor == new.factor else unit.factor
    if old.factor != new.factor and unit.factor not in (old.factor, new.factor):
        stays.append("units")
    brought = {code.key for code in new.barcodes} - {code.key for code in old.barcodes}
    codes: tuple[Barcode, ...] = tuple(code for code in unit.barcodes if code.key not in brought)
    return replace(unit, factor=factor, prices=tuple(_prices_back(unit, old, new, stays)), barcodes=codes)


def _prices_back(unit: Unit, old: Unit, new: Unit, stays: list[str]) -> Iterator[Price]:
    was, told, now = _by_rule(old), _by_rule(new), _by_rule(unit)
    for rule in {**was, **now}:
        if was.get(rule) == told.get(rule) or now.get(rule) not in (told.get(rule), was.get(rule)):
            # untouched by the list, or by now another's
            if was.get(rule) != told.get(rule):
                stays.append("price")
            price = now.get(rule)
        else:
            price = was.get(rule)
        if price is not None:
            yield price


def _by_rule(unit: Unit) -> Mapping[tuple[object, ...], Price]:
    return {(price.kind, price.min_quantity, price.group, price.starts_at): price for price in unit.prices}
