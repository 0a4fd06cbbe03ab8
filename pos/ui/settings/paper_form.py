"""What stands on the paper: logo, the shop's own words, language, thrift; and how cash is rounded. Applies each choice at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import parse_quantity
from pos.ui.context import UiContext
from pos.ui.language import LANGUAGES, later, tr
from pos.ui.messages import error_sentence
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow, Option
from pos.ui.settings.logo_row import LogoRow
from pos.ui.theme.look import look
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.lines_field import LinesField

_STEPS: Final[tuple[Option, ...]] = (("0", later("Tanpa")), ("100", "Rp100"), ("500", "Rp500"), ("1000", "Rp1.000"))
_DIRECTIONS: Final[tuple[Option, ...]] = (("down", later("Ke bawah")), ("nearest", later("Terdekat")), ("up", later("Ke atas")))
_LONGEST: Final = 200
_MOST_WHOLESALE: Final = 1_000_000
_HEADER_LINES: Final = 2
_FOOTER_LINES: Final = 3


class PaperForm(QWidget):
    """Logo, the shop's own words, language and thrift of the paper.

    Signals:
        typed(object): `Preferences` as they would be with what is being typed.
    """

    typed = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.logo = LogoRow(context)
        self.header, self.footer = LinesField(_HEADER_LINES, _LONGEST), LinesField(_FOOTER_LINES, _LONGEST)
        self.language = ChoiceRow(later("Bahasa di kertas"), tuple(LANGUAGES.items()))
        self.compact = ChoiceRow(
            later("Hemat kertas"),
            (("no", later("Biasa")), ("yes", later("Hemat"))),
            later("Hemat: tanpa logo dan jarak kosong, baris lebih rapat. Halaman tes dan label tetap seperti biasa."),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        for part in (self.logo, self.header, self.footer, self.language, self.compact):
            box.addWidget(part)
        self.language.chosen.connect(lambda key: change(self._context, paper_language=key))
        self.compact.chosen.connect(lambda key: change(self._context, paper_compact=key == "yes"))
        for field in (self.header, self.footer):
            field.changed.connect(self._typing)
            field.finished.connect(self._keep)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        preferences = self._context.preferences
        self.logo.refresh()
        self.language.show_value(preferences.paper_language)
        self.compact.show_value("yes" if preferences.paper_compact else "no")
        for field, kept in ((self.header, preferences.paper_header), (self.footer, preferences.receipt_footer)):
            if not field.hasFocus():
                field.setText(kept)

    def retranslate(self) -> None:
        for part in (self.logo, self.language, self.compact):
            part.retranslate()
        self.header.set_words(tr("Di bawah nama toko"), tr("misalnya Buka 06.00-21.00"))
        self.footer.set_words(tr("Pesan di bawah struk"), tr("misalnya Terima kasih"))

    def _typing(self) -> None:
        preferences = replace(self._context.preferences, paper_header=self.header.text(), receipt_footer=self.footer.text())
        if preferences != self._context.preferences:
            self.typed.emit(preferences)

    def _keep(self) -> None:
        change(self._context, paper_header=self.header.text(), receipt_footer=self.footer.text())


class MoneyForm(QWidget):
    """Rounding of cash, and from how many on the wholesale price counts."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.step = ChoiceRow(
            later("Pembulatan uang tunai"), _STEPS, later("Hanya yang dibayar tunai dibulatkan, dan tercetak di struk sebagai Pembulatan.")
        )
        self.direction = ChoiceRow(later("Dibulatkan"), _DIRECTIONS)
        self.wholesale = TextField()
        self.wholesale.setMaxLength(9)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(16))
        for part in (self.step, self.direction, self.wholesale):
            box.addWidget(part)
        self.step.chosen.connect(lambda key: change(self._context, rounding_step=int(key)))
        self.direction.chosen.connect(lambda key: change(self._context, rounding_direction=key))
        self.wholesale.editingFinished.connect(self._keep_wholesale)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        preferences = self._context.preferences
        self.step.show_value(str(preferences.rounding_step))
        self.direction.show_value(preferences.rounding_direction)
        self.direction.setEnabled(preferences.rounding_step > 0)
        if not self.wholesale.hasFocus():
            self.wholesale.setText(str(preferences.wholesale_from))

    def _keep_wholesale(self) -> None:
        try:
            least = parse_quantity(self.wholesale.text(), 1)
            if least > _MOST_WHOLESALE:
                raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=self.wholesale.text())
        except ShopError as error:
            self.wholesale.set_faulty(True)
            self._context.told.emit("fault", error_sentence(error))
            return
        self.wholesale.set_faulty(False)
        change(self._context, wholesale_from=least)

    def retranslate(self) -> None:
        self.step.retranslate()
        self.direction.retranslate()
        label = tr("Harga grosir mulai berapa buah")
        self.wholesale.set_words(label, "10", label)
