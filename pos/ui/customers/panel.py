"""The chosen customer: what they owe and since when, what the shop holds for them, their book. Tells what is wanted; acts on nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.credit import Statement
from pos.domain.deposit import DepositBalance
from pos.domain.money import format_rupiah
from pos.ui.customers import words
from pos.ui.customers.model import ROW, BookDelegate, BookModel
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card, Rule
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.scroll import bare_list
from pos.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Book:
    """All that the panel shows of somebody. `now`: UTC ms."""

    statement: Statement
    due_at: int
    deposits: Sequence[DepositBalance]
    now: int


class CustomerPanel(Card):
    """What is known of a customer.

    Signals:
        repay(), edit(), old_debt(), print_book(), save_page(), remind(), notas(), hide_or_show(): what a person wants of them.
        entry(str): uid of an entry of the book that was opened.
    """

    repay = Signal()
    edit = Signal()
    old_debt = Signal()
    print_book = Signal()
    save_page = Signal()
    remind = Signal()
    notas = Signal()
    hide_or_show = Signal()
    entry = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedText("", Role.JUDUL, Token.TINTA, 800)
        self.about = ElidedText("", Role.BACA, Token.TINTA2, 400)
        self.owed = Text("", Role.ANGKA, Token.TINTA, 800)
        self.due = StateBadge()
        self.rows = Rows()
        self.edit_button = IconButton("pencil", "")
        self.hide_button = IconButton("eye-off", "")
        self.pdf_button, self.remind_button = IconButton("file-down", ""), IconButton("copy", "")
        self.notas_button = IconButton("receipt-text", "")
        self.repay_button = ActionButton("", "hand-coins", kind=Kind.PRIMARY)
        self.old_button = ActionButton("", "book-open")
        self.print_button = ActionButton("", "printer")
        self._book = BookModel()
        self.view = QListView()
        self.empty = EmptyState("kosong_nota", "", px=90)
        self._build()
        for button, signal in (
            (self.edit_button, self.edit),
            (self.hide_button, self.hide_or_show),
            (self.repay_button, self.repay),
            (self.old_button, self.old_debt),
            (self.print_button, self.print_book),
            (self.pdf_button, self.save_page),
            (self.remind_button, self.remind),
            (self.notas_button, self.notas),
        ):
            on_click(button, signal.emit)
        self.view.activated.connect(lambda index: self.entry.emit(index.data(ROW).uid))
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.edit_button.set_name(tr("Ubah pelanggan"))
        self.pdf_button.set_name(tr("Simpan buku utang sebagai PDF"))
        self.remind_button.set_name(tr("Salin pesan pengingat"))
        self.notas_button.set_name(tr("Semua nota pelanggan ini"))
        self.repay_button.setText(tr("Bayar utang"))
        self.old_button.setText(tr("Utang lama"))
        self.print_button.setText(tr("Cetak buku"))
        self.view.setAccessibleName(tr("Buku utang"))
        self.empty.set_words(tr("Belum ada catatan"), tr("Bon dan pembayarannya tercatat di sini."))

    def tell(self, book: Book) -> None:
        """Another customer, or the same one as they are now."""
        said, customer = book.statement, book.statement.customer
        self.name.setText(customer.name)
        phone = f"…{customer.phone4}" if customer.phone4 else ""
        self.about.setText(" · ".join(part for part in (customer.group, phone, customer.note) if part))
        self.about.setVisible(bool(self.about.text()))
        self.owed.setText(words.balance_text(said.balance) if said.balance <= 0 else format_rupiah(said.balance))
        self.owed.set_token(Token.BATA_TEKS if said.overdue else Token.TINTA)
        badge = words.due_badge(book.due_at, book.now) if said.balance > 0 else None
        if badge:
            self.due.set(*badge)
        self.due.setVisible(badge is not None)
        self.rows.show_rows(_facts(book))
        self.hide_button.set_icon("eye-off" if customer.active else "eye")
        self.hide_button.set_name(tr("Sembunyikan pelanggan") if customer.active else tr("Tampilkan lagi"))
        self.repay_button.setEnabled(said.balance > 0)
        self.remind_button.setEnabled(said.balance > 0)
        self._book.show(said.entries)
        self._pages.setCurrentIndex(0 if said.entries else 1)

    def _build(self) -> None:
        self.view.setModel(self._book)
        self.view.setItemDelegate(BookDelegate(self.view))
        bare_list(self.view)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.about)
        head.addLayout(names, 1)
        head.addWidget(self.edit_button)
        head.addWidget(self.hide_button)
        money = QHBoxLayout()
        money.addWidget(self.owed, 1)
        money.addWidget(self.due, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons, ways_out = QHBoxLayout(), QHBoxLayout()
        for row in (buttons, ways_out):
            row.setSpacing(look().px(8))
        buttons.addWidget(self.repay_button, 1)
        buttons.addWidget(self.old_button, 1)
        ways_out.addWidget(self.print_button, 1)
        for sign in (self.pdf_button, self.remind_button, self.notas_button):
            ways_out.addWidget(sign)
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(12), side, look().px(12))
        box.setSpacing(look().px(8))
        box.addLayout(head)
        box.addLayout(money)
        box.addWidget(self.rows)
        box.addLayout(buttons)
        box.addLayout(ways_out)
        box.addWidget(Rule())
        box.addWidget(self._pages, 1)


def _facts(book: Book) -> list[Row]:
    said, customer = book.statement, book.statement.customer
    limit = format_rupiah(customer.limit) if customer.limit else tr("belum diberi")
    days = tr("{n} hari", n=customer.due_days) if customer.due_days else tr("tanpa tanggal")
    rows = [Row(tr("Batas bon"), f"{limit} · {days}")]
    rows += [Row(word, format_rupiah(amount)) for word, amount in words.ageing_texts(said) if said.overdue]
    if said.titipan:
        rows.append(Row(tr("Titipan di toko"), format_rupiah(said.titipan)))
    for held in book.deposits:
        money = f" ({format_rupiah(held.amount)})" if held.amount else ""
        rows.append(Row(tr("Memegang {n} {name}", n=held.quantity, name=held.name[:40]), money.strip()))
    return rows
