"""Rupiah as whole numbers: how they are written, read, multiplied, rounded and given back.

Every amount in the product is an `int` of rupiah. There is no float and no Decimal anywhere near money.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from pos.domain.errors import ErrorCode, ShopError

Rupiah: TypeAlias = int

NOTES: Final[tuple[Rupiah, ...]] = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS: Final[tuple[Rupiah, ...]] = (1_000, 500, 200, 100)
DENOMINATIONS: Final[tuple[Rupiah, ...]] = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)

MAX_AMOUNT: Final[Rupiah] = 999_999_999_999
"""Above this nothing is accepted: a receipt of 32 columns still shows it whole."""

_TYPED = re.compile(r"(?:rp\.?\s*)?(-?)(\d{1,3}(?:\.\d{3})+|\d+)", re.IGNORECASE)


class RoundingDirection(StrEnum):
    """Which way the cash part of a total is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


def format_rupiah(amount: Rupiah) -> str:
    """`12500` -> `Rp12.500`, `-12500` -> `-Rp12.500`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{format_figure(abs(amount))}"


def format_figure(amount: int) -> str:
    """`12500` -> `12.500`: the figure without `Rp`, as on a column of a receipt."""
    return f"{amount:,}".replace(",", ".")


def format_short(amount: Rupiah) -> str:
    """A large amount as it is said of charts and meters: `730500` -> `Rp730 rb`, `21449000` -> `Rp21,4 jt`; cut, never rounded up."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    for step, word in ((1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb")):
        if size >= step:
            whole, tenth = size // step, size % step * 10 // step
            decimals = f",{tenth}" if tenth and whole < 100 and step > 1_000 else ""
            return f"{sign}Rp{format_figure(whole)}{decimals} {word}"
    return f"{sign}Rp{size}"


def parse_rupiah(typed: str) -> Rupiah:
    """Read an amount as a shopkeeper types it: `12500`, `12.500`, `Rp 12.500`, `-2.000`.

    Raises:
        ShopError: UNCLEAR_AMOUNT for anything that can be meant in two ways (`12,500`, `12.50`, `1.2500`)
            or is no amount; AMOUNT_OUT_OF_RANGE above MAX_AMOUNT.
    """
    match = _TYPED.fullmatch(typed.strip())
    if match is None:
        raise ShopError(ErrorCode.UNCLEAR_AMOUNT, typed=typed[:40])
    digits = match.group(2).replace(".", "")
    if not digits.isascii() or len(digits) > 15:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=typed[:40])
    amount = int(digits)
    if amount > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=typed[:40])
    return -amount if match.group(1) else amount


def divide_half_up(numerator: int, denominator: int) -> int:
    """Whole division, half away from zero: the rounding of a line amount (shop.md, Money)."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    n, d = abs(numerator), abs(denominator)
    return sign * ((2 * n + d) // (2 * d))


def line_amount(unit_price: Rupiah, quantity: int, factor: int) -> Rupiah:
    """What a line costs: price of one unit times the quantity, rounded half up to the rupiah.

    Args:
        unit_price: rupiah for one unit (one bungkus, one kg).
        quantity: base units sold (pcs, gram, ml).
        factor: base units in one unit (1 kg = 1000 gram).
    """
    return divide_half_up(unit_price * quantity, factor)


def round_cash(total: Rupiah, step: Rupiah, direction: RoundingDirection = RoundingDirection.DOWN) -> Rupiah:
    """The cash to ask for; the difference to `total` is the receipt's *Pembulatan* line.

    Law: Permendag 35/2013 allows rounding to what coins exist, told before payment. `step` 0 rounds nothing.
    """
    if step <= 0:
        return total
    if direction is RoundingDirection.DOWN:
        return total - total % step
    if direction is RoundingDirection.UP:
        return total + -total % step
    return divide_half_up(total, step) * step


def suggest_tenders(due: Rupiah, how_many: int = 2) -> tuple[Rupiah, ...]:
    """The amounts a customer is likely to hand over above `due`: the next step of each note, smallest first."""
    found: list[Rupiah] = []
    for step in (5_000, 10_000, 20_000, 50_000, 100_000):
        amount = due + -due % step
        if amount > due and amount not in found:
            found.append(amount)
    return tuple(sorted(found)[:how_many])


def split_notes(amount: Rupiah, denominations: Sequence[Rupiah] = DENOMINATIONS) -> tuple[Mapping[Rupiah, int], Rupiah]:
    """`amount` in the fewest notes and coins: ({50000: 1, 2000: 2}, what no coin can make)."""
    notes: dict[Rupiah, int] = {}
    for note in denominations:
        count, amount = divmod(amount, note)
        if count:
            notes[note] = count
    return notes, amount
