"""A report as files: LibreOffice opens them without a word, and each cell is the report's own figure."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pos.domain.cash_book import ExpenseCategory
from pos.domain.cash_movement import CashReason
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import profile_named
from pos.services import book_papers, cash_book, drawer
from pos.services.goods_export import export_goods
from pos.services.recap import recap_page
from pos.services.reports import Report, SpanKind, catch_up, read_report, span_of, today
from pos.services.sheets.book import BookTable, CellKind, sheet_name, write_book
from pos.ui.books.tables import cash_tables
from pos.ui.language import set_language
from pos.ui.pdf.page import Page, write_document
from pos.ui.reports.front import paint_front
from pos.ui.reports.screen import ReportsScreen
from pos.ui.reports.tables import report_tables
from tests.helpers.counter_window import counter_window, wait_until
from tests.helpers.libre_office import convert, sheets_of
from tests.helpers.shops import KOPI, MI, SHELF, TELUR, goods, open_market, sell
from tests.helpers.stage import button_of

EVIL = goods("=cmd|' /C calc'!A0", 9_000, "8991002199996", category="+Kategori")


def report_of(folder: Path) -> tuple[Report, list[BookTable]]:
    """A month of a shop that sold things with awkward names; its goods and its page are left in `folder`."""
    with open_market(folder / "toko", (*SHELF, (EVIL, 30))) as till:
        for code in (KOPI.units[0].barcodes[0].code, MI.units[0].barcodes[0].code, "8991002199996", "8991002199996"):
            sell(till, code)
        till = replace(till, paper=PrinterPaper(profile_named("generic58")))
        catch_up(till, 0)
        report = read_report(till, span_of(SpanKind.MONTH, today(till, 0)), 0)
        export_goods(till, folder / "barang.xlsx")
        now = till.clock.now()

        def front(painter: QPainter, page: QRectF) -> None:
            paint_front(painter, page, report, "Toko Sinar", now)

        assert write_document(recap_page(till, report), str(folder / "laporan.pdf"), Page.A4, "Laporan", "", front) == 2
        drawer.move_cash(till, -1_750, CashReason.EXPENSE, "=1+1", None, ExpenseCategory.WATER.value)
        cash = cash_book.read_book(till, report.span.first, report.span.last)
        write_document(book_papers.cash_book_page(till, cash), str(folder / "kas.pdf"), Page.A4, "Buku kas")
        assert write_book(folder / "kas.xlsx", cash_tables(cash), "Buku kas") == 3
    tables = report_tables(report)
    assert write_book(folder / "laporan.xlsx", tables, "Laporan") == 7
    return report, tables


@pytest.mark.usefixtures("qapp")
def test_libre_office_opens_every_file_and_reads_the_reports_own_figures(tmp_path: Path) -> None:
    report, tables = report_of(tmp_path)
    out = tmp_path / "keluar"
    out.mkdir()
    found = sheets_of([tmp_path / "laporan.xlsx", tmp_path / "barang.xlsx", tmp_path / "kas.xlsx"], out)
    book = found["laporan"]
    assert sorted(book) == sorted(sheet_name(table.title) for table in tables if table.rows)
    for table in tables:
        if table.rows:
            read = book[sheet_name(table.title)]
            assert read[0][: len(table.columns)] == [head for head, _ in table.columns]
            assert [_meant(row, table) for row in read[1:]] == [_said(row) for row in table.rows]
    summary = {row[0]: row[1] for row in book["Ringkasan"]}
    assert (summary["Omzet"], summary["Nota"]) == (str(report.takings.turnover), "4")
    assert report.takings.turnover == 1_500 + 3_500 + 2 * 9_000
    (goods_sheet,) = found["barang"].values()
    names = {row[0]: row for row in goods_sheet}
    assert f"'{EVIL.name}" in names
    assert names[MI.name][1:3] == ["089686010947", "3500"]
    assert names[TELUR.name][7] == "18.5"
    cash, days, spent = (found["kas"][name] for name in ("Laci kasir", "Per hari", "Biaya semua kas"))
    assert [row[2:] for row in cash[1:]] == [
        ["Saldo awal", "", "", "0"],
        ["Ditambah sebelum buka", "200000", "", "200000"],
        ["Penjualan tunai (4)", "23000", "", "223000"],
        ["Air: =1+1", "", "1750", "221250"],
        ["Saldo akhir", "223000", "1750", "221250"],
    ]
    assert (len(days) - 1, days[-1][1:5]) == (report.span.days, ["0", "223000", "1750", "221250"])
    assert spent[1:] == [["Air", "1750"], ["Total", "1750"]]
    page = " ".join(PdfReader(tmp_path / "laporan.pdf").pages[0].extract_text().split())
    for words in ("Penjualan per hari", "Penjualan per jam", "Paling laku", "Cara bayar", "Rp23.000", KOPI.name, "Tunai", "100%"):
        assert words in page
    assert (tmp_path / "laporan.pdf").stat().st_size < 150_000
    # one more start for the pages: what can be opened can be saved again
    assert convert([tmp_path / "laporan.pdf", tmp_path / "kas.pdf"], "png", out) == []
    for name in ("laporan", "kas"):
        assert (out / f"{name}.png").stat().st_size > 10_000


def _said(row: object) -> list[object]:
    return [round(cell, 6) if isinstance(cell, float) else "" if cell is None else cell for cell in row]  # type: ignore[attr-defined]


def _meant(cells: list[str], table: BookTable) -> list[object]:
    """A row of cells by what their columns are."""
    meant: list[object] = []
    for cell, (_, kind) in zip(cells, table.columns, strict=False):
        if cell == "" or kind is CellKind.TEXT:
            meant.append(cell)
        elif kind is CellKind.DAY:
            meant.append(_day(cell))
        else:
            number = float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1)
            meant.append(int(number) if kind in (CellKind.RUPIAH, CellKind.COUNT) else round(number, 6))
    return meant


def _day(cell: str) -> date:
    month, day, year = cell.split("/") if "/" in cell else (cell[5:7], cell[8:10], cell[:4])
    return date(int(year), int(month), int(day))


def test_a_workbook_holds_no_formula_and_its_heads_stay(tmp_path: Path) -> None:
    report_of(tmp_path)
    with zipfile.ZipFile(tmp_path / "laporan.xlsx") as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        charts = [name for name in packed.namelist() if name.startswith("xl/charts/chart")]
    assert all("<f>" not in sheet and 'state="frozen"' in sheet for sheet in sheets)
    assert charts


def test_a_workbook_speaks_the_language_of_the_screen(tmp_path: Path) -> None:
    set_language("en")
    try:
        _, tables = report_of(tmp_path)
    finally:
        set_language("id")
    assert [table.title for table in tables][:2] == ["Summary", "By day"]


def test_a_place_that_takes_no_workbook_is_said(tmp_path: Path) -> None:
    table = BookTable("A", (("B", CellKind.TEXT),), [("c",)])
    for path, code in ((tmp_path / "x.ods", ErrorCode.SHEET_KIND_UNKNOWN), (tmp_path / "tidak-ada" / "x.xlsx", ErrorCode.FOLDER_READ_ONLY)):
        with pytest.raises(ShopError) as refused:
            write_book(path, [table], "")
        assert refused.value.code is code
    assert list(tmp_path.iterdir()) == []


def test_what_is_shown_is_saved_and_printed_from_the_room(tmp_path: Path) -> None:
    with counter_window(tmp_path / "till") as counter:
        sell(counter.till, KOPI.units[0].barcodes[0].code)
        counter.application.go("reports")
        screen = counter.application.screen("reports")
        assert isinstance(screen, ReportsScreen)
        wait_until(lambda: screen._report is not None and screen._reading is None, "the books are read")
        screen._leaving.save_book(str(tmp_path / "hari.xlsx"))
        screen._leaving.save_pdf(str(tmp_path / "hari.pdf"))
        wait_until(lambda: (tmp_path / "hari.xlsx").exists() and (tmp_path / "hari.pdf").exists(), "both are written")
        button_of(screen, "Cetak rekap").click()
        jobs = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.RECAP]
        assert len(jobs) == 1
