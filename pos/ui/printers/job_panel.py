"""The chosen print job: what it is, how far, since when, what is known of it, and what can be said to it. Tells what is wanted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.services.paper_views import PrintRow
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.printers.words import ANSWER_ICONS, Answer, answer_text, answers_to, job_title, known_sentence, state_badge
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text

_STRONG: Final = (Answer.AGAIN, Answer.RETRY)
"""What goes on; never both at once."""
_ORDER: Final = (Answer.DROP, Answer.ELSEWHERE, Answer.ON_PAPER, Answer.RETRY, Answer.AGAIN)
_CALM: Final = (Tone.GOOD, Tone.QUIET, Tone.INFORMATION)


class JobPanel(Card):
    """What is known of a job.

    Signals:
        answered(int, Answer): what a person said to it.
    """

    answered = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = 0
        self._title = ElidedText("", Role.JUDUL, Token.TINTA, 800)
        self._state = StateBadge()
        self._known = Notice("info", "", Tone.INFORMATION)
        self._facts = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.buttons = {answer: ActionButton(icon=ANSWER_ICONS[answer]) for answer in Answer}
        for answer, button in self.buttons.items():
            button.once = True
            on_click(button, lambda answer=answer: self.answered.emit(self._job, answer))  # type: ignore[misc]
        head, row = QHBoxLayout(), QHBoxLayout()
        for part in (head, row):
            part.setSpacing(look().px(8))
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        for answer in _ORDER:
            row.addWidget(self.buttons[answer], 1)
            # those that may be given are shown with the job
            self.buttons[answer].hide()
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, look().px(12), side, look().px(14))
        box.setSpacing(look().px(8))
        box.addLayout(head)
        box.addWidget(self._facts)
        box.addWidget(self._known)
        box.addLayout(row)
        self.retranslate()

    def tell(self, row: PrintRow, own: str, goes_to: str, others: bool) -> None:
        """A job. `own`, `goes_to`: names of the printer that it was for and of the one that it went to; `others`: there are more."""
        self._job = row.id
        self._title.setText(job_title(row))
        self._state.set(*state_badge(row))
        facts = [
            goes_to if goes_to == own else tr("{printer}, menggantikan {own}", printer=goes_to, own=own),
            tr("dibuat {at}", at=moment_text(row.created_at)),
            tr("begini sejak {at}", at=moment_text(row.since)),
            tr("dicoba {n} kali", n=row.attempts) if row.attempts else tr("belum dicoba"),
        ]
        self._facts.setText(" · ".join(facts))
        tone, known = state_badge(row)[2], known_sentence(row)
        self._known.tell("info" if tone in _CALM else "circle-help", known, tone if known else Tone.QUIET)
        answers = answers_to(row, others)
        # what goes goes first: all of them side by side would be wider than the window
        for answer in (*(each for each in Answer if each not in answers), *answers):
            self.buttons[answer].set_kind(Kind.PRIMARY if answer in _STRONG else Kind.QUIET)
            self.buttons[answer].setVisible(answer in answers)

    def retranslate(self) -> None:
        for answer, button in self.buttons.items():
            button.setText(answer_text(answer))
