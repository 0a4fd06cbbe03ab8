"""Tables as one workbook: a sheet a table, numbers with their formats, heads that stay, a chart where a table has one. Knows no shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pos.domain.errors import ErrorCode, ShopError
from pos.services.sheets.writing import close_book, put_whole

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

BookValue: TypeAlias = str | int | float | date | None
"""None is an empty cell."""


class CellKind(Enum):
    """How a column is written. Quantities may have three decimals; a share is a fraction of 1."""

    TEXT = auto()
    RUPIAH = auto()
    COUNT = auto()
    QUANTITY = auto()
    SHARE = auto()
    DAY = auto()


class ChartKind(Enum):
    COLUMNS = auto()
    PIE = auto()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one column (`values`) over another (`names`), by their places."""

    kind: ChartKind
    names: int
    values: int


@dataclass(frozen=True, slots=True)
class BookTable:
    """One sheet.

    Attributes:
        title: of the sheet; longer than 31 letters it is cut.
        columns: (head, kind) of each.
        total: the last row is a sum, and no part of the chart.
    """

    title: str
    columns: tuple[tuple[str, CellKind], ...]
    rows: Sequence[Sequence[BookValue]]
    chart: Chart | None = None
    total: bool = False


_FORMATS: Final[Mapping[CellKind, Mapping[str, object]]] = {
    CellKind.TEXT: {},
    CellKind.RUPIAH: {"num_format": '"Rp"#,##0;[Red]-"Rp"#,##0'},
    CellKind.COUNT: {"num_format": "#,##0"},
    CellKind.QUANTITY: {"num_format": "#,##0.###"},
    CellKind.SHARE: {"num_format": "0.0%"},
    CellKind.DAY: {"num_format": "dd/mm/yyyy", "align": "left"},
}
_NARROW, _WIDEST = 12, 44
_NO_TITLE: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_book(path: Path | str, tables: Sequence[BookTable], title: str) -> int:
    """Write an XLSX of these tables. Returns how many sheets it has; tables without a row are left out but for the first.

    Raises:
        ShopError: SHEET_KIND_UNKNOWN for another ending than xlsx, DISK_FULL, FOLDER_READ_ONLY.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise ShopError(ErrorCode.SHEET_KIND_UNKNOWN, file=path.name, kind=path.suffix)
    shown = [table for place, table in enumerate(tables) if table.rows or not place]
    put_whole(path, lambda part: _write(part, shown, title))
    return len(shown)


def _write(path: Path, tables: Sequence[BookTable], title: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": title})
    for table in tables:
        _sheet(book, book.add_worksheet(sheet_name(table.title)), table)
    close_book(book.close)


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return title.translate(_NO_TITLE).strip()[:31] or "1"


def _sheet(book: Workbook, sheet: Worksheet, table: BookTable) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = [book.add_format(dict(_FORMATS[kind])) for _, kind in table.columns]
    sums = [book.add_format({**_FORMATS[kind], "bold": True, "top": 1}) for _, kind in table.columns]
    for place, (words, _) in enumerate(table.columns):
        sheet.write_string(0, place, words, head)
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=1):
        formats = sums if table.total and number == len(table.rows) else plain
        for place, value in enumerate(row):
            _cell(sheet, number, place, value, formats[place])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if table.chart is not None:
        _chart(book, sheet, table, table.chart)


def _cell(sheet: Worksheet, row: int, place: int, value: BookValue, look: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif value is not None:
        sheet.write_number(row, place, value, look)


def _width(table: BookTable, place: int) -> int:
    words = max((len(str(row[place])) for row in table.rows if isinstance(row[place], str)), default=0)
    return max(_NARROW, min(_WIDEST, max(words, len(table.columns[place][0])) + 2))


def _chart(book: Workbook, sheet: Worksheet, table: BookTable, chart: Chart) -> None:
    last = len(table.rows) - table.total
    if last < 2:
        return
    made = book.add_chart({"type": "pie" if chart.kind is ChartKind.PIE else "column"})
    name = sheet.get_name()
    made.add_series(
        {
            "name": table.columns[chart.values][0],
            "categories": [name, 1, chart.names, last, chart.names],
            "values": [name, 1, chart.values, last, chart.values],
            "fill": {"color": "#0B6B4F"} if chart.kind is ChartKind.COLUMNS else {},
            "gap": 40,
        }
    )
    made.set_title({"name": table.title})
    if chart.kind is ChartKind.COLUMNS:
        made.set_legend({"none": True})
    made.set_size({"width": 720, "height": 360})
    sheet.insert_chart(1, len(table.columns) + 1, made)
