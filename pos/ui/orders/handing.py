"""Handing an order over by the code that its buyer shows: scanned on any screen, or typed on the board.

Owns the giant confirmation, so that the right bag is handed over; whether a code is right is `services.orders`' to say.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import Order
from pos.services import orders
from pos.services.orders import is_pickup_code as is_pickup_code
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_words
from pos.ui.operations import tell
from pos.ui.orders import board
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.painting import paint_ground, painter_on
from pos.ui.widgets.text import ElidedText, Text

_STAYS_MS: Final = 20_000
_MOST_LINES: Final = 6

HANDED: Final = Changed(orders=True, outbox=True, stock=True)


def hand_over(context: UiContext, code: str, sure: bool = False) -> Order | None:
    """Hand over by a code, scanned or short. None when it was refused, which is said; where a person may do it all the same (not ready yet,
    or past its time), the way on is offered with it."""
    HandedOver.close_all()
    try:
        order = orders.hand_over(context.till, code, sure=sure)
    except ShopError as error:
        if error.code not in (ErrorCode.PICKUP_EARLY, ErrorCode.PICKUP_LATE):
            tell(context, error)
            return None
        said = error_words(error)
        context.sound.emit("error")
        context.offered.emit(said.title, said.sentence, tr("Serahkan"), lambda: hand_over(context, code, True))
        return None
    context.sound.emit("accepted")
    context.changed.emit(HANDED)
    context.backstage.sync_now()
    window = _window()
    if window is not None:
        HandedOver(context, order, window).show()
    else:
        context.told.emit("good", handed_text(order))
    return order


def handed_text(order: Order) -> str:
    """`Pesanan #4821 diserahkan ke Dewi A.`"""
    return tr("Pesanan #{number} diserahkan ke {buyer}", number=order.number, buyer=order.buyer or tr("pembeli"))


def _window() -> QWidget | None:
    """The window that people look at; a dialogue's is the one below it."""
    active = QApplication.activeWindow()
    below = active.parentWidget() if active is not None else None
    if below is not None:
        return below.window()
    return active or next((window for window in QApplication.topLevelWidgets() if window.isVisible() and window.isWindow()), None)


class HandedOver(QWidget):
    """The order that is handed over just now, in figures that are read from a metre away. A press, Esc or the next scan closes it."""

    def __init__(self, context: UiContext, order: Order, window: QWidget) -> None:
        super().__init__(window)
        self.order = order
        box = QVBoxLayout(self)
        side = look().px(28)
        box.setContentsMargins(side, look().px(22), side, look().px(24))
        box.setSpacing(look().px(6))
        box.addWidget(Text(tr("Kodenya cocok. Serahkan:"), Role.JUDUL, Token.DI_TUA2, 600))
        box.addWidget(Text(f"#{order.number}", Role.UANG_KEMBALI, Token.DI_TUA, 800, px=96))
        phone = tr("HP ··{last4}", last4=order.buyer_phone4) if order.buyer_phone4 else ""
        who = " · ".join(part for part in (order.buyer, phone, board.goods_text(order)) if part)
        box.addWidget(ElidedText(who, Role.JUDUL, Token.DI_TUA, 700))
        box.addSpacing(look().px(6))
        for line in order.lines[:_MOST_LINES]:
            box.addLayout(_line(board.count_text(line), board.line_text(line)))
        if len(order.lines) > _MOST_LINES:
            box.addWidget(Text(tr("dan {n} barang lagi", n=len(order.lines) - _MOST_LINES), Role.BACA, Token.DI_TUA2))
        box.addSpacing(look().px(10))
        done = ActionButton(tr("Sudah diserahkan"), "check", kind=Kind.NEXT)
        on_click(done, self.end)
        box.addWidget(done)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(handed_text(order))
        context.changed.connect(self._changed)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self.end)
        self._timer.start()
        self.setFixedWidth(min(look().px(620), window.width() - 32))
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, max(8, (window.height() - self.height()) // 2))
        self.raise_()

    @staticmethod
    def shown() -> list[HandedOver]:
        """What is on the screen now: one, or none."""
        return [card for window in QApplication.topLevelWidgets() for card in window.findChildren(HandedOver) if not card.isHidden()]

    @classmethod
    def close_all(cls) -> None:
        """Before the next code: the last one is history."""
        for card in cls.shown():
            card.end()

    def end(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.clearFocus()
        self.hide()
        self.deleteLater()

    def _changed(self, changed: Changed) -> None:
        if changed.basket:
            self.end()

    def showEvent(self, event: QShowEvent) -> None:
        # Esc closes it, and nothing below it is pressed by a key
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(Token.DAUN_TUA), look().colour(Token.KUNYIT), 16, 3.0)
        painter.end()


def _line(count: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look().px(12))
    figure = Text(count, Role.SUB, Token.DI_TUA, 700)
    figure.setMinimumWidth(look().px(44))
    row.addWidget(figure)
    row.addWidget(ElidedText(text, Role.SUB, Token.DI_TUA, 500), 1)
    return row
