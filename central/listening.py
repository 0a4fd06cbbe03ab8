"""Hears what other processes on the same database have committed, and tells the hub. Runs in the event loop.

PostgreSQL: LISTEN on a connection of its own, made again whenever it breaks. SQLite has no such thing: the feeds that are waited
for are looked at once a second.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
from anyio import to_thread

from central.database import Database
from central.shop_work import CHANNEL
from central.waiting import Hub

_log = logging.getLogger(__name__)

_AGAIN_S: Final = (0.5, 1.0, 2.0, 5.0, 15.0)
"""Waits before the line to PostgreSQL is tried again."""
_LOOK_S: Final = 1.0
_FEEDS: Final = "SELECT id, feed_seq FROM shop WHERE id IN (SELECT value FROM json_each(:shops))"


async def listen(database: Database, hub: Hub) -> None:
    """Tell the hub of every shop's news, until cancelled."""
    await (_look_at_feeds(database, hub) if database.embedded else _listen_to_postgres(database, hub))


async def _listen_to_postgres(database: Database, hub: Hub) -> None:
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    failures = 0
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                # what was told while nobody listened is not told again
                hub.wake_all()
                failures = 0
                async for told in connection.notifies():
                    _tell(hub, told.payload)
        except (psycopg.Error, OSError) as error:
            wait = _AGAIN_S[min(failures, len(_AGAIN_S) - 1)]
            failures += 1
            _log.warning("no news from the database", extra={"again_in_s": wait, "kind": type(error).__name__})
            await asyncio.sleep(wait)


def _tell(hub: Hub, payload: str) -> None:
    shop, _, seq = payload.partition(" ")
    if shop.isdecimal() and seq.isdecimal():
        hub.news(int(shop), int(seq))


async def _look_at_feeds(database: Database, hub: Hub) -> None:
    while True:
        await asyncio.sleep(_LOOK_S)
        shops = hub.shops()
        if not shops:
            continue
        try:
            for shop, seq in await to_thread.run_sync(_feeds, str(database.url.database), shops):
                hub.news(shop, seq)
        except sqlite3.Error as error:
            _log.warning("no news from the database", extra={"kind": type(error).__name__})


def _feeds(file: str, shops: list[int]) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(_FEEDS, {"shops": json.dumps(shops)}).fetchall()
