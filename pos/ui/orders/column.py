"""A column of the board: its name and count on a band of its colour, its cards below, scrolled by themselves. Owns no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.ui.language import later, tr
from pos.ui.orders.board import Column
from pos.ui.orders.card import OrderCard
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, paint_ground, paint_pixmap, painter_on
from pos.ui.widgets.text import Text

_BAND: Final = 48
_NARROW: Final = 360
"""Pixels below which cards leave icons away."""


class Band(NamedTuple):
    """How a column is headed: icon, words, ground, ink, and what it says while it is empty."""

    icon: str
    words: str
    ground: Token
    ink: Token
    empty: str


BANDS: Final[dict[Column, Band]] = {
    Column.NEW: Band("bell", later("Baru"), Token.KUNYIT, Token.DI_KUNYIT, later("Tidak ada pesanan baru. Yang masuk berbunyi sendiri.")),
    Column.PACKING: Band(
        "package-open", later("Disiapkan"), Token.NILA, Token.DI_NILA, later("Pesanan yang sudah diterima dikemas di sini.")
    ),
    Column.READY: Band(
        "package-check", later("Siap diambil"), Token.DAUN, Token.DI_DAUN, later("Pesanan yang sudah dikemas menunggu pembeli di sini.")
    ),
}


class BoardColumn(QWidget):
    """One column. `set_cards` takes the widgets in their order; those that are gone are the caller's to delete."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band = BANDS[column]
        self._count = 0
        self._cards: list[OrderCard] = []
        self._empty = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._inside = QWidget()
        self._box = QVBoxLayout(self._inside)
        side = look().px(10)
        self._box.setContentsMargins(side, side, side, side)
        self._box.setSpacing(side)
        self._box.addWidget(self._empty)
        self._box.addStretch(1)
        scroll = scrolled(self._inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, look().px(_BAND), 0, look().px(6))
        whole.addWidget(scroll)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def set_cards(self, cards: Sequence[OrderCard]) -> None:
        """Stand these below each other; those that stand right already are not touched."""
        self._cards = list(cards)
        self._count = len(cards)
        self._tell_width()
        self._empty.setVisible(not cards)
        for place, card in enumerate(cards, start=1):
            item = self._box.itemAt(place)
            if item is None or item.widget() is not card:
                self._box.insertWidget(place, card)
                card.show()
        self.setAccessibleName(f"{tr(self._band.words)}: {self._count}")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tell_width()

    def _tell_width(self) -> None:
        narrow = self.width() < look().px(_NARROW)
        for card in self._cards:
            card.set_narrow(narrow)

    def retranslate(self) -> None:
        self._empty.setText(tr(self._band.empty))
        self.setAccessibleName(f"{tr(self._band.words)}: {self._count}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(290), look().px(220))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        whole = QRectF(self.rect())
        ground = look().colour(Token.CEKUNG if look().dark else Token.TEKAN)
        paint_ground(painter, whole, ground, look().colour(Token.GARIS) if look().dark else None, 14, 1.0)
        band = QRectF(0, 0, self.width(), look().px(_BAND))
        shape = QPainterPath()
        shape.addRoundedRect(band.adjusted(0, 0, 0, 20), 14, 14)
        painter.save()
        painter.setClipRect(band)
        painter.fillPath(shape, look().colour(self._band.ground))
        painter.restore()
        self._paint_words(painter, band)
        painter.end()

    def _paint_words(self, painter: QPainter, band: QRectF) -> None:
        side = look().px(26)
        paint_pixmap(painter, picture(self._band.icon, self._band.ink, side), QPointF(look().px(28), band.center().y()))
        painter.setPen(look().colour(self._band.ink))
        painter.setFont(look().font(Role.SUB, 700, 22))
        painter.drawText(band.adjusted(look().px(50), 0, -look().px(60), 0), LEFT, tr(self._band.words))
        painter.setFont(look().font(Role.SUB, 800, 24))
        painter.drawText(band.adjusted(0, 0, -look().px(18), 0), RIGHT, str(self._count))
