"""The pages of the first-run guide: language, pairing, printer, scanner, goods. Each says whether it is done and may be left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.barcode import CodeVerdict, judge
from pos.domain.changed import Changed
from pos.services.views import GoodsFilter
from pos.ui.context import UiContext
from pos.ui.first_run.demo_window import DemoWindow
from pos.ui.first_run.goods_sources import GoodsSources
from pos.ui.language import tr
from pos.ui.printers.adding import keep_printer
from pos.ui.printers.questions import SetUpQuestions
from pos.ui.settings.changing import change
from pos.ui.settings.columns import Columns, Panel
from pos.ui.settings.look_form import LookForm
from pos.ui.settings.note import Note
from pos.ui.settings.pairing_form import PairingForm
from pos.ui.settings.printer_form import PrinterForm
from pos.ui.settings.restoring import Restoring
from pos.ui.settings.shop_form import ShopForm
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text

_GREETINGS: Final = {"id": ("Bahasa Indonesia", "Halo, selamat datang"), "en": ("English", "Hello and welcome")}
"""Each language greets in itself: whoever reads only the other one must find it."""


class Page(QWidget):
    """One step. Subclasses fill in what they ask.

    Signals:
        told(): whether it is done may have changed.
    """

    told = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.context = context
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(look().px(14))

    @property
    def done(self) -> bool:
        """Whether the rail may tick it."""
        return False

    def leave(self) -> bool:
        """Keep what was typed; False when it cannot be kept so, which the page says in its place."""
        return True

    def scanned(self, code: str) -> bool:
        return False

    def refresh(self, changed: Changed | None) -> None:
        """Read again what `changed` concerns."""

    def retranslate(self) -> None:
        """Set every word anew."""


class LanguagePage(Page):
    """Language and look of the screen; and a shop that was there before, from its copy."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._form = LookForm(context, only=("theme", "text_scale"), columns=1)
        self._cards: dict[str, ChoiceCard] = {}
        cards, group = QHBoxLayout(), QButtonGroup(self)
        cards.setSpacing(look().px(14))
        for code, (name, greeting) in _GREETINGS.items():
            card = self._cards[code] = ChoiceCard(name, greeting, "languages")
            on_click(card, lambda code=code: change(context, language=code))  # type: ignore[misc]
            group.addButton(card)
            cards.addWidget(card)
        self.box.addLayout(cards)
        self.note = Note()
        self.restoring = Restoring(context, self, self.note)
        self._had = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._before = Panel(self._had, self.restoring.choose, self.note, self.restoring.leave)
        self.box.addWidget(Columns((Panel(self._form), 1), (self._before, 1), wide=860))
        self.box.addStretch(1)
        self._left = False
        self.refresh(None)

    @property
    def done(self) -> bool:
        return self._left

    def leave(self) -> bool:
        self._left = True
        return True

    def refresh(self, changed: Changed | None) -> None:
        self._form.refresh()
        self._cards[self.context.preferences.language].setChecked(True)

    def retranslate(self) -> None:
        self._form.retranslate()
        self._before.set_title(tr("Pindah dari komputer lain?"))
        self._had.setText(tr("Salinan data toko dari flashdisk atau komputer lama bisa dipulihkan di sini: barang, nota, bon, semuanya."))
        self.restoring.retranslate()
        self.note.retranslate()
        self.refresh(None)


