"""The goods on the counter as the screen knows them: one object between the widgets and the verbs of `services.selling`.

Every basket that it shows is on disk first. Owns the chosen line and nothing else that the store does not hold; draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import Basket, BasketLine
from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import parse_quantity
from pos.domain.sale import Sale, cash_due
from pos.services import selling
from pos.ui.context import UiContext
from pos.ui.operations import attempt, tell

_COUNTED: Final = re.compile(r"(\d{1,4})\s*[*xX×]\s*(.*)", re.DOTALL)
_SOLD: Final = Changed(basket=True, sales=True, stock=True, session=True, outbox=True, print_jobs=True)


def split_count(typed: str) -> tuple[int, str]:
    """`5*8991` -> (5, `8991`), `5*` -> (5, ``), `8991` -> (1, `8991`). A count of zero is no count."""
    match = _COUNTED.fullmatch(typed.strip())
    if match is None or int(match.group(1)) == 0:
        return 1, typed.strip()
    return int(match.group(1)), match.group(2).strip()


class Counter(QObject):
    """The open basket and the verbs on it.

    Signals:
        shown(Basket, str): the basket as it now is on disk, and the uid of the line that was touched, or an empty string.
        chosen(str): another line is chosen; empty for none.
        unknown(str): a scanned code that nobody knows; it has sounded, the screen says it.
        sold(Sale): the basket was sold; it is empty now.

    Attributes:
        basket: what is on disk and on the screen.
        selected: uid of the chosen line, empty for none.
    """

    shown = Signal(object, str)
    chosen = Signal(str)
    unknown = Signal(str)
    sold = Signal(object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.basket = Basket("")
        self.selected = ""

    # --- reading ---------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show what the store holds: after a start, a language switch, or when another part changed the basket."""
        self._show(self.context.till.store.read.basket(), "")

    @property
    def line(self) -> BasketLine | None:
        """The chosen line."""
        return self._find(self.selected)

    @property
    def due(self) -> int:
        """Rupiah to pay in cash: the total with the shop's rounding, as it is told before payment."""
        return cash_due(self.basket.total, self.context.till.rules.rounding)

    def _find(self, line_uid: str) -> BasketLine | None:
        return next((line for line in self.basket.lines if line.uid == line_uid), None)

    # --- choosing a line -------------------------------------------------------------------------------------------

    def choose(self, line_uid: str) -> None:
        """Make a line the one that +, -, F3 and Del mean."""
        if line_uid != self.selected:
            self.selected = line_uid
            self.chosen.emit(line_uid)

    def choose_next(self, step: int) -> None:
        """One line further down (1) or up (-1)."""
        uids = [line.uid for line in self.basket.lines]
        if uids:
            place = uids.index(self.selected) if self.selected in uids else len(uids) - 1 - step
            self.choose(uids[max(0, min(len(uids) - 1, place + step))])

    # --- changing --------------------------------------------------------------------------------------------------

    def scan(self, typed: str, count: int = 1) -> bool:
        """Put what was scanned on the counter; `5*8991...` is five of it. False when it was refused, which was said."""
        counted, code = split_count(typed)
        try:
            basket, line = selling.scan(self.context.till, code, count * counted)
        except ShopError as error:
            if error.code is ErrorCode.UNKNOWN_BARCODE:
                # the screen says it, with the way on
                self.context.sound.emit("unknown")
                self.unknown.emit(code)
            else:
                tell(self.context, error)
            return False
        self._took(basket, line)
        return True

    def add(self, unit_uid: str, count: int = 1) -> bool:
        """Put `count` of a unit on the counter: a tap on a tile, a hit of the search."""

        def verb() -> tuple[Basket, BasketLine]:
            unit = self.context.till.store.read.unit(unit_uid)
            if unit is None:
                raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
            return selling.add_unit(self.context.till, unit, count * unit.factor)

        return attempt(self.context, verb, lambda took: self._took(*took))

    def _took(self, basket: Basket, line: BasketLine) -> None:
        self.context.sound.emit("accepted")
        self._show(basket, line.uid)

    def type_quantity(self, typed: str) -> bool:
        """Give the chosen line a typed quantity of its unit: `3`, `1,5`."""
        line = self.line
        if line is None:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
            return False
        return self._change(lambda: selling.set_quantity(self.context.till, line.uid, parse_quantity(typed, line.factor)), line.uid)

    def step_quantity(self, step: int) -> None:
        """One unit more or less of the chosen line; less than one removes it."""
        line = self.line
        if line is not None:
            quantity = line.quantity + step * line.factor
            if quantity > 0 or step < 0:
                self._change(lambda: selling.set_quantity(self.context.till, line.uid, quantity), line.uid)

    def remove(self) -> None:
        """Take the chosen line off."""
        line = self.line
        if line is not None:
            self._change(lambda: selling.remove_line(self.context.till, line.uid), "")

    def undo(self) -> None:
        self._change(lambda: selling.undo(self.context.till), "")

    def redo(self) -> None:
        self._change(lambda: selling.redo(self.context.till), "")

    def hold(self, label: str = "") -> bool:
        """Put the basket aside; the counter is free."""
        held = attempt(self.context, lambda: selling.hold_basket(self.context.till, label))
        if held:
            self.reload()
        return held

    def recall(self, basket_uid: str) -> bool:
        """Bring a basket back that was put aside."""
        return self._change(lambda: selling.recall_basket(self.context.till, basket_uid), "")

    def pay(self, received: int) -> bool:
        """Sell what is on the screen for cash. False when it was refused, which was said."""
        return attempt(self.context, lambda: selling.complete_sale(self.context.till, self.basket, received), self._sold)

    def pay_exactly(self) -> bool:
        return self.pay(self.due)

    def _sold(self, sale: Sale) -> None:
        self._show(Basket(""), "")
        self.context.changed.emit(_SOLD)
        self.context.backstage.print_now()
        self.context.backstage.sync_now()
        self.sold.emit(sale)

    def _change(self, verb: Callable[[], Basket], touched: str) -> bool:
        return attempt(self.context, verb, lambda basket: self._show(basket, touched))

    def _show(self, basket: Basket, touched: str) -> None:
        before = [line.uid for line in self.basket.lines]
        self.basket = basket
        uids = [line.uid for line in basket.lines]
        if touched in uids:
            selected = touched
        elif self.selected in uids:
            selected = self.selected
        elif uids and self.selected in before:
            # the chosen line went away: the one that took its place, as in any list
            selected = uids[min(before.index(self.selected), len(uids) - 1)]
        else:
            selected = uids[-1] if uids else ""
        changed_choice, self.selected = selected != self.selected, selected
        self.shown.emit(basket, touched)
        if changed_choice:
            self.chosen.emit(selected)
