"""Prices raised or lowered by a percentage, on the shop's step. Pure, in whole numbers: no price is ever multiplied by a float."""

from __future__ import annotations

from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, RoundingDirection, Rupiah, divide_half_up, round_cash

WHOLE: Final = 10_000
"""A hundred percent, in hundredths of a percent."""
LOWEST: Final = -9_000
HIGHEST: Final = 100_000
"""Down by nine tenths, up to eleven times: beyond it somebody has slipped."""


def raised(amount: Rupiah, percent: int, step: Rupiah, direction: RoundingDirection = RoundingDirection.NEAREST) -> Rupiah:
    """A price changed by a percentage and brought onto the step.

    Args:
        percent: hundredths of a percent; 750 is 7,5 % more, -500 is 5 % less. 0 only rounds.
        step: rupiah, 0 or 1 rounds to the rupiah.

    Returns:
        Rupiah; what had a price keeps one: at least the step, or what it was where that is less.

    Raises:
        ShopError: PERCENT_OUT_OF_RANGE; AMOUNT_OUT_OF_RANGE.
    """
    check_percent(percent)
    exact = amount * (WHOLE + percent)
    step = max(1, step)
    if direction is RoundingDirection.NEAREST:
        # one rounding, from the exact value: rounded to the rupiah first, 49,95 % of a step would go up
        new = divide_half_up(exact, WHOLE * step) * step
    else:
        new = round_cash(exact, WHOLE * step, direction) // WHOLE
    new = max(new, min(step, amount)) if amount > 0 else 0
    if new > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(new))
    return new


def check_percent(percent: int) -> None:
    """Raises ShopError PERCENT_OUT_OF_RANGE."""
    if not LOWEST <= percent <= HIGHEST:
        raise ShopError(ErrorCode.PERCENT_OUT_OF_RANGE, typed=str(percent // 100))
