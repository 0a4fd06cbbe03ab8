"""A cash book as tables with words on them, for a workbook. Says the book's own figures; computes none but the sums of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.cash_book import CashBook
from pos.domain.money import Rupiah
from pos.services.sheets.book import BookTable, BookValue, CellKind, Chart, ChartKind
from pos.ui.books import words
from pos.ui.language import tr


def cash_tables(book: CashBook) -> list[BookTable]:
    """The sheets of a book's workbook: every row with what is there after it, each day, and what was spent for what."""
    return [_rows(book), _days(book), _expenses(book)]


def _rows(book: CashBook) -> BookTable:
    rows: list[Sequence[BookValue]] = [(book.days[0].day, "", tr("Saldo awal"), None, None, book.opening)]
    rows += [
        (row.day, words.clock(row.at), words.cash_text(row, bool(book.name)), *_in_and_out(row.amount), row.balance)
        for day in book.days
        for row in day.rows
    ]
    rows.append((book.days[-1].day, "", tr("Saldo akhir"), book.came, -book.went, book.closing))
    columns = (
        (tr("Hari"), CellKind.DAY),
        (tr("Jam"), CellKind.TEXT),
        (tr("Keterangan"), CellKind.TEXT),
        (tr("Masuk"), CellKind.RUPIAH),
        (tr("Keluar"), CellKind.RUPIAH),
        (tr("Saldo"), CellKind.RUPIAH),
    )
    return BookTable(book.name or tr("Laci kasir"), columns, rows, total=True)


def _in_and_out(amount: Rupiah) -> tuple[Rupiah | None, Rupiah | None]:
    return (amount, None) if amount > 0 else (None, -amount)


def _days(book: CashBook) -> BookTable:
    rows: list[Sequence[BookValue]] = [
        (
            day.day,
            day.opening,
            sum(row.amount for row in day.rows if row.amount > 0),
            -sum(row.amount for row in day.rows if row.amount < 0),
            day.closing,
        )
        for day in book.days
    ]
    columns = (
        (tr("Hari"), CellKind.DAY),
        (tr("Saldo awal"), CellKind.RUPIAH),
        (tr("Masuk"), CellKind.RUPIAH),
        (tr("Keluar"), CellKind.RUPIAH),
        (tr("Saldo akhir"), CellKind.RUPIAH),
    )
    return BookTable(tr("Per hari"), columns, rows, Chart(ChartKind.COLUMNS, 0, 4))


def _expenses(book: CashBook) -> BookTable:
    """Over all books, as the page beside the rows says it."""
    rows: list[Sequence[BookValue]] = [(tr(words.EXPENSES[category]), amount) for category, amount in book.expenses]
    if rows:
        rows.append((tr("Total"), sum(amount for _, amount in book.expenses)))
    columns = ((tr("Biaya"), CellKind.TEXT), (tr("Rupiah"), CellKind.RUPIAH))
    return BookTable(tr("Biaya semua kas"), columns, rows, Chart(ChartKind.COLUMNS, 0, 1), total=bool(rows))
