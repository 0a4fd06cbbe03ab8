"""Rows of words with an amount at the right, as on a nota. Own how they are set; never what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, painter_on, text_width

_ROW: Final = 32


class Row(NamedTuple):
    """Left and right words of one row. `good` paints them green: something taken off."""

    left: str
    right: str
    good: bool = False
    strong: bool = False


class Rows(QWidget):
    """Rows of words and amounts; what does not fit is counted in the last one. Amounts never elide."""

    def __init__(self, parent: QWidget | None = None, growing: bool = False) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._growing = growing
        # a growing one gives way down to one row, and never asks for more than its rows
        vertical = QSizePolicy.Policy.Maximum if growing else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self._rows = rows
        self.setAccessibleName(", ".join(f"{row.left} {row.right}".strip() for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(_ROW) * max(1, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(_ROW) if self._growing else self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        height = look().px(_ROW)
        room = max(1, self.height() // height)
        shown = list(self._rows)
        if len(shown) > room:
            hidden = len(shown) - room + 1
            shown = [*shown[: room - 1], Row(tr("{n} barang lagi", n=hidden), "")]
        for place, row in enumerate(shown):
            rect = QRectF(0, place * height, self.width(), height)
            font = look().font(Role.BACA, 700 if row.strong else 500)
            painter.setPen(look().colour(Token.DAUN_TEKS if row.good else Token.TINTA if row.strong else Token.TINTA2))
            painter.setFont(font)
            painter.drawText(rect, RIGHT, row.right)
            left = rect.adjusted(0, 0, -text_width(row.right, font) - look().px(10), 0)
            painter.drawText(left, LEFT, elide_middle(row.left, font, left.width()))
        painter.end()
