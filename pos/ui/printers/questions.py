"""Three questions about the set-up page on paper; what they tell is kept with the printer at once. The third answers itself when its code
is scanned. Own the answers of this visit; the page itself is `printing.set_up_page`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.services.preferences import PrinterChoice
from pos.ui.language import later, tr
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.painting import CENTRE, paint_pixmap, painter_on
from pos.ui.widgets.text import Text

WIDTHS: Final = ((32, 384), (42, 512), (48, 576))
"""(letters a line, dots) of the page's rulers."""
LETTERS: Final = "é ñ £ ½ Å"
_NONE: Final = -1

_WIDTH, _PAGE, _CODE = range(3)
_QUESTIONS: Final = (
    later("Garis bernomor mana yang kedua ujungnya kelihatan?"),
    later("Baris mana yang sama dengan ini?"),
    later("Kode terbaca pemindai?"),
)
_WIDTH_WORDS: Final = (later("Hanya 1"), later("1 dan 2"), later("Ketiganya"))
_ADVICE: Final = later("Bersihkan kepala cetak, pakai kertas baru, lalu cetak lagi.")


class _Disc(QWidget):
    """The number of a question; a tick once it is answered, a cross where the answer was no."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._good: bool | None = None

    def tell(self, good: bool | None) -> None:
        self._good = good
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(40), look().px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        side = look().px(40)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        fill = {None: Token.NILA, True: Token.DAUN, False: Token.BATA}[self._good]
        ink = {None: Token.DI_NILA, True: Token.DI_DAUN, False: Token.DI_BATA}[self._good]
        painter.setPen(look().colour(fill))
        painter.setBrush(look().colour(fill))
        painter.drawEllipse(rect)
        if self._good is None:
            painter.setPen(look().colour(ink))
            painter.setFont(look().font(Role.BACA, 800))
            painter.drawText(rect, CENTRE, str(self._number))
        else:
            paint_pixmap(painter, icon("check" if self._good else "x", ink, look().px(26)), QPointF(rect.center()))
        painter.end()


class Question(Panel):
    """One question with its answers side by side.

    Signals:
        answered(int): the place of the answer.

    Attributes:
        answer: its place, or None.
    """

    answered = Signal(int)

    def __init__(self, number: int, words: str, answers: Sequence[str], bad: Sequence[int] = (), shown: str = "") -> None:
        """`bad`: places of answers that say no; `shown`: what the paper is compared with."""
        super().__init__()
        self._source, self._sources, self._bad, self._shown = words, tuple(answers), tuple(bad), shown
        self.answer: int | None = None
        self.body.setContentsMargins(look().px(14), look().px(10), look().px(14), look().px(10))
        self._disc, self._words = _Disc(number), Text("", Role.BACA, Token.TINTA, 500, wrap=True)
        self.buttons = [ActionButton() for _ in answers]
        for place, button in enumerate(self.buttons):
            on_click(button, lambda place=place: self.give(place))  # type: ignore[misc]
        head, row = QHBoxLayout(), QHBoxLayout()
        for part in (head, row):
            part.setSpacing(look().px(8))
        head.addWidget(self._disc)
        head.addSpacing(look().px(6))
        head.addWidget(self._words, 1)
        if shown:
            head.addWidget(Text(shown, Role.SUB, Token.TINTA, 700))
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(look().px(8))
        self._row.addLayout(head)
        self._row.addLayout(row)
        self.body.addLayout(self._row)

    def give(self, place: int | None, tell: bool = True) -> None:
        """Choose an answer; None takes it back."""
        self.answer = place
        self._disc.tell(None if place is None else place not in self._bad)
        for number, button in enumerate(self.buttons):
            chosen = number == place
            button.set_kind((Kind.DANGER if number in self._bad else Kind.PRIMARY) if chosen else Kind.QUIET)
        if place is not None and tell:
            self.answered.emit(place)

    def retranslate(self) -> None:
        question = tr(self._source)
        self._words.setText(question)
        for button, words in zip(self.buttons, self._sources, strict=True):
            button.setText(tr(words))
            button.setAccessibleName(f"{question} {self._shown} {tr(words)}")


class SetUpQuestions(QWidget):
    """Signals:
    learned(PrinterChoice): what the answers say of the printer.
    answered(): one of them was answered.
    """

    learned = Signal(object)
    answered = Signal()

    def __init__(self, pages: Sequence[tuple[str, int]]) -> None:
        """`pages`: (codec, number) of the page's lines of letters."""
        super().__init__()
        self._pages = tuple(pages)
        self._printer: PrinterChoice | None = None
        letters = [str(number) for number in range(1, len(self._pages) + 1)]
        self.questions = [
            Question(1, _QUESTIONS[_WIDTH], _WIDTH_WORDS),
            Question(2, _QUESTIONS[_PAGE], [*letters, later("Tidak ada")], shown=LETTERS),
            Question(3, _QUESTIONS[_CODE], [later("Ya"), later("Tidak")], bad=[1]),
        ]
        self._head = Text("", Role.SUB, wrap=True)
        self._foot = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._result = Note()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self._head)
        for question in self.questions:
            question.answered.connect(self._answer)
            box.addWidget(question)
        box.addWidget(self._foot)
        box.addWidget(self._result)

    def ask(self, printer: PrinterChoice) -> None:
        """A set-up page is on its way to a printer: ask anew."""
        self._printer = printer
        for question in self.questions:
            question.give(None)
        self._result.clear()
        self.show()

    def scanned(self, code: str) -> bool:
        """A code was scanned while they are asked: the one on the paper can be read."""
        if self.isHidden():
            return False
        self.questions[_CODE].give(0)
        return True

    def retranslate(self) -> None:
        self._head.setText(tr("Lihat kertasnya, lalu jawab:"))
        self._foot.setText(tr("Pindai kode di kertas. Kami jawab sendiri kalau terbaca."))
        for question in self.questions:
            question.retranslate()
        self._tell()

    def _answer(self, _place: int) -> None:
        if self._printer is not None:
            learned = self._applied(self._printer)
            if learned != self._printer:
                self._printer = learned
                self.learned.emit(learned)
        self._tell()
        self.answered.emit()

    def _applied(self, printer: PrinterChoice) -> PrinterChoice:
        width, page = self.questions[_WIDTH].answer, self.questions[_PAGE].answer
        if width is not None:
            columns, dots = WIDTHS[width]
            printer = replace(printer, columns=columns, dots=dots)
        if page is not None:
            # the last answer is none of them: letters that every printer has
            codec, table = self._pages[page] if page < len(self._pages) else ("ascii", 0)
            printer = replace(printer, codepage=codec, table=table)
        return printer

    def _tell(self) -> None:
        """What was found, and what helps where something is not well."""
        if self.questions[_CODE].answer == 1:
            self._result.say(Tone.INFORMATION, tr(_ADVICE))
        elif all(question.answer is not None for question in self.questions) and self._printer is not None:
            sentence = tr("Printer siap: {n} huruf sebaris. Cetak halaman tes untuk melihat hasilnya.", n=self._printer.columns)
            self._result.say(Tone.GOOD, sentence)
        else:
            self._result.clear()
