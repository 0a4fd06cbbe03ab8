"""A list into the shop: written down, taken in one small transaction, its goods in portions after it. Owns that order; undoes nothing.

Until it is taken, a stop leaves nothing. After that it is carried through, by the next start if need be: see `finish_imports`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pos.domain.product import Product, ProductDraft
from pos.domain.product_edit import laid_over
from pos.domain.stock import MovementReason, StockMovement
from pos.services.goods import put_told
from pos.services.imports.columns import remember_columns
from pos.services.imports.model import GoodsImport, ImportedCount, ImportedRow, ImportState
from pos.services.imports.planning import ImportPlan, plan_import
from pos.services.imports.undoing import carry_undoing
from pos.services.ports import AuditEntry, Queries, Till
from pos.services.sheets.model import SheetField, SheetPreview

PORTION: Final = 50
"""Rows that are put among the goods at once: about five milliseconds at the one writer, and a sale goes first between any two."""
_WRITTEN_AT_ONCE: Final = 10
"""Portions written down in one transaction: packed rows, nothing else."""
_NOTHING: Final = ImportedCount(0, 0, 0)

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list comes from.

    Attributes:
        file: its name. refused: rows of it that are left out.
        headers, mapping: its columns, to be remembered as they were set; no headers: nothing to remember.
        numbers: rows of the spreadsheet that the drafts stand in.
    """

    file: str = ""
    refused: int = 0
    headers: tuple[str, ...] = ()
    mapping: Mapping[SheetField, int] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()


def source_of(preview: SheetPreview) -> Source:
    """Where a preview's drafts come from."""
    return Source(preview.file, preview.counts.refused, preview.columns, preview.mapping, preview.taken_rows())


def import_drafts(
    till: Till,
    drafts: Sequence[tuple[ProductDraft, str | None]],
    progress: Progress = lambda done, total: True,
    source: Source | None = None,
) -> ImportedCount:
    """Take drafts in: all or none. A stop by `progress` (done, total) takes back what was done, and nothing is counted.

    Args:
        drafts: (draft, uid of the product it renews or None).

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY, STORE_*: what is not among the goods yet follows at the next start.
    """
    source = source or Source()
    plan = plan_import(till, drafts, lambda done, total: progress(done, 3 * total), source.numbers)
    return _NOTHING if plan is None else take_plan(till, plan, source, lambda done, total: progress(total + done, total + total // 2))


def take_plan(till: Till, plan: ImportPlan, source: Source, progress: Progress = lambda done, total: True) -> ImportedCount:
    """Take what was planned. `progress` is told rows, each twice: written down, and among the goods."""
    parts = [plan.rows[start : start + PORTION] for start in range(0, len(plan.rows), PORTION)]
    actor = till.store.read.shop().cashier
    told = GoodsImport(
        till.ids.new(), source.file, till.clock.now(), actor, plan.created, plan.updated, plan.same, source.refused, len(parts)
    )
    total = 2 * len(plan.rows)
    if not _write_down(till, told, parts, lambda done: progress(done, total)):
        return _NOTHING
    taking = replace(told, state=ImportState.TAKING if parts else ImportState.TAKEN)
    with till.store.begin() as work:
        work.step_import(taking)
        if source.headers:
            remember_columns(work, source.headers, source.mapping)
        counts = {"products": len(plan.rows), "created": plan.created, "updated": plan.updated}
        work.audit([AuditEntry(till.clock.now(), actor, "import", told.uid, json.dumps(counts))])
        work.commit()
    if not _carry_on(till, taking, lambda done: progress(len(plan.rows) + done, total)):
        return _NOTHING
    return ImportedCount(plan.created, plan.updated, plan.flagged, plan.same, told.uid)


def finish_imports(till: Till) -> int:
    """What a power cut left in the middle: a list that was taken is carried through, an undoing too, one only written down is forgotten.
    For the start, before anybody takes in another. Returns how many."""
    found = till.store.read.unfinished_imports()
    for told in found:
        if told.state is ImportState.WRITTEN:
            _forget(till, told.uid)
        elif told.state is ImportState.TAKING:
            _carry_on(till, told, lambda done: True)
        else:
            carry_undoing(till, told, lambda done, total: True)
    return len(found)


def _write_down(till: Till, told: GoodsImport, parts: Sequence[Sequence[ImportedRow]], progress: Callable[[int], bool]) -> bool:
    with till.store.begin() as work:
        work.add_import(told)
        work.commit()
    for first in range(0, len(parts), _WRITTEN_AT_ONCE):
        if not progress(first * PORTION):
            _forget(till, told.uid)
            return False
        with till.store.begin() as work:
            work.add_import_parts(told.uid, first, parts[first : first + _WRITTEN_AT_ONCE])
            work.commit()
    return True


def _forget(till: Till, uid: str) -> None:
    with till.store.begin() as work:
        work.forget_import(uid)
        work.commit()


def _carry_on(till: Till, told: GoodsImport, progress: Callable[[int], bool]) -> bool:
    """The portions that are not among the goods yet, each in a transaction of its own. False when it was stopped, and taken back."""
    while told.done < told.parts:
        if not progress(told.done * PORTION):
            carry_undoing(till, replace(told, state=ImportState.UNDOING), lambda done, total: True)
            return False
        rows = till.store.read.import_part(told.uid, told.done)
        made = [(row, _product_of(till.store.read, row)) for row in rows]
        now = till.clock.now()
        movements = [
            StockMovement(row.after.uid, row.stock, MovementReason.OPENING, "", place, now) for place, row in enumerate(rows) if row.stock
        ]
        done = told.done + 1
        told = replace(told, done=done, state=ImportState.TAKING if done < told.parts else ImportState.TAKEN)
        with till.store.begin() as work:
            put_told(till, work, [product for _, product in made if product is not None], movements)
            work.step_import(told)
            work.commit()
    return True


def _product_of(read: Queries, row: ImportedRow) -> Product | None:
    """The product as the list has it; over what somebody has changed since it was looked at. None for one that is gone by now."""
    if row.before is None:
        return row.after
    current = read.product(row.after.uid)
    if current is None or current.deleted:
        return None
    if current == row.before:
        return row.after
    costed = row.after if row.after.cost_total * row.before.cost_quantity != row.before.cost_total * row.after.cost_quantity else current
    laid = laid_over(current, row.before, row.after)
    return replace(laid, cost_total=costed.cost_total, cost_quantity=costed.cost_quantity)
