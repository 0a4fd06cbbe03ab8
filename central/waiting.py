"""Who waits for news of a shop (long-poll), in this process: futures in the event loop, a few hundred bytes each, woken by shop.

Owns the waiting; knows no database and no HTTP. News come from this process's own commits, and from others' by `central.listening`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

MOST_KEPT: Final = 10_000
"""Shops whose newest news are remembered; more are forgotten, oldest first."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A till that is to be woken when its shop's feed goes past `seq`. `beat`: of the hub, before the feed was looked at."""

    shop: int
    device: str
    seq: int
    seconds: int
    beat: int


class Hub:
    """Made anywhere; `open` in the event loop that waits. `news` may be called from any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._waiting: dict[int, dict[str, tuple[int, asyncio.Future[bool]]]] = {}
        self._count = 0
        self._newest: dict[int, tuple[int, int]] = {}
        self.beat = 0

    def open(self) -> None:
        """Within the loop: from now on news wake who waits."""
        self._loop = asyncio.get_running_loop()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self._count

    @property
    def full(self) -> bool:
        return self._closed or self._count >= self._most

    def shops(self) -> list[int]:
        """Whose news somebody waits for."""
        return list(self._waiting)

    def news(self, shop: int, seq: int) -> None:
        """A shop's feed has come to `seq`. Safe in any thread, cheap where nobody listens."""
        loop = self._loop
        if loop is not None and not self._closed:
            loop.call_soon_threadsafe(self._take, shop, seq)

    def _take(self, shop: int, seq: int) -> None:
        self.beat += 1
        self._newest.pop(shop, None)
        self._newest[shop] = (seq, self.beat)
        if len(self._newest) > MOST_KEPT:
            del self._newest[next(iter(self._newest))]
        for _, future in [found for found in self._waiting.get(shop, {}).values() if found[0] < seq]:
            _answer(future, True)

    async def wait(self, waiter: Waiter) -> bool:
        """Whether the feed has gone past the waiter's place within its time. A second wait of a device ends its first."""
        seq, beat = self._newest.get(waiter.shop, (0, 0))
        if seq > waiter.seq and beat > waiter.beat:
            # between the look at the feed and now
            return True
        if self.full:
            return False
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        of_shop = self._waiting.setdefault(waiter.shop, {})
        if waiter.device in of_shop:
            _answer(of_shop[waiter.device][1], False)
        of_shop[waiter.device] = (waiter.seq, future)
        self._count += 1
        try:
            return await asyncio.wait_for(future, waiter.seconds)
        except TimeoutError:
            return False
        finally:
            self._count -= 1
            if of_shop.get(waiter.device, (0, None))[1] is future:
                del of_shop[waiter.device]
            if not of_shop and self._waiting.get(waiter.shop) is of_shop:
                del self._waiting[waiter.shop]

    def wake_all(self) -> None:
        """Within the loop: news may have been missed (the line to the database broke); everybody looks for themselves."""
        self._newest.clear()
        self._answer_all(True)

    def close(self) -> None:
        """Within the loop: the server stops; everybody is answered, and nobody may wait any more."""
        self._closed = True
        self._answer_all(False)

    def _answer_all(self, changed: bool) -> None:
        for of_shop in list(self._waiting.values()):
            for _, future in list(of_shop.values()):
                _answer(future, changed)


def _answer(future: asyncio.Future[bool], changed: bool) -> None:
    if not future.done():
        future.set_result(changed)
