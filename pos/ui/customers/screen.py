"""Bon: the shop's customers, who owes what, and paying it back. Owns the search, the filter and the choice of a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.business_day import business_day
from pos.domain.changed import Changed
from pos.domain.credit import CreditEntry, CreditKind
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure, format_rupiah
from pos.services import credit, customers
from pos.services.history_parts import Part, part_name
from pos.services.paying_views import CustomerFilter, CustomerRow
from pos.ui.books.paper import save_paper
from pos.ui.context import Screen, UiContext
from pos.ui.customers.dialogs import CustomerForm, OldDebtDialog, RepayDialog
from pos.ui.customers.model import ROW, CustomerDelegate, CustomersModel
from pos.ui.customers.panel import Book, CustomerPanel
from pos.ui.customers.reminder import reminder_text
from pos.ui.customers.words import FILTERS
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.operations import attempt, tell
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.scroll import bare_list
from pos.ui.widgets.text import Text

_TYPING_MS: Final = 90
_LIST_WIDE: Final = 560
_BESIDE_FROM: Final = 1_080


class CustomersScreen(Screen):
    """The room `customers`."""

    key = "customers"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._which = CustomerFilter.ALL
        self._chosen = ""
        self._model = CustomersModel(lambda: self.context.till.store.read, lambda: self.context.till.clock.now())
        self._view = QListView()
        self._search = SearchField(key=key_of(Action.SEARCH))
        self._new = ActionButton(icon="user-plus", kind=Kind.PRIMARY, role=Role.BACA)
        self._owed = Text("", Role.SUB, Token.TINTA, 700)
        self._chips = {which: Chip() for which in FILTERS}
        self.panel = CustomerPanel()
        self._begin = ActionButton(icon="user-plus", kind=Kind.PRIMARY)
        self._empty = EmptyState("toko", "", "", self._begin)
        self._nothing = EmptyState("kosong_nota", "", px=112)
        self._list, self._whole = QStackedWidget(), QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is not None and not (changed.customers or changed.sales):
            return
        read = self.context.till.store.read
        counts = {which: read.customers_total("", which) for which in FILTERS}
        for which, chip in self._chips.items():
            late = which is CustomerFilter.OVERDUE and counts[which]
            chip.set_count(format_figure(counts[which]), Token.BATA_TEKS if late else Token.TINTA2)
        self._chips[CustomerFilter.GONE].setVisible(bool(counts[CustomerFilter.GONE]))
        self._owed.setText(tr("Utang semua {amount}", amount=format_rupiah(read.credit_owed_in_all())))
        self._whole.setCurrentIndex(0 if counts[CustomerFilter.ALL] + counts[CustomerFilter.GONE] else 1)
        self._look_up()

    def open_part(self, part: str) -> None:
        """A customer by their uid (`go("customers#...")`)."""
        self._chosen = part
        self.refresh()

    def part_shown(self) -> str:
        return self._chosen

    def scanned(self, code: str) -> bool:
        return False

    def retranslate(self) -> None:
        self._search.set_words(tr("Cari pelanggan"), tr("Cari nama, kelompok, atau 4 angka HP"))
        self._new.setText(tr("Pelanggan baru"))
        self._begin.setText(tr("Pelanggan baru"))
        self._view.setAccessibleName(tr("Daftar pelanggan"))
        for which, chip in self._chips.items():
            chip.setText(tr(FILTERS[which]))
        self._empty.set_words(tr("Belum ada pelanggan"), tr("Catat siapa yang boleh bon. Cukup nama panggilannya."))
        self._nothing.set_words(tr("Tidak ketemu"), tr("Coba sebagian namanya, atau tambah pelanggan baru."))
        self.panel.retranslate()
        self.refresh()

    def help_text(self) -> str:
        return tr(
            "Pelanggan dan buku utangnya. Di Kasir, pilih pelanggan dengan F6, lalu bayar dengan Bon. Bayar utang di sini: "
            "boleh sebagian, struknya tercetak. Merah berarti lewat jatuh tempo. Batas bon bisa dilewati dengan PIN pemilik. "
            "Dari nomor HP hanya 4 angka terakhir yang disimpan."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(CustomerDelegate(self._model, self._view))
        bare_list(self._view)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self._view)
        for page in (ground, self._nothing):
            self._list.addWidget(page)
        group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(look().px(8))
        for which, chip in self._chips.items():
            group.addButton(chip)
            chip.setCheckable(True)
            chips.addWidget(chip)
            on_click(chip, lambda which=which: self._filter(which))  # type: ignore[misc]
        self._chips[CustomerFilter.ALL].setChecked(True)
        chips.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self._owed, 1)
        below.addWidget(self._new)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(look().px(10))
        left.addWidget(self._search)
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
        box.setContentsMargins(look().px(16), look().px(8), look().px(16), look().px(16))
        box.addWidget(self._whole)

    def _connect(self) -> None:
        self._view.selectionModel().currentChanged.connect(lambda index, _before: self._choose(index))
        self._search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(lambda: self._look_up(keep=False))
        for button in (self._new, self._begin):
            on_click(button, lambda: self._edit(None))
        panel = self.panel
        panel.edit.connect(lambda: self._with_chosen(self._edit))
        panel.repay.connect(lambda: self._with_chosen(self._repay))
        panel.old_debt.connect(lambda: self._with_chosen(self._old_debt))
        panel.print_book.connect(lambda: self._with_chosen(self._print))
        panel.save_page.connect(lambda: self._with_chosen(self._save_page))
        panel.notas.connect(lambda: self._with_chosen(self._notas))
        panel.remind.connect(lambda: self._with_chosen(self._remind))
        panel.hide_or_show.connect(lambda: self._with_chosen(self._hide_or_show))
        panel.entry.connect(self._open_entry)
        shortcut = QShortcut(QKeySequence(key_of(Action.SEARCH)), self)
        shortcut.activated.connect(self._search.setFocus)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _filter(self, which: CustomerFilter) -> None:
        self._which = which
        self._look_up(keep=False)

    def _look_up(self, keep: bool = True) -> None:
        """Read the list. `keep`: whoever is shown stays so, though not among those that are listed: paid just now, or asked for by name."""
        chosen = self._chosen
        self._model.show(self._search.text().strip(), self._which)
        place = self._model.place_of(chosen)
        self._list.setCurrentIndex(0 if self._model.rowCount() else 1)
        if self._model.rowCount() and not (place is None and chosen and keep):
            self._view.setCurrentIndex(self._model.index(place or 0))
        self._show()

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, CustomerRow):
            self._chosen = row.customer.uid
        self._show()

    def _show(self) -> None:
        read, till = self.context.till.store.read, self.context.till
        known = bool(self._chosen) and read.customer(self._chosen) is not None
        self.panel.setVisible(known)
        if not known:
            return
        said = credit.statement(till, self._chosen)
        due = min((debt.due_at for debt in said.debts if debt.due_at), default=0)
        self.panel.tell(Book(said, due, read.deposits(self._chosen), till.clock.now()))

    # --- what a person wants ----------------------------------------------------------------------------------------

    def _with_chosen(self, act: Callable[[Customer], object]) -> None:
        customer = self.context.till.store.read.customer(self._chosen)
        if customer is None:
            tell(self.context, ShopError(ErrorCode.CUSTOMER_NOT_FOUND))
        else:
            act(customer)

    def _edit(self, customer: Customer | None) -> None:
        dialog = CustomerForm(self.context, customer, self.window())
        dialog.kept.connect(self._kept)
        self._open(dialog)

    def _kept(self, customer: Customer) -> None:
        self._chosen = customer.uid
        self._search.clear()
        self.context.changed.emit(Changed(customers=True))

    def _repay(self, customer: Customer) -> None:
        if self.context.till.store.read.session() is None:
            tell(self.context, ShopError(ErrorCode.NO_CASH_SESSION))
            return
        dialog = RepayDialog(self.context, customer, self.context.till.store.read.credit_balance(customer.uid), self.window())
        dialog.booked.connect(self._repaid)
        self._open(dialog)

    def _repaid(self, entry: CreditEntry) -> None:
        self._booked(entry)
        words = tr("Dibayar {amount}.", amount=format_rupiah(-entry.amount))
        rest = tr("Sisa utang {amount}.", amount=format_rupiah(entry.balance)) if entry.balance else tr("Lunas.")
        back = tr("Kembali {amount}.", amount=format_rupiah(entry.change)) if entry.change else ""
        self.context.told.emit("good", " ".join(part for part in (words, rest, back) if part))

    def _old_debt(self, customer: Customer) -> None:
        dialog = OldDebtDialog(self.context, customer, self.context.till.store.read.credit_balance(customer.uid), self.window())
        dialog.booked.connect(self._booked)
        self._open(dialog)

    def _booked(self, _entry: CreditEntry) -> None:
        self.context.changed.emit(Changed(customers=True, session=True, outbox=True, print_jobs=True))
        self.context.backstage.print_now()
        self.context.backstage.sync_now()

    def _print(self, customer: Customer) -> None:
        def queued(_done: None) -> None:
            self.context.backstage.print_now()
            self.context.changed.emit(Changed(print_jobs=True))
            self.context.told.emit("good", tr("Buku utang dikirim ke printer."))

        attempt(self.context, lambda: credit.print_statement(self.context.till, customer.uid), queued)

    def _save_page(self, customer: Customer) -> None:
        title = tr("Buku utang {name}", name=customer.name[:40])
        save_paper(self.context, self.window(), title, lambda: credit.statement_page(self.context.till, customer.uid))

    def _notas(self, customer: Customer) -> None:
        """Of the year up to today: what they bought, on credit or not."""
        last = business_day(self.context.till.clock.now(), self.context.till.rules.day_cutoff)
        self.context.go.emit(f"history#{part_name(Part(last - timedelta(days=365), last, None, 'customer', customer.uid))}")

    def _remind(self, customer: Customer) -> None:
        """The message goes to the clipboard: who sends it, and by what, is the shop's own."""
        till = self.context.till
        text = reminder_text(credit.statement(till, customer.uid), till.store.read.shop().name, till.clock.now())
        QGuiApplication.clipboard().setText(text)
        self.context.told.emit("good", tr("Pesan pengingat disalin. Tempelkan di WhatsApp."))

    def _hide_or_show(self, customer: Customer) -> None:
        def done(_customer: Customer) -> None:
            self.context.changed.emit(Changed(customers=True))
            if customer.active:
                sentence = tr("{name} tidak tampil lagi di daftar. Bukunya tetap ada.", name=customer.name[:40])
                self.context.offered.emit(tr("Pelanggan disembunyikan"), sentence, tr("Kembalikan"), lambda: self._hide_or_show(_customer))

        attempt(self.context, lambda: customers.hide_customer(self.context.till, customer.uid, hidden=customer.active), done)

    def _open_entry(self, entry_uid: str) -> None:
        """A nota of the book is shown in the history; a repayment's receipt is printed once more."""
        entry = self.context.till.store.read.credit_entry(entry_uid)
        if entry is None:
            return
        if entry.kind in (CreditKind.SALE, CreditKind.CORRECTION):
            self.context.go.emit(f"history#{entry.uid}")
        elif entry.kind is CreditKind.REPAYMENT and attempt(
            self.context, lambda: credit.print_repayment_again(self.context.till, entry_uid)
        ):
            self.context.backstage.print_now()
            self.context.told.emit("good", tr("Salinan struk dikirim ke printer."))

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        # not every desktop gives the keys back to the window by itself
        dialog.finished.connect(lambda _result: self.window().activateWindow())
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_BESIDE_FROM)
        self._left.setFixedWidth(look().px(_LIST_WIDE) if wide else self.width() * 45 // 100)
