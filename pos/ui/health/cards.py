"""What waits for a person, as cards: doubtful print jobs with their answers, operations that were not taken. Own their looks only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pos.ui.health.stuck import StuckJob, StuckOperation
from pos.ui.language import tr
from pos.ui.printers.words import ANSWER_ICONS, answer_text
from pos.ui.settings.columns import Panel
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.card import Rule
from pos.ui.widgets.text import Text

_MOST: Final = 8
"""Rows of a kind that are drawn; the rest is counted."""


class RowsCard(Panel):
    """A panel whose rows come and go; hidden while it has none."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(8))
        self.body.addLayout(self._rows)
        self._more = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.body.addWidget(self._more)
        self.hide()

    def fill(self, rows: Sequence[QWidget], left_out: int) -> None:
        """Show these instead of the last ones; `left_out` more are only counted."""
        _empty(self._rows)
        for number, row in enumerate(rows):
            if number:
                self._rows.addWidget(Rule())
            self._rows.addWidget(row)
            row.show()
        self._more.setText(tr("dan {n} lagi.", n=left_out))
        self._more.setVisible(left_out > 0)
        self.setVisible(bool(rows))


class JobsCard(RowsCard):
    """Signals:
    answered(int, Answer): what a person said to a job.
    """

    answered = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: list[StuckJob] = []

    def show_jobs(self, jobs: list[StuckJob]) -> None:
        """The jobs that ask for an answer."""
        if jobs != self._jobs:
            self._jobs = jobs
            self.fill([self._row(job) for job in jobs[:_MOST]], len(jobs) - _MOST)

    def retranslate(self) -> None:
        self.set_title(tr("Cetakan yang perlu dijawab"))
        # their words are made anew by the page, which asks for them in the new language
        self._jobs = []

    def _row(self, job: StuckJob) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(job.title, Role.BACA, Token.TINTA, 600, wrap=True))
        words.addWidget(Text(job.sentence, Role.BACA, Token.TINTA2, 400, wrap=True))
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(8))
        box.addLayout(words, 1)
        for answer in job.answers:
            button = ActionButton(answer_text(answer), ANSWER_ICONS[answer])
            on_click(button, lambda answer=answer: self.answered.emit(job.job, answer))  # type: ignore[misc]
            box.addWidget(button)
        return row


class OperationsCard(RowsCard):
    """What the server did not take, with the code for the officer.

    Signals:
        seen(str): a person knows of an operation, and it is no trouble any more.
    """

    seen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._operations: list[StuckOperation] = []

    def show_operations(self, operations: list[StuckOperation]) -> None:
        if operations != self._operations:
            self._operations = operations
            self.fill([self._row(operation) for operation in operations[:_MOST]], len(operations) - _MOST)

    def retranslate(self) -> None:
        self.set_title(tr("Kiriman yang tertahan"))
        self._operations = []

    def _row(self, operation: StuckOperation) -> QWidget:
        said = (operation.sentence, operation.small)
        if not operation.new:
            return words_row(operation.title, said)
        known = ActionButton(tr("Sudah saya lihat"), "eye")
        on_click(known, lambda: self.seen.emit(operation.id))
        return words_row(operation.title, said, known)


def words_row(title: str, sentences: Sequence[str], *ways: ActionButton) -> QWidget:
    """What is, why, the small print; and at the right the ways on."""
    row, words = QWidget(), QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(title, Role.BACA, Token.TINTA, 600, wrap=True))
    for place, sentence in enumerate(sentences):
        words.addWidget(Text(sentence, Role.BACA, Token.TINTA3 if place else Token.TINTA2, 400, wrap=True))
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(look().px(8))
    box.addLayout(words, 1)
    for way in ways:
        box.addWidget(way)
    return row


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