class PairPage(Page):
    """The one-time code; or the shop's own name until there is one; or only a look at a demo shop."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.pairing, self.shop = PairingForm(context), ShopForm(context, with_address=False)
        self._code, self._names = Panel(self.pairing), Panel(self.shop)
        self._demo = DemoWindow()
        self.box.addWidget(Columns((self._code, 1), (self._names, 1), wide=860))
        self.box.addWidget(self._demo)
        self.box.addStretch(1)
        self.pairing.paired.connect(lambda _name: self.told.emit())

    @property
    def done(self) -> bool:
        shop = self.context.till.store.read.shop()
        return bool(shop.device or shop.name)

    def leave(self) -> bool:
        return self.shop.save()

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.shop:
            self.pairing.refresh()
            self.shop.refresh()
            self._demo.setVisible(not self.pairing.is_paired)

    def retranslate(self) -> None:
        self.pairing.retranslate()
        self.shop.retranslate()
        self._demo.retranslate()
        self._code.set_title(tr("Kode dari e-Peken"))
        self._names.set_title(tr("Nama di struk"))


class PrinterPage(Page):
    """The printer's address and its test page; then what a person sees on the paper."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.printer = PrinterForm(context, sets_up=True)
        self.questions = SetUpQuestions(context.backstage.printers.pages(self.printer.printer))
        self.printer.tested.connect(lambda: self.questions.ask(self.printer.printer))
        self.questions.learned.connect(lambda printer: keep_printer(context, printer))
        self.printer.tested.connect(self.told)
        self.questions.answered.connect(self.told)
        self.questions.hide()
        self.box.addWidget(Panel(self.printer))
        self.box.addWidget(self.questions)
        self.box.addStretch(1)

    @property
    def done(self) -> bool:
        return bool(self.context.preferences.printers)

    def leave(self) -> bool:
        return self.printer.apply()

    def scanned(self, code: str) -> bool:
        return self.questions.scanned(code)

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.print_jobs:
            self.printer.refresh()

    def retranslate(self) -> None:
        self.printer.retranslate()
        self.questions.retranslate()


class ScannerPage(Page):
    """Whatever is scanned is shown, and that it works."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._code = ""
        self._shown = Text("", Role.ANGKA)
        self._goods = ElidedText("", Role.BACA, Token.TINTA2, 500)
        self._goods.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._wait = Text("", Role.SUB, Token.TINTA2, 500, wrap=True)
        self._works = StateBadge()
        for words in (self._shown, self._wait):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        panel = Panel()
        panel.body.addSpacing(look().px(20))
        panel.body.addWidget(DrawingLabel("pemindai", 144), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._wait, self._shown, self._goods):
            panel.body.addWidget(part)
        panel.body.addWidget(self._works, 0, Qt.AlignmentFlag.AlignHCenter)
        panel.body.addSpacing(look().px(20))
        self.box.addWidget(panel)
        self.box.addStretch(1)

    @property
    def done(self) -> bool:
        return bool(self._code)

    def scanned(self, code: str) -> bool:
        self._code = code
        self.context.sound.emit("accepted")
        self._show()
        self.told.emit()
        return True

    def retranslate(self) -> None:
        self._wait.setText(tr("Menunggu pindaian…"))
        self._show()

    def _show(self) -> None:
        self._wait.setVisible(not self._code)
        self._shown.setVisible(bool(self._code))
        self._goods.setVisible(bool(self._code))
        self._works.setVisible(bool(self._code))
        if not self._code:
            return
        self._shown.setText(self._code)
        self._shown.setAccessibleName(tr("Kode {code}", code=self._code))
        unit = self.context.till.store.read.find_unit(self._code)
        self._goods.setText(unit.product_name if unit else _kind_of(self._code))
        self._works.set("circle-check", tr("Pemindai jalan"), Tone.GOOD)


def _kind_of(code: str) -> str:
    """What a code is, for a shop that has no goods yet."""
    words = {
        CodeVerdict.GOOD: tr("Barcode pabrik yang benar."),
        CodeVerdict.IN_SHOP: tr("Kode buatan toko."),
        CodeVerdict.CHECK_DIGIT_WRONG: tr("Angka terakhirnya tidak cocok. Coba pindai sekali lagi."),
    }
    return words.get(judge(code), tr("Bukan barcode pabrik, tetap bisa dipakai."))


class GoodsPage(Page):
    """A file, the starter list, or later."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.sources = GoodsSources(context)
        self._count = Text("", Role.SUB, Token.TINTA, 700, wrap=True)
        self._there = Panel(self._count)
        self._later = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.box.addWidget(self.sources)
        self.box.addWidget(self._there)
        self.box.addWidget(self._later)
        self.box.addStretch(1)
        self.sources.filled.connect(self.told)
        self.refresh(None)

    @property
    def done(self) -> bool:
        return self._number() > 0

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.goods or changed.shop:
            number = self._number()
            self._there.setVisible(number > 0)
            self._count.setText(tr("{n} barang siap dijual.", n=number))
            self.sources.refresh(number)

    def retranslate(self) -> None:
        self._later.setText(tr("Bisa juga nanti: barang yang belum dikenal ditambahkan begitu dipindai."))
        self.sources.retranslate()
        self.refresh(None)

    def _number(self) -> int:
        return self.context.till.store.read.goods_counts()[GoodsFilter.ALL]
