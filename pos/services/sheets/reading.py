"""Files to text: CSV in the encodings and with the delimiters that shops have, and workbooks (XLSX, XLS, ODS). Judges nothing.

The one place of the services that opens a file. The workbook reader is imported late: it is not needed to sell.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets.cells import exact_text
from pos.services.sheets.model import MAX_ROWS, Cells, RawSheet, SheetKind, SheetPage

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Progress: TypeAlias = Callable[[int, int], bool]
"""Called with (done, total); False asks to stop. The total is an estimate while a CSV is read."""

TEXT_KINDS: Final = frozenset({".csv", ".txt", ".tsv"})
WORKBOOK_KINDS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})

_MAX_BYTES: Final = 200_000_000
_MAX_UNPACKED: Final = 1_000_000_000
_MAX_COLUMNS: Final = 200
_STEP: Final = 2_000
_SAMPLE: Final = 65_536
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_DELIMITERS: Final = (",", ";", "\t", "|")
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


class Stopped(Exception):
    """The reader was asked to stop. Never leaves `sheet_import`."""


def read_sheet(path: Path | str, progress: Progress = lambda done, total: True) -> RawSheet:
    """A shop's file as text.

    Raises:
        ShopError: SHEET_NOT_FOUND; SHEET_KIND_UNKNOWN for another ending than csv, txt, tsv, xlsx, xlsm, xls, ods; SHEET_PASSWORD;
            SHEET_UNREADABLE for a broken or locked one; SHEET_EMPTY; SHEET_TOO_LONG above 200,000 rows or 200 MB.
        Stopped: `progress` returned False.
    """
    path = Path(path)
    ending = path.suffix.casefold()
    if ending not in TEXT_KINDS | WORKBOOK_KINDS:
        raise ShopError(ErrorCode.SHEET_KIND_UNKNOWN, file=path.name, kind=ending)
    data = _load(path)
    if not data.strip(b"\x00\r\n\t ,;\xef\xbb\xbf\xff\xfe"):
        raise ShopError(ErrorCode.SHEET_EMPTY, file=path.name)
    if data.startswith((_ZIP, _OLE)):
        raw = _workbook(path, data, progress)
    elif ending in WORKBOOK_KINDS:
        raise ShopError(ErrorCode.SHEET_UNREADABLE, file=path.name)
    else:
        raw = _text(path, data, progress)
    if not any(any(cell.strip() for cell in row) for page in raw.pages for row in page.rows):
        raise ShopError(ErrorCode.SHEET_EMPTY, file=path.name)
    return raw


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ShopError(ErrorCode.SHEET_TOO_LONG, file=path.name, limit=MAX_ROWS)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ShopError(ErrorCode.SHEET_NOT_FOUND, file=path.name) from error
    except OSError as error:  # a folder, or locked by the spreadsheet program on Windows
        raise ShopError(ErrorCode.SHEET_UNREADABLE, file=path.name) from error


# text


def _text(path: Path, data: bytes, progress: Progress) -> RawSheet:
    text, encoding = decode(data)
    if _is_binary(text[:_SAMPLE]):
        raise ShopError(ErrorCode.SHEET_UNREADABLE, file=path.name)
    delimiter, text = _delimiter_of(text)
    rows = _records(path, text, delimiter, csv.QUOTE_MINIMAL, progress)
    if rows is None:
        # a stray quote (`"Kecap manis`) has swallowed lines: quotes are then letters like any other
        rows = _records(path, text, delimiter, csv.QUOTE_NONE, progress)
    page = SheetPage("", tuple(rows or ()))
    return RawSheet(path.name, SheetKind.CSV, (page,), encoding, encoding_guessed=encoding == "cp1252")


def decode(data: bytes) -> tuple[str, str]:
    """(text without NULs, encoding): by its byte order mark, else UTF-16 by its zero bytes, else UTF-8, else cp1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace").replace("\0", ""), "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\0", ""), "utf-16"
    sample = data[:_SAMPLE]
    for zeros, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        if len(sample) >= 4 and zeros.count(0) > 0.6 * len(zeros):
            return data.decode(encoding, errors="replace").replace("\0", ""), encoding
    try:
        return data.decode("utf-8").replace("\0", ""), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", ""), "cp1252"


def _is_binary(sample: str) -> bool:
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\f")
    return odd * 100 > len(sample)


