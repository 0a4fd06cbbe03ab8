"""Buku kas: cash across drawers day by day, and the accounts beside them. Owns the choice of the book and of the days.

Reads off the UI thread: a month of a busy shop is some thousand sales.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash_book import CashBook, CashDay, CashRow
from pos.domain.changed import Changed
from pos.domain.money import format_rupiah, format_short
from pos.services import book_papers, cash_book
from pos.services.reports import today
from pos.services.sheets.book import write_book
from pos.services.supplier_views import AccountRow
from pos.ui.books import words
from pos.ui.books.cash_dialogs import AccountForm, AccountMoneyDialog, ExpenseDialog
from pos.ui.books.paper import print_paper, save_paper
from pos.ui.books.tables import cash_tables
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.papers.saving import ask_for_book, write
from pos.ui.reports.words import MONTHS, day_text
from pos.ui.settings.columns import Panel
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.charts.ranks import Ranking
from pos.ui.widgets.charts.series import Ranked
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.ledger import Entry, EntryDelegate, LedgerModel, ledger_view
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text

DRAWERS: Final = ""
MOST_ACCOUNTS: Final = 4
"""Books that stand side by side; a shop has a bank or two and a box at home."""
_WIDE: Final = 1_000
_SIDE: Final = 360
_SIDE_NARROW: Final = 320


class CashPage(QWidget):
    """A page of the books.

    Attributes:
        account_uid: whose book is shown; empty for the drawers.
        book: as it was read last.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.context = context
        self.account_uid = DRAWERS
        self.book: CashBook | None = None
        self._month = 0
        self._accounts: list[AccountRow] = []
        self._reading: Operation | None = None
        self._again = False
        self._books: dict[str, Chip] = {}
        self._books_row, self._group = QHBoxLayout(), QButtonGroup(self)
        self._span = Text("", Role.SUB, Token.TINTA, 700)
        self._earlier, self._later = IconButton("chevron-left", ""), IconButton("chevron-right", "")
        self._sums = Rows()
        self._spent = Ranking()
        self._none_spent = Text("", Role.BACA, Token.TINTA2, wrap=True)
        self._sums_panel, self._spent_panel = Panel(self._sums), Panel(self._spent, self._none_spent)
        self._model = LedgerModel()
        self.view = ledger_view(self._model, EntryDelegate())
        self.expense = ActionButton("", "receipt-text", kind=Kind.NEXT, role=Role.SUB)
        self.money = ActionButton("", "arrow-down-up")
        self.new_account = ActionButton("", "plus", kind=Kind.FLAT, role=Role.BACA)
        self._print, self._pdf, self._excel = IconButton("printer", ""), IconButton("file-down", ""), IconButton("file-spreadsheet", "")
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self._earlier.set_name(tr("Bulan sebelumnya"))
        self._later.set_name(tr("Bulan sesudahnya"))
        self._print.set_name(tr("Cetak buku kas"))
        self._pdf.set_name(tr("Simpan PDF"))
        self._excel.set_name(tr("Simpan buku kas ke Excel"))
        self.expense.setText(tr("Catat biaya"))
        self.money.setText(tr("Uang masuk, keluar"))
        self.new_account.setText(tr("Kas baru"))
        self.view.setAccessibleName(tr("Buku kas"))
        self._spent_panel.set_title(tr("Biaya"))
        self._none_spent.setText(tr("Belum ada biaya tercatat di bulan ini."))
        self._show()

    def refresh(self) -> None:
        """Read everything again, in a thread of its own; what changes meanwhile is read after it."""
        if not self.isVisible():
            return
        if self._reading is not None:
            self._again = True
            return
        till, (first, last), account = self.context.till, self.days(), self.account_uid

        def work(_progress: Progress) -> tuple[CashBook, list[AccountRow]]:
            return cash_book.read_book(till, first, last, account), till.store.read.accounts()

        self._reading = run(self.context, work, self._arrived)
        self._reading.ended.connect(self._ended)

    def days(self) -> tuple[date, date]:
        """First and last business day of the month that is shown, today at the latest."""
        now = today(self.context.till, self.context.till.rules.day_cutoff)
        months = now.year * 12 + now.month - 1 + self._month
        first = date(months // 12, months % 12 + 1, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        return first, min(now, following - timedelta(days=1))

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._books_row.setSpacing(look().px(8))
        head = QHBoxLayout()
        head.setSpacing(look().px(8))
        head.addLayout(self._books_row)
        head.addWidget(self.new_account)
        head.addStretch(1)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.view)
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(8))
        for button in (self._print, self._pdf, self._excel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.money)
        buttons.addWidget(self.expense)
        left = QVBoxLayout()
        left.setSpacing(look().px(10))
        left.addWidget(ground, 1)
        left.addLayout(buttons)
        self._side = QWidget()
        side = QGridLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(look().px(14))
        month = QHBoxLayout()
        month.setSpacing(look().px(8))
        month.addWidget(self._earlier)
        month.addWidget(self._span, 1, Qt.AlignmentFlag.AlignCenter)
        month.addWidget(self._later)
        side.addLayout(month, 0, 0)
        side.addWidget(self._sums_panel, 1, 0)
        side.addWidget(self._spent_panel, 2, 0)
        side.setRowStretch(3, 1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(look().px(14))
        self._both.addLayout(left, 1)
        self._both.addWidget(self._side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(head)
        box.addLayout(self._both, 1)

    def _connect(self) -> None:
        on_click(self._earlier, lambda: self._go(-1))
        on_click(self._later, lambda: self._go(1))
        on_click(self._print, self._print_it)
        on_click(self._pdf, self._save)
        on_click(self._excel, self._ask_for_book)
        on_click(self.expense, self._spend)
        on_click(self.money, self._move)
        on_click(self.new_account, self._add_account)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _go(self, months: int) -> None:
        self._month = min(0, self._month + months)
        self.refresh()

    def choose(self, account_uid: str) -> None:
        """Another book: of an account, or of the drawers (empty)."""
        self.account_uid = account_uid
        self.refresh()

    def _arrived(self, found: tuple[CashBook, list[AccountRow]]) -> None:
        self.book, self._accounts = found
        self._show()

    def _ended(self) -> None:
        self._reading = None
        if self._again:
            self._again = False
            self.refresh()

    def _show(self) -> None:
        book = self.book
        if book is None:
            return
        self._show_books()
        self.new_account.setVisible(len(self._accounts) < MOST_ACCOUNTS)
        first, _ = self.days()
        self._span.setText(f"{tr(MONTHS[first.month - 1])} {first.year}")
        self._later.setEnabled(self._month < 0)
        of_account = bool(self.account_uid)
        self.money.setVisible(of_account)
        self._sums_panel.set_title(book.name or tr("Laci kasir"))
        self._sums.show_rows(
            [
                Row(tr("Saldo awal"), format_rupiah(book.opening)),
                Row(tr("Masuk"), format_rupiah(book.came), good=book.came > 0),
                Row(tr("Keluar"), format_rupiah(book.went)),
                Row(tr("Saldo akhir"), format_rupiah(book.closing), strong=True),
            ]
        )
        self._spent.show_rows(
            [
                Ranked("", tr(words.EXPENSES[category]), amount, format_short(amount).removeprefix("Rp"))
                for category, amount in book.expenses[:6]
            ]
        )
        self._spent.setVisible(bool(book.expenses))
        self._none_spent.setVisible(not book.expenses)
        self._model.show([line for day in reversed(book.days) for line in _lines(day, of_account)])

    def _show_books(self) -> None:
        wanted = {DRAWERS: tr("Laci kasir")} | {row.account.uid: row.account.name[:14].strip() for row in self._accounts}
        for uid in [uid for uid in self._books if uid not in wanted]:
            chip = self._books.pop(uid)
            self._group.removeButton(chip)
            chip.deleteLater()
        for uid, word in wanted.items():
            if uid not in self._books:
                chip = self._books[uid] = Chip()
                chip.setCheckable(True)
                self._group.addButton(chip)
                self._books_row.addWidget(chip)
                on_click(chip, lambda uid=uid: self.choose(uid))  # type: ignore[misc]
            self._books[uid].setText(word)
        self._books[self.account_uid if self.account_uid in self._books else DRAWERS].setChecked(True)

    # --- what a person wants ----------------------------------------------------------------------------------------

    def _print_it(self) -> None:
        if self.book is not None:
            till, book = self.context.till, self.book
            print_paper(self.context, lambda: book_papers.print_cash_book(till, book))

    def _save(self) -> None:
        if self.book is not None:
            till, book = self.context.till, self.book
            save_paper(self.context, self.window(), _file_title(book), lambda: book_papers.cash_book_page(till, book))

    def save_book(self, path: str) -> None:
        """Write the workbook of what is shown."""
        if self.book is not None:
            tables, title = cash_tables(self.book), _file_title(self.book)
            write(self.context, path, lambda: write_book(path, tables, title))

    def _ask_for_book(self) -> None:
        if self.book is not None:
            ask_for_book(self.window(), tr("Simpan buku kas ke Excel"), _file_title(self.book), self.save_book)

    def _spend(self) -> None:
        if self.context.till.store.read.session() is None and not self._accounts:
            self.context.told.emit("info", tr("Buka kasir dulu, atau tambah kas lain, supaya biayanya ada asalnya."))
            return
        dialog = ExpenseDialog(self.context, self.account_uid, self.window())
        dialog.booked.connect(lambda: self._booked(tr("Biaya tercatat.")))
        self._open(dialog)

    def _move(self) -> None:
        account = next((row.account for row in self._accounts if row.account.uid == self.account_uid), None)
        if account is None:
            return
        dialog = AccountMoneyDialog(self.context, account, self.window())
        dialog.booked.connect(lambda: self._booked(tr("Tercatat di {name}.", name=account.name[:40])))
        self._open(dialog)

    def _add_account(self) -> None:
        dialog = AccountForm(self.context, self.window())
        dialog.kept.connect(lambda account: self.choose(account.uid))
        self._open(dialog)

    def _booked(self, sentence: str) -> None:
        self.context.changed.emit(Changed(suppliers=True, session=True, outbox=True, print_jobs=True))
        self.context.backstage.print_now()
        self.context.backstage.sync_now()
        self.context.told.emit("good", sentence)

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: self.window().activateWindow())
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(look().px(_SIDE if self.width() >= look().px(_WIDE) else _SIDE_NARROW))


def _file_title(book: CashBook) -> str:
    """Whose book it is and of which days."""
    first, last = (f"{day.day:%Y-%m-%d}" for day in (book.days[0], book.days[-1]))
    title = tr("Buku kas {first} sampai {last}", first=first, last=last)
    return f"{title} {book.name}".strip()


def _lines(day: CashDay, of_account: bool) -> list[Entry]:
    """A day that something happened on: its head with what is there in the evening, then its rows, the latest first."""
    if not day.rows:
        return []
    head = Entry("", "", day_text(day.day), "", format_rupiah(day.closing), strong=True)
    return [head, *(_entry(row, words.cash_text(row, of_account)) for row in reversed(day.rows))]


def _entry(row: CashRow, text: str) -> Entry:
    sign = "+" if row.amount > 0 else ""
    return Entry("", words.clock(row.at), text, f"{sign}{format_rupiah(row.amount)}", format_rupiah(row.balance), good=row.amount > 0)
