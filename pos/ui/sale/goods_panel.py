"""The left of the sale screen: the field for a scan or a name, categories, tiles or hits, and the strip of keys.

Owns what is being looked for. What is wanted goes out as a signal with how many of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.services.views import GoodsHit
from pos.ui.context import UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.sale.chips import CategoryRow, Pager
from pos.ui.sale.counter import split_count
from pos.ui.sale.key_strip import KeyStrip
from pos.ui.sale.results import Results
from pos.ui.sale.tiles import TileGrid
from pos.ui.sale.words import badge_texts
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField

HITS: Final = 24
_SHORTEST_CODE: Final = 3


class GoodsPanel(QWidget):
    """Looking for goods.

    Signals:
        wanted(str, int): a unit's uid, and how many of it.
        typed_code(str): a code was typed by hand and confirmed, with `5*` before it where that was typed.
        new_goods(str): nothing has this name: make it.
        moved(int): another line of the basket is wanted (1 down, -1 up).
        act(Action): a key of the strip, or one that the field would swallow.
        step(int): `+` or `-` was typed into the empty field.
    """

    wanted = Signal(str, int)
    typed_code = Signal(str)
    new_goods = Signal(str)
    moved = Signal(int)
    act = Signal(object)
    step = Signal(int)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counts: dict[str, int] = {}
        self.field = SearchField(icon="scan-barcode", key=key_of(Action.SEARCH))
        self.field.setClearButtonEnabled(False)
        self.chips, self.pager = CategoryRow(), Pager()
        self.grid, self.results, self.strip = TileGrid(), Results(), KeyStrip()
        self.add_button = ActionButton("", "package-plus", kind=Kind.PRIMARY)
        self.nothing = EmptyState("kosong_barang", tr("Tidak ketemu"), "", self.add_button, px=120)
        self.no_goods = EmptyState("kosong_barang", tr("Belum ada barang"), "", px=144)
        self._build()
        self._connect()
        self.retranslate()

    # --- from outside --------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Every word anew."""
        self.field.set_words(tr("Pindai atau cari barang"), tr("Pindai atau cari barang"))
        self.field.set_note(tr("Pemindai siap") if not self.field.text() else "")
        for part in (self.chips, self.pager, self.results, self.strip):
            part.retranslate()
        self.add_button.setText(tr("Tambah barang"))
        self.no_goods.set_words(tr("Belum ada barang"), tr("Masukkan daftar barang di Barang, atau pindai saja yang pertama."))
        self._look_up()

    def reload(self) -> None:
        """Goods have changed: categories, tiles, and what is being looked for."""
        categories = self._context.till.store.read.categories()
        self._counts = dict(categories)
        self.chips.show_categories([name for name, _ in categories])
        self._use_category(self.chips.category, self.grid.page)
        self._look_up()

    def show_state(self, basket: Basket, held: int) -> None:
        """What is on the counter, for the corners of the tiles and the strip."""
        self.grid.show_badges(badge_texts(basket))
        self.strip.show_state(basket, held)

    def begin_search(self) -> None:
        """F2: the field has the focus and is empty."""
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """The field has the focus, with what stands in it."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_count(self) -> int:
        """The `5*` that was typed for the next scan, which is used up by this; 1 where there is none. Other text stays."""
        count, rest = split_count(self.field.text())
        if rest or count == 1:
            return 1
        self.field.clear()
        return count

    # --- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.chips, 1)
        chips.addWidget(self.pager)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2, 8, 2, 8)
        inside.addWidget(self.results)
        nothing = Card()
        inside = QVBoxLayout(nothing)
        inside.addWidget(self.nothing)
        self._pages = QStackedWidget()
        for page in (self.grid, card, nothing, self.no_goods):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self.field)
        box.addLayout(chips)
        box.addWidget(self._pages, 1)
        box.addWidget(self.strip)

    def _connect(self) -> None:
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._look_up)
        self.chips.chosen.connect(lambda category: self._use_category(category, 0))
        self.chips.more.connect(self._all_categories)
        self.pager.turned.connect(self.grid.turn)
        self.grid.paged.connect(self.pager.show_page)
        self.grid.tapped.connect(self._want)
        self.results.chosen.connect(self._want)
        self.strip.pressed.connect(self.act)
        on_click(self.add_button, lambda: self.new_goods.emit(split_count(self.field.text())[1]))

    # --- looking -----------------------------------------------------------------------------------------------------

    def _use_category(self, category: str, page: int) -> None:
        read = self._context.till.store.read
        total = self._counts.get(category, 0) if category else sum(self._counts.values())
        self.grid.use(lambda limit, offset: read.tiles(category, limit, offset), total, page)
        if self.field.text():
            self.field.clear()
        self._show_page()

    def _look_up(self) -> None:
        wanted = split_count(self.field.text())[1]
        self.field.set_note(tr("Pemindai siap") if not self.field.text() else "")
        self.results.show_hits(self._context.till.store.read.search(wanted, HITS) if wanted else [])
        if wanted and not self.results.hits.hits:
            title = tr("“{wanted}” tidak ketemu", wanted=wanted[:40])
            self.nothing.set_words(title, tr("Coba sebagian namanya saja, atau tambahkan sebagai barang baru."))
        self._show_page()

    def _show_page(self) -> None:
        wanted, hits = split_count(self.field.text())[1], self.results.hits.hits
        page = (1 if hits else 2) if wanted else (0 if self._counts else 3)
        self._pages.setCurrentIndex(page)
        self.pager.setVisible(page == 0 and self.grid.pages > 1)

    def _all_categories(self) -> None:
        from pos.ui.sale.dialogs import CategoryDialog

        dialog = CategoryDialog(list(self._counts.items()), self.window())
        dialog.accepted.connect(lambda: self.chips.choose(dialog.category))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _want(self, hit: GoodsHit) -> None:
        count = split_count(self.field.text())[0]
        self.wanted.emit(hit.unit_uid, count)
        self.field.clear()
        self.take_focus()

    # --- keys that the field would swallow ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.field.text():
            # an empty field has nothing to undo or delete: those keys are the basket's
            event.ignore()
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            return event.matches(undo) or event.matches(redo) or event.key() == Qt.Key.Key_Delete
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, text = event.key(), self.field.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(text)
            return True
        if key == Qt.Key.Key_Escape and text:
            self.field.clear()
            return True
        moves: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Down: lambda: self._move(1),
            Qt.Key.Key_Up: lambda: self._move(-1),
            Qt.Key.Key_PageDown: lambda: self.grid.turn(1),
            Qt.Key.Key_PageUp: lambda: self.grid.turn(-1),
        }
        if key in moves:
            moves[key]()
            return True
        if not text and event.text() in ("+", "-"):
            self.step.emit(1 if event.text() == "+" else -1)
            return True
        return False

    def _move(self, step: int) -> None:
        if self.results.hits.hits:
            self.results.step(step)
        else:
            self.moved.emit(step)

    def _enter(self, text: str) -> None:
        """A code typed by hand, or the chosen hit. Enter alone does nothing."""
        _, wanted = split_count(text)
        like_code = wanted.isdigit() and len(wanted) >= _SHORTEST_CODE
        if like_code and (not self.results.hits.hits or self._context.till.store.read.find_unit(wanted) is not None):
            self.field.clear()
            self.typed_code.emit(text)
        elif wanted:
            self.results.take()
