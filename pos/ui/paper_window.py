"""Paper on the screen: what a shop without a printer (`screen:`) sees come out. Owns a small window that never takes the keyboard.

Where the till fills the screen the paper lies over it, so it goes away by itself; the nota history has it, too.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.printing import DocumentKind, PrintJob
from pos.ui.context import PaperPicture, UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.settings.typed import ON_SCREEN
from pos.ui.theme.look import look
from pos.ui.widgets.paper_view import PaperView

_LATELY: Final = 10
_HEIGHT: Final = 620
STAYS_MS: Final = 4_000
"""How long a paper lies over the till, unless the pointer is on it."""


class PaperWindow(QWidget):
    """The last paper. Closed it stays away until the next one comes."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        # the counter keeps the keyboard, or the next scan would be lost here
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._anchor = anchor
        self.paper = PaperView()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.paper)
        self._leaving = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._leaving.timeout.connect(self.hide)

    def show_paper(self, picture: PaperPicture) -> None:
        """A paper comes out."""
        self.setWindowTitle(tr("Kertas di layar"))
        self.paper.set_picture(picture)
        width = picture.width + look().px(90)
        self.resize(width, look().px(_HEIGHT))
        if not self.isVisible():
            self._place(width)
            self.show()
        self._leave_later()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Someone reads it."""
        super().enterEvent(event)
        self._leaving.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._leave_later()

    def _leave_later(self) -> None:
        """It goes when it lies over the till, and stays when it was put beside it."""
        if self.frameGeometry().intersects(self._anchor.frameGeometry()):
            self._leaving.start()
        else:
            self._leaving.stop()

    def _place(self, width: int) -> None:
        """Beside the till's window where there is room, else over its left lower part, off the total and the pay button."""
        till, screen = self._anchor.frameGeometry(), QGuiApplication.primaryScreen().availableGeometry()
        beside = till.right() + 8
        fits = beside + width <= screen.right()
        self.move(beside if fits else till.left() + look().px(110), till.top() + look().px(72))


class PaperOnScreen(QObject):
    """Listens for jobs that went to the screen, and shows their paper."""

    def __init__(self, context: UiContext, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._context = context
        self.window = PaperWindow(anchor)
        self._last = max((job.id for job in context.till.store.read.print_jobs(_LATELY)), default=0)
        context.changed.connect(self._changed)
        anchor.destroyed.connect(self.window.deleteLater)

    def _changed(self, changed: Changed) -> None:
        if changed.print_jobs and any(printer.address == ON_SCREEN for printer in self._context.preferences.printers):
            attempt(self._context, self._newest, self._show)

    def _newest(self) -> PrintJob | None:
        jobs = [job for job in self._context.till.store.read.print_jobs(_LATELY) if job.id > self._last]
        papers = [job for job in jobs if job.kind is not DocumentKind.DRAWER_KICK and job.printer == ON_SCREEN and job.data]
        return max(papers, key=lambda job: job.id, default=None)

    def _show(self, job: PrintJob | None) -> None:
        if job is not None:
            self._last = job.id
            self.window.show_paper(self._context.backstage.draw_paper(job.data))
