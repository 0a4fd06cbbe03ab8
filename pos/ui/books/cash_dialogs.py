"""Questions of the cash book: what an expense was for, money in or out of an account, a new account. Own what is typed; the verbs own the
rules, and who may is asked by them.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos.domain.cash_book import Account, AccountKind, AccountReason, ExpenseCategory
from pos.domain.cash_movement import LONGEST_NOTE, CashReason
from pos.domain.customer import LONGEST_NAME
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.people import Act, Approval
from pos.services import cash_book, drawer
from pos.ui.books import words
from pos.ui.context import UiContext
from pos.ui.customers.dialogs import Asking
from pos.ui.language import later, tr
from pos.ui.lock.approve import with_approval
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

DRAWER: Final = "drawer"
_ACROSS: Final = 3
_WAYS: Final = {
    "over": later("Dari laci"),
    "back": later("Ke laci"),
    "in": later("Masuk lain"),
    "out": later("Keluar lain"),
    "owner": later("Diambil pemilik"),
}


class AmountAsking(Asking):
    """A dialog about an amount and a few words.

    Signals:
        booked(): it is on disk.
    """

    booked = Signal()

    def __init__(self, context: UiContext, title: str, parent: QWidget | None) -> None:
        super().__init__(context, title, parent, 680)
        self.amount = AmountField(tr("Jumlah"), label=tr("Jumlah"), role=Role.ANGKA)
        self.note = TextField(tr("Keterangan"), tr("boleh kosong"), label=tr("Keterangan (boleh kosong)"))
        self.note.setMaxLength(LONGEST_NOTE)

    def _finish(self, word: str) -> None:
        for part in (self.amount, self.note, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(word, Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.amount.returnPressed.connect(lambda: self.note.setFocus(Qt.FocusReason.TabFocusReason))
        self.note.returnPressed.connect(self._book)
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> Rupiah | None:
        def value() -> Rupiah:
            amount = self.amount.amount()
            if amount <= 0:
                raise ShopError(ErrorCode.TENDER_EMPTY)
            return amount

        return self.read(self.amount, value)

    @abstractmethod
    def _book(self) -> None:
        """What the yes button does."""

    def _done(self, _booked: object) -> None:
        self.accept()
        self.booked.emit()


class ExpenseDialog(AmountAsking):
    """What the shop spends for that buys no goods: out of the drawer or of an account."""

    def __init__(self, context: UiContext, account_uid: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Catat biaya"), parent)
        read = context.till.store.read
        places = [(DRAWER, tr("Laci kasir"))] if read.session() else []
        places += [(row.account.uid, row.account.name[:18]) for row in read.accounts()]
        self.places = Segments(places[:4])
        self.places.setAccessibleName(tr("Dibayar dari"))
        if account_uid:
            self.places.choose(account_uid)
        self.chips = {category: Chip(tr(word)) for category, word in words.EXPENSES.items()}
        group, grid = QButtonGroup(self), QGridLayout()
        grid.setSpacing(look().px(8))
        for place, chip in enumerate(self.chips.values()):
            chip.setCheckable(True)
            group.addButton(chip)
            grid.addWidget(chip, place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignLeft)
        self.chips[ExpenseCategory.ELECTRICITY].setChecked(True)
        self.body.addWidget(Text(tr("Dibayar dari"), Role.BACA, Token.TINTA2, 400))
        self.body.addWidget(self.places)
        self.body.addWidget(Text(tr("Untuk apa?"), Role.BACA, Token.TINTA2, 400))
        self.body.addLayout(grid)
        self._finish(tr("Catat"))

    @property
    def category(self) -> ExpenseCategory:
        return next(category for category, chip in self.chips.items() if chip.isChecked())

    def _book(self) -> None:
        amount = self._typed()
        if amount is None:
            return
        till, place, note, category = self.context.till, self.places.current(), self.note.text(), self.category

        def do(approval: Approval | None) -> object:
            if place == DRAWER:
                return drawer.move_cash(till, -amount, CashReason.EXPENSE, note, approval, category.value)
            return cash_book.book_entry(till, place, -amount, AccountReason.EXPENSE, note, category, approval)

        with_approval(self.context, Act.CASH_OUT, do, self._done, self)


class AccountMoneyDialog(AmountAsking):
    """Money into an account or out of it: from the drawer, into it, of the owner, or of anything else."""

    def __init__(self, context: UiContext, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Uang di {name}", name=account.name[:40]), parent)
        self._account = account
        ways = [(key, tr(word)) for key, word in _WAYS.items() if key not in ("over", "back") or context.till.store.read.session()]
        self.chips = {key: Chip(word) for key, word in ways}
        group, grid = QButtonGroup(self), QGridLayout()
        grid.setSpacing(look().px(8))
        for place, chip in enumerate(self.chips.values()):
            chip.setCheckable(True)
            group.addButton(chip)
            grid.addWidget(chip, place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignLeft)
        next(iter(self.chips.values())).setChecked(True)
        self.body.addLayout(grid)
        self._finish(tr("Catat"))

    def _book(self) -> None:
        amount = self._typed()
        if amount is None:
            return
        way = next(key for key, chip in self.chips.items() if chip.isChecked())
        till, note, uid = self.context.till, self.note.text(), self._account.uid

        def do(approval: Approval | None) -> object:
            if way in ("over", "back"):
                return cash_book.bring_over(till, uid, amount if way == "over" else -amount, note, approval)
            reason = AccountReason.OWNER if way == "owner" else AccountReason.OTHER
            return cash_book.book_entry(till, uid, amount if way == "in" else -amount, reason, note, None, approval)

        with_approval(self.context, Act.CASH_OUT, do, self._done, self)


class AccountForm(Asking):
    """A place where money lies beside the drawer.

    Signals:
        kept(Account): as the store has it now.
    """

    kept = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Kas atau rekening baru"), parent, 560)
        self.name = TextField(tr("Nama"), tr("misalnya BCA toko"), label=tr("Nama (tanpa nomor rekening)"))
        self.name.setMaxLength(2 * LONGEST_NAME)
        self.ways = Segments([(AccountKind.BANK.value, tr("Rekening bank")), (AccountKind.CASH.value, tr("Uang tunai"))])
        self.ways.setAccessibleName(tr("Jenis"))
        self.opening = AmountField(tr("Isinya sekarang"), "0", label=tr("Isinya sekarang"))
        for part in (self.name, self.ways, self.opening, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._keep)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        opening = self.read(self.opening, self._typed)
        if opening is None:
            return
        till, name, kind = self.context.till, self.name.text(), AccountKind(self.ways.current())
        if not any(sign.isalpha() for sign in name):
            self.refuse(self.name, ShopError(ErrorCode.ACCOUNT_NAME_EMPTY))
            return
        with_approval(
            self.context, Act.SETTINGS, lambda approval: cash_book.add_account(till, name, kind, opening, approval), self._done, self
        )

    def _typed(self) -> Rupiah:
        amount = self.opening.amount() if self.opening.text().strip() else 0
        if amount < 0:
            raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.opening.text())
        return amount

    def _done(self, account: Account) -> None:
        self.accept()
        self.kept.emit(account)
