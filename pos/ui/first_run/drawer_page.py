"""The guide's step of the drawer: open it once, and say whether it did. Owns what was answered on this visit; opening is
`services.drawer`'s."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.changed import Changed
from pos.domain.people import Act
from pos.services.drawer import open_drawer
from pos.ui.context import UiContext
from pos.ui.first_run.pages import Page
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.text import Text


class DrawerPage(Page):
    """A button, and the question whether it opened."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._opened = False
        self.button = ActionButton("", "archive")
        self._asked = Text("", Role.SUB, Token.TINTA, 600, wrap=True)
        self._asked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.yes, self.no, self.note = ActionButton("", "check"), ActionButton("", "x"), Note()
        self._later = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        answers = QHBoxLayout()
        answers.setSpacing(look().px(12))
        answers.addStretch(1)
        for answer in (self.yes, self.no):
            answers.addWidget(answer)
        answers.addStretch(1)
        panel = Panel()
        panel.body.addSpacing(look().px(12))
        panel.body.addWidget(DrawingLabel("laci", 144), 0, Qt.AlignmentFlag.AlignHCenter)
        panel.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        panel.body.addWidget(self._asked)
        panel.body.addLayout(answers)
        panel.body.addSpacing(look().px(12))
        for part in (panel, self.note, self._later):
            self.box.addWidget(part)
        self.box.addStretch(1)
        on_click(self.button, self.open)
        on_click(self.yes, lambda: self._answer(True))
        on_click(self.no, lambda: self._answer(False))
        self._ask(False)

    @property
    def done(self) -> bool:
        return self._opened

    def open(self) -> None:
        """Open it now; where roles count, as somebody who may."""
        till = self.context.till
        verb = lambda approval: open_drawer(till, approval)  # noqa: E731 -- asked for again with an approval
        with_approval(self.context, Act.OPEN_DRAWER, verb, lambda _nothing: self._sent(), self.window())

    def retranslate(self) -> None:
        self.button.setText(tr("Buka laci sekarang"))
        self._asked.setText(tr("Lacinya terbuka?"))
        self.yes.setText(tr("Ya, terbuka"))
        self.no.setText(tr("Tidak"))
        self._later.setText(tr("Belum punya laci uang? Lewati saja: uangnya bisa di laci meja."))
        self.note.retranslate()

    def _sent(self) -> None:
        self.note.clear()
        self._ask(True)
        self.context.changed.emit(Changed(print_jobs=True))
        self.context.backstage.print_now()

    def _ask(self, asked: bool) -> None:
        for part in (self._asked, self.yes, self.no):
            part.setVisible(asked)

    def _answer(self, opened: bool) -> None:
        self._opened = opened
        self._ask(False)
        if opened:
            self.note.say(Tone.GOOD, tr("Laci jalan: terbuka sendiri setiap dibayar tunai."))
        else:
            self.note.say(
                Tone.INFORMATION,
                tr("Cek kabelnya: ujung seperti kabel telepon, dicolok ke belakang printer. Cek juga kuncinya, lalu coba lagi."),
            )
        self.told.emit()
