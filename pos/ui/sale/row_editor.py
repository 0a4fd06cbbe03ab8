"""The buttons of the chosen line: one less, how many, one more, away with it. Owns the quantity being typed; decides nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.domain.basket import BasketLine
from pos.domain.money import format_rupiah
from pos.domain.quantity import format_quantity
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.sale.words import unit_price_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import TOUCH, StepButton, on_click, settle
from pos.ui.widgets.painting import CENTRE, LEFT, paint_ground, paint_pixmap, painter_on, step_darker, text_width

_BIN_WIDTH: Final = 54
_LONGEST: Final = 16
_NOTCH: Final = 120
"""Eighths of a degree that a mouse wheel turns in one notch (QWheelEvent)."""


class BinButton(QAbstractButton):
    """Away with the line: a bin, and its key below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_BIN_WIDTH), max(TOUCH, look().px(50)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        fill = step_darker(look().colour(Token.KERTAS), self.isDown(), self.underMouse())
        paint_ground(painter, rect, fill, look().colour(Token.GARIS_KUAT), 12)
        paint_pixmap(painter, icon("trash-2", Token.BATA_TEKS, look().px(21)), QPointF(rect.center().x(), look().px(16)))
        painter.setFont(look().font(Role.TANDA))
        painter.setPen(look().colour(Token.BATA_TEKS))
        painter.drawText(QRectF(0, rect.bottom() - look().px(24), rect.width(), look().px(22)), CENTRE, key_of(Action.REMOVE_LINE))
        painter.end()


class PriceNote(QAbstractButton):
    """`× Rp17.500/kg` with a pencil: a tap opens the line. Without the unit, or only the pencil, where there is no room: an amount is never
    cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_price(self, line: BasketLine) -> None:
        """The unit price of a line."""
        self._texts = (f"× {unit_price_text(line)}", f"× {format_rupiah(line.unit_price)}")
        self.setAccessibleDescription(self._texts[0])
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(120), max(TOUCH, look().px(50)))

    def minimumSizeHint(self) -> QSize:
        return QSize(TOUCH, TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        font, side = look().font(Role.BACA, 400), look().px(22)
        room = self.width() - side - look().px(14)
        text = next((text for text in self._texts if text_width(text, font) <= room), "")
        painter = painter_on(self)
        if self.isDown() or self.underMouse():
            paint_ground(painter, QRectF(self.rect()), step_darker(look().colour(Token.DAUN_MUDA), self.isDown(), hover=True), None, 10)
        painter.setFont(font)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(QRectF(self.rect()).adjusted(look().px(4), 0, 0, 0), LEFT, text)
        at = look().px(4) + (text_width(text, font) + look().px(6) if text else 0) + side / 2
        paint_pixmap(painter, icon("pencil", Token.DAUN_TEKS, side), QPointF(at, self.height() / 2))
        painter.end()


class RowEditor(QWidget):
    """Lies over the chosen row.

    Signals:
        stepped(int): one more (1) or one less (-1).
        typed(str): a quantity was typed and confirmed.
        removed(): away with the line.
        left(): typing ended; the search field may have the focus back.
        opened(): the whole line is to be changed: its unit, its price, what is taken off.
    """

    stepped = Signal(int)
    typed = Signal(str)
    removed = Signal()
    left = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._wheel = 0
        self.minus, self.plus, self.bin = StepButton("minus", ""), StepButton("plus", ""), BinButton()
        self.field = QLineEdit()
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setObjectName("quantity")
        self.field.setMaxLength(_LONGEST)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.price = PriceNote()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.minus, self.field, self.plus):
            row.addWidget(widget)
        row.addSpacing(look().px(6))
        row.addWidget(self.price, 1)
        row.addWidget(self.bin)
        for button in (self.minus, self.plus):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        on_click(self.minus, lambda: self.stepped.emit(-1))
        on_click(self.plus, lambda: self.stepped.emit(1))
        on_click(self.bin, self.removed.emit)
        on_click(self.price, self.opened.emit)
        self.field.returnPressed.connect(self._confirm)
        self.field.textEdited.connect(self._fit)
        self.field.installEventFilter(self)
        look().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        self.minus.set_name(tr("Kurangi satu"))
        self.plus.set_name(tr("Tambah satu"))
        self.bin.setAccessibleName(tr("Hapus baris"))
        self.bin.setToolTip(tr("Hapus baris"))
        self.field.setAccessibleName(tr("Jumlah"))
        self.price.setAccessibleName(tr("Ubah baris"))
        self.price.setToolTip(tr("Satuan, harga, dan potongan baris ini"))

    @property
    def typing(self) -> bool:
        """Whether a quantity is being typed that nobody has confirmed."""
        return self.field.hasFocus() and self.field.text() != self._shown

    def show_line(self, line: BasketLine) -> None:
        """Show the quantity of a line; what was being typed is gone."""
        self._shown = format_quantity(line.quantity, line.factor).replace(".", "")
        self.field.setText(self._shown)
        self.price.show_price(line)
        if self.field.hasFocus():
            self.field.selectAll()
        self._fit()

    def begin_typing(self) -> None:
        """F3: the next digits are the quantity."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def settle(self) -> None:
        """A scan or another line comes: what was typed so far counts."""
        if self.typing:
            self._confirm()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch is one more or one less of the line that the pointer is on."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _NOTCH)
        self._wheel -= steps * _NOTCH
        for _ in range(abs(steps)):
            self.stepped.emit(1 if steps > 0 else -1)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._forget()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._forget()
            self.left.emit()
            return True
        return False

    def _forget(self) -> None:
        self.field.setText(self._shown)
        self._fit()

    def _confirm(self) -> None:
        text = self.field.text()
        if text != self._shown:
            self.typed.emit(text)
        self._forget()
        self.left.emit()

    def _dress(self) -> None:
        self.field.setFont(look().font(Role.SUB, 800))
        self.field.setStyleSheet(
            "QLineEdit#quantity { background: transparent; border: none; padding: 0; min-height: 0; }"
            f" QLineEdit#quantity:focus {{ background: {look().colour(Token.KERTAS).name()};"
            f" border: 2px solid {look().colour(Token.FOKUS).name()}; border-radius: 10px; }}"
        )
        self.field.setFixedHeight(max(TOUCH, look().px(50)))
        self._fit()

    def _fit(self) -> None:
        """As wide as the figure: `1` and `1250,5` both stand between the two buttons."""
        width = text_width(self.field.text() or "0", look().font(Role.SUB, 800)) + look().px(22)
        self.field.setFixedWidth(max(look().px(42), round(width)))
