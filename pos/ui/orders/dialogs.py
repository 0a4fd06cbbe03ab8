"""The board's questions: why an order is refused, what to do with what is missing, whether to cross the cap, and the buyer's code.

Each says what will happen, and asks only for what cannot be undone. They decide nothing: what was answered is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from pos.domain.money import format_rupiah
from pos.domain.order import Order, OrderLine
from pos.services.orders import is_pickup_code
from pos.services.views import LineState
from pos.ui.language import later, tr
from pos.ui.orders import board
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import ElidedText, Text

REASONS: Final = (later("Barang habis"), later("Toko tutup"), later("Tidak sempat menyiapkan"))
"""Why a shop says no, as the buyer is told; another reason is typed."""


class RejectDialog(Dialog):
    """Asks why.

    Signals:
        answered(str): the reason as the buyer will read it.
    """

    answered = Signal(str)

    def __init__(self, order: Order, missing: Sequence[OrderLine], parent: QWidget | None = None) -> None:
        super().__init__(tr("Tolak pesanan #{number}?", number=order.number), parent, width=560)
        self._out = ", ".join(line.name for line in missing)
        said = tr("Pembeli diberi tahu alasannya dan uangnya dikembalikan oleh e-Peken. Ini tidak bisa dibatalkan.")
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        self._group = QButtonGroup(self)
        for place, reason in enumerate(REASONS):
            choice = ChoiceCard(tr(reason), self._out if place == 0 else "")
            choice.setMinimumHeight(look().px(64))
            self._group.addButton(choice, place)
            self.body.addWidget(choice)
            choice.toggled.connect(self._changed)
        self._other = TextField(tr("Alasan lain"), tr("Alasan lain"))
        self._other.setMaxLength(120)
        self._other.textChanged.connect(self._changed)
        self.body.addWidget(self._other)
        keep = self.add_button(tr("Jangan ditolak"))
        on_click(keep, self.reject)
        self._refuse = self.add_button(tr("Tolak pesanan"), Kind.DANGER, "x")
        on_click(self._refuse, self._answer)
        keep.setFocus()
        if missing:
            self._group.button(0).setChecked(True)
        self._changed()

    def reason(self) -> str:
        """What is chosen or typed; empty while neither is."""
        typed = self._other.text().strip()
        if typed:
            return typed
        place = self._group.checkedId()
        if place < 0:
            return ""
        return f"{tr(REASONS[0])}: {self._out}" if place == 0 and self._out else tr(REASONS[place])

    def _changed(self) -> None:
        self._refuse.setEnabled(bool(self.reason()))

    def _answer(self) -> None:
        reason = self.reason()
        self.accept()
        self.answered.emit(reason)


class MissingDialog(Dialog):
    """Some lines were not found on the shelf: refuse the order, or say that they are there after all.

    Signals:
        refuse(), all_there()
    """

    refuse = Signal()
    all_there = Signal()

    def __init__(self, missing: Sequence[OrderLine], parent: QWidget | None = None) -> None:
        super().__init__(tr("Ada yang belum dicentang"), parent, width=560)
        for line in missing[:6]:
            row = f"{board.count_text(line)}  {board.line_text(line)}"
            self.body.addWidget(ElidedText(row, Role.SUB, Token.TINTA, 600))
        if len(missing) > 6:
            self.body.addWidget(Text(tr("dan {n} barang lagi", n=len(missing) - 6), Role.BACA, Token.TINTA2))
        said = tr("Kalau tidak ada di rak, tolak pesanannya supaya pembeli tidak menunggu.")
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        refuse = self.add_button(tr("Tidak ada, tolak"), Kind.DANGER)
        there = self.add_button(tr("Masih ada, terima"), Kind.PRIMARY, "check")
        on_click(refuse, lambda: self._say(self.refuse.emit))
        on_click(there, lambda: self._say(self.all_there.emit))
        # a stray space bar must not refuse an order
        there.setFocus()

    def _say(self, tell: object) -> None:
        self.accept()
        tell()  # type: ignore[operator]


class CapDialog(Dialog):
    """This order crosses the e-Peken cap: told before it is accepted.

    Signals:
        go_on()
    """

    go_on = Signal()

    def __init__(self, order: Order, line: LineState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Melewati batas omzet e-Peken"), parent, width=560)
        for words, amount in (
            (tr("Omzet sampai sekarang"), line.cap_used),
            (tr("Pesanan ini"), order.total),
            (tr("Batas"), line.cap_amount),
        ):
            self.body.addLayout(_sum_row(words, format_rupiah(amount)))
        said = tr("Di atas batas, toko tidak tampil lagi di e-Peken sampai hitungan berikutnya. Pesanan ini tetap boleh diterima.")
        self.body.addWidget(Notice("triangle-alert", said, Tone.WAITING))
        keep = self.add_button(tr("Jangan dulu"))
        on_click(keep, self.reject)
        go = self.add_button(tr("Terima juga"), Kind.PRIMARY, "check")
        on_click(go, self._go)

    def _go(self) -> None:
        self.accept()
        self.go_on.emit()


class SureDialog(Dialog):
    """Something that cannot be undone: what will happen, and the verb.

    Signals:
        go_on()
    """

    go_on = Signal()

    def __init__(self, title: str, sentence: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=560)
        self.body.addWidget(Text(sentence, Role.BACA, Token.TINTA2, 400, wrap=True))
        keep = self.add_button(tr("Jangan dulu"))
        on_click(keep, self.reject)
        go = self.add_button(verb, Kind.DANGER)
        on_click(go, self._go)
        keep.setFocus()

    def _go(self) -> None:
        self.accept()
        self.go_on.emit()


def _sum_row(words: str, amount: str) -> QGridLayout:
    row = QGridLayout()
    row.addWidget(Text(words, Role.BACA, Token.TINTA2, 400), 0, 0)
    row.addWidget(Text(amount, Role.SUB, Token.TINTA, 700), 0, 1, Qt.AlignmentFlag.AlignRight)
    return row


class CodeDialog(Dialog):
    """The buyer's code for one order: scanned while this stands, or typed, or pressed on its keys.

    Signals:
        entered(str): a short code was typed, or a pickup code scanned.
    """

    entered = Signal(str)

    _KEYS: Final = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")

    def __init__(self, order: Order, parent: QWidget | None = None) -> None:
        super().__init__(tr("Serahkan pesanan #{number}", number=order.number), parent, width=660)
        self.order_uid = order.uid
        who = " · ".join(part for part in (order.buyer, board.goods_text(order)) if part)
        self.body.addWidget(ElidedText(who, Role.SUB, Token.TINTA, 600))
        said = tr("Pindai QR di ponsel pembeli, atau ketik kode pendeknya.")
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        self._field = TextField(tr("Kode ambil"), tr("misalnya 7K-241"), icon="qr-code", role=Role.JUDUL)
        self._field.setMaxLength(24)
        self._field.setMinimumHeight(look().px(64))
        self.body.addWidget(self._field)
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self.body.addWidget(self._trouble)
        self.body.addLayout(self._pad())
        cancel = self.add_button(tr("Batal"))
        on_click(cancel, self.reject)
        self._go = self.add_button(tr("Serahkan"), Kind.PRIMARY, "hand-heart")
        on_click(self._go, self._enter)
        self._field.textChanged.connect(self._typed)
        self._typed()
        self._field.setFocus()

    def tell(self, trouble: str) -> None:
        """What was wrong with the last code; the field is ready for the next."""
        self._trouble.tell("triangle-alert", trouble, Tone.FAULT)
        self._field.selectAll()
        self._field.setFocus()

    def scanned(self, code: str) -> bool:
        """A scan while this stands is meant for it."""
        if is_pickup_code(code):
            self.entered.emit(code)
        else:
            self.tell(tr("Itu bukan kode ambil. Minta pembeli membuka pesanannya di e-Peken."))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._field.hasFocus():
            # typed by hand: a scanner's Enter never comes this far
            self._enter()
            event.accept()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        self._go.setEnabled(bool(self._field.text().strip()))

    def _enter(self) -> None:
        code = self._field.text().strip()
        if code:
            self.entered.emit(code)

    def _pad(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(look().px(6))
        for letters in self._KEYS:
            row = QGridLayout()
            row.setSpacing(look().px(6))
            for place, letter in enumerate(letters):
                key = _key(letter)
                on_click(key, lambda letter=letter: self._field.insert(letter))  # type: ignore[misc]
                row.addWidget(key, 0, place)
            if letters == self._KEYS[-1]:
                wipe = ActionButton(tr("Hapus huruf"), "delete", kind=Kind.FILL)
                on_click(wipe, self._field.backspace)
                row.addWidget(wipe, 0, len(letters), 1, 10 - len(letters))
            rows.addLayout(row)
        return rows


def _key(letter: str) -> ActionButton:
    key = ActionButton(letter, kind=Kind.FILL, role=Role.SUB)
    key.setMinimumWidth(look().px(48))
    return key
