"""The chosen supplier: what is owed and since when, then their book or the goods they left here. Tells what is wanted; acts on nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.money import format_rupiah
from pos.domain.supplier import SupplierBook
from pos.services.supplier_views import ConsignedGoods
from pos.ui.books import words
from pos.ui.customers.words import due_badge
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card, Rule
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.ledger import LINE, LedgerModel, Line, LineDelegate, ledger_view
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the panel shows of a supplier. `goods`: those on consignment; `now`: UTC ms."""

    book: SupplierBook
    due_at: int
    goods: Sequence[ConsignedGoods]
    now: int


class SupplierPanel(Card):
    """What is known of a supplier.

    Args:
        consigned: shows the goods they left here instead of their book.

    Signals:
        pay(), edit(), adjust(), print_book(), save_page(), send_back(), hide_or_show(): what a person wants.
        opened(str): key of a row that was opened: an entry of the book, or a product.
    """

    pay = Signal()
    edit = Signal()
    adjust = Signal()
    print_book = Signal()
    save_page = Signal()
    send_back = Signal()
    hide_or_show = Signal()
    opened = Signal(str)

    def __init__(self, consigned: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._consigned = consigned
        self.name = ElidedText("", Role.JUDUL, Token.TINTA, 800)
        self.about = ElidedText("", Role.BACA, Token.TINTA2, 400)
        self.owed = Text("", Role.ANGKA, Token.TINTA, 800)
        self.due = StateBadge()
        self.rows = Rows()
        self.edit_button, self.hide_button = IconButton("pencil", ""), IconButton("eye-off", "")
        self.pdf_button, self.print_button = IconButton("file-down", ""), IconButton("printer", "")
        self.pay_button = ActionButton("", "hand-coins", kind=Kind.NEXT, role=Role.SUB)
        self.other_button = ActionButton("", "book-open")
        self.back_button = ActionButton("", "undo-2")
        self.back_button.setVisible(False)
        self._model = LedgerModel()
        self.view = ledger_view(self._model, LineDelegate())
        self.empty = EmptyState("kosong_barang" if consigned else "kosong_nota", "", px=90)
        self._build()
        for button, signal in (
            (self.edit_button, self.edit),
            (self.hide_button, self.hide_or_show),
            (self.pdf_button, self.save_page),
            (self.print_button, self.print_book),
            (self.pay_button, self.pay),
            (self.other_button, self.adjust),
            (self.back_button, self.send_back),
        ):
            on_click(button, signal.emit)
        self.view.activated.connect(lambda index: self.opened.emit(index.data(LINE).key))
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.edit_button.set_name(tr("Ubah pemasok"))
        self.pay_button.setText(tr("Bayar"))
        self.other_button.setText(tr("Koreksi"))
        self.back_button.setText(tr("Kirim balik"))
        self.pdf_button.set_name(tr("Simpan PDF"))
        if self._consigned:
            self.print_button.set_name(tr("Cetak nota titip jual"))
            self.view.setAccessibleName(tr("Barang titipan"))
            self.empty.set_words(tr("Belum ada barang titipan"), tr("Di Barang, isi pemilik titipan pada barangnya."))
        else:
            self.print_button.set_name(tr("Cetak buku pemasok"))
            self.view.setAccessibleName(tr("Buku pemasok"))
            self.empty.set_words(tr("Belum ada catatan"), tr("Barang masuk dan pembayarannya tercatat di sini."))

    def tell(self, shown: Shown) -> None:
        """Another supplier, or the same one as they are now."""
        book, supplier = shown.book, shown.book.supplier
        self.name.setText(supplier.name)
        phone = f"…{supplier.phone4}" if supplier.phone4 else ""
        self.about.setText(" · ".join(part for part in (phone, supplier.note) if part))
        self.about.setVisible(bool(self.about.text()))
        self.owed.setText(words.owed_text(book.balance) if book.balance <= 0 else format_rupiah(book.balance))
        self.owed.set_token(Token.BATA_TEKS if book.overdue else Token.TINTA)
        badge = due_badge(shown.due_at, shown.now) if book.balance > 0 else None
        if badge:
            self.due.set(*badge)
        self.due.setVisible(badge is not None)
        self.rows.show_rows(self._facts(shown))
        self.rows.setVisible(bool(self._facts(shown)))
        self.hide_button.set_icon("eye-off" if supplier.active else "eye")
        self.hide_button.set_name(tr("Sembunyikan pemasok") if supplier.active else tr("Tampilkan lagi"))
        self.pay_button.setEnabled(book.balance > 0)
        self.back_button.setVisible(self._consigned)
        self.back_button.setEnabled(any(item.on_hand > 0 for item in shown.goods))
        lines = self._goods(shown.goods) if self._consigned else self._entries(book)
        self._model.show(lines)
        self._pages.setCurrentIndex(0 if lines else 1)

    def chosen_key(self) -> str:
        """Key of the row that is chosen; that of the first where none is."""
        index = self.view.currentIndex()
        row = (index if index.isValid() else self._model.index(0)).data(LINE)
        return row.key if isinstance(row, Line) else ""

    def _facts(self, shown: Shown) -> list[Row]:
        if not self._consigned:
            days = shown.book.supplier.terms_days
            rows = [Row(tr("Tempo bayar"), tr("{n} hari", n=days) if days else tr("bayar langsung"))]
            return rows + [Row(word, format_rupiah(amount)) for word, amount in words.ageing_texts(shown.book) if shown.book.overdue]
        rows = [Row(tr("Terjual sejak dibayar terakhir"), format_rupiah(sum(item.owed for item in shown.goods)))]
        if unpriced := sum(1 for item in shown.goods if item.unpriced > 0):
            rows.append(Row(tr("{n} barang belum ada harga titipnya", n=unpriced), tr("isi harga modal")))
        return rows

    def _goods(self, goods: Sequence[ConsignedGoods]) -> list[Line]:
        return [
            Line(
                item.product_uid,
                item.name or tr("barang yang sudah dihapus"),
                words.left_text(item),
                format_rupiah(item.owed),
                words.sold_text(item),
                late=item.unpriced > 0,
                faint=not item.owed,
            )
            for item in goods
        ]

    def _entries(self, book: SupplierBook) -> list[Line]:
        return [
            Line(
                entry.uid,
                words.entry_text(entry),
                words.when_text(entry.at),
                format_rupiah(entry.amount),
                tr("jadi {amount}", amount=format_rupiah(entry.balance)),
                good=entry.amount < 0,
            )
            for entry in reversed(book.entries)
        ]

    def _build(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.about)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        for button in (self.print_button, self.pdf_button, self.edit_button, self.hide_button):
            head.addWidget(button)
        # a large sum may take the whole line: its date stands below it
        self.owed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(8))
        buttons.addWidget(self.pay_button, 1)
        buttons.addWidget(self.back_button, 1)
        buttons.addWidget(self.other_button, 1)
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(12), side, look().px(12))
        box.setSpacing(look().px(8))
        box.addLayout(head)
        box.addWidget(self.owed)
        box.addWidget(self.due, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.rows)
        box.addLayout(buttons)
        box.addWidget(Rule())
        box.addWidget(self._pages, 1)
