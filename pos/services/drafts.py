"""Drafts into products: a new one, or what is known with the draft's words, prices and codes over it. Stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pos.domain.barcode import CodeVerdict, judge, match_key
from pos.domain.product import Barcode, DraftUnit, Price, PriceKind, Product, ProductDraft, Regulation, Unit
from pos.services.ports import Ids


def product_from_draft(draft: ProductDraft, ids: Ids, known: Product | None = None, now: int = 0) -> Product:
    """A whole product of a draft; with `known`, the same product with the draft's name, prices and codes over it.

    Args:
        now: UTC ms; of a known product the prices that hold then are replaced, those of groups and of days to come stay.
    """
    if known is not None:
        return _updated(known, draft, ids, now)
    units = _new_units(draft, ids)
    listed = draft.regulation is Regulation.NONE if draft.listed is None else draft.listed and draft.regulation is not Regulation.TOBACCO
    cost = draft.cost_exact or ((draft.cost, draft.factor) if draft.cost is not None else (0, 0))
    return Product(
        ids.new(),
        draft.name,
        draft.category,
        draft.base_unit,
        units,
        sell_unit=next((place for place, unit in enumerate(units) if unit.name == draft.unit_name), 0),
        brand=draft.brand,
        size=draft.size,
        drawing=draft.drawing,
        cost_total=cost[0],
        cost_quantity=cost[1],
        min_stock=draft.min_stock or 0,
        online_buffer=draft.online_buffer or 0,
        listed_online=listed,
        regulation=draft.regulation,
        needs_review=bool(draft.flags) or any(code.verdict is CodeVerdict.CHECK_DIGIT_WRONG for unit in units for code in unit.barcodes),
    )


def _new_units(draft: ProductDraft, ids: Ids) -> tuple[Unit, ...]:
    """The ladder; of a draft that tells none, its one unit."""
    rungs = draft.units or (DraftUnit(draft.unit_name, draft.factor),)
    return tuple(
        Unit(ids.new(), rung.name, rung.factor, (*_own_prices(draft, rung), *rung.prices), _codes((*_own_codes(draft, rung), *rung.codes)))
        for rung in rungs
    )


def _own_prices(draft: ProductDraft, rung: DraftUnit) -> tuple[Price, ...]:
    """The draft's own prices, for the unit that it is sold by."""
    if rung.name != draft.unit_name:
        return ()
    retail = Price(PriceKind.RETAIL, draft.retail)
    return (retail,) if draft.wholesale is None else (retail, Price(PriceKind.WHOLESALE, draft.wholesale, draft.wholesale_from))


def _own_codes(draft: ProductDraft, rung: DraftUnit) -> tuple[str, ...]:
    return draft.codes if rung.name == draft.unit_name else ()


def _codes(codes: Iterable[str]) -> tuple[Barcode, ...]:
    made = (Barcode(code.strip(), match_key(code), judge(code)) for code in codes if code.strip())
    return tuple({code.key: code for code in made}.values())


def _updated(known: Product, draft: ProductDraft, ids: Ids, now: int) -> Product:
    sold = known.units[known.sell_unit]
    told = {rung.name: rung for rung in draft.units}
    mine = DraftUnit(sold.name, sold.factor)
    own = told.get(sold.name, mine)
    own = replace(own, prices=(*_own_prices(replace(draft, unit_name=own.name), own), *own.prices), codes=(*draft.codes, *own.codes))
    held = {code.key for unit in known.units for code in unit.barcodes}
    units = [_over(unit, own if unit is sold else told.get(unit.name), held, now) for unit in known.units]
    named = {unit.name for unit in known.units}
    units += [_over(Unit(ids.new(), rung.name, rung.factor), rung, held, now) for name, rung in told.items() if name not in named]
    units.sort(key=lambda unit: unit.factor)
    told_cost = draft.cost_exact or ((draft.cost, sold.factor) if draft.cost is not None else (0, 0))
    # the same cost said in other numbers is no other cost, and no cost is not nothing
    same = told_cost[0] * known.cost_quantity == known.cost_total * told_cost[1]
    cost = (known.cost_total, known.cost_quantity) if same or not told_cost[1] else told_cost
    return replace(
        known,
        name=draft.name,
        category=draft.category or known.category,
        brand=draft.brand or known.brand,
        size=draft.size or known.size,
        units=tuple(units),
        sell_unit=next(place for place, unit in enumerate(units) if unit.uid == sold.uid),
        cost_total=cost[0],
        cost_quantity=cost[1],
        min_stock=known.min_stock if draft.min_stock is None else draft.min_stock,
        online_buffer=known.online_buffer if draft.online_buffer is None else draft.online_buffer,
        listed_online=known.listed_online if draft.listed is None else draft.listed and known.regulation is not Regulation.TOBACCO,
    )


def _over(unit: Unit, rung: DraftUnit | None, held: set[str], now: int) -> Unit:
    """A unit with what the draft says of it: codes come to those it has, prices take the place of those of their kind that hold now."""
    if rung is None:
        return unit
    fresh = tuple(code for code in _codes(rung.codes) if code.key not in held)
    told = {_rule(price) for price in rung.prices if price.starts_at <= now}
    kept = tuple(price for price in unit.prices if not (price.starts_at <= now and _rule(price) in told) and price not in rung.prices)
    return replace(unit, prices=_in_order((*rung.prices, *kept)), barcodes=(*unit.barcodes, *fresh))


def _rule(price: Price) -> tuple[PriceKind, str]:
    """Of one kind and group a list tells all prices: other steps of the wholesale price go with it."""
    return price.kind, price.group


def _in_order(prices: Sequence[Price]) -> tuple[Price, ...]:
    """One price for each rule, the first one told."""
    rules: dict[tuple[PriceKind, int, str, int], Price] = {}
    for price in prices:
        rules.setdefault((price.kind, price.min_quantity, price.group, price.starts_at), price)
    return tuple(rules.values())
