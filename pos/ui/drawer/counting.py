"""Counting the drawer: each note and coin with how many there are. Owns the count while it is made; no sum beyond it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.domain.money import DENOMINATIONS, NOTES, Rupiah, format_figure, format_rupiah
from pos.ui.drawer.count import MOST, CashCount
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import note
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import StepButton, on_click
from pos.ui.widgets.notes import paint_coin
from pos.ui.widgets.painting import RIGHT, painter_on
from pos.ui.widgets.text import Text

_WITH_SUM: Final = 352
"""Pixels of a row with its sum."""


class PiecePicture(QWidget):
    """A note, or a coin with its figure."""

    def __init__(self, piece: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece = piece
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(84), look().px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        if self._piece in NOTES:
            painter.drawPixmap(0, 0, note(self._piece, self.width(), self.height()))
        else:
            side = self.height() - 4.0
            paint_coin(painter, QRectF((self.width() - side) / 2, 2, side, side), format_figure(self._piece))
        painter.end()


class PieceRow(QWidget):
    """How many of one note or coin.

    Signals:
        counted(int, int): (note in rupiah, how many).
    """

    counted = Signal(int, int)

    def __init__(self, piece: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = piece
        self.minus, self.plus = StepButton("minus", ""), StepButton("plus", "")
        self.field = QLineEdit()
        self.field.setObjectName("pieces")
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setValidator(QIntValidator(0, MOST, self))
        self.field.setFixedWidth(look().px(58))
        self.field.setFont(look().font(Role.SUB, 800))
        self.field.setPlaceholderText("0")
        self.field.setStyleSheet("QLineEdit#pieces { padding: 0; }")
        self.sum = Text("", Role.BACA, Token.TINTA2, 600)
        self.sum.setAlignment(RIGHT)
        self.sum.setMinimumWidth(look().px(84))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(PiecePicture(piece))
        for widget in (self.minus, self.field, self.plus):
            row.addWidget(widget)
        row.addWidget(self.sum, 1)
        row.addStretch()
        on_click(self.minus, lambda: self._step(-1))
        on_click(self.plus, lambda: self._step(1))
        self.field.textEdited.connect(self._typed)
        self.show_count(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Names anew."""
        amount = format_rupiah(self.piece)
        self.field.setAccessibleName(tr("Lembar {amount}", amount=amount) if self.piece in NOTES else tr("Keping {amount}", amount=amount))
        self.minus.set_name(tr("{amount} kurangi satu", amount=amount))
        self.plus.set_name(tr("{amount} tambah satu", amount=amount))

    def show_count(self, count: int) -> None:
        """How many there are."""
        self._count = count
        text = str(count) if count else ""
        if self.field.text() != text:
            self.field.setText(text)
        self.sum.setText(format_rupiah(self.piece * count) if count else "–")
        self.minus.setEnabled(count > 0)

    def sizeHint(self) -> QSize:
        return QSize(look().px(270), self.minimumSizeHint().height())

    def _step(self, step: int) -> None:
        self.counted.emit(self.piece, max(0, min(MOST, self._count + step)))

    def _typed(self, text: str) -> None:
        self.counted.emit(self.piece, int(text) if text.isdigit() else 0)


class CountBoard(QWidget):
    """All notes and coins, in two columns.

    Signals:
        changed(CashCount): another count.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = CashCount()
        self.rows = {piece: PieceRow(piece) for piece in DENOMINATIONS}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(20))
        self._grid.setVerticalSpacing(look().px(18))
        each = -(-len(self.rows) // 2)
        for place, row in enumerate(self.rows.values()):
            row.counted.connect(self._counted)
            self._grid.addWidget(row, place % each, place // each)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def retranslate(self) -> None:
        """Names anew."""
        for row in self.rows.values():
            row.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sums of the rows are shown where there is room for them; the total always is."""
        super().resizeEvent(event)
        wide = self.width() >= 2 * look().px(_WITH_SUM) + self._grid.horizontalSpacing()
        for row in self.rows.values():
            row.sum.setVisible(wide)

    def begin(self) -> None:
        """Nothing is counted yet."""
        self._take(CashCount())

    def type_total(self, total: Rupiah | None) -> None:
        """A total said at once: it stands for all; None goes back to the pieces."""
        self.count = self.count.with_total(total)
        self.changed.emit(self.count)

    def _counted(self, piece: Rupiah, count: int) -> None:
        self._take(self.count.with_pieces(piece, count))

    def _take(self, count: CashCount) -> None:
        self.count = count
        for piece, row in self.rows.items():
            row.show_count(count.pieces.get(piece, 0))
        self.changed.emit(count)
