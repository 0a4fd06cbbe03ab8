"""What an import does off the UI thread: read a file, judge its rows, take the good ones. Knows no Qt.

Each step is told (done, total) and may be stopped between rows; nothing is stored until `take` has committed.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import ErrorCode, ShopError
from pos.services.imports.columns import remembered_columns
from pos.services.imports.model import ImportedCount
from pos.services.imports.planning import ImportPlan, plan_import
from pos.services.imports.taking import import_drafts, source_of
from pos.services.ports import Till
from pos.services.sheet_import import (
    ColumnMapping,
    JudgeRules,
    RawSheet,
    SheetPreview,
    Stopped,
    headers_seen,
    judge_sheet,
    read_sheet,
)
from pos.services.views import GoodsFilter
from pos.ui.operations import Progress


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read. `preview` is None where its columns must be chosen by hand first.

    Attributes:
        columns: what the header's row says, for choosing.
        page: index of the table that is looked at.
    """

    raw: RawSheet
    preview: SheetPreview | None
    columns: tuple[str, ...]
    page: int = 0


def look_into(till: Till, path: str, progress: Progress) -> Looked | None:
    """Read and judge a file; None when it was stopped. Raises ShopError SHEET_* but not SHEET_NO_COLUMNS."""
    try:
        raw = read_sheet(path, progress)
    except Stopped:
        return None
    return judge_anew(till, raw, None, None, progress)


def judge_anew(till: Till, raw: RawSheet, mapping: ColumnMapping | None, page: int | None, progress: Progress) -> Looked | None:
    """Judge a read file, with other columns or another table. None when it was stopped; raises ShopError SHEET_EMPTY."""
    known = till.store.read.codes_in_use()
    rules = JudgeRules(wholesale_from=till.rules.wholesale_from)
    try:
        preview = judge_sheet(
            raw,
            known.get,
            mapping=mapping,
            page=page,
            known_name=_Names(till).find,
            rules=rules,
            progress=progress,
            remembered=remembered_columns(till.store.read),
        )
    except ShopError as error:
        if error.code is not ErrorCode.SHEET_NO_COLUMNS:
            raise
        return Looked(raw, None, headers_seen(raw), page or 0)
    if preview is None:
        return None
    return Looked(raw, preview, preview.columns, _page_of(raw, preview) if page is None else page)


class _Names:
    """Goods by their name in lower case, read once, when the first row without a code asks: the same list twice makes no twins."""

    def __init__(self, till: Till) -> None:
        self._read = till.store.read
        self._names: dict[str, str] | None = None

    def find(self, name: str) -> str | None:
        if self._names is None:
            total = self._read.goods_total(GoodsFilter.ALL, "")
            self._names = {row.name.casefold(): row.product_uid for row in self._read.goods(GoodsFilter.ALL, "", 0, total)}
        return self._names.get(name)


def _page_of(raw: RawSheet, preview: SheetPreview) -> int:
    return next((place for place, page in enumerate(raw.pages) if page.name == preview.page), 0)


def try_first(till: Till, preview: SheetPreview, progress: Progress) -> ImportPlan | None:
    """What taking the rows would do; stores nothing. None when it was stopped."""
    return plan_import(till, preview.takeable(), progress, preview.taken_rows())


def take(till: Till, preview: SheetPreview, progress: Progress) -> ImportedCount | None:
    """Store every row that is not refused, all or none. None when it was stopped: then nothing is stored."""
    stopped = False

    def watched(done: int, total: int) -> bool:
        nonlocal stopped
        stopped = not progress(done, total) or stopped
        return not stopped

    count = import_drafts(till, preview.takeable(), watched, source_of(preview))
    return None if stopped else count
