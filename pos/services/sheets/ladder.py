"""A product's units, their prices and codes in one cell each, as text that a person can write too. Pure; reads and writes the same words.

    Satuan Lengkap   sachet=1; renteng=10; dus=12 renteng
    Harga Lain       renteng=14000; renteng@5=13500; dus/langganan=160000; dus=165000 dari 2027-01-01T00:00:00.000Z
    Barcode Lain     dus=18991002105482

Units stand smallest first or in any order; a factor is in base units or in another unit of the same cell. `@` is from how many on (a
wholesale price), `/` a group of customers, `dari` since when. A name that holds one of these signs stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import MOST_FACTOR, MOST_RUNGS
from pos.domain.money import MAX_AMOUNT
from pos.domain.product import Price, PriceKind
from pos.domain.quantity import MAX_QUANTITY
from pos.services.sheets.cells import clean
from pos.services.sheets.model import Reason, ReasonCode

MAX_FACTOR: Final = max(MOST_FACTOR.values())
_LONGEST: Final = 8_000
"""Letters of a cell: more is no list that anybody wrote."""
_NAME: Final = r'(?:"(?:[^"]|"")*"|[^;=@/"\s](?:[^;=@/"]*[^;=@/"\s])?)'
_RUNG: Final = re.compile(rf"\s*({_NAME})\s*=\s*(-?[\d.]{{1,12}})(?:\s+({_NAME}))?\s*")
_PRICE: Final = re.compile(
    rf"\s*({_NAME})\s*(?:/\s*({_NAME})\s*)?(?:@\s*(\d{{1,9}})\s*)?=\s*(\d{{1,12}})(?:\s+dari\s+(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}})Z)?\s*"
)
_CODE: Final = re.compile(rf'\s*({_NAME})\s*=\s*("(?:[^"]|"")*"|[^;="]*[^;="\s])\s*')
_PLAIN: Final = re.compile(r'[^;=@/"\s](?:[^;=@/"]*[^;=@/"\s])?')
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Unread(Exception):
    """A cell that cannot be taken, with the reason. Never leaves `pos.services.sheets`."""

    def __init__(self, code: ReasonCode, **fields: object) -> None:
        super().__init__(code.value)
        self.reason = Reason(code, fields)


def read_ladder(cell: str) -> dict[str, int]:
    """Unit -> base units in one, the smallest first.

    Raises:
        Unread: LADDER_UNCLEAR, LADDER_REPEATED; LADDER_CYCLE when units are told by each other; LADDER_FACTOR for one that is not one to
            MAX_FACTOR base units, and for two units of one size.
    """
    told: dict[str, tuple[int, str]] = {}
    for match in _parts(_RUNG, cell, ReasonCode.LADDER_UNCLEAR):
        name = _bare(match.group(1))
        if name in told:
            raise Unread(ReasonCode.LADDER_REPEATED, typed=name)
        count = match.group(2).replace(".", "")
        if not count.isdigit() or not 1 <= int(count) <= MAX_FACTOR:
            raise Unread(ReasonCode.LADDER_FACTOR, typed=f"{name}={match.group(2)}")
        told[name] = int(count), _bare(match.group(3) or "")
    ladder = sorted((_factor(name, told), name) for name in told)
    factors = [factor for factor, _ in ladder]
    if not factors or len(set(factors)) < len(factors) or len(factors) > MOST_RUNGS:
        raise Unread(ReasonCode.LADDER_FACTOR, typed=clean(cell)[:40])
    return {name: factor for factor, name in ladder}


def _factor(name: str, told: Mapping[str, tuple[int, str]]) -> int:
    seen = [name]
    factor, below = told[name]
    while below:
        if below not in told:
            raise Unread(ReasonCode.LADDER_UNCLEAR, typed=below)
        if below in seen:
            raise Unread(ReasonCode.LADDER_CYCLE, typed=" → ".join((*seen, below))[:60])
        seen.append(below)
        count, below = told[below]
        factor *= count
    if factor > MAX_FACTOR:
        raise Unread(ReasonCode.LADDER_FACTOR, typed=f"{name}={factor}")
    return factor


def write_ladder(units: Iterable[tuple[str, int]]) -> str:
    """(name, base units in one) as `read_ladder` reads it."""
    return "; ".join(f"{_quoted(name)}={factor}" for name, factor in units)


def read_prices(cell: str) -> list[tuple[str, Price]]:
    """(unit, price) of each entry. Raises Unread OTHERS_UNCLEAR."""
    found = []
    for match in _parts(_PRICE, cell, ReasonCode.OTHERS_UNCLEAR):
        unit, group, start, amount, since = match.groups()
        least, rupiah = int(start or 1), int(amount)
        if least < 1 or rupiah > MAX_AMOUNT or least > MAX_QUANTITY:
            raise Unread(ReasonCode.OTHERS_UNCLEAR, typed=match.group().strip()[:40])
        kind = PriceKind.GROUP if group else PriceKind.WHOLESALE if start else PriceKind.RETAIL
        found.append((_bare(unit), Price(kind, rupiah, least, _bare(group or ""), _moment(since) if since else 0)))
    return found


def write_prices(prices: Iterable[tuple[str, Price]]) -> str:
    """(unit, price) as `read_prices` reads it."""
    return "; ".join(_price_text(unit, price) for unit, price in prices)


def _price_text(unit: str, price: Price) -> str:
    group = f"/{_quoted(price.group)}" if price.kind is PriceKind.GROUP else ""
    start = f"@{price.min_quantity}" if price.kind is PriceKind.WHOLESALE or price.min_quantity > 1 else ""
    since = f" dari {_stamp(price.starts_at)}" if price.starts_at else ""
    return f"{_quoted(unit)}{group}{start}={price.amount}{since}"


def read_codes(cell: str) -> list[tuple[str, str]]:
    """(unit, code) of each entry. Raises Unread OTHERS_UNCLEAR."""
    return [(_bare(match.group(1)), _bare(match.group(2))) for match in _parts(_CODE, cell, ReasonCode.OTHERS_UNCLEAR)]


def write_codes(codes: Sequence[tuple[str, str]]) -> str:
    """(unit, code) as `read_codes` reads it."""
    return "; ".join(f"{_quoted(unit)}={_quoted(code)}" for unit, code in codes)


def _parts(pattern: re.Pattern[str], cell: str, unclear: ReasonCode) -> Iterator[re.Match[str]]:
    """The entries of a cell one behind the other; a `;` between them, and one may stand at the end."""
    if len(cell) > _LONGEST:
        raise Unread(unclear, typed=clean(cell[:40]))
    place = 0
    while place < len(cell) and cell[place:].strip():
        match = pattern.match(cell, place)
        if match is None or (match.end() < len(cell) and cell[match.end()] not in ";\n"):
            raise Unread(unclear, typed=clean(cell[place:])[:40])
        yield match
        place = match.end() + 1


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else '"' + text.replace('"', '""') + '"'


def _bare(text: str) -> str:
    return text[1:-1].replace('""', '"') if text[:1] == '"' else text


def _stamp(moment: int) -> str:
    return (_EPOCH + timedelta(milliseconds=moment)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment % 1000:03d}Z"


def _moment(text: str) -> int:
    try:
        since = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise Unread(ReasonCode.OTHERS_UNCLEAR, typed=text) from error
    return (since - _EPOCH) // timedelta(milliseconds=1)


def read_cost(text: str) -> tuple[int, int]:
    """`17000/3`: rupiah for so many base units. Raises ShopError UNCLEAR_AMOUNT."""
    total, _, count = text.partition("/")
    if not (total.isdigit() and count.isdigit() and text.isascii() and len(text) <= 28 and int(count) > 0):
        raise ShopError(ErrorCode.UNCLEAR_AMOUNT, typed=text[:40])
    return int(total), int(count)
