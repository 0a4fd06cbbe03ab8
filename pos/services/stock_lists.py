"""What runs out, spoils, lies dead and is to be bought; the card of a product; prices that a margin asks for. Reads, and one edit.

Not for the UI thread where a whole shop is looked through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, divide_half_up
from pos.domain.people import Approval
from pos.domain.product import Price, PriceKind, Product
from pos.domain.receiving import MOST_MARGIN, Receipt, suggested_price
from pos.domain.shopping import PACE_DAYS, ShoppingList, Wanted, to_buy
from pos.services.goods_editing import edit_product
from pos.services.ports import Till
from pos.services.stock_views import DeadRow, ExpiringRow

DAY_MS: Final = 86_400_000
SOON_DAYS: Final = 30
"""Days ahead that a batch is warned of."""
DEAD_DAYS: Final = 60
_WIB_MS: Final = 25_200_000
_MARGINS: Final = "stock.margins"
_STEP: Final = "stock.price_step"
USUAL_STEP: Final = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A price that a receipt asks for. `price`: rupiah now; `wanted`: rupiah that the margin asks for; `cost`: of one unit."""

    product_uid: str
    unit_uid: str
    name: str
    unit_name: str
    cost: Rupiah
    price: Rupiah
    wanted: Rupiah


def today(till: Till) -> int:
    """The day in Surabaya, in days since 1970."""
    return (till.clock.now() + _WIB_MS) // DAY_MS


def shopping(till: Till) -> list[ShoppingList]:
    """What is to be bought, by who brought it last; goods without a supplier come last."""
    since = till.clock.now() - PACE_DAYS * DAY_MS
    lists: dict[tuple[str, str], list[Wanted]] = {}
    for row in till.store.read.short_goods(since):
        count = to_buy(row.on_hand, row.min_stock, row.sold, row.factor)
        if count:
            about = None if row.unit_cost is None else row.unit_cost * count
            line = Wanted(row.product_uid, row.name, row.unit_name, count, row.on_hand, row.factor, about)
            lists.setdefault((row.supplier, row.supplier_uid), []).append(line)
    ordered = sorted(lists.items(), key=lambda item: (not item[0][0], item[0]))
    return [ShoppingList(uid, name, tuple(lines)) for (name, uid), lines in ordered]


def expiring(till: Till, days: int = SOON_DAYS) -> list[ExpiringRow]:
    """Batches that keep no longer than so many days, what is over first."""
    return till.store.read.expiring_goods(today(till) + days)


def dead(till: Till, days: int = DEAD_DAYS) -> list[DeadRow]:
    """Goods that nobody bought for so many days, the dearest first."""
    return till.store.read.dead_goods(till.clock.now() - days * DAY_MS)


def margins(till: Till) -> dict[str, int]:
    """Margins in hundredths of a percent on top of the cost: by category, by product uid, and under "" for all."""
    kept = till.store.read.setting(_MARGINS)
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        found = {}
    return {key: value for key, value in found.items() if isinstance(value, int)} if isinstance(found, dict) else {}


def set_margin(till: Till, of: str, margin: int | None) -> None:
    """Say the margin of a category, a product (its uid) or of all (""); None takes it away. Raises ShopError AMOUNT_OUT_OF_RANGE."""
    if margin is not None and not 0 <= margin <= MOST_MARGIN:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(margin))
    known = {key: value for key, value in margins(till).items() if key != of}
    if margin is not None:
        known[of] = margin
    with till.store.begin() as work:
        work.set_setting(_MARGINS, json.dumps(known, ensure_ascii=False))
        work.commit()


def price_step(till: Till) -> Rupiah:
    """Rupiah that selling prices go by."""
    kept = till.store.read.setting(_STEP)
    return int(kept) if kept and kept.isdigit() else USUAL_STEP


def set_price_step(till: Till, step: Rupiah) -> None:
    """Rupiah that suggested prices go by, 1 to Rp10.000. Raises ShopError AMOUNT_OUT_OF_RANGE."""
    if not 1 <= step <= 10_000:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(step))
    with till.store.begin() as work:
        work.set_setting(_STEP, str(step))
        work.commit()


def suggestions(till: Till, receipt: Receipt) -> list[Suggestion]:
    """Prices of the goods of a receipt that its cost asks for, where a margin is said and the price is another."""
    known, step = margins(till), price_step(till)
    out = []
    for product_uid in dict.fromkeys(line.product_uid for line in receipt.lines if line.quantity > 0):
        product = till.store.read.product(product_uid)
        margin = _margin_of(known, product) if product is not None else None
        if product is None or margin is None or product.cost_quantity <= 0:
            continue
        for unit in product.units:
            now = _price_now(unit.prices, till.clock.now())
            if now is None:
                continue
            cost = divide_half_up(product.cost_total * unit.factor, product.cost_quantity)
            wanted = suggested_price(cost, margin, step)
            if wanted != now.amount:
                out.append(Suggestion(product.uid, unit.uid, product.name, unit.name, cost, now.amount, wanted))
    return out


def take_suggestion(till: Till, wanted: Suggestion, approval: Approval | None = None) -> Product:
    """Make a suggested price the price: an edit like any other.

    Raises:
        ShopError: PRODUCT_NOT_FOUND; NEEDS_ROLE (Act.PRICE_CHANGE); what an edit raises.
    """
    before = till.store.read.product(wanted.product_uid)
    if before is None:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    now = till.clock.now()
    units = tuple(
        replace(unit, prices=_with_price(unit.prices, now, wanted.wanted)) if unit.uid == wanted.unit_uid else unit for unit in before.units
    )
    return edit_product(till, before, replace(before, units=units), approval=approval).product


def _with_price(prices: Sequence[Price], now: int, amount: Rupiah) -> tuple[Price, ...]:
    held = _price_now(prices, now)
    return tuple(replace(price, amount=amount) if price is held else price for price in prices)


def _price_now(prices: Sequence[Price], now: int) -> Price | None:
    """The retail price that counts at UTC ms `now`."""
    plain = [
        price
        for price in prices
        if price.kind is PriceKind.RETAIL and price.min_quantity == 1 and not price.group and price.starts_at <= now
    ]
    return max(plain, key=lambda price: price.starts_at, default=None)


def _margin_of(known: Mapping[str, int], product: Product) -> int | None:
    return known.get(product.uid, known.get(product.category, known.get("")))
