"""F1: what the screen one is on is for, in its own words, and every key of the till. Owns no wording of a screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.keys import DEFAULT_KEYS, Action
from pos.ui.language import later, tr
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import key_cap_size, paint_key_cap
from pos.ui.widgets.card import Rule
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.painting import painter_on
from pos.ui.widgets.text import Text

WORDS: Final[dict[Action, str]] = {
    Action.HELP: later("Bantuan"),
    Action.SEARCH: later("Cari barang"),
    Action.QUANTITY: later("Ubah jumlah"),
    Action.HOLD: later("Simpan dulu"),
    Action.RECALL: later("Lanjutkan"),
    Action.PRICE_CHECK: later("Cek harga"),
    Action.PAY: later("Bayar, selesai"),
    Action.REPRINT: later("Cetak ulang"),
    Action.EXACT_CASH: later("Uang pas"),
    Action.REMOVE_LINE: later("Hapus baris"),
    Action.UNDO: later("Urungkan"),
    Action.REDO: later("Ulangi"),
    Action.BACK: later("Kembali, tutup"),
}


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
    """The screen's own help, sentence by sentence, then the keys. A scan closes it and does what it always does."""

    def __init__(self, room: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Bantuan: {room}", room=room), parent, 760)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look().px(10), 0)
        column.setSpacing(look().px(8))
        for sentence in [line for line in text.split("\n") if line.strip()] or [tr("Belum ada bantuan untuk layar ini.")]:
            column.addWidget(Text(sentence, Role.BACA, Token.TINTA, 500, wrap=True))
        column.addSpacing(look().px(4))
        column.addWidget(Rule())
        column.addLayout(self._keys())
        column.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(look().px(478))
        self.body.addWidget(area)

    def scanned(self, code: str) -> bool:
        """Not for the help: it steps aside."""
        self.reject()
        return False

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(12))
        grid.setVerticalSpacing(look().px(8))
        half = -(-len(WORDS) // 2)
        for place, (action, word) in enumerate(WORDS.items()):
            column, row = divmod(place, half)
            grid.addWidget(KeyCap(DEFAULT_KEYS[action]), row, 2 * column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Text(tr(word), Role.BACA, Token.TINTA2, 500), row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid
