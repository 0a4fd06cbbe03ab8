"""Begini di kertas: a paper of this shop as the settings would have it, drawn from the bytes of a printer. Owns which is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.printing import DocumentKind
from pos.services.preferences import Preferences
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.theme.look import look
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.paper_view import PaperView

_PAPER_SIDES, _PAPER_ENDS = 58, 44
"""Dots of blank paper that `PaperView` puts round a picture."""
_TYPING_MS: Final = 120
_SHOWN: Final = (
    (DocumentKind.RECEIPT, later("Struk")),
    (DocumentKind.PICKUP, later("Struk ambil")),
    (DocumentKind.DRAWER_REPORT, later("Laporan Z")),
)


class PaperPreview(QWidget):
    """The paper, and which one."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._wanted: Preferences | None = None
        self.which = Segments([(kind.value, tr(words)) for kind, words in _SHOWN])
        self.paper = PaperView()
        # the page scrolls, not the paper in it
        for policy in (self.paper.setVerticalScrollBarPolicy, self.paper.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._draw)
        self.which.chosen.connect(lambda _key: self._draw())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self.which)
        box.addWidget(self.paper)
        self.retranslate()

    def show_kept(self) -> None:
        """As the settings in use have it."""
        self._wanted = None
        self._soon()

    def show_typed(self, preferences: Preferences) -> None:
        """As settings would have it that are not kept yet; drawn when the hand rests."""
        self._wanted = preferences
        self._soon()

    def retranslate(self) -> None:
        self.which.set_words([(kind.value, tr(words)) for kind, words in _SHOWN])
        self.which.setAccessibleName(tr("Kertas yang ditampilkan"))
        self.paper.setAccessibleName(tr("Begini di kertas"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _soon(self) -> None:
        if self.isVisible():
            self._typing.start()

    def _draw(self) -> None:
        self._typing.stop()
        preferences = self._wanted or self._context.preferences
        try:
            picture = self._context.backstage.sample_paper(preferences, DocumentKind(self.which.current()))
        except ShopError:
            # the preview alone must not stand in the way of setting what is wrong
            self.paper.set_picture(None)
            return
        self.paper.set_picture(picture)
        self.paper.setMinimumSize(picture.width + _PAPER_SIDES, picture.height + _PAPER_ENDS)
