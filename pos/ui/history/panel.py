"""The chosen nota: its facts, how far its struk is, the answer to a doubtful one, and printing it again. Tells what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import format_rupiah
from pos.domain.printing import PrintJob, PrintState
from pos.domain.sale import Sale, SaleKind, short_number
from pos.ui.history import words
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.shell.areas import scrolled
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
    """A sale, whether the server has it, and its struk jobs from the original to the last copy.

    Attributes:
        corrections: what answers it, oldest first. `original`: the number of the sale that it answers, empty for a sale.
        can_void, can_return: what may still be taken back of it.
    """

    sale: Sale
    synced: bool
    jobs: tuple[PrintJob, ...]
    corrections: tuple[Sale, ...] = ()
    original: str = ""
    can_void: bool = False
    can_return: bool = False

    @property
    def doubtful(self) -> PrintJob | None:
        """The newest job that a person has to look for."""
        return next((job for job in reversed(self.jobs) if job.state in (PrintState.UNKNOWN, PrintState.FAILED)), None)


class NotaPanel(Card):
    """What is known of a nota.

    Signals:
        reprint(): a SALINAN is wanted.
        void(), take_back(): the whole nota, or some of its goods, are to be taken back.
        answered(int, bool): of a doubtful job by its id, whether it is on paper.
        papers(): a nota or kuitansi for a department is wanted.
    """

    reprint = Signal()
    papers = Signal()
    void = Signal()
    take_back = Signal()
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
        self._papers = ActionButton(icon="file-text")
        on_click(self._papers, self.papers.emit)
        self._void = ActionButton(icon="circle-x", kind=Kind.DANGER)
        self._return = ActionButton(icon="undo-2")
        on_click(self._reprint, self.reprint.emit)
        on_click(self._void, self.void.emit)
        on_click(self._return, self.take_back.emit)
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
        self._void.setVisible(nota.can_void)
        self._return.setVisible(nota.can_return)
        self._fill(_facts(nota))
        doubtful = nota.doubtful
        self._job_id = doubtful.id if doubtful else 0
        self._doubt.tell("circle-help", words.question(doubtful) if doubtful else "", Tone.FAULT)
        for button in (self._on_paper, self._again):
            button.setVisible(doubtful is not None)
        self._papers.setVisible(sale.kind is SaleKind.SALE)
        self._say_printed()

    def set_compact(self, compact: bool) -> None:
        """Below the paper there is room for what is not on it: the facts give way, and both states stand in one row."""
        self._compact = compact
        self._facts.setVisible(not compact)
        self._ways.setDirection(QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom)
        self._say_papers()
        if compact:
            self._head.insertWidget(1, self._printed)
        else:
            self._state.insertWidget(0, self._printed)
        self._say_printed()

    def _say_printed(self) -> None:
        """In one row with the rest there is no room for what the question below says already."""
        self._printed.setVisible(not (self._compact and self._job_id))

    def _say_papers(self) -> None:
        """Beside the other button there is room for one of the two."""
        self._papers.setText(tr("Kuitansi") if self._compact else tr("Nota dan kuitansi"))
        self._papers.setAccessibleName(tr("Nota dan kuitansi"))

    def retranslate(self) -> None:
        self._on_paper.setText(tr("Sudah tercetak"))
        self._again.setText(tr("Cetak ulang"))
        self._reprint.setText(tr("Cetak ulang (SALINAN)"))
        self._void.setText(tr("Batalkan"))
        self._void.setAccessibleName(tr("Batalkan nota"))
        self._return.setText(tr("Retur / tukar"))
        self._say_papers()

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
        self._ways = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._ways.setSpacing(look().px(8))
        self._ways.addWidget(self._papers)
        self._ways.addWidget(self._reprint)
        back = QHBoxLayout()
        back.setSpacing(look().px(8))
        back.addWidget(self._void, 1)
        back.addWidget(self._return, 1)
        # more facts than fit are scrolled: the ways on stay where they are
        self._facts = scrolled(self._rows)
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(14), side, side)
        box.setSpacing(look().px(10))
        box.addLayout(self._head)
        box.addLayout(self._state)
        box.addWidget(self._facts, 1)
        box.addWidget(self._doubt)
        box.addLayout(back)
        box.addLayout(answers)
        box.addLayout(self._ways)

    def _fill(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._rows_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for said, value in facts:
            self._rows_box.addWidget(_FactRow(said, value))
            self._rows_box.addWidget(Rule())
        self._rows_box.addStretch(1)


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


def _facts(nota: Nota) -> list[tuple[str, str]]:
    sale = nota.sale
    facts = [
        (tr("Nomor"), sale.number),
        (tr("Waktu"), f"{moment_text(sale.at)} WIB"),
        (tr("Dilayani"), sale.cashier),
        (tr("Pelanggan"), sale.customer_name),
        (tr("Untuk nota"), short_number(nota.original) if nota.original else ""),
        (tr("Total"), format_rupiah(sale.total)),
        *words.money_facts(sale),
    ]
    cash = next((part for part in sale.payments if part.change), None)
    if cash is not None:
        facts += [(tr("Uang diterima"), format_rupiah(cash.received)), (tr("Uang kembali"), format_rupiah(cash.change))]
    for correction in nota.corrections:
        said = tr("Dibatalkan") if correction.kind is SaleKind.VOID else tr("Retur {n}", n=short_number(correction.number))
        facts.append((said, format_rupiah(correction.total)))
    return [(said, value) for said, value in facts if value]
