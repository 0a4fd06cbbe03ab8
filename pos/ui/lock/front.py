"""The green side of the lock screen: awning, shop, clock, and what waits behind it. Owns how it looks; repaints once a minute."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.services.ports import Clock
from pos.ui.language import language, tr
from pos.ui.moments import clock_text, wib
from pos.ui.theme.look import look
from pos.ui.theme.pictures import awning
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.painting import painter_on
from pos.ui.widgets.text import ElidedText, Text

_AWNING: Final = 44
_MINUTE_MS: Final = 60_000
_DAYS: Final = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Front(QWidget):
    """Whose shop it is, and what time."""

    def __init__(self, shop: str, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.time = Text("", Role.UANG_BESAR, Token.DI_TUA)
        self.day = Text("", Role.SUB, Token.DI_TUA2, 500)
        self.orders = Text("", Role.SUB, Token.KUNYIT, 700, wrap=True)
        self.behind = Text(
            tr("Data tetap dikirim dan struk tetap dicetak di belakang layar ini."), Role.BACA, Token.DI_TUA2, 400, wrap=True
        )
        name = ElidedText(shop or "e-Peken", Role.JUDUL, Token.DI_TUA, 800)
        box = QVBoxLayout(self)
        side = look().px(36)
        box.setContentsMargins(side, look().px(_AWNING + 40), side, look().px(28))
        box.setSpacing(look().px(6))
        box.addWidget(DrawingLabel("toko", 120))
        box.addWidget(name)
        box.addStretch(1)
        box.addWidget(self.time)
        box.addWidget(self.day)
        box.addStretch(2)
        box.addWidget(self.orders)
        box.addWidget(self.behind)
        self.orders.hide()
        self._tick = QTimer(self, singleShot=True)
        self._tick.timeout.connect(self._show_time)
        self._show_time()

    def tell_orders(self, unseen: int) -> None:
        """How many online orders wait."""
        self.orders.setText(tr("{n} pesanan baru menunggu", n=unseen))
        self.orders.setVisible(unseen > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(Token.REL))
        painter.drawRect(QRectF(self.rect()))
        painter.drawPixmap(QPointF(0, 0), awning(self.width(), look().px(_AWNING)))
        painter.end()

    def _show_time(self) -> None:
        now = self._clock.now()
        days = _DAYS.get(language(), _DAYS["id"])
        self.time.setText(clock_text(now))
        self.day.setText(f"{days[wib(now).weekday()]} {wib(now):%d/%m/%Y}")
        self._tick.start(_MINUTE_MS - now % _MINUTE_MS + 20)
