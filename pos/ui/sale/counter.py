"""The goods on the counter as the screen knows them: one object between the widgets and the verbs of `services.selling`.

Every basket that it shows is on disk first. Owns the chosen line and nothing else that the store does not hold; draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import Basket, BasketLine
from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.domain.sale import Sale, Tender, cash_due
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, selling
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_words
from pos.ui.operations import attempt, tell

if TYPE_CHECKING:
    from pos.domain.correction import Exchange
    from pos.domain.discount import Discount
    from pos.domain.entry import Entry

T = TypeVar("T")

_COUNTED: Final = re.compile(r"(\d{1,4})\s*[*xX×]\s*(.*)", re.DOTALL)
_SOLD: Final = Changed(basket=True, sales=True, stock=True, session=True, outbox=True, print_jobs=True)


def split_count(typed: str) -> tuple[int, str]:
    """`5*8991` -> (5, `8991`), `5*` -> (5, ``), `8991` -> (1, `8991`). A count of zero is no count."""
    match = _COUNTED.fullmatch(typed.strip())
    if match is None or int(match.group(1)) == 0:
        return 1, typed.strip()
    return int(match.group(1)), match.group(2).strip()


def _beyond(approval: Approval | None) -> dict[str, Any]:
    """A verb's arguments for goods that the shelf has not."""
    return {"beyond": True, "approval": approval}


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
        exchange: goods of an earlier sale that come back when this basket is paid.
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
        self.exchange: Exchange | None = None
        self._offered: set[tuple[str, str]] = set()

    # --- reading ---------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show what the store holds: after a start, a language switch, or when another part changed the basket."""
        read = self.context.till.store.read
        basket = read.basket()
        self.exchange = read.exchange(basket.uid) if basket.uid else None
        self._show(basket, "")

    @property
    def line(self) -> BasketLine | None:
        """The chosen line."""
        return self._find(self.selected)

    @property
    def due(self) -> int:
        """Rupiah to pay in cash: the total with the shop's rounding, as it is told before payment; less what goods in exchange pay."""
        total = self.basket.total - (min(self.exchange.amount, self.basket.total) if self.exchange is not None else 0)
        return cash_due(total, self.context.till.rules.rounding)

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
                again = partial(selling.scan, self.context.till, code, count * counted)
                self._refused(error, lambda approval: again(**_beyond(approval)), self._take)
            return False
        self._took(basket, line)
        return True

    def add(self, unit_uid: str, count: int = 1) -> bool:
        """Put `count` of a unit on the counter: a tap on a tile, a hit of the search."""

        def verb(**beyond: Any) -> tuple[Basket, BasketLine]:
            unit = self.context.till.store.read.unit(unit_uid)
            if unit is None:
                raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
            return selling.add_unit(self.context.till, unit, count * unit.factor, **beyond)

        return self._try(verb, self._take)

    def _take(self, took: tuple[Basket, BasketLine]) -> None:
        self._took(*took)

    def _took(self, basket: Basket, line: BasketLine) -> None:
        self.context.sound.emit("accepted")
        self._show(basket, line.uid)
        self._look_at_shelf(line)

    def type_quantity(self, typed: str) -> bool:
        """Give the chosen line what was typed: `3`, `1,5`, `400 g`, `Rp5.000`."""
        line = self.line
        if line is None:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
            return False
        try:
            entry = self._read(typed, line)
        except ShopError as error:
            tell(self.context, error)
            return False
        return self.enter(line.uid, entry)

    def _read(self, typed: str, line: BasketLine) -> Entry:
        from pos.domain.entry import read_entry

        product = None if typed.strip().isdigit() else self.context.till.store.read.product(line.product_uid)
        ladder = {unit.name: unit.factor for unit in product.units} if product is not None else {}
        return read_entry(typed, line.factor, line.base_unit, ladder)

    def enter(self, line_uid: str, entry: Entry) -> bool:
        """Give a line a quantity, or as much as an amount buys. False when it was refused, which was said."""

        def verb(**beyond: Any) -> Basket:
            quantity = entry.quantity or self._quantity_for(line_uid, entry.rupiah)
            return selling.set_quantity(self.context.till, line_uid, quantity, **beyond)

        return self._try(verb, lambda basket: self._grew(basket, line_uid))

    def _quantity_for(self, line_uid: str, rupiah: int) -> int:
        from pos.services.selling_lines import amount_to_quantity

        line = selling.line_in(self.basket, line_uid)
        return amount_to_quantity(self.context.till, line, rupiah, self.basket.customer_group).quantity

    def step_quantity(self, step: int) -> None:
        """One unit more or less of the chosen line; less than one removes it."""
        line = self.line
        if line is None:
            return
        quantity = line.quantity + step * line.factor
        if quantity > 0 or step < 0:
            self._try(partial(selling.set_quantity, self.context.till, line.uid, quantity), lambda basket: self._grew(basket, line.uid))

    def _grew(self, basket: Basket, line_uid: str) -> None:
        self._show(basket, line_uid)
        line = self._find(line_uid)
        if line is not None:
            self._look_at_shelf(line)

    def remove(self) -> None:
        """Take the chosen line off."""
        line = self.line
        if line is not None:
            self.remove_line(line.uid)

    def remove_line(self, line_uid: str) -> None:
        """Take a line off."""
        self._change(lambda: selling.remove_line(self.context.till, line_uid), "")

    # --- what is agreed on -----------------------------------------------------------------------------------------

    def change_unit(self, line_uid: str, unit_uid: str) -> bool:
        """Sell a line as another unit of its goods."""
        from pos.services import selling_lines

        return self._change(lambda: selling_lines.change_unit(self.context.till, line_uid, unit_uid), line_uid)

    def set_price(self, line_uid: str, amount: int | None) -> bool:
        """Another price for a line, or the list's again. Where a role is needed, its PIN is asked for, and this is False until then."""
        from pos.services import selling_lines

        return self._allowed(Act.PRICE_CHANGE, partial(selling_lines.set_price, self.context.till, line_uid, amount), line_uid)

    def take_off(self, line_uid: str, discount: Discount | None) -> bool:
        """A discount for a line, or for the whole basket with an empty uid; None takes it away. Asks for a PIN as `set_price` does."""
        from pos.services import selling_lines

        def verb(approval: Approval | None) -> Basket:
            if line_uid:
                return selling_lines.discount_line(self.context.till, line_uid, discount, approval)
            return selling_lines.discount_basket(self.context.till, discount, approval)

        return self._allowed(Act.DISCOUNT, verb, line_uid)

    def set_customer(self, uid: str, name: str, group: str) -> bool:
        """Say who buys; nobody with an empty uid."""
        from pos.services import selling_lines

        return self._change(lambda: selling_lines.set_customer(self.context.till, uid, name, group), "")

    def _allowed(self, act: Act, verb: Callable[[Approval | None], Basket], touched: str) -> bool:
        from pos.ui.lock.approve import with_approval

        return with_approval(self.context, act, verb, lambda basket: self._show(basket, touched))

    # --- the shelf ---------------------------------------------------------------------------------------------------

    def _try(self, verb: Callable[..., T], then: Callable[[T], object]) -> bool:
        """Do a verb that puts more on the counter; where the shelf is too short for the shop's rule, that is said with the way on."""
        try:
            result = verb()
        except ShopError as error:
            self._refused(error, lambda approval: verb(**_beyond(approval)), then)
            return False
        then(result)
        return True

    def _refused(self, error: ShopError, again: Callable[[Approval | None], T], then: Callable[[T], object]) -> None:
        if error.code is not ErrorCode.STOCK_SHORT:
            tell(self.context, error)
            return

        def sell_it() -> None:
            from pos.ui.lock.approve import with_approval

            with_approval(self.context, Act.NEGATIVE_STOCK, again, then)

        words = error_words(error)
        self.context.sound.emit("error")
        self.context.offered.emit(words.title, words.sentence, tr("Tetap jual"), sell_it)

    def _look_at_shelf(self, line: BasketLine) -> None:
        """Too few of it lie loose: the package that they come out of is offered, once a basket, or opened where that was said."""
        if not self.basket.missing(line.product_uid):
            return
        from pos.ui.sale.packs import offer_pack

        asked = self.basket.uid, line.product_uid
        if offer_pack(self, line, ask=asked not in self._offered):
            self._offered.add(asked)

    def show_changed(self, basket: Basket) -> None:
        """Another part has changed the basket on disk."""
        self._show(basket, "")

    def undo(self) -> None:
        self._change(lambda: selling.undo(self.context.till), "")

    def redo(self) -> None:
        self._change(lambda: selling.redo(self.context.till), "")

    def hold(self, label: str = "") -> int:
        """Put the basket aside; the counter is free. Gives its number, 0 when it was refused, which was said."""
        numbers: list[int] = []
        if attempt(self.context, lambda: selling.hold_basket(self.context.till, label), numbers.append):
            self.reload()
        return numbers[0] if numbers else 0

    def recall(self, basket_uid: str) -> bool:
        """Bring a basket back that was put aside."""
        back = self._change(lambda: selling.recall_basket(self.context.till, basket_uid), "")
        if back:
            # what belongs to it besides its lines comes with it
            self.reload()
        return back

    def drop_exchange(self) -> None:
        """The goods do not come back after all; at once, with the way back."""
        from pos.services import correcting

        till, gone = self.context.till, self.exchange

        def put_back() -> None:
            if gone is not None:
                attempt(self.context, lambda: correcting.resume_exchange(till, gone), lambda _done: self.reload())

        def dropped(_done: None) -> None:
            self.reload()
            sentence = tr("Barang lama tidak jadi kembali. Totalnya penuh lagi.")
            self.context.offered.emit(tr("Tukar dibatalkan"), sentence, tr("Kembalikan"), put_back)

        attempt(self.context, lambda: correcting.drop_exchange(till), dropped)

    def pay(self, received: int) -> bool:
        """Sell what is on the screen for cash. False when it was refused, which was said."""
        if self.exchange is not None:
            return self.pay_parts((Part(Tender.CASH, received),) if self.due else ())
        return attempt(self.context, lambda: checkout.complete_sale(self.context.till, self.basket, received), self._sold)

    def pay_parts(self, parts: tuple[Part, ...], leftover: Leftover | None = None) -> bool:
        """Sell what is on the screen for any tenders; over a customer's limit the owner is asked in place. False while it is not sold."""
        from pos.ui.lock.approve import with_approval

        till, basket = self.context.till, self.basket
        return with_approval(
            self.context, Act.CREDIT_OVER, lambda approval: checkout.pay(till, basket, parts, leftover, approval=approval), self._sold
        )

    def pay_exactly(self) -> bool:
        return self.pay(self.due)

    def _sold(self, sale: Sale) -> None:
        self.exchange = None
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
