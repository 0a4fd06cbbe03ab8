"""Another price of a unit: for whom, from how many, how much, from which day. Owns what is typed, and says what it brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.product import Price, PriceKind
from pos.domain.product_rules import LONGEST_WORD
from pos.domain.quantity import parse_quantity
from pos.ui.goods.editor.dates import read_day
from pos.ui.goods.editor.rows import TONE_INK, small_button
from pos.ui.goods.editor.words import margin_text
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.moments import date_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_MOST_GROUPS = 4


class RuleForm(QWidget):
    """Stands below the prices while one is written.

    Signals:
        made(object, object): the Price, and the one that it stands instead of (None for none).
        left(): nothing is to be written after all.
    """

    made = Signal(object, object)
    left = Signal()

    def __init__(self, groups: Sequence[str], margin: Callable[[Rupiah], Rupiah | None], wholesale_from: int) -> None:
        super().__init__()
        self._margin, self._wholesale_from = margin, wholesale_from
        self._instead: Price | None = None
        self.kind = Segments([(kind.value, words) for kind, words in _kinds()])
        self.kind.setAccessibleName(tr("Harga untuk siapa"))
        self.least = TextField(tr("Mulai dari"), label=tr("Mulai dari"))
        self.group = TextField(tr("Kelompok langganan"), tr("misalnya warung"), label=tr("Kelompok langganan"))
        self.amount = AmountField(tr("Harga"), label=tr("Harga"))
        self.starts = TextField(tr("Mulai tanggal"), tr("sekarang"), label=tr("Mulai tanggal"))
        self.least.setMaxLength(20)
        self.group.setMaxLength(LONGEST_WORD)
        self.starts.setMaxLength(20)
        self._brings = Text("", Role.BACA, Token.TINTA2, 500)
        self._trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self._chips = [Chip(group) for group in groups[:_MOST_GROUPS]]
        self._build()
        self.kind.chosen.connect(lambda _key: self._turn())
        self.amount.textChanged.connect(lambda _text: self._say_margin())
        for field in (self.least, self.group, self.amount, self.starts):
            field.returnPressed.connect(self._make)
        for chip in self._chips:
            on_click(chip, lambda chip=chip: self.group.setText(chip.text()))  # type: ignore[misc]

    def begin(self, price: Price | None, now: int) -> None:
        """Write a new one, or the one that is given anew."""
        self._instead = price
        shown = price or Price(PriceKind.WHOLESALE, 0, self._wholesale_from)
        self.kind.choose(shown.kind.value)
        self.least.setText(str(shown.min_quantity))
        self.group.setText(shown.group)
        self.amount.set_amount(shown.amount if price else None)
        self.starts.setText(date_text(shown.starts_at) if shown.starts_at > now else "")
        self._trouble.hide()
        self._turn()
        self.amount.setFocus()

    def _build(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(look().px(8))
        for field in (self.least, self.amount, self.starts):
            fields.addWidget(field, 1)
        chips = QHBoxLayout()
        chips.setSpacing(look().px(8))
        for chip in self._chips:
            chip.setCheckable(False)
            chips.addWidget(chip)
        chips.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(look().px(8))
        below.addWidget(self._brings, 1)
        below.addWidget(small_button(tr("Tidak jadi"), "x", self.left.emit))
        below.addWidget(small_button(tr("Pakai harga ini"), "check", self._make, Kind.PRIMARY))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(8))
        box.addWidget(self.kind)
        box.addWidget(self.group)
        box.addLayout(chips)
        box.addLayout(fields)
        box.addWidget(self._trouble)
        box.addLayout(below)

    def _turn(self) -> None:
        """Only a group's price has a group."""
        grouped = self.kind.current() == PriceKind.GROUP.value
        self.group.setVisible(grouped)
        for chip in self._chips:
            chip.setVisible(grouped)
        if self.kind.current() != PriceKind.WHOLESALE.value and self._instead is None:
            self.least.setText("1")
        elif self._instead is None:
            self.least.setText(str(self._wholesale_from))
        self._say_margin()

    def _say_margin(self) -> None:
        try:
            amount = self.amount.amount()
        except ShopError:
            self._brings.setText("")
            return
        words, tone = margin_text(self._margin(amount), amount)
        self._brings.setText(words)
        self._brings.set_token(TONE_INK.get(tone, Token.TINTA2))

    def _make(self) -> None:
        for each in (self.least, self.group, self.amount, self.starts):
            each.set_faulty(False)
        kind = PriceKind(self.kind.current())
        field: TextField = self.amount
        try:
            amount = self.amount.amount()
            if amount < 0:
                raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.amount.text())
            field = self.least
            least = parse_quantity(self.least.text(), 1)
            field = self.starts
            starts = read_day(self.starts.text())
            field = self.group
            group = " ".join(self.group.text().split()) if kind is PriceKind.GROUP else ""
            if kind is PriceKind.GROUP and not group:
                raise ShopError(ErrorCode.GROUP_NAME_EMPTY)
        except ShopError as error:
            field.set_faulty(True)
            field.setFocus()
            self._trouble.setText(error_sentence(error))
            self._trouble.show()
            return
        if self._instead is not None and not starts:
            starts = self._instead.starts_at
        self.made.emit(Price(kind, amount, least, group, starts), self._instead)


def _kinds() -> list[tuple[PriceKind, str]]:
    return [(PriceKind.WHOLESALE, tr("Grosir")), (PriceKind.GROUP, tr("Langganan")), (PriceKind.RETAIL, tr("Eceran"))]
