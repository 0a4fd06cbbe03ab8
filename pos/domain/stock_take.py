"""Counting the shelf (*stok opname*) while the shop goes on selling. Pure.

A count is compared with what the book showed at the moment its counting began; what was sold since then has left both, so the difference is
still right when it is booked later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.quantity import MAX_QUANTITY

LONGEST_SHELF: Final = 40


class TakePart(StrEnum):
    """What a count is about."""

    ALL = "all"
    CATEGORY = "category"
    """Every product of a category: what was not found can be booked as none."""
    SHELF = "shelf"
    """What stands in one place: only what is scanned is compared."""


@dataclass(frozen=True, slots=True)
class StockTake:
    """A count.

    Attributes:
        name: the category or the shelf; empty for all.
        posted_at: UTC ms at which its differences were booked; 0 while it is counted.
        counted, differing: how many goods were counted, and how many differ from the book.
        gain, loss: rupiah at cost of what was found too much and of what is missing (negative).
    """

    uid: str
    part: TakePart
    name: str
    started_at: int
    cashier: str = ""
    posted_at: int = 0
    counted: int = 0
    differing: int = 0
    gain: Rupiah = 0
    loss: Rupiah = 0


@dataclass(frozen=True, slots=True)
class CountLine:
    """One product as it was counted.

    Attributes:
        counted: base units found. seen: base units that the book showed when its counting began.
        first_at, last_at: UTC ms of its first and its last scan.
        moved: base units that came or went in the book between the two; a person looks again where it is not 0.
    """

    product_uid: str
    name: str
    unit_name: str
    factor: int
    counted: int
    seen: int
    first_at: int
    last_at: int
    moved: int = 0
    value: Rupiah = 0

    @property
    def difference(self) -> int:
        """Base units too much (positive) or missing."""
        return self.counted - self.seen


def add_count(line: CountLine, quantity: int, at: int) -> CountLine:
    """More of it was found. Raises ShopError QUANTITY_OUT_OF_RANGE."""
    counted = line.counted + quantity
    if not 0 <= counted <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(counted))
    return replace(line, counted=counted, last_at=at)


def count_anew(line: CountLine, counted: int, seen: int, at: int) -> CountLine:
    """It was counted at once, all of it, now. Raises ShopError QUANTITY_OUT_OF_RANGE."""
    if not 0 <= counted <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(counted))
    return replace(line, counted=counted, seen=seen, first_at=at, last_at=at)


def clean_shelf(typed: str) -> str:
    """What a shelf is called, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())[:LONGEST_SHELF].strip()
