"""Many goods changed in one stroke: prices by percent, category, whether e-Peken shows them. One transaction each; taken back by new facts.

Nothing is undone in the store: taking back is a further edit, and leaves alone what somebody changed since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import RoundingDirection, Rupiah
from pos.domain.people import Act, Approval
from pos.domain.pricing import rules_now
from pos.domain.product import Price, PriceKind, Product, Unit
from pos.domain.product_edit import PriceRule, laid_over, plain_edits, price_edits, prices_by_rule
from pos.domain.product_rules import LONGEST_WORD
from pos.domain.raising import raised
from pos.services.goods_editing import can_be_listed
from pos.services.goods_views import Author
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till

Progress = Callable[[int, int], bool]
USUAL_STEP: Rupiah = 100
"""Rupiah that prices go by where the shop rounds no cash: the smallest coin that is given back."""


@dataclass(frozen=True, slots=True)
class Raise:
    """How prices change.

    Attributes:
        percent: hundredths of a percent, negative for less.
        step: rupiah that the new prices are rounded to.
        retail_only: wholesale and group prices stay.
    """

    percent: int
    step: Rupiah
    direction: RoundingDirection = RoundingDirection.NEAREST
    retail_only: bool = False


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price as it is and as it would be. `below_cost`: it would be sold at a loss, as far as costs are known."""

    product_uid: str
    name: str
    unit_name: str
    price: Price
    after: Rupiah
    below_cost: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """What was changed in one stroke, for taking it back.

    Attributes:
        edits: each product before and after.
        passed_over: goods that could not be changed so (tobacco that was to be listed).
    """

    edits: tuple[tuple[Product, Product], ...]
    passed_over: int = 0


def shop_step(till: Till) -> Rupiah:
    """Rupiah that the shop rounds to."""
    return till.rules.rounding.step or USUAL_STEP


def preview_prices(till: Till, product_uids: Sequence[str], how: Raise) -> list[NewPrice]:
    """Every price that would change, goods in the order given. Raises ShopError PERCENT_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE."""
    now = till.clock.now()
    found = till.store.read.known_products(product_uids)
    rows: list[NewPrice] = []
    for product in (found[uid] for uid in product_uids if uid in found and not found[uid].deleted):
        for unit in product.units:
            for price in _held(unit, how, now):
                after = raised(price.amount, how.percent, how.step, how.direction)
                if after != price.amount:
                    loss = product.cost_quantity > 0 and after * product.cost_quantity < product.cost_total * unit.factor
                    rows.append(NewPrice(product.uid, product.name, unit.name, price, after, loss))
    return rows


