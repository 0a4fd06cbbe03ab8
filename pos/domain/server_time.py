"""The server's moments on the till's clock: deadlines are the server's, and are counted down by it. Pure."""

from __future__ import annotations

from typing import Final

CLAMP_MS: Final = 5 * 60_000
"""So far may the computer's clock stand from the server's before it is held (sync.md); a banner says so."""


def server_now(now: int, offset: int) -> int:
    """UTC ms by the server at `now` of a `sync.clock.HybridClock`, for countdowns. `offset`: the server's clock less the computer's."""
    return now + max(-CLAMP_MS, min(CLAMP_MS, offset))
