"""F1: what the screen one is on is for, in its own words, and the keys it has. Owns no wording of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.context import Screen
from pos.ui.key_words import action_text, keys_of_room
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.shell.areas import scrolled
from pos.ui.shell.rooms import BY_KEY
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import key_cap_size, paint_key_cap
from pos.ui.widgets.card import Rule
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.painting import painter_on
from pos.ui.widgets.text import Text


class KeyCap(QWidget):
    """A key as it is printed on its button."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return key_cap_size(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_key_cap(painter, QRectF(self.rect()), self._key, look().colour(Token.TINTA))
        painter.end()


class HelpDialog(Dialog):
    """The screen's own help, sentence by sentence, then its keys. A scan closes it and does what it always does."""

    def __init__(self, room: str, text: str, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        """`actions`: what the keys of this screen do, in the order they are told."""
        super().__init__(tr("Bantuan: {room}", room=room), parent, 760)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look().px(10), 0)
        column.setSpacing(look().px(8))
        for sentence in [line for line in text.split("\n") if line.strip()] or [tr("Belum ada bantuan untuk layar ini.")]:
            column.addWidget(Text(sentence, Role.BACA, Token.TINTA, 500, wrap=True))
        column.addSpacing(look().px(4))
        column.addWidget(Rule())
        column.addLayout(_keys(actions))
        column.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(min(look().px(478), inside.sizeHint().height() + look().px(8)))
        self.body.addWidget(area)

    def scanned(self, code: str) -> bool:
        """Not for the help: it steps aside."""
        self.reject()
        return False


def help_of(screen: Screen, window: QWidget) -> HelpDialog:
    """The help of a room; it goes when it is closed."""
    return _passing(HelpDialog(tr(BY_KEY[screen.key].word), screen.help_text(), keys_of_room(screen.key), window))


def help_of_lock(window: QWidget) -> HelpDialog:
    """The help of the lock screen."""
    lines = (
        tr("Pilih namamu dengan sentuhan atau angkanya, lalu ketik PIN dan tekan Buka kunci. Keranjang yang tadi tetap ada."),
        tr("Lupa PIN? Pemilik bisa memberi PIN baru di Orang. Pemilik yang lupa dibantu petugas e-Peken."),
    )
    return _passing(HelpDialog(tr("Kunci layar"), "\n".join(lines), (Action.HELP, Action.BACK), window))


def _passing(dialog: HelpDialog) -> HelpDialog:
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _keys(actions: Sequence[Action]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(look().px(12))
    grid.setVerticalSpacing(look().px(8))
    half = -(-len(actions) // 2)
    for place, action in enumerate(actions):
        column, row = divmod(place, half)
        words = Text(action_text(action), Role.BACA, Token.TINTA2, 500)
        words.setAccessibleName(f"{key_of(action)}: {action_text(action)}")
        grid.addWidget(KeyCap(key_of(action)), row, 2 * column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(words, row, 2 * column + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid
