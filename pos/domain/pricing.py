"""Which price a line takes, and why. One pure function; it explains itself so that the counter can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.product import Price, PriceKind


@dataclass(frozen=True, slots=True)
class PriceChoice:
    """The price of one unit and the reason.

    Attributes:
        kind, min_quantity: the rule that won (`grosir mulai 10`).
        next_quantity, next_amount: the nearest cheaper step that more would reach, if any (the wholesale hint).
    """

    amount: Rupiah
    kind: PriceKind
    min_quantity: int = 1
    next_quantity: int | None = None
    next_amount: Rupiah | None = None


def choose_price(prices: Iterable[Price], quantity: int, factor: int, at: int, group: str = "") -> PriceChoice:
    """The lowest price that applies to `quantity` base units of a unit of `factor`, at UTC ms `at`.

    Of one rule (kind, group, min_quantity) only the latest that has started counts.

    Raises:
        ShopError: PRODUCT_NOT_FOUND when the unit has no price that has started.
    """
    current: dict[tuple[PriceKind, str, int], Price] = {}
    for price in prices:
        if price.starts_at > at or (price.kind is PriceKind.GROUP and price.group != group):
            continue
        rule = (price.kind, price.group, price.min_quantity)
        held = current.get(rule)
        if held is None or held.starts_at <= price.starts_at:
            current[rule] = price
    reached = [p for p in current.values() if p.min_quantity * factor <= quantity]
    if not reached:
        reached = [p for p in current.values() if p.kind is PriceKind.RETAIL]
    if not reached:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    best = min(reached, key=lambda p: (p.amount, p.kind is not PriceKind.RETAIL))
    ahead = [p for p in current.values() if p.min_quantity * factor > quantity and p.amount < best.amount]
    step = min(ahead, key=lambda p: (p.min_quantity, p.amount), default=None)
    return PriceChoice(
        best.amount,
        best.kind,
        best.min_quantity,
        step.min_quantity if step else None,
        step.amount if step else None,
    )
