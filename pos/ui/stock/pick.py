"""The field in which goods are found, by a scan or by name, and the hits below it. Owns what is typed; gives the unit that is meant."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.product import SellableUnit
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import on_hand_text
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.stock.rows import Line, LineList
from pos.ui.theme.look import look
from pos.ui.widgets.fields import SearchField

_TYPING_MS: Final = 90
_MOST: Final = 6


class PickField(QWidget):
    """Search and hits.

    Signals:
        picked(SellableUnit): these goods.
    """

    picked = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.field = SearchField(icon="scan-barcode", key=key_of(Action.SEARCH))
        self.hits = LineList()
        self.hits.hide()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(4))
        box.addWidget(self.field)
        box.addWidget(self.hits)
        self._typing.timeout.connect(self._look_up)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._enter)
        self.hits.wanted.connect(self._take)
        shortcut = QShortcut(QKeySequence(key_of(Action.SEARCH)), self)
        shortcut.activated.connect(self.field.setFocus)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.set_words(tr("Pindai atau cari barang"), tr("Pindai, atau ketik nama barang"))
        self.hits.setAccessibleName(tr("Hasil pencarian"))

    def scanned(self, code: str) -> bool:
        """A code: its goods are picked; one that nobody knows is said. True: it was taken."""
        unit = self._context.till.store.read.find_unit(code)
        if unit is None:
            self._context.sound.emit("unknown")
            self._context.told.emit("fault", tr("Kode {code} belum terdaftar. Tambahkan dulu di Barang.", code=code[:18]))
            return True
        self._context.sound.emit("accepted")
        self.picked.emit(unit)
        return True

    def _look_up(self) -> None:
        text = self.field.text().strip()
        hits = self._context.till.store.read.search(text, _MOST) if text else []
        self.hits.rows.show(
            [Line(hit.unit_uid, hit.name, hit.category, on_hand_text(hit.on_hand, hit.factor, hit.unit_name)) for hit in hits]
        )
        self.hits.setVisible(bool(hits))
        self.hits.setFixedHeight(min(3, len(hits)) * look().px(73) + 2)

    def _enter(self) -> None:
        self._typing.stop()
        self._look_up()
        if self.hits.rows.lines:
            self._take(self.hits.rows.lines[0].key)

    def _take(self, unit_uid: str) -> None:
        unit = self._context.till.store.read.unit(unit_uid)
        self.field.clear()
        self._typing.stop()
        self._look_up()
        if isinstance(unit, SellableUnit):
            self.picked.emit(unit)
