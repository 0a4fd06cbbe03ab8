"""The refused rows as a file of their own, each with its reasons, to be mended and imported again. Sentences are handed in."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets.model import Cells, Reason, RowVerdict, SheetPreview

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def export_refused(preview: SheetPreview, path: Path | str, say: Callable[[Reason], str], titles: tuple[str, str]) -> int:
    """Write the refused rows of a preview to `path` (`.csv` or `.xlsx`); returns how many.

    Args:
        say: the sentence of a reason, in the language of the screen.
        titles: headers of the two columns in front: the row's number, and what is wrong with it.

    The file is whole or not there. Cells that a spreadsheet would take for a formula are written as text: in CSV with an
    apostrophe, which the import takes off again; in XLSX as strings.

    Raises:
        ShopError: SHEET_KIND_UNKNOWN for another ending, DISK_FULL, FOLDER_READ_ONLY.
    """
    path = Path(path)
    write = {".csv": _write_csv, ".xlsx": _write_workbook}.get(path.suffix.casefold())
    if write is None:
        raise ShopError(ErrorCode.SHEET_KIND_UNKNOWN, file=path.name, kind=path.suffix)
    refused = preview.refused()
    part = path.with_name(f".{path.name}.part")
    try:
        write(part, list(_rows(preview, refused, say, titles)))
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise ShopError(ErrorCode.DISK_FULL if full else ErrorCode.FOLDER_READ_ONLY, path=str(path.parent)) from error
    return len(refused)


def _rows(preview: SheetPreview, refused: Sequence[RowVerdict], say: Callable[[Reason], str], titles: tuple[str, str]) -> Iterator[Cells]:
    yield (*titles, *preview.columns)
    for row in refused:
        yield (str(row.number), " ".join(say(reason) for reason in row.reasons), *row.cells)


def _write_csv(path: Path, rows: Sequence[Cells]) -> None:
    # the mark and the semicolon are what a spreadsheet set to Indonesian opens by a double click
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _write_workbook(path: Path, rows: Sequence[Cells]) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for index, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(index, column, cell, bold if index == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 60)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(errno.EACCES, str(error)) from error
