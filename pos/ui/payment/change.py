"""KEMBALI: what goes back, in figures for the other side of the counter, and which notes to take for it. Owns no sum of its own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import NOTES, Rupiah, format_figure, format_rupiah, split_notes
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import note
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import CounterBlock, Rule
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.notes import paint_coin
from pos.ui.widgets.painting import CENTRE, LEFT, paint_ground, painter_on, text_width
from pos.ui.widgets.text import Text

_GAP: Final = 10
_NOTE_HEIGHT: Final = 78


class NotesToTake(QWidget):
    """Notes and coins from the drawer, two in a row, largest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[tuple[Rupiah, int]] = []
        self._rest: Rupiah = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_change(self, change: Rupiah) -> None:
        """Another amount to give back."""
        pieces, self._rest = split_notes(change)
        self._pieces = list(pieces.items())
        said = [f"{count}× {format_rupiah(piece)}" for piece, count in self._pieces]
        self.setAccessibleName(tr("Ambil dari laci"))
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(280), look().px(120))

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(250))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pieces and not self._rest:
            return
        painter = painter_on(self)
        cells = len(self._pieces) + (1 if self._rest else 0)
        rows = -(-cells // 2)
        width = (self.width() - _GAP) / 2
        height = min(look().px(_NOTE_HEIGHT), (self.height() - _GAP * (rows - 1)) / rows)
        for place in range(cells):
            row, column = divmod(place, 2)
            cell = QRectF(column * (width + _GAP), row * (height + _GAP), width, height)
            if place < len(self._pieces):
                self._paint_piece(painter, cell, *self._pieces[place])
            else:
                self._paint_rest(painter, cell)
        painter.end()

    def _paint_piece(self, painter: QPainter, cell: QRectF, piece: Rupiah, count: int) -> None:
        if (piece in NOTES and piece > 1_000) or piece == 1_000:
            painter.drawPixmap(cell.topLeft(), note(piece, round(cell.width()), round(cell.height())))
            self._paint_count(painter, QPointF(cell.right() - look().px(32), cell.center().y()), count)
            return
        paint_ground(painter, cell, look().colour(Token.TUA_BTN), None, 12)
        side = min(look().px(48), cell.height() - 8)
        paint_coin(painter, QRectF(cell.left() + look().px(12), cell.center().y() - side / 2, side, side), format_figure(piece))
        painter.setFont(look().font(Role.BACA, 600))
        painter.setPen(look().colour(Token.DI_TUA))
        painter.drawText(cell.adjusted(look().px(12) + side + look().px(12), 0, 0, 0), LEFT, tr("koin"))
        self._paint_count(painter, QPointF(cell.right() - look().px(32), cell.center().y()), count)

    def _paint_count(self, painter: QPainter, centre: QPointF, count: int) -> None:
        text, font = f"{count}×", look().font(Role.BACA, 800)
        height = look().px(36)
        width = max(look().px(44), text_width(text, font) + look().px(20))
        pill = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        paint_ground(painter, pill, look().colour(Token.PUTIH), None, height / 2)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(pill, CENTRE, text)

    def _paint_rest(self, painter: QPainter, cell: QRectF) -> None:
        paint_ground(painter, cell, look().colour(Token.TUA_BTN), None, 12)
        painter.setFont(look().font(Role.BACA, 500))
        painter.setPen(look().colour(Token.DI_TUA))
        painter.drawText(
            cell.adjusted(12, 0, -8, 0), LEFT | Qt.TextFlag.TextWordWrap, tr("{amount} tanpa koin", amount=format_rupiah(self._rest))
        )


class ShrinkingBar(QWidget):
    """Six pixels that shorten once a second: how long KEMBALI still stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """0 shows nothing."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share <= 0:
            return
        painter = painter_on(self)
        paint_ground(painter, QRectF(0, 0, self.width(), 6), look().colour(Token.TUA_BTN), None, 3)
        paint_ground(painter, QRectF(0, 0, self.width() * self._share, 6), look().colour(Token.KUNYIT), None, 3)
        painter.end()


class ChangeBlock(CounterBlock):
    """The right of the payment page, before and after the sale: the giant figure never moves.

    Signals:
        finish(): SELESAI was pressed, or the next nota is wanted.
    """

    finish = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due: Rupiah = 0
        self._received: Rupiah = 0
        self._done = False
        self.title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_KEMBALI)
        self.take = Text("", Role.BACA, Token.DI_TUA, 600)
        self.notes = NotesToTake()
        self.hint = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.bar = ShrinkingBar()
        self.button = ActionButton("", "printer-check", key_of(Action.PAY), Kind.NEXT)
        on_click(self.button, self.finish.emit)
        box = QVBoxLayout(self)
        side = look().px(12)
        box.setContentsMargins(side, look().px(16), side, side)
        box.setSpacing(look().px(10))
        inside = QVBoxLayout()
        inside.setContentsMargins(side, 0, side, 0)
        inside.setSpacing(look().px(8))
        inside.addWidget(self.title)
        inside.addWidget(self.amount)
        inside.addWidget(Rule(token=Token.TUA_BTN))
        inside.addWidget(self.take)
        inside.addWidget(self.notes, 1)
        inside.addWidget(self.hint)
        inside.addWidget(self.bar)
        box.addLayout(inside, 1)
        box.addWidget(self.button)
        self.button.setMinimumHeight(look().px(84))
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self._show()

    def show_money(self, due: Rupiah, received: Rupiah) -> None:
        """Before the sale: what is to be paid and what was handed over."""
        self._due, self._received, self._done = due, received, False
        self.bar.show_share(0)
        self._show()

    def show_done(self, change: Rupiah) -> None:
        """After the sale: what goes back."""
        self._due, self._received, self._done = 0, change, True
        self._show()

    def say_short(self) -> None:
        """SELESAI was asked for too early: say so where KURANG stands, until another amount is there."""
        self.hint.setText(tr("Uangnya belum cukup. Tambah uangnya, atau kurangi barang."))
        self.hint.set_token(Token.KUNYIT)

    @property
    def enough(self) -> bool:
        """Whether what was handed over covers what is to be paid."""
        return self._received >= self._due

    def _show(self) -> None:
        change = self._received - self._due
        self.hint.set_token(Token.DI_TUA2)
        short = change < 0
        self.title.setText(tr("KURANG") if short else tr("KEMBALI"))
        self.title.set_token(Token.DI_TUA2 if short else Token.KUNYIT)
        self.amount.set_amount(abs(change))
        self.take.setText(tr("Ambil dari laci") if change > 0 else tr("Uang pas, tidak ada kembalian") if self._done or not short else "")
        self.notes.show_change(max(0, change))
        if self._done:
            self.hint.setText(tr("Pindai barang berikutnya untuk nota baru."))
            self.button.setText(tr("NOTA BARU"))
            self.button.set_icon("plus")
        else:
            self.hint.setText(tr("Pindai barang lain untuk menambahnya."))
            self.button.setText(tr("SELESAI"))
            self.button.set_icon("printer-check")
        self.button.setEnabled(self._done or not short)
