"""Reading the feed again from its start while the shop sells on: what has been told so far is kept in the store, page by page, and only
at the end are the goods let go that nobody mentioned. Nothing vanishes in the middle; a kill at any moment resumes where it was.
The outbox is not concerned.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final, TypeAlias

from pos.domain.product import Product
from pos.services.ports import Queries, UnitOfWork
from pos.services.views import GoodsFilter
from pos.sync.feed import gone, told_products

_log = logging.getLogger(__name__)

Mentions: TypeAlias = Mapping[str, bool]
"""Product uid -> whether the server has it."""
PAGES: Final = "feed_fresh"
"""Name of the setting with the number of pages told so far; empty when no fresh reading goes on. `feed_fresh.N` has page N's goods."""
STARTED: Final = "feed_fresh_at"
"""Name of the setting with the moment (UTC ms) when the last fresh reading began."""
_GOODS_AT_ONCE: Final = 5_000
_ALL: Final = 1_000_000


def pages_told(read: Queries) -> int | None:
    """How many pages of a fresh reading are behind us; None when none goes on."""
    text = read.setting(PAGES)
    return int(text) if text else None


def begin(read: Queries, work: UnitOfWork, now: int) -> None:
    """Start, or start anew: the next request asks from the feed's beginning."""
    _forget_notes(work, pages_told(read) or 0)
    work.set_setting(PAGES, "0")
    work.set_setting(STARTED, str(now))
    work.set_shop(cursor="")


def note(work: UnitOfWork, pages: int, told: Mentions) -> None:
    """Keep what one more page has mentioned: the uid of each product, with a `-` before it when it is no more."""
    work.set_setting(f"{PAGES}.{pages}", " ".join(uid if there else f"-{uid}" for uid, there in sorted(told.items())))
    work.set_setting(PAGES, str(pages + 1))


def left_over(read: Queries, pages: int, last_page: Mentions, expected: int) -> list[Product]:
    """Goods that the till has and the whole feed has not, but for those that the till itself still has to tell.

    None when the feed as it was read does not come to the `expected` number of goods, the server's own count: it was put back or changed
    its mind on the way, and what such a reading does not mention may be there all the same. Nor when there are none at all: a server
    without goods has lost them, and the shop's list is the only one left.

    Long; needs no transaction: the goods are read before the outbox, so what a person adds meanwhile is either in neither or in both.
    """
    held = _all_goods(read)
    there: set[str] = set()
    for told in (*(_noted(read, page) for page in range(pages)), last_page):
        there.update(uid for uid in told if told[uid])
        there.difference_update(uid for uid in told if not told[uid])
    if not there or len(there) != expected:
        _log.error("the feed told of %d goods, the server counts %d; those of the till stay", len(there), expected)
        return []
    there.update(told_products(read.waiting_operations(_ALL)))
    missing = (read.product(uid) for uid in held if uid not in there)
    return [gone(product) for product in missing if product is not None]


def _noted(read: Queries, page: int) -> Mentions:
    words = (read.setting(f"{PAGES}.{page}") or "").split()
    return {word.removeprefix("-"): not word.startswith("-") for word in words}


def end(work: UnitOfWork, pages: int, forget: list[Product]) -> None:
    """The feed was read to its end."""
    if forget:
        work.put_products(forget)
    _forget_notes(work, pages)
    work.set_setting(PAGES, "")


def _all_goods(read: Queries) -> list[str]:
    uids: list[str] = []
    while rows := read.goods(GoodsFilter.ALL, "", len(uids), _GOODS_AT_ONCE):
        uids += [row.product_uid for row in rows]
    return uids


def _forget_notes(work: UnitOfWork, pages: int) -> None:
    for page in range(pages):
        work.set_setting(f"{PAGES}.{page}", "")
