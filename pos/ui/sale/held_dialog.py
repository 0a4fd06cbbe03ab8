"""The baskets that were put aside: numbered, named, with their age and total; back to the counter, named anew, or off the list.

Owns which are shown; acts through the counter and `pos.services.selling`.
"""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.services import selling
from pos.ui.context import UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.moments import clock_text, span_text
from pos.ui.operations import attempt
from pos.ui.sale.counter import Counter
from pos.ui.sale.words import first_names, kinds_text
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import ElidedText, Text

_CHANGED = Changed(basket=True)


def held_name(basket: Basket) -> str:
    """`2 · Bu Rina`, or by its first goods where nobody named it."""
    return f"{basket.number} · {basket.label or first_names(basket.lines)}"


class HeldCard(Card):
    """One basket: number and name, what is in it, since when, its total."""

    def __init__(self, basket: Basket, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Token.CEKUNG, 12)
        name = held_name(basket)
        self.button = ActionButton(tr("Lanjutkan"), "play", kind=Kind.PRIMARY, role=Role.BACA)
        self.button.setAccessibleDescription(name)
        self.rename = IconButton("pencil", tr("Beri nama {held}", held=name))
        self.drop = IconButton("trash-2", tr("Hapus {held}", held=name))
        title = ElidedText(name, Role.BACA, Token.TINTA, 700)
        age = span_text(max(0, now - basket.held_at)) if basket.held_at else ""
        at = clock_text(basket.held_at) if basket.held_at else ""
        details = ElidedText(" · ".join(part for part in (kinds_text(basket), at, age) if part), Role.BACA, Token.TINTA2, 400)
        total = Text(format_rupiah(basket.total), Role.ANGKA, Token.TINTA, 800, px=30)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(12), look().px(14), look().px(14))
        box.setSpacing(look().px(2))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.rename)
        head.addWidget(self.drop)
        box.addLayout(head)
        box.addWidget(details)
        row = QHBoxLayout()
        row.addWidget(total, 1)
        row.addWidget(self.button)
        box.addLayout(row)


class HeldDialog(Dialog):
    """All of them, the one that was put aside last first."""

    def __init__(self, context: UiContext, counter: Counter, held: list[Basket], parent: QWidget | None = None) -> None:
        super().__init__(tr("Keranjang yang disimpan"), parent, 880)
        self._context, self._counter = context, counter
        self.cards: list[HeldCard] = []
        board = QWidget()
        self._grid = QGridLayout(board)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setSpacing(look().px(10))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._area = scrolled(board)
        sentence = tr("Simpan keranjang dengan {key} saat pembeli masih mengambil barang.", key=key_of(Action.HOLD))
        self._empty = EmptyState("kosong_keranjang", tr("Belum ada yang disimpan"), sentence)
        self.body.addWidget(self._area)
        self.body.addWidget(self._empty)
        self._area.setMinimumHeight(min(look().px(430), max(1, -(-len(held) // 2)) * look().px(160)))
        self._show(held)

    def scanned(self, code: str) -> bool:
        """The next customer's goods come: they are more urgent than this list."""
        self.reject()
        self._counter.scan(code)
        return True

    def _show(self, held: list[Basket]) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        now = self._context.till.clock.now()
        newest = sorted(held, key=lambda basket: -basket.held_at)
        self.cards = [HeldCard(basket, now) for basket in newest]
        for place, (card, basket) in enumerate(zip(self.cards, newest, strict=True)):
            on_click(card.button, lambda uid=basket.uid: self._recall(uid))  # type: ignore[misc]
            on_click(card.rename, lambda basket=basket: self._rename(basket))  # type: ignore[misc]
            on_click(card.drop, lambda basket=basket: self._drop(basket))  # type: ignore[misc]
            self._grid.addWidget(card, place // 2, place % 2)
        self._area.setVisible(bool(held))
        self._empty.setVisible(not held)

    def _reload(self) -> None:
        self._show(self._context.till.store.read.held_baskets())
        self._context.changed.emit(_CHANGED)

    def _recall(self, uid: str) -> None:
        """A basket on the counter is put aside first: nothing is lost, and both hands stay free."""
        busy = bool(self._counter.basket.lines)
        number = self._counter.hold() if busy else 0
        if busy and not number:
            return
        if self._counter.recall(uid):
            self.accept()
            self._context.changed.emit(_CHANGED)
            if busy:
                self._context.told.emit("good", tr("Keranjang tadi disimpan, nomor {n}.", n=number))

    def _rename(self, basket: Basket) -> None:
        dialog = NameDialog(basket, self)
        dialog.accepted.connect(lambda: self._named(basket, dialog.name.text()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _named(self, basket: Basket, name: str) -> None:
        attempt(self._context, lambda: selling.name_held(self._context.till, basket.uid, name), lambda _done: self._reload())

    def _drop(self, basket: Basket) -> None:
        """At once, with the way back: it can be put on the list again."""
        context = self._context

        def bring_back() -> None:
            attempt(context, lambda: selling.restore_dropped(context.till, basket.uid), lambda _done: context.changed.emit(_CHANGED))

        def dropped(_done: None) -> None:
            self._reload()
            context.offered.emit(tr("Simpanan dihapus"), held_name(basket), tr("Kembalikan"), bring_back)

        attempt(context, lambda: selling.drop_held(context.till, basket.uid), dropped)


class NameDialog(Dialog):
    """What a held basket is called."""

    def __init__(self, basket: Basket, parent: QWidget | None = None) -> None:
        super().__init__(tr("Nama simpanan nomor {n}", n=basket.number), parent, 480)
        self.name = TextField(tr("Nama"), label=tr("Nama"))
        self.name.setMaxLength(selling.LONGEST_NAME)
        self.name.setText(basket.label)
        self.body.addWidget(self.name)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.add_button(tr("Simpan"), Kind.PRIMARY, "check", accept=True)
        self.name.returnPressed.connect(self.accept)
        self.name.selectAll()
        self.name.setFocus()
