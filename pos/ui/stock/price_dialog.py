"""Prices that a delivery's cost asks for: the margin by category, what it comes to, and taking it. Owns what is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.people import Act
from pos.domain.receiving import Receipt
from pos.services import stock_lists
from pos.services.stock_lists import Suggestion
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.stock.rows import Line, LineList
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_STEPS: Final = (100, 500, 1_000)
_MOST_CATEGORIES: Final = 4
_MOST_LOOKED: Final = 100


class PriceDialog(Dialog):
    """A click on a row takes its price."""

    def __init__(self, context: UiContext, receipt: Receipt, parent: QWidget | None = None) -> None:
        super().__init__(tr("Usul harga jual"), parent, 640)
        self._context, self._receipt = context, receipt
        self._wanted: list[Suggestion] = []
        categories = self._find_categories()
        self._category = categories[0] if categories else ""
        self.categories = Segments([(name, name[:24]) for name in categories[:_MOST_CATEGORIES]])
        self.categories.setVisible(len(categories) > 1)
        self.margin = TextField()
        self._show_margin()
        self.steps = Segments([(str(step), tr("Kelipatan {amount}", amount=format_rupiah(step))) for step in _STEPS])
        step = stock_lists.price_step(context.till)
        if step in _STEPS:
            self.steps.choose(str(step))
        self.list = LineList()
        self.list.setAccessibleName(tr("Usul harga jual"))
        self.list.setFixedHeight(look().px(73 * 3 + 4))
        self.said = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.body.addWidget(self.categories)
        self.body.addWidget(self.margin)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.said)
        self.body.addWidget(self.list)
        on_click(self.add_button(tr("Pakai semua"), icon="check"), self._take_all)
        on_click(self.add_button(tr("Selesai"), Kind.PRIMARY), self.accept)
        self.margin.editingFinished.connect(self._set_margin)
        self.categories.chosen.connect(self._turn)
        self.steps.chosen.connect(self._set_step)
        self.list.wanted.connect(self._take)
        self._show()

    def scanned(self, code: str) -> bool:
        """A scan is no margin."""
        self._context.sound.emit("error")
        return True

    def _find_categories(self) -> list[str]:
        """Of the goods that came, in their order."""
        read = self._context.till.store.read
        products = [read.product(line.product_uid) for line in self._receipt.lines[:_MOST_LOOKED]]
        return list(dict.fromkeys(product.category for product in products if product is not None))

    def _turn(self, category: str) -> None:
        self._category = category
        self._show_margin()

    def _show_margin(self) -> None:
        label = tr("Untung {category} (%)", category=self._category) if self._category else tr("Untung (%)")
        self.margin.set_words(label, label=label)
        known = stock_lists.margins(self._context.till)
        margin = known.get(self._category, known.get(""))
        whole, part = divmod(margin or 0, 100)
        said = f"{whole},{part:02d}".rstrip("0").rstrip(",") if part else str(whole)
        self.margin.setText("" if margin is None else said)

    def _show(self) -> None:
        self._wanted = stock_lists.suggestions(self._context.till, self._receipt)
        self.list.rows.show(
            [
                Line(
                    item.unit_uid,
                    item.name,
                    tr("modal {cost} per {unit}", cost=format_rupiah(item.cost), unit=item.unit_name),
                    tr("{before} jadi {after}", before=format_rupiah(item.price), after=format_rupiah(item.wanted)),
                    tr("sentuh untuk memakai"),
                    Token.DAUN_TEKS if item.wanted > item.price else Token.TINTA,
                )
                for item in self._wanted
            ]
        )
        self.said.setText(
            tr("Sentuh baris untuk memakai harganya.") if self._wanted else tr("Tidak ada usul. Isi untung yang diinginkan di atas modal.")
        )

    def _set_margin(self) -> None:
        text = self.margin.text().strip().replace(",", ".")
        self.margin.set_faulty(False)
        try:
            stock_lists.set_margin(self._context.till, self._category, _hundredths(text) if text else None)
        except ShopError as error:
            self.margin.set_faulty(True)
            self._context.sound.emit("error")
            self.said.setText(error_sentence(error))
            return
        self._show()

    def _set_step(self, key: str) -> None:
        stock_lists.set_price_step(self._context.till, int(key))
        self._show()

    def _take(self, unit_uid: str) -> None:
        item = next((item for item in self._wanted if item.unit_uid == unit_uid), None)
        if item is not None:
            till = self._context.till
            with_approval(
                self._context, Act.PRICE_CHANGE, lambda approval: stock_lists.take_suggestion(till, item, approval), self._taken, self
            )

    def _take_all(self) -> None:
        for item in list(self._wanted):
            self._take(item.unit_uid)

    def _taken(self, _product: object) -> None:
        self._context.changed.emit(Changed(goods=True, outbox=True))
        self._context.backstage.sync_now()
        self._show()


def _hundredths(text: str) -> int:
    """`12.5` -> 1250. Raises ShopError UNCLEAR_AMOUNT."""
    whole, _, part = text.partition(".")
    if not (text.isascii() and whole.isdigit() and len(whole) <= 4 and len(part) <= 2 and (part.isdigit() or not part)):
        raise ShopError(ErrorCode.UNCLEAR_AMOUNT, typed=text[:20])
    return int(whole) * 100 + int((part + "00")[:2])
