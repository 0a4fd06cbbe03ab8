"""A shop's spreadsheet as a preview: each row with its verdict, nothing stored. The door to `pos.services.sheets`.

`preview_sheet(path, known)` reads and judges; `judge_sheet` judges again with other columns, without reading again;
`import_drafts(till, preview.takeable())` stores; `export_refused` writes what was left out. Prices are rupiah, stock is base units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets.cells import clean
from pos.services.sheets.columns import HEADER_WITHIN, find_header, guess_mapping, is_complete, likely_header
from pos.services.sheets.exporting import export_refused
from pos.services.sheets.judging import Judge
from pos.services.sheets.model import (
    MAX_ROWS,
    Cells,
    ColumnMapping,
    JudgeRules,
    RawSheet,
    Reason,
    ReasonCode,
    RowStatus,
    RowVerdict,
    Severity,
    SheetCounts,
    SheetField,
    SheetKind,
    SheetPage,
    SheetPreview,
)
from pos.services.sheets.numbered import numbered_columns
from pos.services.sheets.reading import TEXT_KINDS, WORKBOOK_KINDS, Progress, Stopped, read_sheet

FILE_KINDS: tuple[str, ...] = tuple(sorted(TEXT_KINDS | WORKBOOK_KINDS))
"""Endings that the import opens, for a file dialog."""

_JUDGED_AT_ONCE = 1_000
Remembered: TypeAlias = Callable[[Sequence[str]], ColumnMapping | None]


def _nobody(key: str) -> str | None:
    return None


def _never(headers: Sequence[str]) -> ColumnMapping | None:
    return None


def preview_sheet(
    path: Path | str,
    known: Callable[[str], str | None] = _nobody,
    *,
    known_name: Callable[[str], str | None] = _nobody,
    rules: JudgeRules | None = None,
    progress: Progress = lambda done, total: True,
    remembered: Remembered = _never,
) -> SheetPreview | None:
    """Read a file and judge its rows; None when `progress` said stop.

    Args:
        known: `match_key` of a code -> uid of the product that holds it (`Queries.codes_in_use().get`).
        known_name: name in lower case -> uid, for goods without a code; without it they are always new.
        progress: called with (done, total) while reading and again while judging; False stops.
        remembered: asked with a row of headers, gives the columns as somebody set them for such a file (`imports.columns`).

    Raises:
        ShopError: SHEET_NOT_FOUND, SHEET_KIND_UNKNOWN, SHEET_PASSWORD, SHEET_UNREADABLE, SHEET_EMPTY, SHEET_TOO_LONG, and
            SHEET_NO_COLUMNS (headers=what stood there) when no name and price column is recognised.
    """
    try:
        raw = read_sheet(path, progress)
    except Stopped:
        return None
    return judge_sheet(raw, known, known_name=known_name, rules=rules, progress=progress, remembered=remembered)


def judge_sheet(
    raw: RawSheet,
    known: Callable[[str], str | None] = _nobody,
    *,
    mapping: ColumnMapping | None = None,
    page: int | None = None,
    header_row: int | None = None,
    known_name: Callable[[str], str | None] = _nobody,
    rules: JudgeRules | None = None,
    progress: Progress = lambda done, total: True,
    remembered: Remembered = _never,
) -> SheetPreview | None:
    """Judge a read file; None when `progress` said stop.

    Args:
        mapping: columns as a person has set them; when None, as they are remembered for these headers, else guessed from them.
        page: index of the table in the file; by default the first that looks like a list of goods.
        header_row: number of the header's row, from 1; 0 for a list without one (with a `mapping`); found when None.

    Raises:
        ShopError: SHEET_NO_COLUMNS when a name and a price column are not both known; SHEET_EMPTY with no row below the header.
    """
    found = _remembered_place(raw, page, remembered) if mapping is None and header_row is None else None
    index, header, columns = found or _place(raw, page, header_row, mapping)
    table = raw.pages[index]
    headers = tuple(clean(cell) for cell in table.rows[header]) if header >= 0 else ("",) * max(map(len, table.rows), default=0)
    width = _width(raw.kind, headers, columns, table.rows[header + 1 :])
    judge = Judge(columns, width, known, known_name, rules or JudgeRules(), numbered_columns(headers, frozenset(columns.values())))
    verdicts: list[RowVerdict] = []
    total = len(table.rows)
    for number, row in enumerate(table.rows[header + 1 :], start=header + 2):
        if number % _JUDGED_AT_ONCE == 0 and not progress(number, total):
            return None
        if _is_goods(row, headers):
            verdicts.append(judge.judge(number, row))
    if not verdicts:
        raise ShopError(ErrorCode.SHEET_EMPTY, file=raw.file)
    return SheetPreview(
        raw.file,
        raw.encoding,
        headers,
        columns,
        tuple(verdicts),
        _count(verdicts),
        table.name,
        header + 1,
        raw.encoding_guessed,
        found is not None,
    )


def _remembered_place(raw: RawSheet, page: int | None, remembered: Remembered) -> tuple[int, int, ColumnMapping] | None:
    """The first row of headers that somebody has set columns for."""
    for index in range(len(raw.pages)) if page is None else (page,):
        for place, row in enumerate(raw.pages[index].rows[:HEADER_WITHIN]):
            columns = remembered(row)
            if columns is not None and is_complete(columns):
                return index, place, columns
    return None


def _place(raw: RawSheet, page: int | None, header_row: int | None, mapping: ColumnMapping | None) -> tuple[int, int, ColumnMapping]:
    """(page, index of the header's row or -1 without one, mapping)."""
    pages = [index for index in (range(len(raw.pages)) if page is None else (page,)) if raw.pages[index].rows]
    for index in pages:
        rows = raw.pages[index].rows
        if header_row is not None:
            columns = mapping if mapping is not None else guess_mapping(rows[header_row - 1]) if 1 <= header_row <= len(rows) else {}
            if is_complete(columns):
                return index, header_row - 1, columns
        elif (found := find_header(rows)) is not None:
            return index, found[0], found[1] if mapping is None else mapping
    if mapping is not None and is_complete(mapping) and header_row is None and pages:
        return pages[0], likely_header(raw.pages[pages[0]].rows), mapping
    raise ShopError(ErrorCode.SHEET_NO_COLUMNS, file=raw.file, headers=headers_seen(raw))


def _width(kind: SheetKind, headers: Cells, columns: ColumnMapping, rows: Sequence[Cells]) -> int:
    """How many cells a row may have before it has slipped at a stray delimiter. Nothing slips in a workbook, and where most rows of a
    CSV are wider than its header, the header only leaves columns without a name."""
    widest = max(map(len, rows), default=0)
    named = max((position for position, text in enumerate(headers, start=1) if text), default=0)
    width = max(named, 1 + max(columns.values()))
    wider = sum(any(cell.strip() for cell in row[width:]) for row in rows if len(row) > width)
    return max(widest, width) if kind is SheetKind.WORKBOOK or wider * 2 > len(rows) else width


def headers_seen(raw: RawSheet) -> tuple[str, ...]:
    """The cells of the row that looks most like a header, for the sentence and for choosing columns by hand."""
    rows = next((table.rows for table in raw.pages if any(any(cell.strip() for cell in row) for row in table.rows)), ())
    return tuple(clean(cell) for cell in rows[likely_header(rows)]) if rows else ()


def _is_goods(row: Cells, headers: Cells) -> bool:
    """Not a blank row, nor the header that a print-out repeats on each page."""
    return any(cell and not cell.isspace() for cell in row) and not (row[0] == headers[0] and tuple(map(clean, row)) == headers)


def _count(verdicts: list[RowVerdict]) -> SheetCounts:
    by = Counter(row.status for row in verdicts)
    warned = sum(
        row.status is not RowStatus.REFUSED and any(reason.severity is Severity.WARN for reason in row.reasons) for row in verdicts
    )
    return SheetCounts(len(verdicts), by[RowStatus.NEW], by[RowStatus.UPDATE], by[RowStatus.REVIEW], by[RowStatus.REFUSED], warned)


__all__ = [
    "FILE_KINDS",
    "MAX_ROWS",
    "Cells",
    "ColumnMapping",
    "JudgeRules",
    "RawSheet",
    "Reason",
    "ReasonCode",
    "RowStatus",
    "RowVerdict",
    "Severity",
    "SheetCounts",
    "SheetField",
    "SheetKind",
    "SheetPage",
    "SheetPreview",
    "Stopped",
    "export_refused",
    "headers_seen",
    "judge_sheet",
    "preview_sheet",
    "read_sheet",
]
