"""What is agreed on at the counter: another unit, another price, a discount, goods for an amount, and for whom the basket is.

One verb a function, each one transaction and one step of undo. Acts that need a role ask `pos.services.permission`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from pos.domain.basket import Basket, BasketLine, repriced, settled, takes_more, with_own, with_price, with_unit
from pos.domain.discount import WHOLE, Discount, share_of
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.people import Act, Approval
from pos.domain.product import Price, PriceKind, SellableUnit, is_loose_stick
from pos.domain.quantity import MAX_QUANTITY
from pos.domain.weighing import ByRupiah, by_rupiah, step_of
from pos.services.permission import may
from pos.services.ports import AuditEntry, Till, UnitOfWork
from pos.services.selling import line_in, one_line, set_quantity


def change_unit(till: Till, line_uid: str, unit_uid: str) -> Basket:
    """Sell a line as another unit of its product: as many of those as it had of the other (2 bungkus become 2 dus); a part becomes one.

    Where the basket has a line of that unit already, the two become one.

    Raises:
        ShopError: BASKET_CHANGED when the line or the unit is gone; PRODUCT_NOT_FOUND when the unit has no price; LOOSE_STICK,
            QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE.
    """
    with till.store.begin() as work:
        basket = work.open_basket()
        line = line_in(basket, line_uid)
        unit = till.store.read.unit(unit_uid)
        if unit is None or unit.product_uid != line.product_uid:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        if not till.rules.loose_sticks and is_loose_stick(unit.regulation, unit.unit_name):
            raise ShopError(ErrorCode.LOOSE_STICK, name=unit.product_name[:40])
        basket = work.save_basket(basket, _with_other_unit(till, basket, line, unit))
        work.commit()
    return basket


def _with_other_unit(till: Till, basket: Basket, line: BasketLine, unit: SellableUnit) -> Basket:
    now, group = till.clock.now(), basket.customer_group
    quantity = max(1, line.quantity // line.factor) * unit.factor
    there = basket.line_of(unit.unit_uid)
    merged = there is not None and there.uid != line.uid and takes_more(line)
    if there is not None and merged:
        quantity += there.quantity
    if quantity > MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(quantity))
    other = with_unit(line, unit, quantity, now, group)
    left = tuple(item for item in basket.lines if not (there is not None and merged and item.uid == there.uid))
    return settled(replace(basket, lines=tuple(other if item.uid == line.uid else item for item in left)))


def set_price(till: Till, line_uid: str, amount: Rupiah | None, approval: Approval | None = None) -> Basket:
    """Sell a line at a price that somebody gave it (*Ubah harga*), rupiah for one unit; `None` goes back to the list's price.

    Raises:
        ShopError: NEEDS_ROLE (Act.PRICE_CHANGE); AMOUNT_OUT_OF_RANGE below zero and above what a receipt shows; BASKET_CHANGED.
    """
    if amount is not None and not 0 <= amount <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
    # back to the list's price is nobody's favour
    actor = may(till, Act.PRICE_CHANGE, approval) if amount is not None else ""
    with till.store.begin() as work:
        basket = work.open_basket()
        line = line_in(basket, line_uid)
        changed = with_price(line, amount)
        if actor and changed != line:
            details = json.dumps({"from": line.unit_price, "to": changed.unit_price, "line": line.uid})
            work.audit([AuditEntry(till.clock.now(), actor, Act.PRICE_CHANGE.value, line.product_uid, details)])
        basket = work.save_basket(basket, _with_line(basket, changed))
        work.commit()
    return basket


def discount_line(till: Till, line_uid: str, discount: Discount | None, approval: Approval | None = None) -> Basket:
    """Take something off one line; `None` takes the line's own discount away.

    Raises:
        ShopError: NEEDS_ROLE (Act.DISCOUNT) over the shop's limit; BASKET_CHANGED.
    """

    def change(basket: Basket, given: Discount | None) -> Basket:
        return _with_line(basket, with_own(line_in(basket, line_uid), given))

    return _discounted(till, discount, approval, change)


def discount_basket(till: Till, discount: Discount | None, approval: Approval | None = None) -> Basket:
    """Take something off the whole basket, spread over its lines; what is scanned later has its part in it. `None` takes it away.

    Raises:
        ShopError: NEEDS_ROLE (Act.DISCOUNT) over the shop's limit; EMPTY_BASKET.
    """
    return _discounted(till, discount, approval, lambda basket, given: settled(replace(basket, off=given)))


def _discounted(
    till: Till, discount: Discount | None, approval: Approval | None, change: Callable[[Basket, Discount | None], Basket]
) -> Basket:
    with till.store.begin() as work:
        basket = work.open_basket()
        if not basket.lines:
            raise ShopError(ErrorCode.EMPTY_BASKET)
        if discount is None:
            changed = change(basket, None)
        else:
            wanted = replace(discount, reason=one_line(discount.reason), most=WHOLE)
            changed = change(basket, wanted)
            if _most_off(basket, changed) > till.rules.discount_limit:
                _audit_discount(till, work, may(till, Act.DISCOUNT, approval), changed)
            else:
                # a line that shrinks later shall not keep more than may be given without asking
                changed = change(basket, replace(wanted, most=till.rules.discount_limit))
        basket = work.save_basket(basket, changed)
        work.commit()
    return basket


def _most_off(basket: Basket, changed: Basket) -> int:
    """The largest part of a line, in hundredths of a percent, that is taken off now where less was before."""
    before = {line.uid: line.discount for line in basket.lines}
    return max((share_of(line.discount, line.gross) for line in changed.lines if line.discount > before.get(line.uid, 0)), default=0)


def _audit_discount(till: Till, work: UnitOfWork, actor: str, basket: Basket) -> None:
    details = json.dumps({"discount": basket.discount, "of": basket.subtotal})
    work.audit([AuditEntry(till.clock.now(), actor, Act.DISCOUNT.value, basket.uid, details)])


def amount_to_quantity(till: Till, line: BasketLine, rupiah: Rupiah, group: str = "") -> ByRupiah:
    """How goods for an amount come out (*gula Rp5.000*), before they are sold so. Reads only.

    Raises:
        ShopError: BASKET_CHANGED when the goods are gone; RUPIAH_TOO_LITTLE, QUANTITY_OUT_OF_RANGE.
    """
    unit = till.store.read.unit(line.unit_uid)
    if unit is None:
        raise ShopError(ErrorCode.BASKET_CHANGED)
    by_hand = line.price is not None and line.price.instead_of is not None
    prices = (Price(PriceKind.RETAIL, line.unit_price),) if by_hand else unit.prices
    step = step_of(unit.base_unit, unit.factor, till.rules.weight_step)
    return by_rupiah(rupiah, prices, unit.factor, step, till.clock.now(), group)


def sell_for(till: Till, line_uid: str, rupiah: Rupiah) -> Basket:
    """Give a line the quantity that an amount buys, rounded to the shop's step. Raises what `amount_to_quantity` and `set_quantity` do."""
    basket = till.store.read.basket()
    way = amount_to_quantity(till, line_in(basket, line_uid), rupiah, basket.customer_group)
    return set_quantity(till, line_uid, way.quantity)


def set_customer(till: Till, uid: str, name: str, group: str = "") -> Basket:
    """Say who buys; every line is priced again for the customer's group in one pass. An empty uid is nobody.

    Raises:
        ShopError: AMOUNT_OUT_OF_RANGE.
    """
    with till.store.begin() as work:
        basket = work.open_basket()
        chosen = replace(basket, customer_uid=uid, customer_name=one_line(name) if uid else "", customer_group=group if uid else "")
        if chosen.customer_group != basket.customer_group and basket.lines:
            prices = till.store.read.prices_of([line.unit_uid for line in basket.lines])
            chosen = repriced(chosen, prices, till.clock.now())
        basket = work.save_basket(basket, chosen)
        work.commit()
    return basket


def _with_line(basket: Basket, line: BasketLine) -> Basket:
    return settled(replace(basket, lines=tuple(line if item.uid == line.uid else item for item in basket.lines)))
