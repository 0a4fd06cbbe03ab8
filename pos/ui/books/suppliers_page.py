"""Suppliers, what they are owed and paying them; or those whose goods are sold on consignment. Owns the search and the choice of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure, format_rupiah
from pos.domain.supplier import Supplier, SupplierEntry
from pos.services import book_papers, suppliers
from pos.services.supplier_views import SupplierFilter
from pos.ui.books import words
from pos.ui.books.dialogs import AdjustDialog, PayDialog, SendBackDialog, SupplierForm
from pos.ui.books.panel import Shown, SupplierPanel
from pos.ui.books.paper import print_paper, save_paper
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt, tell
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.ledger import LINE, LedgerModel, Line, LineDelegate, ledger_view
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_TYPING_MS: Final = 90
_LIST_WIDE: Final = 520
_BESIDE_FROM: Final = 1_080


class SuppliersPage(QWidget):
    """A page of the books. `consigned`: only those that leave goods here, and the goods instead of their book."""

    def __init__(self, context: UiContext, consigned: bool) -> None:
        super().__init__()
        self.context, self._consigned = context, consigned
        self._which = SupplierFilter.CONSIGNMENT if consigned else SupplierFilter.ALL
        self.chosen = ""
        self._model = LedgerModel()
        self._view = ledger_view(self._model, LineDelegate())
        self.search = SearchField()
        self._new = ActionButton(icon="user-plus", role=Role.BACA)
        self._owed = Text("", Role.BACA, Token.TINTA, 700)
        self._owed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._chips = {} if consigned else {which: Chip() for which in words.FILTERS}
        self.panel = SupplierPanel(consigned)
        self._begin = ActionButton(icon="user-plus", kind=Kind.NEXT)
        self._empty = EmptyState("toko", "", "", self._begin)
        self._nothing = EmptyState("kosong_nota", "", px=112)
        self._list, self._whole = QStackedWidget(), QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.search.set_words(tr("Cari pemasok"), tr("Cari nama, atau 4 angka HP"))
        self._new.setText(tr("Pemasok baru"))
        self._begin.setText(tr("Pemasok baru"))
        self._view.setAccessibleName(tr("Daftar pemasok"))
        for which, chip in self._chips.items():
            chip.setText(tr(words.FILTERS[which]))
        if self._consigned:
            sentence = tr("Kue, kerupuk, jajan yang dititip: catat pemiliknya. Barangnya dibayar kalau sudah laku.")
            self._empty.set_words(tr("Belum ada titip jual"), sentence)
        else:
            self._empty.set_words(tr("Belum ada pemasok"), tr("Catat agen dan sales langganan, supaya yang belum dibayar kelihatan."))
        self._nothing.set_words(tr("Tidak ketemu"), tr("Coba sebagian namanya, atau tambah pemasok baru."))
        self.panel.retranslate()

    def refresh(self) -> None:
        """Read everything again."""
        read = self.context.till.store.read
        counts = {which: len(read.suppliers("", which)) for which in SupplierFilter}
        for which, chip in self._chips.items():
            chip.set_count(format_figure(counts[which]), Token.TINTA2)
        if SupplierFilter.GONE in self._chips:
            self._chips[SupplierFilter.GONE].setVisible(bool(counts[SupplierFilter.GONE]))
        known = counts[SupplierFilter.CONSIGNMENT] if self._consigned else counts[SupplierFilter.ALL] + counts[SupplierFilter.GONE]
        rows = read.suppliers("", SupplierFilter.CONSIGNMENT) if self._consigned else read.suppliers()
        owed = sum(row.balance for row in rows if row.balance > 0)
        self._owed.setText(tr("Jumlah {amount}", amount=format_rupiah(owed)))
        self._whole.setCurrentIndex(0 if known else 1)
        self._look_up()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self._view)
        self._list.addWidget(ground)
        self._list.addWidget(self._nothing)
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for which, chip in self._chips.items():
            group.addButton(chip)
            chip.setCheckable(True)
            chips.addWidget(chip)
            on_click(chip, lambda which=which: self._filter(which))  # type: ignore[misc]
        if self._chips:
            self._chips[SupplierFilter.ALL].setChecked(True)
        chips.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self._owed, 1)
        below.addWidget(self._new)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(look().px(10))
        left.addWidget(self.search)
        if self._chips:
            left.addLayout(chips)
        left.addWidget(self._list, 1)
        left.addLayout(below)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(self._left)
        row.addWidget(self.panel, 1)
        self._whole.addWidget(both)
        self._whole.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._whole)

    def _connect(self) -> None:
        self._view.selectionModel().currentChanged.connect(lambda index, _before: self._choose(index))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(lambda: self._look_up(keep=False))
        for button in (self._new, self._begin):
            on_click(button, lambda: self._edit(None))
        panel = self.panel
        panel.edit.connect(lambda: self._with_chosen(self._edit))
        panel.pay.connect(lambda: self._with_chosen(self._pay))
        panel.adjust.connect(lambda: self._with_chosen(self._adjust))
        panel.print_book.connect(lambda: self._with_chosen(self._print))
        panel.save_page.connect(lambda: self._with_chosen(self._save_page))
        panel.send_back.connect(lambda: self._with_chosen(self._send_back))
        panel.hide_or_show.connect(lambda: self._with_chosen(self._hide_or_show))
        panel.opened.connect(self._open_row)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _filter(self, which: SupplierFilter) -> None:
        self._which = which
        self._look_up(keep=False)

    def _look_up(self, keep: bool = True) -> None:
        """Read the list. `keep`: whoever is shown stays so, though not among those that are listed."""
        chosen, now = self.chosen, self.context.till.clock.now()
        self._model.show(
            [
                Line(
                    row.supplier.uid,
                    row.supplier.name,
                    words.about_supplier(row),
                    words.owed_text(row.balance),
                    words.supplier_due(row, now),
                    late=bool(row.due_at) and row.due_at < now and row.balance > 0,
                    faint=not row.balance,
                )
                for row in self.context.till.store.read.suppliers(self.search.text().strip(), self._which)
            ]
        )
        place = self._model.place_of(chosen)
        self._list.setCurrentIndex(0 if self._model.rowCount() else 1)
        if self._model.rowCount() and not (place is None and chosen and keep):
            self._view.setCurrentIndex(self._model.index(place or 0))
        self._show()

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(LINE) if index.isValid() else None
        if isinstance(row, Line):
            self.chosen = row.key
        self._show()

    def _show(self) -> None:
        till = self.context.till
        known = bool(self.chosen) and till.store.read.supplier(self.chosen) is not None
        self.panel.setVisible(known)
        if not known:
            return
        book = suppliers.book(till, self.chosen)
        due = min((debt.due_at for debt in book.debts if debt.due_at), default=0)
        goods = till.store.read.consigned_goods(self.chosen) if self._consigned else []
        self.panel.tell(Shown(book, due, goods, till.clock.now()))

    # --- what a person wants ----------------------------------------------------------------------------------------

    def _with_chosen(self, act: Callable[[Supplier], object]) -> None:
        supplier = self.context.till.store.read.supplier(self.chosen)
        if supplier is None:
            tell(self.context, ShopError(ErrorCode.SUPPLIER_NOT_FOUND))
        else:
            act(supplier)

    def _edit(self, supplier: Supplier | None) -> None:
        dialog = SupplierForm(self.context, supplier, self._consigned, self.window())
        dialog.kept.connect(self._kept)
        self._open(dialog)

    def _kept(self, supplier: Supplier) -> None:
        self.chosen = supplier.uid
        self.search.clear()
        self.context.changed.emit(Changed(suppliers=True))

    def _pay(self, supplier: Supplier) -> None:
        dialog = PayDialog(self.context, supplier, self.context.till.store.read.supplier_balance(supplier.uid), self.window())
        dialog.booked.connect(self._paid)
        self._open(dialog)

    def _paid(self, entry: SupplierEntry) -> None:
        self._booked(entry)
        paid = tr("Dibayar {amount}.", amount=format_rupiah(-entry.amount))
        rest = tr("Sisa {amount}.", amount=format_rupiah(entry.balance)) if entry.balance else tr("Lunas.")
        self.context.told.emit("good", f"{paid} {rest}")

    def _adjust(self, supplier: Supplier) -> None:
        dialog = AdjustDialog(self.context, supplier, self.context.till.store.read.supplier_balance(supplier.uid), self.window())
        dialog.booked.connect(self._booked)
        self._open(dialog)

    def _send_back(self, supplier: Supplier) -> None:
        """The goods that are chosen in the list; the first that are there where none are."""
        goods = [item for item in self.context.till.store.read.consigned_goods(supplier.uid) if item.on_hand > 0]
        if not goods:
            return
        key = self.panel.chosen_key()
        dialog = SendBackDialog(self.context, supplier, next((item for item in goods if item.product_uid == key), goods[0]), self.window())
        dialog.booked.connect(self._sent_back)
        self._open(dialog)

    def _sent_back(self) -> None:
        self.context.changed.emit(Changed(suppliers=True, stock=True, goods=True, outbox=True))
        self.context.backstage.sync_now()
        self.context.told.emit("good", tr("Tercatat di kartu stok."))

    def _booked(self, entry: SupplierEntry) -> None:
        from_drawer = bool(entry.session_uid)
        self.context.changed.emit(Changed(suppliers=True, session=from_drawer, outbox=from_drawer, print_jobs=from_drawer))
        if from_drawer:
            self.context.backstage.print_now()
            self.context.backstage.sync_now()

    def _print(self, supplier: Supplier) -> None:
        print_paper(self.context, lambda: book_papers.print_supplier(self.context.till, supplier.uid, self._consigned))

    def _save_page(self, supplier: Supplier) -> None:
        name = supplier.name[:40]
        title = tr("Titip jual {name}", name=name) if self._consigned else tr("Buku pemasok {name}", name=name)
        till, consigned = self.context.till, self._consigned
        save_paper(self.context, self.window(), title, lambda: book_papers.supplier_page(till, supplier.uid, consigned))

    def _hide_or_show(self, supplier: Supplier) -> None:
        def done(_supplier: Supplier) -> None:
            self.context.changed.emit(Changed(suppliers=True))
            if supplier.active:
                sentence = tr("{name} tidak tampil lagi di daftar. Bukunya tetap ada.", name=supplier.name[:40])
                self.context.offered.emit(tr("Pemasok disembunyikan"), sentence, tr("Kembalikan"), lambda: self._hide_or_show(_supplier))

        attempt(self.context, lambda: suppliers.hide_supplier(self.context.till, supplier.uid, hidden=supplier.active), done)

    def _open_row(self, key: str) -> None:
        """The nota behind goods that were sold; other entries say all there is."""
        sale_uid, dash, _ = key.partition("-")
        if dash:
            self.context.go.emit(f"history#{sale_uid}")

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        # not every desktop gives the keys back to the window by itself
        dialog.finished.connect(lambda _result: self.window().activateWindow())
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_BESIDE_FROM)
        self._left.setFixedWidth(look().px(_LIST_WIDE) if wide else self.width() * 45 // 100)
