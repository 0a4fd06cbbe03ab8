"""Goods that stand in the list twice: pairs at the left, both of one beside it, and the one step that makes them one. Owns the choice.

What cannot be taken back is said before it is done: which one stays, and what goes over to it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure
from pos.domain.people import Act, Approval
from pos.domain.product import Product
from pos.services import twins
from pos.services.goods_views import PHOTO
from pos.services.twins import Twins
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import ladder_text
from pos.ui.goods.twins.model import TwinsDelegate, TwinsModel
from pos.ui.goods.twins.side import Side, SideCard
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.operations import Progress, attempt, run
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.scroll import bare_list
from pos.ui.widgets.text import Text

_LEFT = 330
MERGE_KEY, DISMISS_KEY = "Ctrl+Enter", "Ctrl+B"


class TwinsPage(QWidget):
    """Stands in place of the goods list.

    Signals:
        left(): back to the list.
    """

    left = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.context = context
        self.model = TwinsModel()
        self.view = QListView()
        self.sides = (SideCard(), SideCard())
        self.back = IconButton("arrow-left", tr("Kembali ke daftar"))
        self._title = Text(tr("Barang kembar"), Role.JUDUL, Token.TINTA, 800)
        self._count = Text("", Role.BACA, Token.TINTA2, 500)
        self.no = ActionButton(tr("Bukan kembar"), "x", DISMISS_KEY, role=Role.BACA)
        self.yes = ActionButton(tr("Gabungkan"), "check", MERGE_KEY, Kind.NEXT, role=Role.BACA)
        self._notice = Notice("info", "", Tone.INFORMATION)
        self._goods: dict[str, Product] = {}
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.look_for()

    @property
    def changed(self) -> bool:
        """Nothing is typed here that could be lost."""
        return False

    def scanned(self, code: str) -> bool:
        """A scan chooses the first pair in which the product is."""
        unit = self.context.till.store.read.find_unit(code)
        for place in range(self.model.rowCount()):
            pair = self.model.pair_at(place)
            if unit is not None and pair is not None and unit.product_uid in (pair.one_uid, pair.other_uid):
                self.view.setCurrentIndex(self.model.index(place))
                return True
        self.context.sound.emit("unknown")
        return True

    def look_for(self) -> None:
        """Find them off the UI thread: a long list takes a second or two."""
        self._pages.setCurrentIndex(2)
        till = self.context.till

        def look(progress: Progress) -> list[Twins]:
            twins.settle(till)
            return twins.find_twins(till.store.read, progress)

        run(self.context, look, self._found)

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwinsDelegate(self.view))
        bare_list(self.view)
        self.view.setAccessibleName(tr("Pasangan barang kembar"))
        head = QHBoxLayout()
        head.setSpacing(look().px(12))
        for part in (self.back, self._title, self._count):
            head.addWidget(part)
        head.addStretch(1)
        for button in (self.no, self.yes):
            button.setMinimumHeight(look().px(56))
            head.addWidget(button)
        pairs = Card()
        inside = QVBoxLayout(pairs)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.view)
        pairs.setFixedWidth(look().px(_LEFT))
        both = QHBoxLayout()
        both.setSpacing(look().px(12))
        group = QButtonGroup(self)
        for card in self.sides:
            group.addButton(card)
            both.addWidget(card, 1)
        right = QVBoxLayout()
        right.setSpacing(look().px(10))
        right.addWidget(self._notice)
        right.addLayout(both, 1)
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(pairs)
        row.addLayout(right, 1)
        said = tr("Setiap barang hanya sekali di daftar. Kembali dan lanjutkan.")
        none = EmptyState("kosong_barang", tr("Tidak ada barang kembar"), said)
        looking = EmptyState("kosong_barang", tr("Sedang mencari"), tr("Nama dan barcode semua barang dibandingkan."))
        for page in (shown, none, looking):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(head)
        box.addWidget(self._pages, 1)

    def _connect(self) -> None:
        on_click(self.back, self.left.emit)
        on_click(self.no, self.dismiss)
        on_click(self.yes, self.merge)
        self.view.selectionModel().currentChanged.connect(lambda _index, _before: self._show())
        for card in self.sides:
            card.toggled.connect(lambda _on: self._say())
        keys = ((MERGE_KEY, self.merge), ("Ctrl+Return", self.merge), (DISMISS_KEY, self.dismiss), ("Esc", self.left.emit))
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for key, place in (("Left", 0), ("Right", 1)):
            shortcut = QShortcut(QKeySequence(key), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda place=place: self.sides[place].setChecked(True))

    # --- what is shown ------------------------------------------------------------------------------------------

    def _found(self, pairs: list[Twins]) -> None:
        uids = {uid for pair in pairs for uid in pair.pair}
        self._goods = self.context.till.store.read.known_products(sorted(uids))
        self.model.show(pairs, self._goods)
        self._go_to(0)

    def _go_to(self, place: int) -> None:
        many = self.model.rowCount()
        self._count.setText(tr("{n} pasang", n=format_figure(many)) if many else "")
        for button in (self.no, self.yes):
            button.setVisible(many > 0)
        self._pages.setCurrentIndex(0 if many else 1)
        if many:
            self.view.setCurrentIndex(self.model.index(min(place, many - 1)))
            self.view.setFocus()
            self._show()

    @property
    def _pair(self) -> Twins | None:
        return self.model.pair_at(self.view.currentIndex().row())

    def _show(self) -> None:
        pair = self._pair
        if pair is None:
            return
        sides = [self._side(uid) for uid in (pair.one_uid, pair.other_uid)]
        for card, side in zip(self.sides, sides, strict=True):
            card.tell(side)
        # the one with more on the shelf is mostly the one that people use
        self.sides[0 if sides[0].on_hand >= sides[1].on_hand else 1].setChecked(True)
        self._say()

    def _side(self, uid: str) -> Side:
        read = self.context.till.store.read
        product = read.product(uid) or self._goods[uid]
        picture = read.care(uid).picture
        return Side(product, read.on_hand(uid), f"{PHOTO}{picture}" if picture else "")

    def _chosen(self) -> tuple[str, str]:
        """uids of the one that stays and of the one that goes."""
        pair = self._pair
        if pair is None:
            return "", ""
        first = self.sides[0].isChecked()
        return (pair.one_uid, pair.other_uid) if first else (pair.other_uid, pair.one_uid)

    def _say(self) -> None:
        """What will happen, before it does."""
        kept_uid, gone_uid = self._chosen()
        if not kept_uid:
            return
        kept, gone = self._side(kept_uid), self._side(gone_uid)
        said = tr(
            "{gone} masuk ke {kept}: stok {stock}, barcode, dan riwayatnya. Harga {kept} yang dipakai. Ini tidak bisa dipisah lagi.",
            gone=gone.product.name[:40],
            kept=kept.product.name[:40],
            stock=ladder_text(gone.product, gone.on_hand),
        )
        self._notice.tell("info", said, Tone.INFORMATION)

    # --- what a person wants ------------------------------------------------------------------------------------

    def dismiss(self) -> None:
        """They are two: not asked again."""
        pair, place = self._pair, self.view.currentIndex().row()
        if pair is None:
            return

        def done(_nothing: None) -> None:
            self.model.drop(place)
            self._go_to(place)

        attempt(self.context, lambda: twins.dismiss(self.context.till, pair.one_uid, pair.other_uid), done)

    def merge(self) -> None:
        """They are one."""
        kept_uid, gone_uid = self._chosen()
        place = self.view.currentIndex().row()
        if not kept_uid:
            return

        def tried(approval: Approval | None) -> Product | ShopError:
            try:
                return twins.merge(self.context.till, kept_uid, gone_uid, approval)
            except ShopError as error:
                if error.code is ErrorCode.NEEDS_ROLE:
                    raise
                return error

        def judged(made: Product | ShopError) -> None:
            if isinstance(made, ShopError):
                self.context.sound.emit("error")
                self._notice.tell("triangle-alert", error_sentence(made), Tone.FAULT)
                return
            self._goods[made.uid] = made
            self.model.drop(place, gone_uid)
            self._go_to(place)
            self.context.told.emit("good", tr("Sudah jadi satu: {name}", name=made.name[:40]))
            self.context.changed.emit(Changed(goods=True, stock=True, outbox=True))
            self.context.backstage.sync_now()

        with_approval(self.context, Act.PRICE_CHANGE, tried, judged, self.window())
