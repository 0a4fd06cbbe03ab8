"""Every key of the till: chosen anew by pressing it, put back, printed as a card. Owns the question; the mapping is `pos.ui.keys`'."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import KeyLine
from pos.services.papers import print_key_card
from pos.ui.context import UiContext
from pos.ui.key_words import action_text
from pos.ui.keys import DEFAULT_KEYS, FIXED, Action, keys_now, with_key, write_keys
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.operations import attempt
from pos.ui.settings.changing import change
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.painting import LEFT, elide_middle, paint_focus, paint_ground, painter_on, step_darker
from pos.ui.widgets.text import Text

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyRow(QAbstractButton):
    """An action and its key; a tap asks for another one."""

    def __init__(self, action: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(action not in FIXED)
        self.show_key("")

    def show_key(self, key: str) -> None:
        """The key that it has."""
        self._key = key
        self.setText(action_text(self.action))
        self.setShortcut(QKeySequence())
        self.setAccessibleName(f"{action_text(self.action)}: {key}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(220), max(48, look().px(50)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        fill = step_darker(look().colour(Token.CEKUNG), self.isDown(), self.underMouse() and self.isEnabled())
        paint_ground(painter, rect, fill, look().colour(Token.GARIS), 8, 1.0)
        if self.hasFocus():
            paint_focus(painter, rect, 8)
        cap, side = key_cap_size(self._key), look().px(14)
        ink = look().colour(Token.TINTA if self.isEnabled() else Token.TINTA3)
        box = QRectF(rect.right() - side - cap.width(), rect.center().y() - cap.height() / 2, cap.width(), cap.height())
        paint_key_cap(painter, box, self._key, ink)
        font = look().font(Role.BACA, 500)
        room = box.left() - 2 * side
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(QRectF(side, 0, room, rect.height()), LEFT, elide_middle(self.text(), font, room))
        painter.end()


class KeyDialog(Dialog):
    """The next key that is pressed is the action's, unless it cannot be; then it says why. Accepted with `keys`."""

    def __init__(self, context: UiContext, action: Action, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tombol untuk “{action}”", action=action_text(action)), parent, 560)
        self._context, self._action = context, action
        self.keys: Mapping[Action, str] = keys_now()
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        now = tr("Sekarang {key}. Tekan tombol yang baru: F1 sampai F12, atau Ctrl dengan huruf.", key=keys_now()[action])
        self.body.addWidget(Text(now, Role.BACA, Token.TINTA2, 400, wrap=True))
        self.body.addWidget(self.trouble)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.usual = self.add_button(tr("Seperti biasa ({key})", key=DEFAULT_KEYS[action]))
        on_click(self.usual, lambda: self._take(DEFAULT_KEYS[action]))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def scanned(self, code: str) -> bool:
        """A scan is no key; it is refused where it is seen."""
        self._complain(tr("Tutup dulu jendela ini, lalu pindai lagi."))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in _MODIFIERS and not event.isAutoRepeat():
            event.accept()
            self._take(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))

    def _take(self, key: str) -> None:
        try:
            self.keys = with_key(keys_now(), self._action, key)
        except ShopError as error:
            self._complain(_why(error))
            return
        self.accept()

    def _complain(self, sentence: str) -> None:
        self._context.sound.emit("error")
        self.trouble.setText(sentence)
        self.trouble.show()


def _why(error: ShopError) -> str:
    taken = error.fields.get("taken")
    if error.code is ErrorCode.KEY_TAKEN and isinstance(taken, Action):
        key = error.fields["key"]
        return tr("{key} sudah untuk “{action}”. Pilih tombol lain, atau ganti yang itu dulu.", key=key, action=action_text(taken))
    return error_sentence(error)


class ShortcutsForm(QWidget):
    """A row an action, in two columns."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.rows = {action: KeyRow(action) for action in Action}
        self.usual = ActionButton("", "rotate-ccw")
        self.card = ActionButton("", "printer")
        self._hint = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        columns = QHBoxLayout()
        columns.setSpacing(look().px(10))
        half = -(-len(self.rows) // 2)
        rows = list(self.rows.values())
        for part in (rows[:half], rows[half:]):
            column = QVBoxLayout()
            column.setSpacing(look().px(6))
            for row in part:
                column.addWidget(row)
                on_click(row, lambda row=row: self._ask(row.action))  # type: ignore[misc]
            column.addStretch(1)
            columns.addLayout(column, 1)
        below = QHBoxLayout()
        below.setSpacing(look().px(8))
        below.addWidget(self.card)
        below.addWidget(self.usual)
        below.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self._hint)
        box.addLayout(columns)
        box.addLayout(below)
        on_click(self.usual, self._reset)
        on_click(self.card, self._print)
        self.retranslate()

    def refresh(self) -> None:
        """The keys in use."""
        for action, row in self.rows.items():
            row.show_key(keys_now()[action])
        self.usual.setEnabled(bool(self._context.preferences.keys))

    def retranslate(self) -> None:
        self._hint.setText(tr("Sentuh satu baris, lalu tekan tombol yang baru. Tulisan di semua tombol layar langsung ikut."))
        self.usual.setText(tr("Kembalikan semua"))
        self.card.setText(tr("Cetak kartu tombol"))
        self.refresh()

    def _ask(self, action: Action) -> None:
        dialog = KeyDialog(self._context, action, self.window())
        dialog.accepted.connect(lambda: change(self._context, keys=write_keys(dialog.keys)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _reset(self) -> None:
        change(self._context, keys="")

    def _print(self) -> None:
        lines = [KeyLine(key, action_text(action)) for action, key in keys_now().items()]
        if attempt(self._context, lambda: print_key_card(self._context.till, lines)):
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.backstage.print_now()
            self._context.told.emit("good", tr("Kartu tombol dicetak."))
