"""What is done to the ticked goods: asked for, done off the UI thread in one transaction, and taken back with Ctrl+Z or from the toast.

Owns the last stroke, so that it can be taken back; the rules are the verbs'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.money import format_figure
from pos.domain.people import Act, Approval
from pos.domain.product_edit import price_edits
from pos.domain.product_rules import LONGEST_WORD
from pos.services import goods_bulk
from pos.services.goods_bulk import Raise, Stroke
from pos.services.permission import may
from pos.services.ports import Till
from pos.ui.context import UiContext
from pos.ui.goods.bulk_prices import RaiseDialog
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import run, tell
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_MOST_CHIPS = 9


class Bulk(QObject):
    """Strokes over many goods.

    Signals:
        done(): the goods are otherwise now.
    """

    done = Signal()

    def __init__(self, context: UiContext, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._context, self._window = context, window
        self._last: Stroke | None = None

    def ask_prices(self, uids: Sequence[str]) -> RaiseDialog:
        dialog = RaiseDialog(self._context, uids, self._window())
        dialog.chosen.connect(lambda how: self.change_prices(uids, how))
        return dialog

    def ask_category(self, uids: Sequence[str]) -> CategoryDialog:
        dialog = CategoryDialog(self._context, len(uids), self._window())
        dialog.chosen.connect(lambda name: self._run(lambda progress: goods_bulk.change_category(self._till, uids, name, progress)))
        return dialog

    def ask_listing(self, uids: Sequence[str]) -> ListingDialog:
        dialog = ListingDialog(len(uids), self._window())
        dialog.chosen.connect(lambda listed: self._run(lambda progress: goods_bulk.change_listing(self._till, uids, listed, progress)))
        return dialog

    def change_prices(self, uids: Sequence[str], how: Raise) -> None:
        """Ask for the role where it is needed, then change them."""
        self._allowed(lambda approval: self._run(lambda progress: goods_bulk.change_prices(self._till, uids, how, approval, progress)))

    def take_back(self) -> None:
        """The last stroke, by a further one; nothing when there is none."""
        stroke, self._last = self._last, None
        if stroke is None:
            return

        def back(approval: Approval | None) -> None:
            self._run(lambda progress: goods_bulk.take_back(self._till, stroke, approval, progress), lambda _done: self._taken_back())

        if any(price_edits(before, after) for before, after in stroke.edits):
            self._allowed(back)
        else:
            back(None)

    @property
    def _till(self) -> Till:
        return self._context.till

    def _allowed(self, then: Callable[[Approval | None], object]) -> None:
        """The PIN is asked for before the long work, which could not wait for it."""
        till = self._context.till

        def ask(approval: Approval | None) -> tuple[Approval | None]:
            may(till, Act.PRICE_CHANGE, approval)
            return (approval,)

        with_approval(self._context, Act.PRICE_CHANGE, ask, lambda given: then(given[0]), self._window())

    def _run(self, work: Callable[[Callable[[int, int], bool]], Stroke], then: Callable[[Stroke], object] | None = None) -> None:
        run(self._context, work, then or self._done, self._refused)

    def _done(self, stroke: Stroke) -> None:
        self._last = stroke
        self._changed()
        said = tr("{n} barang diubah.", n=format_figure(len(stroke.edits)))
        if stroke.passed_over:
            said = f"{said} {tr('{n} rokok dilewati (PP 28/2024).', n=format_figure(stroke.passed_over))}"
        self._context.offered.emit(tr("Sudah diubah"), said, tr("Urungkan"), self.take_back)

    def _taken_back(self) -> None:
        self._changed()
        self._context.told.emit("good", tr("Sudah seperti semula."))

    def _changed(self) -> None:
        self._context.changed.emit(Changed(goods=True, outbox=True))
        self._context.backstage.sync_now()
        self.done.emit()

    def _refused(self, error: ShopError) -> None:
        tell(self._context, error)


class CategoryDialog(Dialog):
    """Which category many goods are to have.

    Signals:
        chosen(str): its name.
    """

    chosen = Signal(str)

    def __init__(self, context: UiContext, many: int, parent: QWidget | None = None) -> None:
        super().__init__(tr("Kategori {n} barang", n=format_figure(many)), parent, width=620)
        self.name = TextField(tr("Kategori"), label=tr("Kategori"))
        self.name.setMaxLength(LONGEST_WORD)
        self.body.addWidget(self.name)
        grid = QGridLayout()
        grid.setSpacing(look().px(8))
        for place, (category, _count) in enumerate(context.till.store.read.categories()[:_MOST_CHIPS]):
            chip = Chip(category)
            chip.setCheckable(False)
            on_click(chip, lambda category=category: self.name.setText(category))  # type: ignore[misc]
            grid.addWidget(chip, place // 3, place % 3)
        self.body.addLayout(grid)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Pindahkan"), Kind.PRIMARY, "check")
        self.yes.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._choose)
        on_click(self.yes, self._choose)
        self.name.setFocus()

    def _choose(self) -> None:
        if self.name.text().strip():
            self.accept()
            self.chosen.emit(self.name.text())


class ListingDialog(Dialog):
    """Whether e-Peken is to show many goods.

    Signals:
        chosen(bool): listed.
    """

    chosen = Signal(bool)

    def __init__(self, many: int, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tampilan online {n} barang", n=format_figure(many)), parent, width=560)
        self.show_them = ChoiceCard(tr("Tampilkan di e-Peken"), tr("Rokok dilewati (PP 28/2024)"), "globe")
        self.hide_them = ChoiceCard(tr("Jangan tampilkan"), tr("Tetap dijual di toko"), "globe-off")
        self.body.addWidget(Text(tr("Pembeli e-Peken boleh memesannya?"), Role.BACA, Token.TINTA2, 400))
        for card, listed in ((self.show_them, True), (self.hide_them, False)):
            card.setCheckable(False)
            on_click(card, lambda listed=listed: self._choose(listed))  # type: ignore[misc]
            self.body.addWidget(card)
        on_click(self.add_button(tr("Batal")), self.reject)

    def _choose(self, listed: bool) -> None:
        self.accept()
        self.chosen.emit(listed)
