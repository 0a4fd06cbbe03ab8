"""New online orders make themselves heard until someone opens them: a toast, and a sound that comes again. Owns when it is silent.

The toast steps aside with the next ring: what it covers is worked on. The pill in the header goes on saying it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer

from pos.services.line_views import LostStep
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.orders.board import lost_text
from pos.ui.widgets.toast import Toast, ToastStack

AGAIN_MS: Final = 20_000


class OrderAlarm(QObject):
    """Sounds while there are orders that nobody has seen.

    Attributes:
        ringing: whether it will sound again.
    """

    def __init__(self, context: UiContext, toasts: ToastStack, go: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._toasts, self._go = context, toasts, go
        self._toast: Toast | None = None
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._again)
        # a window that is gone is not rung for, and what the alarm would read is closed
        toasts.destroyed.connect(self._timer.stop)

    @property
    def ringing(self) -> bool:
        return self._timer.isActive()

    def came(self, uids: tuple[str, ...]) -> None:
        """Orders came in."""
        if not uids:
            return
        self._left = 0
        self._show(len(uids))
        self._context.sound.emit("new_order")
        self._timer.start()

    def lost(self, steps: Sequence[LostStep]) -> None:
        """Steps of the shop that the server did not take: said at once, and on their cards until someone has seen it."""
        for step in steps:
            order = self._context.till.store.read.order(step.order)
            number = order.number if order is not None else step.order[:6]
            self._context.told.emit("fault", f"#{number}. {lost_text(f'{step.command}:{step.code}')}")

    def look(self, unseen: int, in_orders: bool) -> None:
        """How many are unseen now. In the room of orders, or with none left, it is silent."""
        if in_orders or not unseen:
            self._timer.stop()
            self._drop()
            self._left = unseen
        elif unseen <= self._left and not self._timer.isActive():
            # someone stood before them just now, and left them: no need to be told at once
            self._timer.start()
        elif not self._timer.isActive():
            # they waited since before this start, or came while the till was closed
            self._show(unseen)
            self._context.sound.emit("new_order")
            self._timer.start()

    def _show(self, how_many: int) -> None:
        self._drop()
        title = tr("Pesanan baru!") if how_many == 1 else tr("{n} pesanan baru!", n=how_many)
        sentence = tr("Lihat apakah barangnya masih ada di rak.")
        self._toast = self._toasts.show_toast(
            "order", title, sentence, [(tr("Nanti"), self._later, False), (tr("Lihat pesanan"), self._open, True)]
        )
        self._toast.gone.connect(self._forget)

    def _open(self) -> None:
        self._timer.stop()
        self._go("orders")

    def _later(self) -> None:
        """The toast goes, the sound comes again: the order still waits."""

    def _again(self) -> None:
        self._drop()
        if self._context.till.store.read.unseen_orders():
            self._context.sound.emit("new_order")
        else:
            self._timer.stop()

    def _drop(self) -> None:
        if self._toast is not None:
            self._toast.close_now()

    def _forget(self) -> None:
        self._toast = None
