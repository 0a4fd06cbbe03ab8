"""What a product must be before it is kept: named, sold from a unit that has a price, with codes that are its own. Pure.

What is only doubtful (an invented code, a wrong check digit) is no error: it is kept and flagged (shop.md, Goods).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pos.domain.category import OTHER
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import Rung, clean_unit_name, factors_of
from pos.domain.money import MAX_AMOUNT, Rupiah, divide_half_up
from pos.domain.product import Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import MAX_QUANTITY

LONGEST_NAME: Final = 120
LONGEST_WORD: Final = 60
MOST_PRICES: Final = 40
"""Of one unit, past and coming ones with them."""
MOST_CODES: Final = 30


def checked(product: Product) -> Product:
    """The product with its words in order.

    Raises:
        ShopError: GOODS_NAME_EMPTY; those of `ladder.factors_of`; PRICE_MISSING with `unit`; GROUP_NAME_EMPTY; PRICES_TOO_MANY and
            CODES_TOO_MANY with `name`; AMOUNT_OUT_OF_RANGE; QUANTITY_OUT_OF_RANGE; CODE_TWICE with `typed`; TOBACCO_OFFLINE with `name`.
    """
    name = " ".join(product.name.split())[:LONGEST_NAME].strip()
    if not any(sign.isalnum() for sign in name):
        raise ShopError(ErrorCode.GOODS_NAME_EMPTY)
    if product.listed_online and product.regulation is Regulation.TOBACCO:
        raise ShopError(ErrorCode.TOBACCO_OFFLINE, name=name[:40])
    if not (0 <= product.min_stock <= MAX_QUANTITY and 0 <= product.online_buffer <= MAX_QUANTITY):
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(max(product.min_stock, product.online_buffer)))
    factors_of([Rung(unit.uid, unit.name, unit.factor) for unit in product.units], product.base_unit)
    units = tuple(_checked_unit(unit) for unit in product.units)
    sold = units[product.sell_unit]
    if not any(price.kind is PriceKind.RETAIL for price in sold.prices):
        raise ShopError(ErrorCode.PRICE_MISSING, unit=sold.name)
    _check_codes(units)
    return replace(
        product,
        name=name,
        category=_word(product.category) or OTHER,
        brand=_word(product.brand),
        size=_word(product.size),
        units=units,
    )


def margin_of(price: Rupiah, factor: int, cost_total: Rupiah, cost_quantity: int) -> Rupiah | None:
    """Rupiah that one unit brings above what it cost; None where the cost is not known."""
    if cost_quantity <= 0:
        return None
    return price - divide_half_up(cost_total * factor, cost_quantity)


def share_of(margin: Rupiah, price: Rupiah) -> int:
    """A margin as hundredths of a percent of the price (*untung dari harga jual*); 0 for what is given away."""
    return divide_half_up(margin * 10_000, price) if price else 0


def _word(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST_WORD].strip()


def _checked_unit(unit: Unit) -> Unit:
    if len(unit.prices) > MOST_PRICES:
        raise ShopError(ErrorCode.PRICES_TOO_MANY, name=unit.name, most=MOST_PRICES)
    if len(unit.barcodes) > MOST_CODES:
        raise ShopError(ErrorCode.CODES_TOO_MANY, name=unit.name, most=MOST_CODES)
    return replace(unit, name=clean_unit_name(unit.name), prices=tuple(_checked_price(price) for price in unit.prices))


def _checked_price(price: Price) -> Price:
    if not 0 <= price.amount <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(price.amount))
    if not 1 <= price.min_quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(price.min_quantity))
    group = _word(price.group) if price.kind is PriceKind.GROUP else ""
    if price.kind is PriceKind.GROUP and not group:
        raise ShopError(ErrorCode.GROUP_NAME_EMPTY)
    return replace(price, group=group)


def _check_codes(units: tuple[Unit, ...]) -> None:
    seen: set[str] = set()
    for code in (code for unit in units for code in unit.barcodes):
        if not code.key:
            raise ShopError(ErrorCode.CODE_EMPTY)
        if code.key in seen:
            raise ShopError(ErrorCode.CODE_TWICE, typed=code.code[:18])
        seen.add(code.key)
