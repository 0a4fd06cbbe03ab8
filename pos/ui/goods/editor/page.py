"""The page on which a product is made or changed: four tabs over one draft, and the one step that keeps it. Owns when it is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.domain.product import Product
from pos.services import goods_editing
from pos.services.goods_views import PHOTO
from pos.ui.context import UiContext
from pos.ui.goods.editor.about import AboutTab
from pos.ui.goods.editor.draft import Draft, blank_product
from pos.ui.goods.editor.keeping import KeepingTab
from pos.ui.goods.editor.prices import PricesTab
from pos.ui.goods.editor.units import UnitsTab
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import ElidedText

ABOUT, UNITS, KEEPING, PRICES = "about", "units", "keeping", "prices"
SAVE_KEY: Final = "Ctrl+S"
_ON_UNITS: Final = frozenset(
    {
        ErrorCode.UNIT_NAME_EMPTY,
        ErrorCode.UNIT_NAME_TWICE,
        ErrorCode.LADDER_CIRCLE,
        ErrorCode.LADDER_FACTOR,
        ErrorCode.LADDER_LENGTH,
        ErrorCode.PRICE_MISSING,
        ErrorCode.PRICES_TOO_MANY,
        ErrorCode.CODE_TAKEN,
        ErrorCode.CODE_TWICE,
        ErrorCode.CODES_TOO_MANY,
    }
)


class EditorPage(QWidget):
    """Stands in place of the goods list.

    Signals:
        kept(str): uid of the product that was kept.
        left(): nothing is to be kept.
    """

    kept = Signal(str)
    left = Signal()

    def __init__(self, context: UiContext, product: Product | None, name: str = "", code: str = "") -> None:
        """`product`: the one to change; None for a new one, with what is known of it."""
        super().__init__()
        self.context, self._before = context, product
        read, new_id = context.till.store.read, context.till.ids.new
        shown = product or blank_product(new_id, name, code)
        care = read.care(shown.uid)
        self._draft = Draft(shown, new_id)
        self._start = self._draft_state()
        picture = f"{PHOTO}{care.picture}" if care.picture else ""
        self.about = AboutTab(context, self._draft, picture, product is not None and read.has_moved(shown.uid))
        self.units = UnitsTab(context, self._draft, shown.uid)
        self.keeping = KeepingTab(context, self._draft, care)
        self._care = care
        self._tabs: dict[str, QWidget] = {ABOUT: scrolled(self.about), UNITS: self.units, KEEPING: scrolled(self.keeping)}
        if product is not None:
            self._tabs[PRICES] = PricesTab(context, product)
        self.choice = Segments(self._words())
        self.choice.setAccessibleName(tr("Bagian"))
        self._stack = QStackedWidget()
        for tab in self._tabs.values():
            self._stack.addWidget(tab)
        self._title = ElidedText(product.name if product else tr("Barang baru"), Role.JUDUL, Token.TINTA, 800)
        self.back = IconButton("arrow-left", tr("Kembali ke daftar"))
        self.save = ActionButton(tr("Simpan"), "check", SAVE_KEY, Kind.NEXT, role=Role.BACA)
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._build()
        self._connect()
        self.about.name.setFocus()

    # --- what the room asks -------------------------------------------------------------------------------------

    def scanned(self, code: str) -> bool:
        """A code is the chosen unit's, wherever on the page one is."""
        self.show_tab(UNITS)
        self.units.scanned(code)
        return True

    def show_tab(self, key: str) -> None:
        """Turn to a tab; what it shows of the others is read anew."""
        if key not in self._tabs:
            return
        self.choice.choose(key)
        if key == UNITS and self._stack.currentWidget() is not self._tabs[UNITS]:
            self.units.renew()
        if key == KEEPING and self._stack.currentWidget() is not self._tabs[KEEPING]:
            self.keeping.renew()
        self._stack.setCurrentWidget(self._tabs[key])

    @property
    def changed(self) -> bool:
        """Whether leaving would lose something."""
        dates = self.keeping.expiry.isChecked() != self._care.tracks_expiry
        return dates or self.about.photo is not None or self._draft_state() != self._start

    # --- building -----------------------------------------------------------------------------------------------

    def _words(self) -> list[tuple[str, str]]:
        words = [(ABOUT, tr("Barang")), (UNITS, tr("Satuan dan harga")), (KEEPING, tr("Stok dan online"))]
        return [*words, (PRICES, tr("Riwayat harga"))] if self._before is not None else words

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(look().px(12))
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        self.save.setMinimumHeight(look().px(56))
        head.addWidget(self.save)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.addWidget(self._stack)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(head)
        box.addWidget(self.choice)
        box.addWidget(self._trouble)
        box.addWidget(ground, 1)

    def _connect(self) -> None:
        on_click(self.save, self.keep)
        on_click(self.back, self.leave)
        self.choice.chosen.connect(self._turn)
        for key, act in ((SAVE_KEY, self.keep), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self._paste)

    def _turn(self, key: str) -> None:
        """Another tab, unless a field of this one cannot be read yet."""
        if not self._take():
            return
        self.show_tab(key)

    def _paste(self) -> None:
        """Words into the field that has the focus; a picture as the photo."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and QApplication.clipboard().image().isNull():
            focus.paste()
        else:
            self.show_tab(ABOUT)
            self.about.take_copied()

    # --- keeping ------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep it; what cannot be is said at its place."""
        if not self._take():
            return
        try:
            product = self._draft.product()
        except ShopError as error:
            self._refuse(error)
            return
        with_approval(self.context, Act.PRICE_CHANGE, lambda approval: self._try(product, approval), self._judge, self.window())

    def _try(self, product: Product, approval: Approval | None) -> Product | ShopError:
        """The product as it was kept, or why it was not; only a missing role is asked for elsewhere."""
        till, before, care, photo = self.context.till, self._before, self.keeping.care(), self.about.photo
        try:
            if before is None:
                return goods_editing.add_product(till, product, care, photo, approval)
            return goods_editing.edit_product(till, before, product, care, photo, approval).product
        except ShopError as error:
            if error.code is ErrorCode.NEEDS_ROLE:
                raise
            return error

    def _judge(self, kept: Product | ShopError) -> None:
        if isinstance(kept, ShopError):
            self._refuse(kept)
        else:
            self.kept.emit(kept.uid)

    def _take(self) -> bool:
        """Read every field of the tab that is shown; it says itself what cannot be read. The others were read when they were left."""
        self._trouble.tell("triangle-alert", "", Tone.FAULT)
        current = self._stack.currentWidget()
        if current is self._tabs[UNITS]:
            return self.units.take()
        return self.keeping.take() if current is self._tabs[KEEPING] else True

    def _refuse(self, error: ShopError) -> None:
        if error.code in _ON_UNITS:
            self.show_tab(UNITS)
        elif error.code in (ErrorCode.GOODS_NAME_EMPTY, ErrorCode.BASE_UNIT_FIXED):
            self.show_tab(ABOUT)
            self.about.name.set_faulty(error.code is ErrorCode.GOODS_NAME_EMPTY)
        self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
        self.context.sound.emit("error")

    def leave(self) -> None:
        """Back to the list. What was typed is offered once more: nothing is lost by a slip."""
        self.left.emit()

    def _draft_state(self) -> object:
        """What can be compared of the draft."""
        draft = self._draft
        units = [(unit.uid, unit.name, unit.count, unit.of, tuple(unit.prices), tuple(unit.codes)) for unit in draft.units]
        return (
            *(draft.name, draft.category, draft.brand, draft.size, draft.base_unit, draft.regulation, draft.min_stock, draft.online_buffer),
            *(draft.listed_online, draft.consignor, draft.sold),
            tuple(units),
        )
