"""Settings: the shop, the look, printer and paper, money, e-Peken. Every change applies at once. Owns the page; the forms own the rest."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.ui.context import PaperPicture, Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.settings.columns import Columns, Panel, scrolled
from pos.ui.settings.keys_form import KeysForm
from pos.ui.settings.look_form import LookForm
from pos.ui.settings.pairing_form import PairingForm
from pos.ui.settings.paper_form import MoneyForm, PaperForm
from pos.ui.settings.printer_form import PrinterForm
from pos.ui.settings.shop_form import ShopForm
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_SECTIONS: Final = (
    ("shop", later("Toko"), "store"),
    ("look", later("Tampilan"), "palette"),
    ("printer", later("Printer dan struk"), "printer"),
    ("money", later("Uang"), "coins"),
    ("central", later("e-Peken"), "link"),
)


_PAPER_SIDES, _PAPER_ENDS = 58, 44
"""Dots of blank paper that `PaperView` puts round a picture."""


class SettingsScreen(Screen):
    """One section at a time, chosen by the chips above."""

    key = "settings"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._head = PageHeader("")
        self._guide = ActionButton("", "list-checks")
        self._chips: dict[str, Chip] = {}
        self._pages = QStackedWidget()
        self._make_forms()
        self._lay_out()
        on_click(self._guide, lambda: context.go.emit("first_run"))
        context.preferences_changed.connect(self._settings_changed)
        self.retranslate()

    def _make_forms(self) -> None:
        context = self.context
        self.shop = ShopForm(context)
        self.save_shop = ActionButton("", "check", kind=Kind.PRIMARY)
        on_click(self.save_shop, self.shop.save)
        self.look_form = LookForm(context)
        self.printer, self.paper = PrinterForm(context), PaperForm(context)
        self.preview = PaperView()
        # the page scrolls, not the paper in it
        for policy in (self.preview.setVerticalScrollBarPolicy, self.preview.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.money = MoneyForm(context)
        self.pairing, self.keys = PairingForm(context), KeysForm(context)
        self._guide_words = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        shop, guide = Panel(self.shop, self.save_shop), Panel(self._guide_words, self._guide)
        looks, printer = Panel(self.look_form), Panel(self.printer)
        paper, preview, money = Panel(self.paper), Panel(self.preview, token=Token.TEKAN), Panel(self.money)
        pairing, keys = Panel(self.pairing), Panel(self.keys)
        self._panels = {
            guide: later("Pemandu awal"),
            paper: later("Yang tercetak di struk"),
            preview: later("Begini di kertas"),
            pairing: later("Sambungan ke e-Peken"),
            keys: later("Kunci toko"),
        }
        left = QWidget()
        stack = QVBoxLayout(left)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(look().px(16))
        stack.addWidget(printer)
        stack.addWidget(paper)
        self._contents: tuple[QWidget, ...] = (
            Columns((shop, 3), (guide, 2)),
            Columns((looks, 1)),
            Columns((left, 3), (preview, 2)),
            Columns((money, 1)),
            Columns((pairing, 1), (keys, 1)),
        )

    def _lay_out(self) -> None:
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for (name, _, icon), content in zip(_SECTIONS, self._contents, strict=True):
            chip = Chip("", icon)
            on_click(chip, lambda name=name: self.open_section(name))  # type: ignore[misc]
            group.addButton(chip)
            chips.addWidget(chip)
            self._chips[name] = chip
            self._pages.addWidget(scrolled(content))
        chips.addStretch(1)
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(look().px(14))
        box.addWidget(self._head)
        box.addLayout(chips)
        box.addWidget(self._pages, 1)
        self.open_section("shop")

    def open_part(self, part: str) -> None:
        if part in self._chips:
            self.open_section(part)

    def part_shown(self) -> str:
        return _SECTIONS[self._pages.currentIndex()][0]

    def open_section(self, name: str) -> None:
        """Show a section by its key: shop, look, printer, money, central."""
        self._chips[name].setChecked(True)
        self._pages.setCurrentIndex([key for key, _, _ in _SECTIONS].index(name))
        if name == "printer":
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is None or changed.shop:
            self.shop.refresh()
            self.pairing.refresh()
        if changed is None or changed.print_jobs:
            self.printer.refresh()
        if changed is None:
            self._settings_changed()

    def retranslate(self) -> None:
        self._head.set_words(tr("Pengaturan"), tr("Setiap perubahan langsung dipakai."))
        self._guide.setText(tr("Buka pemandu awal"))
        self._guide_words.setText(tr("Langkah-langkah pertama sekali lagi: bahasa, sambungan, printer, tes pemindai, barang."))
        for name, words, _ in _SECTIONS:
            self._chips[name].setText(tr(words))
        for panel, title in self._panels.items():
            panel.set_title(tr(title))
        self.save_shop.setText(tr("Simpan"))
        self.preview.setAccessibleName(tr("Begini di kertas"))
        for form in (self.shop, self.look_form, self.printer, self.paper, self.money, self.pairing, self.keys):
            form.retranslate()

    def help_text(self) -> str:
        return tr(
            "Pilih bagian di atas: Toko, Tampilan, Printer dan struk, Uang, e-Peken. Setiap pilihan langsung dipakai dan tersimpan. "
            "Halaman tes menunjukkan apakah lebar kertas sudah pas. Pemandu awal membuka lagi langkah-langkah pertama, "
            "termasuk tes pemindai."
        )

    def _settings_changed(self) -> None:
        for form in (self.look_form, self.printer, self.paper, self.money, self.keys):
            form.refresh()
        if self.preview.isVisible():
            self._draw()

    def _draw(self) -> None:
        picture = self._sample()
        self.preview.set_picture(picture)
        if picture is not None:
            self.preview.setMinimumSize(picture.width + _PAPER_SIDES, picture.height + _PAPER_ENDS)

    def _sample(self) -> PaperPicture | None:
        """The last struk, or the test page of a shop that has not sold yet, as the paper would carry it now."""
        till = self.context.till
        try:
            shop, sale = till.store.read.shop(), till.store.read.last_sale()
            data = till.paper.receipt(sale, shop) if sale else till.paper.test_page(shop, till.clock.now())
            return self.context.backstage.draw_paper(data)
        except ShopError:
            # the preview alone must not stand in the way of setting what is wrong
            return None
