"""A ranking: picture, name, figure and a bar for each row, the longest first. Rows can be opened; owns no figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.bar import paint_bar
from pos.ui.widgets.charts.series import Ranked
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, painter_on, text_width


class RankRow(QAbstractButton):
    """One row; a click, Enter or Space opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = Ranked("", "", 0, "")
        self._share = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        return self._row.key

    def show_row(self, row: Ranked, share: float) -> None:
        """`share`: 0..1 of the longest."""
        self._row, self._share = row, share
        self.setAccessibleName(f"{row.name}, {row.said}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(380), look().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        row, rect = self._row, QRectF(self.rect())
        if self.underMouse() or self.isDown():
            paint_ground(painter, rect, look().colour(Token.CEKUNG), None, 10)
        side = float(look().px(42))
        paint_goods(painter, QRectF(2, (rect.height() - side) / 2, side, side), row.name, row.category, row.drawing, 10)
        left = side + look().px(14)
        line = QRectF(left, look().px(3), rect.width() - left - 4, look().px(28))
        bold, plain = look().font(Role.BACA, 600), look().font(Role.BACA, 500)
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(bold)
        painter.drawText(line, RIGHT, row.said)
        painter.setFont(plain)
        painter.drawText(line, LEFT, elide_middle(row.name, plain, line.width() - text_width(row.said, bold) - look().px(12)))
        paint_bar(painter, QRectF(left, line.bottom() + look().px(4), line.width(), look().px(10)), self._share, Token.DAUN)
        if self.hasFocus():
            paint_focus(painter, rect, 10)
        painter.end()


class Ranking(QWidget):
    """Rows from the highest down.

    Signals:
        opened(str): the key of the row that a person wants to see more of.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RankRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(look().px(2))

    def show_rows(self, rows: Sequence[Ranked]) -> None:
        """Other rows, in their order."""
        longest = max((row.value for row in rows), default=0)
        while len(self._rows) < len(rows):
            made = RankRow()
            made.clicked.connect(self._opened)
            self._rows.append(made)
            self._box.addWidget(made)
        for place, shown in enumerate(self._rows):
            shown.setVisible(place < len(rows))
            if place < len(rows):
                shown.show_row(rows[place], rows[place].value / longest if longest > 0 else 0.0)

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, RankRow):
            self.opened.emit(row.key)
