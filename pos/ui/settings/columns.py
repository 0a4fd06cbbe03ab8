"""Panels side by side where there is room, below each other where there is not. Owns their place only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Card
from pos.ui.widgets.text import Text

WIDE = 1_000
"""Pixels at 100 % from which two panels stand side by side."""


class Columns(QWidget):
    """Panels with their share of the width."""

    def __init__(self, *panels: tuple[QWidget, int], wide: int = WIDE) -> None:
        super().__init__()
        self._wide = wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(look().px(16))
        self._panels = [panel for panel, _ in panels]
        for panel, share in panels:
            self._box.addWidget(panel, share, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # a panel asks for other room: a paper of another width
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Beside each other where the window has the room, whatever this widget was made to be."""
        window = self.parentWidget()
        room = min(self.width(), window.width()) if window is not None else self.width()
        least = sum(panel.minimumSizeHint().width() for panel in self._panels) + self._box.spacing() * (len(self._panels) - 1)
        side = room >= max(look().px(self._wide), least)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if side else QBoxLayout.Direction.TopToBottom)


class Panel(Card):
    """A card with a head and what stands in it.

    Attributes:
        body: where its content goes.
    """

    def __init__(self, *content: QWidget, token: Token = Token.KERTAS) -> None:
        super().__init__(token=token)
        self._title = Text("", Role.SUB, wrap=True)
        self._title.hide()
        self.body = QVBoxLayout(self)
        side = look().px(20)
        self.body.setContentsMargins(side, look().px(16), side, side)
        self.body.setSpacing(look().px(14))
        self.body.addWidget(self._title)
        for part in content:
            self.body.addWidget(part)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))


def scrolled(content: QWidget) -> QScrollArea:
    """Content that may be taller than the window; it scrolls up and down only."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
