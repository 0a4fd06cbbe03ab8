"""Three questions about the test page on paper; the third answers itself when its code is scanned. Owns the answers of this visit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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

_QUESTIONS: Final = (
    (later("Garis sampai ke tepi?"), later("Pilih lebar kertas yang lain, lalu cetak lagi.")),
    (
        later("Tulisan jelas, tanpa ??"),
        later("Pilih lebar kertas yang lain. Masih begitu? Hubungi petugas e-Peken."),
    ),
    (later("Kode terbaca pemindai?"), later("Bersihkan kepala cetak, pakai kertas baru, lalu cetak lagi.")),
)
_SCANNED: Final = len(_QUESTIONS) - 1


class _Disc(QWidget):
    """The number of a question; a tick once it is answered well."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.answer: bool | None = None

    def sizeHint(self) -> QSize:
        return QSize(look().px(40), look().px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        side = look().px(40)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        fill = {None: Token.NILA, True: Token.DAUN, False: Token.BATA}[self.answer]
        ink = {None: Token.DI_NILA, True: Token.DI_DAUN, False: Token.DI_BATA}[self.answer]
        painter.setPen(look().colour(fill))
        painter.setBrush(look().colour(fill))
        painter.drawEllipse(rect)
        if self.answer is None:
            painter.setPen(look().colour(ink))
            painter.setFont(look().font(Role.BACA, 800))
            painter.drawText(rect, CENTRE, str(self._number))
        else:
            paint_pixmap(painter, icon("check" if self.answer else "x", ink, look().px(26)), QPointF(rect.center()))
        painter.end()


class _Question(Panel):
    """One question with its yes and no."""

    answered = Signal()

    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._source = words
        self.body.setContentsMargins(look().px(14), look().px(10), look().px(14), look().px(10))
        self._disc, self._words = _Disc(number), Text("", Role.SUB, Token.TINTA, 500, wrap=True)
        self.yes, self.no = ActionButton(), ActionButton()
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        row.addWidget(self._disc)
        row.addSpacing(look().px(6))
        row.addWidget(self._words, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.body.addLayout(row)
        on_click(self.yes, lambda: self.set_answer(True))
        on_click(self.no, lambda: self.set_answer(False))

    @property
    def answer(self) -> bool | None:
        return self._disc.answer

    def set_answer(self, answer: bool | None) -> None:
        self._disc.answer = answer
        self._disc.update()
        self.yes.set_kind(Kind.PRIMARY if answer else Kind.QUIET)
        self.no.set_kind(Kind.DANGER if answer is False else Kind.QUIET)
        self.answered.emit()

    def retranslate(self) -> None:
        self._words.setText(tr(self._source))
        self.yes.setText(tr("Ya"))
        self.no.setText(tr("Tidak"))
        for button, word in ((self.yes, tr("Ya")), (self.no, tr("Tidak"))):
            button.setAccessibleName(f"{tr(self._source)} {word}")


class PaperQuestions(QWidget):
    """Signals:
    answered(): one of them was answered.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._head = Text("", Role.SUB, wrap=True)
        self._foot = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.questions = [_Question(number, words) for number, (words, _) in enumerate(_QUESTIONS, start=1)]
        self._advice = Note()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self._head)
        for question in self.questions:
            question.answered.connect(self._answer)
            box.addWidget(question)
        box.addWidget(self._foot)
        box.addWidget(self._advice)

    def ask(self) -> None:
        """A test page is on its way: ask anew."""
        for question in self.questions:
            question.set_answer(None)
        self.show()

    def scanned(self, code: str) -> bool:
        """A code was scanned while they are asked: the one on the paper can be read."""
        if self.isHidden():
            return False
        self.questions[_SCANNED].set_answer(True)
        return True

    def retranslate(self) -> None:
        self._head.setText(tr("Lihat kertasnya, lalu jawab:"))
        self._foot.setText(tr("Pindai kode di kertas. Kami jawab sendiri kalau terbaca."))
        for question in self.questions:
            question.retranslate()
        self._advise()

    def _answer(self) -> None:
        self._advise()
        self.answered.emit()

    def _advise(self) -> None:
        """What helps with the first thing that is not well."""
        wrong = next((place for place, question in enumerate(self.questions) if question.answer is False), None)
        if wrong is None:
            self._advice.clear()
        else:
            self._advice.say(Tone.INFORMATION, tr(_QUESTIONS[wrong][1]))
