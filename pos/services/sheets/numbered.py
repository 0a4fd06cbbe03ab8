"""Columns that other programs count: Satuan 2, Isi 2, Harga 2, Barcode 2; Harga Grosir 1, Min Qty 1. Pure.

A row of them is written as the cells of a full list would be (`ladder.py`), so that one place judges units, prices and codes. `Isi` of a
unit counts units of the first one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from pos.domain.errors import ShopError
from pos.domain.product import Price, PriceKind
from pos.services.sheets.cells import clean, codes_in, parse_amount, unit_of, word
from pos.services.sheets.ladder import Unread, write_codes, write_ladder, write_prices
from pos.services.sheets.model import Cells, Reason, ReasonCode, SheetField


class _Part(Enum):
    UNIT = "satuan|unit|uom|sat|kemasan|nama satuan|unit name"
    HOLDS = "isi|konversi|isi satuan|nilai konversi|faktor|conversion|factor|content|qty isi|rasio|isi per satuan|konversi satuan|unit qty"
    PRICE = "harga|harga jual|price|hrg|hrg jual|harga satuan|selling price|sell price|unit price|harga eceran|harga jual satuan"
    CODE = "barcode|kode barcode|barkode|ean|gtin|kode batang|barcode satuan|unit barcode"
    TIER = "harga grosir|grosir|harga jual grosir|hrg grosir|wholesale price|wholesale|harga partai|tier price|harga bertingkat"
    TIER_FROM = (
        "min qty|min grosir|qty grosir|jumlah grosir|minimal grosir|minimum grosir|min qty grosir|qty min|min|min jumlah|minimal qty"
        "|minimum qty|wholesale qty|min quantity|tier qty|grosir mulai|mulai"
    )


_PARTS: Final = {name: part for part in _Part for name in part.value.split("|")}
_COUNTED: Final = re.compile(r"([a-z ]*[a-z]) ?([1-9])")
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_COUNT: Final = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """What stands where.

    Attributes:
        units: number from 2 -> part -> column. first_holds: column of how much the first unit holds, or None.
        tiers: (column of the price, column of from how many on), the first first.
    """

    units: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    first_holds: int | None = None
    tiers: tuple[tuple[int, int], ...] = ()

    def columns(self) -> frozenset[int]:
        """All that are read here and mean nothing else."""
        held = {column for parts in self.units.values() for column in parts.values()}
        first = set() if self.first_holds is None else {self.first_holds}
        return frozenset(held | first | {column for tier in self.tiers for column in tier})


def numbered_columns(headers: Sequence[str], taken: Collection[int] = ()) -> Numbered:
    """What the headers count. `taken`: columns that a person has given another meaning."""
    found: dict[tuple[_Part, int], int] = {}
    for column, header in enumerate(headers):
        counted = _read(header)
        if counted is not None and column not in taken:
            found.setdefault(counted, column)
    units = {}
    for number in sorted(number for part, number in found if part is _Part.UNIT and number > 1):
        if (_Part.HOLDS, number) in found:
            parts = (_Part.UNIT, _Part.HOLDS, _Part.PRICE, _Part.CODE)
            units[number] = {part.name: found[part, number] for part in parts if (part, number) in found}
    tiers = [
        (column, found[_Part.TIER_FROM, number])
        for (part, number), column in sorted(found.items(), key=lambda item: item[0][1])
        if part is _Part.TIER and (_Part.TIER_FROM, number) in found
    ]
    return Numbered(units, found.get((_Part.HOLDS, 1)) if units else None, tuple(tiers))


def without_one(header: str) -> str:
    """`Satuan 1` is the unit, where others are counted."""
    counted = _COUNTED.fullmatch(_plain(header))
    return counted.group(1) if counted and counted.group(2) == "1" and counted.group(1) in _PARTS else header


@lru_cache(maxsize=1024)
def _read(header: str) -> tuple[_Part, int] | None:
    counted = _COUNTED.fullmatch(_plain(header))
    part = _PARTS.get(counted.group(1)) if counted else None
    return (part, int(counted.group(2))) if counted and part else None


def _plain(header: str) -> str:
    words = _NOT_A_LETTER.sub(" ", _CAMEL.sub(" ", clean(header)).casefold()).split()
    return " ".join(word for word in words if word not in {"rp", "idr", "rupiah"})


def as_full_list(numbered: Numbered, cells: Cells, unit_cell: str, retail: int) -> tuple[dict[SheetField, str], list[Reason]]:
    """The row as cells of a full list, and what is worth a word. `retail`: rupiah of the unit that is sold.

    Raises:
        Unread: with the reason that refuses the row.
    """
    first, _, base = unit_of(word(unit_cell))
    holds = _count(_cell(cells, numbered.first_holds)) or 1
    ladder, prices, codes = [(first, base * holds)], [], []
    for parts in numbered.units.values():
        name = word(_cell(cells, parts["UNIT"]))
        if not name:
            continue
        unit = unit_of(name)[0]
        held = _cell(cells, parts["HOLDS"])
        count = _count(held)
        if not count:
            raise Unread(ReasonCode.LADDER_FACTOR, typed=f"{name}={clean(held)[:20]}")
        if (unit, base * count) == ladder[0]:
            # lists repeat the first unit where there is no other
            continue
        ladder.append((unit, base * count))
        if amount := _amount(_cell(cells, parts.get("PRICE"))):
            prices.append((unit, Price(PriceKind.RETAIL, amount)))
        codes += [(unit, code) for code in codes_in(_cell(cells, parts.get("CODE")))]
    tiers, remarks = _tiers(numbered, cells, retail)
    prices += [(first, tier) for tier in tiers]
    row = {SheetField.OTHER_PRICES: write_prices(prices), SheetField.OTHER_CODES: write_codes(codes)}
    return (row | {SheetField.LADDER: write_ladder(ladder)} if len(ladder) > 1 else row), remarks


def _tiers(numbered: Numbered, cells: Cells, retail: int) -> tuple[list[Price], list[Reason]]:
    """Wholesale prices below the retail price; others are told and left out, zero is none."""
    tiers: dict[int, Price] = {}
    remarks = []
    for price, start in numbered.tiers:
        amount, least = _amount(_cell(cells, price)), _count(_cell(cells, start))
        if not amount or least < 2:
            continue
        if amount >= retail:
            remarks.append(Reason(ReasonCode.WHOLESALE_NOT_LOWER, {"price": retail, "wholesale": amount}))
        else:
            tiers.setdefault(least, Price(PriceKind.WHOLESALE, amount, least))
    return [tiers[least] for least in sorted(tiers)], remarks


def _cell(cells: Cells, column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _count(cell: str) -> int:
    """Whole units; 0 for what is none. Workbooks write 40 as `40.0`."""
    text = clean(cell).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT else 0


def _amount(cell: str) -> int:
    text = word(cell)
    try:
        amount = parse_amount(text) if text else 0
    except ShopError as error:
        raise Unread(ReasonCode.OTHERS_UNCLEAR, typed=text[:40]) from error
    if amount < 0:
        raise Unread(ReasonCode.OTHERS_UNCLEAR, typed=text[:40])
    return amount
