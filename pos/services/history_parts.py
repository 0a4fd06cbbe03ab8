"""Which notas another room wants to be shown, as the name of a part of the history and back: a day, an hour, goods, a person. Pure.

`2026-11-25`, `2026-11-25T14`, `2026-11-01..2026-11-25`, and behind a slash what they have in common: `2026-11-25/cashier:Sri`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pos.domain.business_day import MINUTES, starts_at
from pos.services.paying_views import SaleSearch

_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 60 * _MINUTE_MS
_KINDS: Final = ("product", "category", "cashier", "customer", "tender")


@dataclass(frozen=True, slots=True)
class Part:
    """Some notas.

    Attributes:
        first, last: business days, both counted.
        hour: of the clock, on a single day; None for all of it.
        what, key: what they have in common: `product` and its uid, `category` or `cashier` and the name, `customer` and their uid, `tender`
            and its value; both empty for all.
    """

    first: date
    last: date
    hour: int | None = None
    what: str = ""
    key: str = ""


def part_name(part: Part) -> str:
    """Of a part, for `go("history#...")`."""
    days = part.first.isoformat()
    if part.hour is not None:
        days += f"T{part.hour:02d}"
    elif part.last != part.first:
        days += f"..{part.last.isoformat()}"
    return f"{days}/{part.what}:{part.key}" if part.what else days


def read_part(name: str) -> Part | None:
    """What `part_name` wrote; None for a name that is another's."""
    days, slash, rest = name.partition("/")
    what, _, key = rest.partition(":")
    if slash and (what not in _KINDS or not key):
        return None
    start, _, end = days.partition("..")
    start, clock, hour = start.partition("T")
    try:
        first = date.fromisoformat(start)
        last = date.fromisoformat(end) if end else first
    except ValueError:
        return None
    if clock and not (hour.isascii() and hour.isdigit() and int(hour) < MINUTES // 60):
        return None
    return Part(first, max(first, last), int(hour) if clock else None, what, key)


def part_search(part: Part, cutoff: int) -> SaleSearch:
    """The question to the store. `cutoff`: minutes after midnight at which a business day begins."""
    since, until = starts_at(part.first, cutoff), starts_at(part.last + timedelta(days=1), cutoff)
    if part.hour is not None:
        begins = since - cutoff * _MINUTE_MS + part.hour * _HOUR_MS
        if begins + _HOUR_MS <= since:
            # what is sold after midnight before the next day begins
            begins += MINUTES * _MINUTE_MS
        since, until = max(since, begins), min(until, begins + _HOUR_MS)
    return SaleSearch(
        since=since,
        until=until,
        product_uid=_key_of(part, "product"),
        category=_key_of(part, "category"),
        cashier=_key_of(part, "cashier"),
        customer_uid=_key_of(part, "customer"),
        tender=_key_of(part, "tender"),
    )


def _key_of(part: Part, what: str) -> str:
    return part.key if part.what == what else ""
