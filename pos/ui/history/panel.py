"""The chosen nota: its facts, how far its struk is, the answer to a doubtful one, and printing it again. Tells what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import format_rupiah
from pos.domain.printing import PrintJob, PrintState
from pos.domain.sale import Sale, short_number
from pos.ui.history import words
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, Rule
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Nota:
    """A sale, whether the server has it, and its struk jobs from the original to the last copy."""

    sale: Sale
    synced: bool
    jobs: tuple[PrintJob, ...]

    @property
    def doubtful(self) -> PrintJob | None:
        """The newest job that a person has to look for."""
        return next((job for job in reversed(self.jobs) if job.state in (PrintState.UNKNOWN, PrintState.FAILED)), None)


class NotaPanel(Card):
    """What is known of a nota.

    Signals:
        reprint(): a SALINAN is wanted.
        answered(int, bool): of a doubtful job by its id, whether it is on paper.
    """

    reprint = Signal()
    answered = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job_id = 0
        self._compact = False
        self._title = Text("", Role.JUDUL, Token.TINTA, 800)
        self._printed = StateBadge()
        self._sent = StateBadge()
        self._rows = QWidget()
        self._rows_box = QVBoxLayout(self._rows)
        self._rows_box.setContentsMargins(0, 0, 0, 0)
        self._rows_box.setSpacing(look().px(6))
        self._doubt = Notice("circle-help", "", Tone.FAULT)
        self._on_paper = ActionButton(icon="check")
        self._again = ActionButton(icon="rotate-ccw")
        self._reprint = ActionButton(icon="printer", key=key_of(Action.REPRINT), kind=Kind.PRIMARY)
        on_click(self._reprint, self.reprint.emit)
        on_click(self._on_paper, lambda: self.answered.emit(self._job_id, True))
        on_click(self._again, lambda: self.answered.emit(self._job_id, False))
        self._build()
        self.retranslate()

    def tell(self, nota: Nota) -> None:
        """Another nota, or the same one as it is now."""
        sale = nota.sale
        self._title.setText(tr("Nota {n}", n=short_number(sale.number)))
        self._printed.set(*words.print_badge(nota.jobs[-1] if nota.jobs else None))
        self._sent.set(
            "cloud-check" if nota.synced else "cloud-upload", words.sent_text(nota.synced), Tone.GOOD if nota.synced else Tone.WAITING
        )
        self._fill(_facts(sale))
        doubtful = nota.doubtful
        self._job_id = doubtful.id if doubtful else 0
        self._doubt.tell("circle-help", words.question(doubtful) if doubtful else "", Tone.FAULT)
        for button in (self._on_paper, self._again):
            button.setVisible(doubtful is not None)
        self._say_printed()

    def set_compact(self, compact: bool) -> None:
        """Below the paper there is room for what is not on it: the facts give way, and both states stand in one row."""
        self._compact = compact
        self._rows.setVisible(not compact)
        if compact:
            self._head.insertWidget(1, self._printed)
        else:
            self._state.insertWidget(0, self._printed)
        self._say_printed()

    def _say_printed(self) -> None:
        """In one row with the rest there is no room for what the question below says already."""
        self._printed.setVisible(not (self._compact and self._job_id))

    def retranslate(self) -> None:
        self._on_paper.setText(tr("Sudah tercetak"))
        self._again.setText(tr("Cetak ulang"))
        self._reprint.setText(tr("Cetak ulang (SALINAN)"))

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(look().px(8))
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._sent)
        answers = QHBoxLayout()
        answers.setSpacing(look().px(8))
        answers.addWidget(self._on_paper, 1)
        answers.addWidget(self._again, 1)
        self._state = QHBoxLayout()
        self._state.addWidget(self._printed)
        self._state.addStretch(1)
        self._reprint.setMinimumHeight(look().px(64))
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(14), side, side)
        box.setSpacing(look().px(10))
        box.addLayout(self._head)
        box.addLayout(self._state)
        box.addWidget(self._rows)
        box.addStretch(1)
        box.addWidget(self._doubt)
        box.addLayout(answers)
        box.addWidget(self._reprint)

    def _fill(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._rows_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for said, value in facts:
            self._rows_box.addWidget(_FactRow(said, value))
            self._rows_box.addWidget(Rule())


class _FactRow(QWidget):
    def __init__(self, said: str, value: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(12))
        row.addWidget(Text(said, Role.BACA, Token.TINTA2, 400))
        shown = ElidedText(value, Role.BACA, Token.TINTA, 600)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(shown, 1)
        self.setAccessibleName(f"{said}: {value}")


def _facts(sale: Sale) -> list[tuple[str, str]]:
    facts = [
        (tr("Nomor"), sale.number),
        (tr("Waktu"), f"{moment_text(sale.at)} WIB"),
        (tr("Dilayani"), sale.cashier),
        (tr("Total"), format_rupiah(sale.total)),
        (tr("Dibayar dengan"), words.tenders_text(sale)),
        (tr("Uang diterima"), format_rupiah(sale.received)),
    ]
    if sale.change:
        facts.append((tr("Uang kembali"), format_rupiah(sale.change)))
    return [(said, value) for said, value in facts if value]
