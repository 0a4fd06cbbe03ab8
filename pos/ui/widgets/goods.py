"""Goods and things as pictures: a product on its ground, a drawing by itself. Own no product."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import drawing, paint_goods
from pos.ui.widgets.painting import paint_pixmap, painter_on


class GoodsPicture(QWidget):
    """A product's drawing or monogram on the ground of its category."""

    def __init__(self, side: int = 48, radius: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._radius = side, radius
        self._goods = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_goods(self, name: str, category: str, drawing_name: str) -> None:
        """Show another product."""
        self._goods = (name, category, drawing_name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(self._side), look().px(self._side))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_goods(painter, QRectF(self.rect()), *self._goods, self._radius)
        painter.end()


class DrawingLabel(QWidget):
    """A drawing by itself: the shop in the rail, the printer on its page."""

    def __init__(self, name: str, px: int = 96, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._px = name, px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_drawing(self, name: str) -> None:
        """Another one."""
        self._name = name
        self.update()

    def set_px(self, px: int) -> None:
        """Another size, in pixels at 100 %."""
        self._px = px
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(self._px), look().px(self._px))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_pixmap(painter, drawing(self._name, look().px(self._px)), QPointF(self.width() / 2, self.height() / 2))
        painter.end()
