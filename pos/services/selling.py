"""Selling: a scan becomes a line, and baskets are put aside and brought back. One verb a function, each one transaction.

Every function that returns a basket has it on disk before it returns; a screen shows only what was returned. What is agreed on for a line
or a customer is in `selling_lines`, what becomes of the basket in `checkout`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos.domain.basket import LABEL_REASON, Basket, BasketLine, new_line, settled, with_lines, with_own, with_price, with_quantity
from pos.domain.discount import Discount, DiscountKind
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import SellableUnit, is_loose_stick
from pos.domain.quantity import MAX_QUANTITY, format_quantity
from pos.services.ports import AuditEntry, Till, UnitOfWork

if TYPE_CHECKING:
    from pos.domain.people import Approval

MAX_LINES = 400
"""Lines a basket may hold: what a receipt can still be read with."""
LONGEST_NAME = 60


def scan(till: Till, code: str, count: int = 1, *, beyond: bool = False, approval: Approval | None = None) -> tuple[Basket, BasketLine]:
    """Put what a code names on the counter, `count` units of it; a further scan adds to the same line.

    A code that nobody knows may be the label of a scale: then its weight, price or pieces are sold, as a line of its own.

    Args:
        beyond, approval: see `add_unit`.

    Raises:
        ShopError: UNKNOWN_BARCODE with `typed`; LABEL_CHECK_WRONG, SCALE_NOT_FOR; what `add_unit` raises.
    """
    unit = till.store.read.find_unit(code)
    if unit is None:
        return _scan_label(till, code, count, beyond, approval)
    return add_unit(till, unit, count * unit.factor, beyond=beyond, approval=approval)


def add_unit(
    till: Till, unit: SellableUnit, quantity: int, *, beyond: bool = False, approval: Approval | None = None
) -> tuple[Basket, BasketLine]:
    """Put `quantity` base units of a unit on the counter.

    Args:
        beyond: a person wants it although the till knows of too little on the shelf; where the shop has that forbidden, it takes
            Act.NEGATIVE_STOCK.

    Raises:
        ShopError: QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE, PRODUCT_NOT_FOUND, LOOSE_STICK; where less is on
            the shelf and the shop's rule forbids it, STOCK_SHORT (`name`, `left`, `unit`), and NEEDS_ROLE with `beyond`.
    """
    _check_sellable(till, unit)
    now = till.clock.now()
    with till.store.begin() as work:
        basket = work.open_basket()
        held = basket.line_of(unit.unit_uid)
        if held is None:
            _check_room(basket)
            _check_quantity(quantity)
            line = new_line(till.ids.new(), unit, quantity, now, basket.customer_group)
            lines = (*basket.lines, line)
        else:
            _check_quantity(held.quantity + quantity)
            line = with_quantity(held, unit.prices, held.quantity + quantity, now, basket.customer_group, unit.on_hand)
            lines = tuple(line if item.uid == held.uid else item for item in basket.lines)
        changed = _save(till, work, basket, with_lines(basket, lines), line.uid, beyond, approval)
        work.commit()
    return changed, line if changed.off is None else line_in(changed, line.uid)


def _scan_label(till: Till, code: str, count: int, beyond: bool, approval: Approval | None) -> tuple[Basket, BasketLine]:
    """What the label of a scale says, as a line of its own: another package of the same goods has another label."""
    if not till.rules.label_patterns:
        raise ShopError(ErrorCode.UNKNOWN_BARCODE, typed=code[:40])
    from pos.domain.scale_label import LabelKind, read_label

    label = read_label(code, till.rules.label_patterns)
    found = (till.store.read.find_unit(key) for key in label.keys) if label is not None else ()
    unit = next((unit for unit in found if unit is not None), None)
    if label is None or unit is None:
        raise ShopError(ErrorCode.UNKNOWN_BARCODE, typed=code[:40])
    if label.kind is LabelKind.COUNT:
        return add_unit(till, unit, label.value * count * unit.factor, beyond=beyond, approval=approval)
    _check_sellable(till, unit)
    now = till.clock.now()
    with till.store.begin() as work:
        basket = work.open_basket()
        _check_room(basket)
        if label.kind is LabelKind.WEIGHT:
            line = _weight_line(till, unit, label.value * count, now, basket.customer_group)
        else:
            line = _price_line(till, unit, label.value * count, now, basket.customer_group)
        changed = _save(till, work, basket, with_lines(basket, (*basket.lines, line)), line.uid, beyond, approval)
        work.commit()
    return changed, line_in(changed, line.uid)


def _weight_line(till: Till, unit: SellableUnit, grams: int, now: int, group: str) -> BasketLine:
    from pos.domain.weighing import grams_as_quantity

    quantity = grams_as_quantity(grams, unit.base_unit, unit.product_name)
    _check_quantity(quantity)
    return new_line(till.ids.new(), unit, quantity, now, group)


def _price_line(till: Till, unit: SellableUnit, rupiah: int, now: int, group: str) -> BasketLine:
    """A line that comes to exactly what the label says: so much of what is weighed, or one piece at that price."""
    from pos.domain.weighing import is_divisible, least_quantity

    one = new_line(till.ids.new(), unit, unit.factor, now, group)
    if not is_divisible(unit.base_unit):
        return with_price(one, rupiah)
    quantity = least_quantity(rupiah, one.unit_price, unit.factor)
    _check_quantity(quantity)
    # the label was printed with the price of a unit, also where this much would reach a cheaper one
    line = with_price(with_quantity(one, unit.prices, quantity, now, group), one.unit_price)
    over = line.gross - rupiah
    return with_own(line, Discount(DiscountKind.AMOUNT, over, LABEL_REASON)) if over else line


def set_quantity(till: Till, line_uid: str, quantity: int, *, beyond: bool = False, approval: Approval | None = None) -> Basket:
    """Give a line another quantity in base units; zero or less removes it.

    Args:
        beyond, approval: see `add_unit`.

    Raises:
        ShopError: BASKET_CHANGED when the line is gone; QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE, STOCK_SHORT, NEEDS_ROLE.
    """
    if quantity <= 0:
        return remove_line(till, line_uid)
    _check_quantity(quantity)
    with till.store.begin() as work:
        basket = work.open_basket()
        line = line_in(basket, line_uid)
        unit = till.store.read.unit(line.unit_uid)
        if unit is None:
            changed = replace(line, quantity=quantity)
        else:
            changed = with_quantity(line, unit.prices, quantity, till.clock.now(), basket.customer_group, unit.on_hand)
        lines = tuple(changed if item.uid == line_uid else item for item in basket.lines)
        basket = _save(till, work, basket, with_lines(basket, lines), line_uid, beyond, approval)
        work.commit()
    return basket


def remove_line(till: Till, line_uid: str) -> Basket:
    """Take a line off the counter; Ctrl+Z brings it back. Raises ShopError BASKET_CHANGED when it is gone already."""
    with till.store.begin() as work:
        basket = work.open_basket()
        line = line_in(basket, line_uid)
        lines = tuple(item for item in basket.lines if item.uid != line.uid)
        basket = work.save_basket(basket, settled(with_lines(basket, lines)))
        work.commit()
    return basket


def undo(till: Till) -> Basket:
    """Take back the last change of the basket; nothing to take back is nothing."""
    with till.store.begin() as work:
        basket = work.undo(work.open_basket())
        work.commit()
    return basket


def redo(till: Till) -> Basket:
    """Do again what was taken back."""
    with till.store.begin() as work:
        basket = work.redo(work.open_basket())
        work.commit()
    return basket


def hold_basket(till: Till, label: str = "") -> int:
    """Put the basket aside (*Simpan dulu*), under the customer's name where none is given. Returns its number.

    Raises:
        ShopError: EMPTY_BASKET.
    """
    with till.store.begin() as work:
        basket = work.open_basket()
        if not basket.lines:
            raise ShopError(ErrorCode.EMPTY_BASKET)
        number = work.hold(basket, one_line(label) or basket.customer_name)
        work.commit()
    return number


def name_held(till: Till, basket_uid: str, label: str) -> None:
    """Call a held basket something. Raises ShopError BASKET_CHANGED when it is not held any more."""
    with till.store.begin() as work:
        work.name_held(basket_uid, one_line(label))
        work.commit()


def recall_basket(till: Till, basket_uid: str) -> Basket:
    """Bring a held basket back (*Lanjutkan*). Raises ShopError BASKET_NOT_EMPTY, BASKET_CHANGED."""
    with till.store.begin() as work:
        basket = work.recall(basket_uid)
        work.commit()
    return basket


def drop_held(till: Till, basket_uid: str) -> None:
    """Nobody comes back for it: off the list. The last one can be put back. Raises ShopError BASKET_CHANGED."""
    with till.store.begin() as work:
        work.drop_held(basket_uid)
        work.commit()


def restore_dropped(till: Till, basket_uid: str) -> None:
    """Put the held basket that was dropped last on the list again. Raises ShopError BASKET_CHANGED."""
    with till.store.begin() as work:
        work.restore_dropped(basket_uid)
        work.commit()


def one_line(text: str) -> str:
    """What was pasted may have lines in it and be long; a name stands on one line."""
    return " ".join(text.split())[:LONGEST_NAME]


def line_in(basket: Basket, line_uid: str) -> BasketLine:
    """A line of a basket. Raises ShopError BASKET_CHANGED when it is gone."""
    for line in basket.lines:
        if line.uid == line_uid:
            return line
    raise ShopError(ErrorCode.BASKET_CHANGED)


def _save(till: Till, work: UnitOfWork, basket: Basket, changed: Basket, line_uid: str, beyond: bool, approval: Approval | None) -> Basket:
    """Keep a basket in which a line has more than before."""
    changed = settled(changed)
    if not till.rules.negative_stock:
        _check_shelf(till, work, basket, changed, line_uid, beyond, approval)
    return work.save_basket(basket, changed)


def _check_shelf(
    till: Till, work: UnitOfWork, basket: Basket, changed: Basket, line_uid: str, beyond: bool, approval: Approval | None
) -> None:
    line = line_in(changed, line_uid)
    missing = changed.missing(line.product_uid)
    if missing <= basket.missing(line.product_uid):
        return
    if not beyond:
        left = format_quantity(max(0, line.on_hand or 0), line.factor)
        raise ShopError(ErrorCode.STOCK_SHORT, name=line.name[:40], left=left, unit=line.unit_name)
    from pos.domain.people import Act
    from pos.services.permission import may

    actor = may(till, Act.NEGATIVE_STOCK, approval)
    work.audit([AuditEntry(till.clock.now(), actor, "negative_stock", line.product_uid, f'{{"missing": {missing}}}')])


def _check_sellable(till: Till, unit: SellableUnit) -> None:
    if not till.rules.loose_sticks and is_loose_stick(unit.regulation, unit.unit_name):
        raise ShopError(ErrorCode.LOOSE_STICK, name=unit.product_name[:40])


def _check_room(basket: Basket) -> None:
    if len(basket.lines) >= MAX_LINES:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(MAX_LINES))


def _check_quantity(quantity: int) -> None:
    if not 0 < quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(quantity))
