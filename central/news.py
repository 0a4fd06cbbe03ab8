"""How long news stay in the feed: they tell a till what happened, and no sum goes by them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete

from central import tables
from central.world import DAY
from pos.sync.protocol import ChangeKind

KEPT_MS: Final = 35 * DAY
"""As long as a till keeps what it has told."""
_n = tables.news.c


def forget(connection: Connection, before: int) -> None:
    """Drop news of before a moment, but for the server's keys."""
    connection.execute(delete(tables.news).where(_n.at < before, _n.kind != ChangeKind.KEYS.value))
