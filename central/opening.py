"""Opens a world: the database with its keys, and what was handed in. Imports nothing of HTTP, so that commands start quickly."""

from __future__ import annotations

from functools import partial

from central import incarnations
from central.database import Database
from central.keys import load_keys
from central.pace import Load
from central.waiting import Hub
from central.world import Chance, Clock, Settings, SystemChance, SystemClock, World


def open_world(database_url: str, settings: Settings | None = None, clock: Clock | None = None, chance: Chance | None = None) -> World:
    """A world on a database that is at this program's version. Close it by `world.database.close()`.

    Raises:
        NotReady: the database is not at this program's version. ValueError: no database address.
    """
    clock, chance = clock or SystemClock(), chance or SystemChance()
    database = Database(database_url)
    try:
        database.check()
        with database.write() as connection:
            keys = load_keys(connection, chance, clock.now())
    except BaseException:
        # nothing is kept back: whatever ended it, Ctrl+C too, goes on after the connections are given back
        database.close()
        raise
    chosen = settings or Settings()
    hub = Hub(chosen.waiting)
    database.on_news = hub.news
    database.on_found = partial(incarnations.begin, chance=chance)
    return World(database, keys, clock, chance, chosen, hub, Load())