def change_prices(
    till: Till, product_uids: Sequence[str], how: Raise, approval: Approval | None = None, progress: Progress = lambda done, total: True
) -> Stroke:
    """The prices that hold now, by percent. All or none.

    Raises:
        ShopError: NEEDS_ROLE (Act.PRICE_CHANGE); NOTHING_CHANGED; PERCENT_OUT_OF_RANGE; AMOUNT_OUT_OF_RANGE.
    """
    actor = may(till, Act.PRICE_CHANGE, approval)
    now = till.clock.now()
    details = {"percent": how.percent // 100 if how.percent % 100 == 0 else f"{how.percent}/100", "step": how.step}
    return _stroke(till, product_uids, lambda product: _raised(product, how, now), Author(actor, now), "prices_raised", details, progress)


def change_category(till: Till, product_uids: Sequence[str], category: str, progress: Progress = lambda done, total: True) -> Stroke:
    """Another category for all of them. Raises ShopError CATEGORY_EMPTY, NOTHING_CHANGED."""
    name = " ".join(category.split())[:LONGEST_WORD].strip()
    if not name:
        raise ShopError(ErrorCode.CATEGORY_EMPTY)
    author = Author(till.store.read.signed().name, till.clock.now())
    return _stroke(till, product_uids, lambda product: replace(product, category=name), author, "category_changed", {}, progress)


def change_listing(till: Till, product_uids: Sequence[str], listed: bool, progress: Progress = lambda done, total: True) -> Stroke:
    """Whether e-Peken shows them; tobacco is passed over (PP 28/2024 art. 434). Raises ShopError NOTHING_CHANGED."""

    def change(product: Product) -> Product | None:
        return replace(product, listed_online=listed) if not listed or can_be_listed(product) else None

    author = Author(till.store.read.signed().name, till.clock.now())
    return _stroke(till, product_uids, change, author, "listing_changed", {}, progress)


def take_back(till: Till, stroke: Stroke, approval: Approval | None = None, progress: Progress = lambda done, total: True) -> Stroke:
    """As it was before the stroke, by a further one; what was changed since stays as it is.

    Raises:
        ShopError: NEEDS_ROLE where prices go back; NOTHING_CHANGED.
    """
    priced = any(price_edits(before, after) for before, after in stroke.edits)
    actor = may(till, Act.PRICE_CHANGE, approval) if priced else till.store.read.signed().name
    was = {after.uid: (before, after) for before, after in stroke.edits}

    def change(product: Product) -> Product:
        before, after = was[product.uid]
        return laid_over(product, after, _still(product, before, after))

    return _stroke(till, list(was), change, Author(actor, till.clock.now()), "taken_back", {}, progress)


def _stroke(
    till: Till,
    product_uids: Sequence[str],
    change: Callable[[Product], Product | None],
    author: Author,
    action: str,
    details: Mapping[str, object],
    progress: Progress,
) -> Stroke:
    """The same change of many goods, in one transaction; `change` gives None for what it cannot be done to."""
    found = till.store.read.known_products(product_uids)
    goods = [found[uid] for uid in dict.fromkeys(product_uids) if uid in found and not found[uid].deleted]
    wanted = [(product, change(product)) for product in goods]
    edits = [(before, after) for before, after in wanted if after is not None and after != before]
    passed = sum(after is None for _, after in wanted)
    if not edits:
        raise ShopError(ErrorCode.NOTHING_CHANGED)
    operations = []
    for done, (before, after) in enumerate(edits):
        if done % 200 == 0 and not progress(done, len(edits)):
            return Stroke((), passed)
        kind, payload = till.wire.product_edit(before, after)
        operations.append(NewOperation(till.ids.new(), kind, author.at, payload))
    with till.store.begin() as work:
        work.put_products([after for _, after in edits], author)
        work.tell(operations)
        work.audit([AuditEntry(author.at, author.name, action, "", json.dumps({"products": len(edits), **details}))])
        work.commit()
    return Stroke(tuple(edits), passed)


def _held(unit: Unit, how: Raise, now: int) -> list[Price]:
    """The prices of a unit that hold now, of every group of customers."""
    groups = {price.group for price in unit.prices if price.kind is PriceKind.GROUP}
    held = {price: None for group in ("", *sorted(groups)) for price in rules_now(unit.prices, now, group)}
    return [price for price in held if not (how.retail_only and price.kind is not PriceKind.RETAIL)]


def _raised(product: Product, how: Raise, now: int) -> Product:
    return replace(product, units=tuple(_raised_unit(unit, how, now) for unit in product.units))


def _raised_unit(unit: Unit, how: Raise, now: int) -> Unit:
    held = set(_held(unit, how, now))

    def changed(price: Price) -> Price:
        return replace(price, amount=raised(price.amount, how.percent, how.step, how.direction)) if price in held else price

    return replace(unit, prices=tuple(changed(price) for price in unit.prices))


def _still(current: Product, before: Product, after: Product) -> Product:
    """`before`, but where the product is not any more as the stroke left it."""
    kept = {name: getattr(after, name) for name in plain_edits(before, after) if getattr(current, name) != getattr(after, name)}
    now = prices_by_rule(current)
    moved = {edit.rule: edit.after for edit in price_edits(before, after) if now.get(edit.rule) != edit.after}
    units = tuple(
        replace(
            unit,
            prices=tuple(
                replace(price, amount=moved[rule] or 0) if (rule := _rule_of(unit, price)) in moved else price for price in unit.prices
            ),
        )
        for unit in before.units
    )
    return replace(before, units=units, **kept)


def _rule_of(unit: Unit, price: Price) -> PriceRule:
    return PriceRule(unit.uid, price.kind, price.min_quantity, price.group, price.starts_at)
