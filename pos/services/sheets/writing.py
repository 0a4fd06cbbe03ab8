"""A table as a file, CSV or XLSX: whole or not there, and nothing in it that a spreadsheet would run. Knows no goods."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets.cells import FORMULA_SIGNS, MARK

Value: TypeAlias = str | int | float
"""A cell: text, or a number that a spreadsheet may calculate with."""

_WIDE: Final = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header. `widths`: letters that a column shows in a workbook, by its place."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: Mapping[int, int] = field(default_factory=dict)


def write_table(path: Path | str, table: Table) -> int:
    """Write a table to `path` (`.csv` or `.xlsx`). Returns how many rows.

    Cells that a spreadsheet would take for a formula are written as text: in CSV with an apostrophe, which the import takes off again;
    in XLSX as strings.

    Raises:
        ShopError: SHEET_KIND_UNKNOWN for another ending, DISK_FULL, FOLDER_READ_ONLY.
    """
    path = Path(path)
    write = {".csv": _write_csv, ".xlsx": _write_workbook}.get(path.suffix.casefold())
    if write is None:
        raise ShopError(ErrorCode.SHEET_KIND_UNKNOWN, file=path.name, kind=path.suffix)
    put_whole(path, lambda part: write(part, table))
    return len(table.rows)


def put_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, then put it there: what was there stays until the new one is whole.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY.
    """
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        write(part)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise ShopError(ErrorCode.DISK_FULL if full else ErrorCode.FOLDER_READ_ONLY, path=str(path.parent)) from error


def close_book(close: Callable[[], object]) -> None:
    """Close a workbook. Raises OSError where it could not be written."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(errno.EACCES, str(error)) from error


def _write_csv(path: Path, table: Table) -> None:
    # the mark and the semicolon are what a spreadsheet set to Indonesian opens by a double click
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(table.header)
        writer.writerows([_harmless(cell) for cell in row] for row in table.rows)


def _harmless(cell: Value) -> str:
    if isinstance(cell, str):
        return f"{MARK}{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    return str(cell).replace(".", ",")


def _write_workbook(path: Path, table: Table) -> None:
    import xlsxwriter

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), settings)
    sheet = book.add_worksheet()
    bold, figure = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.###"})
    for place in range(len(table.header)):
        sheet.set_column(place, place, table.widths.get(place, _WIDE))
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(table.header):
        sheet.write_string(0, place, title, bold)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            else:
                sheet.write_number(number, place, cell, figure)
    close_book(book.close)
