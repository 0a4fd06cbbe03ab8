"""PPN (value added tax) that is in the prices of a shop that is PKP. Pure; a shop that is not PKP has none, and none is shown.

Prices include it. Rates are a table with a start date: UU 7/2021 art. 7 (11 % from 1 April 2022); PMK 131/2024 (12 % on 11/12 of the price
from 1 January 2025, which is in the price as 11/111 too).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pos.domain.money import Rupiah, divide_half_up

RATES: Final = ((date(1985, 4, 1), 10, 110), (date(2022, 4, 1), 11, 111), (date(2025, 1, 1), 11, 111))
"""(from when, part, of the price with it): the last that has begun counts."""


@dataclass(frozen=True, slots=True)
class Ppn:
    """What is in some days' turnover: `turnover` of the days on which the shop is PKP, `base` without the tax (*DPP*), `tax`. Rupiah."""

    turnover: Rupiah
    tax: Rupiah

    @property
    def base(self) -> Rupiah:
        return self.turnover - self.tax


def ppn_of(days: Iterable[tuple[date, Rupiah]], since: date, until: date = date.max) -> Ppn:
    """The tax in the turnover of days from `since` to `until`, both counted; a rate's days are summed before they are rounded, half up."""
    sums: dict[tuple[int, int], Rupiah] = {}
    for day, turnover in days:
        if since <= day <= until:
            rate = _rate(day)
            sums[rate] = sums.get(rate, 0) + turnover
    return Ppn(sum(sums.values()), sum(divide_half_up(amount * part, whole) for (part, whole), amount in sums.items()))


def _rate(day: date) -> tuple[int, int]:
    _, part, whole = max((rate for rate in RATES if rate[0] <= day), default=RATES[0])
    return part, whole
