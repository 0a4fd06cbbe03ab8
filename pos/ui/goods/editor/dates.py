"""A day as it is typed: `31/12/2026`, in Surabaya's time. Pure; how a day is said is `pos.ui.moments`'."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.moments import WIB

_DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")


def read_day(typed: str) -> int:
    """UTC ms of the day's first moment; 0 for nothing typed. Raises ShopError DATE_UNCLEAR with `typed`."""
    text = typed.strip()
    if not text:
        return 0
    found = _DAY.fullmatch(text)
    if found is None or not text.isascii():
        raise ShopError(ErrorCode.DATE_UNCLEAR, typed=text[:20])
    day, month, year = (int(part) for part in found.groups())
    try:
        moment = datetime(year + 2_000 if year < 100 else year, month, day, tzinfo=WIB)
    except ValueError:
        raise ShopError(ErrorCode.DATE_UNCLEAR, typed=text[:20]) from None
    return int(moment.timestamp() * 1_000)
