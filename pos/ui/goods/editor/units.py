"""The ladder of a product beside the unit that is worked on. Owns which unit that is."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.ladder import MOST_RUNGS
from pos.domain.money import format_rupiah
from pos.ui.context import UiContext
from pos.ui.goods.editor.draft import Draft, DraftUnit
from pos.ui.goods.editor.rows import small_button
from pos.ui.goods.editor.unit_form import UnitForm
from pos.ui.goods.editor.words import BASE_UNITS
from pos.ui.language import tr
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.text import Text

_LEFT = 300


class UnitsTab(QWidget):
    """The second tab."""

    def __init__(self, context: UiContext, draft: Draft, product_uid: str) -> None:
        super().__init__()
        self._context, self._draft, self._product_uid = context, draft, product_uid
        self._now = context.till.clock.now()
        self._chosen = draft.sold
        self._group = QButtonGroup(self)
        self.cards: dict[str, ChoiceCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(look().px(8))
        self.add = small_button(tr("Tambah satuan"), "plus", self._add)
        left = QVBoxLayout()
        left.setSpacing(look().px(8))
        left.addWidget(Text(tr("Satuan"), Role.SUB, Token.TINTA, 700))
        left.addLayout(self._list)
        left.addWidget(self.add)
        left.addStretch(1)
        beside = QWidget()
        beside.setLayout(left)
        ladder = scrolled(beside)
        ladder.setFixedWidth(look().px(_LEFT))
        self._place = Card()
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(2, 2, 2, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(look().px(16), look().px(12), look().px(16), look().px(12))
        row.setSpacing(look().px(16))
        row.addWidget(ladder)
        row.addWidget(self._place, 1)
        self.form = self._open()
        self._show_ladder()

    def renew(self) -> None:
        """The tab is shown again: what stock is counted in may be another."""
        self._turn(self._chosen)

    def take(self) -> bool:
        """Read what is typed for the last time."""
        return self.form.take()

    def scanned(self, code: str) -> None:
        """A code for the unit that is worked on."""
        self.form.take_code(code)

    # --- the ladder ---------------------------------------------------------------------------------------------

    def _show_ladder(self) -> None:
        for card in self.cards.values():
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        self.cards = {unit.uid: ChoiceCard() for unit in self._draft.units}
        for uid, card in self.cards.items():
            self._group.addButton(card)
            self._list.addWidget(card)
            on_click(card, lambda uid=uid: self._turn(uid))  # type: ignore[misc]
        self.cards[self._chosen].setChecked(True)
        self.add.setEnabled(len(self.cards) < MOST_RUNGS)
        self._say()

    def _say(self) -> None:
        """The words of every card: a name or a price that is typed is seen at once."""
        for unit in self._draft.units:
            retail = unit.retail(self._now)
            price = format_rupiah(retail.amount) if retail else tr("tanpa harga")
            self.cards[unit.uid].set_words(unit.name or tr("tanpa nama"), f"{self._holds(unit)} · {price}")

    def _holds(self, unit: DraftUnit) -> str:
        if unit.count == 1 and not unit.of:
            return tr("satuan dasar")
        below = self._draft.unit(unit.of).name if unit.of else tr(BASE_UNITS[self._draft.base_unit])
        return tr("isi {n} {unit}", n=unit.count, unit=below)

    def _turn(self, uid: str) -> None:
        self._chosen = self._draft.unit(uid).uid
        old, self.form = self.form, self._open()
        old.hide()
        self.cards[self._chosen].setChecked(True)

    def _open(self) -> UnitForm:
        while (item := self._inside.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        form = UnitForm(self._context, self._draft, self._draft.unit(self._chosen), self._product_uid)
        form.changed.connect(self._say)
        form.dropped.connect(self._drop)
        self._inside.addWidget(scrolled(form))
        return form

    def _add(self) -> None:
        taken = {unit.name.casefold() for unit in self._draft.units}
        name = next((word for word in ("renteng", "pak", "dus", "karton") if word not in taken), "")
        self._chosen = self._draft.add_unit(name).uid
        self._show_ladder()
        self._turn(self._chosen)
        self.form.name.setFocus()
        self.form.name.selectAll()

    def _drop(self) -> None:
        self._draft.drop_unit(self._chosen)
        self._chosen = self._draft.sold
        self._show_ladder()
        self._turn(self._chosen)