def _delimiter_of(text: str) -> tuple[str, str]:
    """(delimiter, text): the one that cuts the first lines into the most equal rows; `sep=;` above them is obeyed and cut off."""
    first, _, rest = text.partition("\n")
    if (hint := first.strip().casefold()).startswith("sep=") and len(hint) == 5:
        return first.strip()[4], rest
    sample = text[:_SAMPLE]
    lines = [line for line in sample.splitlines()[:60] if line.strip()]
    # a cell may hold several lines; where a stray quote has swallowed some, the lines by themselves still tell
    return max(_DELIMITERS, key=lambda delimiter: max(_evenness(_cut(sample, delimiter)), _evenness(_cut_each(lines, delimiter)))), text


def _cut(sample: str, delimiter: str) -> list[int]:
    """Cells of each of the first rows, of one whose quotes are right."""
    try:
        return [len(row) for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 60) if row]
    except csv.Error:
        return []


def _cut_each(lines: list[str], delimiter: str) -> list[int]:
    return [len(next(csv.reader([line], delimiter=delimiter), ())) for line in lines]


def _evenness(cells: list[int]) -> float:
    widths = Counter(cells)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return count / len(cells) * (width - 1)


def _records(path: Path, text: str, delimiter: str, quoting: int, progress: Progress) -> list[Cells] | None:
    """The rows; None when a quote runs away over several lines."""
    total = text.count("\n") + 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    rows: list[Cells] = []
    try:
        for row in reader:
            if quoting != csv.QUOTE_NONE and any(_runs_away(cell, delimiter) for cell in row):
                return None
            rows.append(tuple(row[:_MAX_COLUMNS]))
            _check(path, len(rows), total, progress)
    except csv.Error as error:
        if quoting == csv.QUOTE_NONE:
            raise ShopError(ErrorCode.SHEET_UNREADABLE, file=path.name) from error
        return None
    return rows


def _runs_away(cell: str, delimiter: str) -> bool:
    return len(cell) > 80 and cell.count("\n") >= 2 and cell.count(delimiter) >= 4


def _check(path: Path, done: int, total: int, progress: Progress) -> None:
    if done > MAX_ROWS:
        raise ShopError(ErrorCode.SHEET_TOO_LONG, file=path.name, limit=MAX_ROWS)
    if done % _STEP == 0 and not progress(done, max(done, total)):
        raise Stopped


# workbooks


def _workbook(path: Path, data: bytes, progress: Progress) -> RawSheet:
    from python_calamine import CalamineError, PasswordError

    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise ShopError(ErrorCode.SHEET_PASSWORD, file=path.name)
    _check_archive(path, data)
    try:
        pages = tuple(_pages(path, data, progress))
    except PasswordError as error:
        raise ShopError(ErrorCode.SHEET_PASSWORD, file=path.name) from error
    except (CalamineError, OSError, ValueError) as error:
        # an OLE container that is no workbook, under the name of one that never is OLE: an encrypted one
        locked = data.startswith(_OLE) and path.suffix.casefold() in {".xlsx", ".xlsm"}
        raise ShopError(ErrorCode.SHEET_PASSWORD if locked else ErrorCode.SHEET_UNREADABLE, file=path.name) from error
    return RawSheet(path.name, SheetKind.WORKBOOK, pages)


def _check_archive(path: Path, data: bytes) -> None:
    """Refuse what would fill the memory when unpacked, and an ODS under password, before the reader opens it."""
    import struct
    import zipfile
    import zlib

    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise ShopError(ErrorCode.SHEET_TOO_LONG, file=path.name, limit=MAX_ROWS)
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise ShopError(ErrorCode.SHEET_PASSWORD, file=path.name)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ShopError(ErrorCode.SHEET_UNREADABLE, file=path.name) from error


def _pages(path: Path, data: bytes, progress: Progress) -> Iterator[SheetPage]:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        done = 0
        for name in _tables(workbook):
            sheet = workbook.get_sheet_by_name(name)
            height = sheet.end[0] + 1 if sheet.end else 0
            if done + height > MAX_ROWS:
                raise ShopError(ErrorCode.SHEET_TOO_LONG, file=path.name, limit=MAX_ROWS)
            rows: list[Cells] = []
            for row in sheet.iter_rows():  # from row 1 on, so that row numbers are the spreadsheet's own
                rows.append(tuple(exact_text(cell) for cell in row[:_MAX_COLUMNS]))
                _check(path, done + len(rows), done + height, progress)
            done += len(rows)
            yield SheetPage(name, tuple(rows))


def _tables(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
