"""Which price a line takes, and why. One pure function; it explains itself so that the counter can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.product import Price, PriceKind

_ORDER: Final = {kind: place for place, kind in enumerate(PriceKind)}


@dataclass(frozen=True, slots=True)
class PriceChoice:
    """The price of one unit and the reason.

    Attributes:
        kind, min_quantity, group: the rule that won (`grosir mulai 10`, `harga agen`).
        next_quantity, next_amount: the nearest cheaper step that more would reach, if any (the wholesale hint).
        instead_of: what the rules say, where a person (or the label of a scale) said otherwise; `None` while they hold.
    """

    amount: Rupiah
    kind: PriceKind
    min_quantity: int = 1
    next_quantity: int | None = None
    next_amount: Rupiah | None = None
    group: str = ""
    instead_of: Rupiah | None = None

    def changed_to(self, amount: Rupiah) -> PriceChoice:
        """The same choice with a price that was given by hand; the rules' own price takes the change back."""
        listed = self.amount if self.instead_of is None else self.instead_of
        return replace(self, amount=amount, instead_of=None if amount == listed else listed)


def choose_price(prices: Iterable[Price], quantity: int, factor: int, at: int, group: str = "") -> PriceChoice:
    """The lowest price that applies to `quantity` base units of a unit of `factor`, at UTC ms `at`.

    Of one rule (kind, group, min_quantity) only the latest that has started counts. A rule for one and more also holds for a part of a
    unit (400 g of what is priced by the kg). More never costs more a piece.

    Raises:
        ShopError: PRODUCT_NOT_FOUND when the unit has no price that has started.
    """
    current = _holding(prices, at, group)
    reached = [price for price in current if price.min_quantity <= 1 or price.min_quantity * factor <= quantity]
    if not reached:
        # goods that are only ever sold by the ten have a price for one all the same
        reached = [price for price in current if price.kind is PriceKind.RETAIL]
    if not reached:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    best = min(reached, key=lambda price: (price.amount, _ORDER[price.kind], price.min_quantity))
    ahead = [price for price in current if price.min_quantity * factor > quantity and price.amount < best.amount]
    step = min(ahead, key=lambda price: (price.min_quantity, price.amount), default=None)
    return PriceChoice(
        best.amount,
        best.kind,
        best.min_quantity,
        step.min_quantity if step else None,
        step.amount if step else None,
        best.group,
    )


def rules_now(prices: Iterable[Price], at: int, group: str = "") -> tuple[Price, ...]:
    """The prices that hold at UTC ms `at` for a customer of `group`: of each rule the latest that has started, retail first."""
    return tuple(sorted(_holding(prices, at, group), key=lambda price: (_ORDER[price.kind], price.min_quantity)))


def rules_ahead(prices: Iterable[Price], at: int, group: str = "") -> tuple[Price, ...]:
    """The prices that start after `at`, the nearest first: `mulai 1 Desember Rp3.600`."""
    later = [price for price in prices if price.starts_at > at and (price.kind is not PriceKind.GROUP or price.group == group)]
    return tuple(sorted(later, key=lambda price: (price.starts_at, price.min_quantity)))


def _holding(prices: Iterable[Price], at: int, group: str) -> list[Price]:
    current: dict[tuple[PriceKind, int], Price] = {}
    for price in prices:
        if price.starts_at > at or (price.kind is PriceKind.GROUP and price.group != group):
            continue
        rule = (price.kind, price.min_quantity)
        held = current.get(rule)
        if held is None or held.starts_at <= price.starts_at:
            current[rule] = price
    return list(current.values())
