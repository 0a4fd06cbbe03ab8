"""Discounts: what is taken off an amount, how one on the whole basket falls on its lines, and which part of it a refund gives back.

Pure. Who may give how much is `pos.services.permission`'s; the limit travels with the discount, so that a line that shrinks afterwards does
not keep more than whoever gave it was allowed to give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, divide_half_up

WHOLE: Final = 10_000
"""A hundred percent, in hundredths of a percent."""
LONGEST_REASON: Final = 60

_PERCENT: Final = re.compile(r"(\d{1,3})(?:,(\d{1,2}))?\s*%?")


class DiscountKind(StrEnum):
    AMOUNT = "amount"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Discount:
    """What was agreed on, before it is worked out for an amount.

    Attributes:
        value: rupiah, or hundredths of a percent (250 = 2,5 %).
        reason: the shop's words for why; never about a person.
        most: hundredths of a percent of the amount that it never goes over: the limit of whoever gave it.
    """

    kind: DiscountKind
    value: int
    reason: str = ""
    most: int = WHOLE

    def off(self, amount: Rupiah) -> Rupiah:
        """Rupiah that it takes off `amount` (>= 0): never below zero, never more than the amount or its limit."""
        wanted = self.value if self.kind is DiscountKind.AMOUNT else divide_half_up(amount * self.value, WHOLE)
        return max(0, min(wanted, amount * min(self.most, WHOLE) // WHOLE))


def share_of(off: Rupiah, amount: Rupiah) -> int:
    """How much `off` is of `amount`, in hundredths of a percent, rounded up: what is held against a limit."""
    return -(-off * WHOLE // amount) if amount > 0 else 0


def parse_percent(typed: str) -> int:
    """Read a typed percentage into hundredths of a percent: `10`, `2,5`, `12,25%`.

    Raises:
        ShopError: UNCLEAR_QUANTITY when it is none; QUANTITY_OUT_OF_RANGE for zero and above a hundred.
    """
    match = _PERCENT.fullmatch(typed.strip())
    if match is None or not typed.isascii():
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=typed[:40])
    value = int(match.group(1)) * 100 + int((match.group(2) or "").ljust(2, "0"))
    if not 0 < value <= WHOLE:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=typed[:40])
    return value


def format_percent(value: int) -> str:
    """Hundredths of a percent as they are said: 250 -> `2,5%`."""
    whole, rest = divmod(value, 100)
    return f"{whole},{f'{rest:02d}'.rstrip('0')}%" if rest else f"{whole}%"


def spread(total: Rupiah, weights: Sequence[Rupiah]) -> tuple[Rupiah, ...]:
    """`total` over parts in proportion to `weights` (both >= 0), by the largest remainder; of equal remainders the earlier part is first.

    The parts add up to `total` exactly, and no part is larger than its weight as long as `total` is not larger than their sum.
    """
    whole = sum(weights)
    if whole <= 0:
        return (0,) * len(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def part_of(whole: int, quantity: int, before: int, part: int) -> int:
    """Which part of `whole` (an amount, a discount, a cost of a sold line) belongs to `part` of its `quantity`, after `before` went back.

    However a line is returned in parts, their shares add up to exactly `whole`.

    Args:
        quantity: base units sold, > 0.
        before: base units that were returned earlier; `before + part` is at most `quantity`.
    """
    return divide_half_up(whole * (before + part), quantity) - divide_half_up(whole * before, quantity)
