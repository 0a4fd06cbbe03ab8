"""Cash in or out without a sale: how much, why, a few words. Owns what is typed; the verb owns the rule."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos.domain.cash_book import ExpenseCategory
from pos.domain.cash_movement import IN_REASONS, LONGEST_NOTE, OUT_REASONS, CashMovement, CashReason
from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.people import Act, Approval
from pos.services import drawer
from pos.ui.books.words import EXPENSES
from pos.ui.context import UiContext
from pos.ui.drawer.words import reason_text
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.notes import NoteButton
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_NOTES: Final = (100_000, 50_000, 20_000, 10_000)
_ACROSS: Final = 4


class CashDialog(Dialog):
    """Accepted once it is booked."""

    def __init__(self, context: UiContext, out: bool, parent: QWidget | None = None) -> None:
        super().__init__(tr("Uang keluar") if out else tr("Uang masuk"), parent, 680)
        self._context, self._out = context, out
        reasons = OUT_REASONS if out else IN_REASONS
        self.chips = {reason: Chip(reason_text(reason)) for reason in reasons}
        self.amount = AmountField(tr("Jumlah uang"), label=tr("Jumlah uang"), role=Role.ANGKA)
        self.notes = [NoteButton(note) for note in _NOTES]
        self.categories = {category: Chip(tr(word)) for category, word in EXPENSES.items()} if out else {}
        self.note = TextField(tr("Keterangan"), tr("misalnya: beli plastik"), label=tr("Keterangan (boleh kosong)"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self._build()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def scanned(self, code: str) -> bool:
        """A scan is no amount; it is refused where it is seen, and nothing of it is typed."""
        self._context.sound.emit("error")
        self._complain(tr("Tutup dulu jendela ini, lalu pindai lagi."))
        return True

    def _build(self) -> None:
        self._group = QButtonGroup(self)
        reasons, notes = QGridLayout(), QGridLayout()
        reasons.setSpacing(look().px(8))
        for place, chip in enumerate(self.chips.values()):
            self._group.addButton(chip)
            on_click(chip, self._show_categories)
            reasons.addWidget(chip, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        next(iter(self.chips.values())).setChecked(True)
        notes.setSpacing(look().px(8))
        notes.setContentsMargins(0, 0, 0, 0)
        for place, button in enumerate(self.notes):
            on_click(button, lambda amount=button.amount: self._add(amount))  # type: ignore[misc]
            notes.addWidget(button, 0, place)
        self.body.addWidget(Text(tr("Untuk apa?"), Role.SUB))
        self.body.addLayout(reasons)
        self.body.addWidget(self.amount)
        self._purse = QWidget()
        self._purse.setLayout(notes)
        self.body.addWidget(self._purse)
        self.body.addWidget(self._spent_for())
        self.body.addWidget(self.note)
        self.body.addWidget(self.trouble)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Keluarkan") if self._out else tr("Masukkan"), Kind.PRIMARY, "hand-coins")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.amount.returnPressed.connect(lambda: self.note.setFocus(Qt.FocusReason.TabFocusReason))
        self.note.returnPressed.connect(self._book)

    def _spent_for(self) -> QWidget:
        """What an expense is for: in the place of the notes to press, while an expense is what it is."""
        self._expenses, grid, group = QWidget(), QGridLayout(), QButtonGroup(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look().px(8))
        for place, chip in enumerate(self.categories.values()):
            group.addButton(chip)
            grid.addWidget(chip, place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignLeft)
        if self.categories:
            self.categories[ExpenseCategory.OTHER].setChecked(True)
        self._expenses.setLayout(grid)
        self._expenses.hide()
        return self._expenses

    def _show_categories(self) -> None:
        spent = self._reason() is CashReason.EXPENSE
        self._expenses.setVisible(spent)
        self._purse.setVisible(not spent)
        self.adjustSize()

    def _category(self) -> str:
        """Of an expense only."""
        chosen = next((category.value for category, chip in self.categories.items() if chip.isChecked()), "")
        return chosen if self._reason() is CashReason.EXPENSE else ""

    def _add(self, amount: Rupiah) -> None:
        try:
            before = self.amount.amount() if self.amount.text() else 0
        except ShopError:
            before = 0
        self.amount.set_amount(before + amount)

    def _reason(self) -> CashReason:
        return next(reason for reason, chip in self.chips.items() if chip.isChecked())

    def _book(self) -> None:
        self.trouble.hide()
        self.amount.set_faulty(False)
        try:
            amount = self.amount.amount()
            if amount <= 0:
                raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.amount.text())
        except ShopError as error:
            self.amount.set_faulty(True)
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self._context.sound.emit("error")
            self._complain(error_sentence(error))
            return
        reason, note, signed, category = self._reason(), self.note.text(), -amount if self._out else amount, self._category()

        def do(approval: Approval | None) -> CashMovement:
            return drawer.move_cash(self._context.till, signed, reason, note, approval, category)

        with_approval(self._context, Act.CASH_OUT, do, self._booked, self)

    def _booked(self, movement: CashMovement) -> None:
        self.accept()
        self._context.changed.emit(Changed(session=True, outbox=True, print_jobs=True))
        self._context.backstage.sync_now()
        self._context.backstage.print_now()
        amount = format_rupiah(abs(movement.amount))
        words = tr("Keluar {amount}.", amount=amount) if self._out else tr("Masuk {amount}.", amount=amount)
        self._context.told.emit("good", f"{words} {reason_text(movement.reason)}.")

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
