"""A code that an officer approves: shown large and as a QR, with its countdown, and looked after until somebody has decided.

Owns the showing and the turns of looking; what a code is worth is the line's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.services.line_desk import ShownGrant
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.payment.qr_code import QrCode
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.text import Text

_SECOND_MS: Final = 1_000
_LEAST_S: Final = 1.0


class GrantPanel(QWidget):
    """Hidden until a code is asked for.

    Signals:
        paired(str): an officer let this till in; the shop's name.
        failed(ShopError): no code, or none that counts any more: refused, expired, no server.
        slow(): the server takes its time.
    """

    paired = Signal(str)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._working: Operation | None = None
        self._until = 0.0
        self._asking = False
        self._asked = 0
        self._how = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._code = Text("", Role.ANGKA, Token.TINTA, 800, px=32)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._left = Text("", Role.BACA, Token.TINTA2, 500)
        self._left.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._qr = QrCode()
        self.stop_button = ActionButton("", "x")
        self._look = QTimer(self, singleShot=True)
        self._look.timeout.connect(self._poll)
        self._count = QTimer(self, interval=_SECOND_MS)
        self._count.timeout.connect(self._say_left)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        # beside the QR, so that all of it is seen at once on a low screen
        beside, words = QHBoxLayout(), QVBoxLayout()
        words.addStretch(1)
        parts: tuple[QWidget, ...] = (self._code, self._left, self.stop_button)
        for part in parts:
            words.addWidget(part)
        words.addStretch(1)
        beside.addLayout(words, 1)
        beside.addWidget(self._qr, 1)
        box.addWidget(self._how)
        box.addLayout(beside)
        on_click(self.stop_button, self.stop)
        self.hide()

    @property
    def code(self) -> str:
        """What is shown; empty while nothing is."""
        return self._code.text() if not self.isHidden() else ""

    @property
    def busy(self) -> bool:
        """Whether a code is shown or asked for."""
        return self._asking or not self.isHidden()

    def start(self, url: str) -> None:
        """Ask the server at `url` for a code."""
        if self._working is not None:
            return
        self._asked += 1
        self._asking = True
        desk = self._context.backstage.line

        def ask(progress: Progress) -> ShownGrant:
            shown = desk.start_grant(url)
            progress(1, 1)
            return shown

        asked = self._asked
        self._working = run(self._context, ask, lambda shown: self._show(shown, asked), lambda error: self._give_up(error, asked))
        self._working.slow.connect(self.slow)
        self._working.ended.connect(self._ended)

    def stop(self) -> None:
        """Nobody waits for the code any more."""
        self._asked += 1
        self._rest()
        self._context.backstage.line.end_grant()

    def retranslate(self) -> None:
        self._how.setText(tr("Bacakan kode ini ke petugas e-Peken, atau biarkan petugas memindai QR-nya. Layar ini berlanjut sendiri."))
        self.stop_button.setText(tr("Batal"))
        if not self.isHidden():
            self._say_left()

    def _show(self, shown: ShownGrant, asked: int) -> None:
        if asked != self._asked:
            return
        self._code.setText(shown.code)
        self._code.setAccessibleName(tr("Kode untuk petugas {code}", code=" ".join(shown.code)))
        self._qr.show_text(shown.qr, tr("QR untuk petugas, {place}", place=shown.place))
        self._qr.updateGeometry()
        self._until = self._context.till.clock.monotonic() + shown.seconds
        self._say_left()
        self._asking = False
        self.show()
        self._count.start()
        self._look.start(round(shown.interval * 1_000))

    def _poll(self) -> None:
        if self.isHidden() or self._working is not None:
            return
        desk, asked = self._context.backstage.line, self._asked

        def look_once(progress: Progress) -> tuple[str, float]:
            found = desk.poll_grant()
            progress(1, 1)
            return found

        self._working = run(self._context, look_once, lambda found: self._looked(found, asked), lambda error: self._give_up(error, asked))
        self._working.ended.connect(self._ended)

    def _looked(self, found: tuple[str, float], asked: int) -> None:
        name, interval = found
        if name:
            # also where it was stopped meanwhile: the officer has let this till in
            self._rest()
            self.paired.emit(name)
        elif asked == self._asked:
            self._look.start(round(max(interval, _LEAST_S) * 1_000))

    def _give_up(self, error: ShopError, asked: int) -> None:
        if asked == self._asked:
            self._rest()
            self.failed.emit(error)

    def _rest(self) -> None:
        self._asking = False
        self._look.stop()
        self._count.stop()
        self.hide()

    def _say_left(self) -> None:
        left = max(0, round(self._until - self._context.till.clock.monotonic()))
        self._left.setText(tr("Berlaku {minutes}.{seconds} lagi", minutes=left // 60, seconds=f"{left % 60:02}"))

    def _ended(self) -> None:
        self._working = None
