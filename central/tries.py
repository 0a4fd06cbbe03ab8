"""Wrong codes, counted by who asked and over all, in windows of time: what makes a code that is read aloud safe to use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, text

from central import tables
from central.problems import ProblemCode, Refusal
from central.world import World

_IN_ALL: Final = "all"
_e = tables.enrol_try.c
_TRIES: Final = select(_e.scope, _e.tries).where(
    _e.time_window == bindparam("time_window"), _e.scope.in_([bindparam("scope"), bindparam("all")])
)
_TRIED: Final = text(
    "INSERT INTO enrol_try (scope, time_window, tries) VALUES (:scope, :time_window, 1)"
    " ON CONFLICT (scope, time_window) DO UPDATE SET tries = enrol_try.tries + 1"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a wrong code is counted. Who asked is kept hashed, and only while the window lasts."""

    window: int
    scopes: tuple[str, str]


def limit(world: World, connection: Connection, asker: str, purpose: str = "") -> Counted:
    """Where a wrong code of this asker would be counted.

    Args:
        asker: an address, or who else is known. purpose: which codes; those of pairing are the empty one.

    Raises:
        Refusal: TOO_MANY_TRIES.
    """
    now, settings = world.clock.now(), world.settings
    window, passed = divmod(now, settings.tries_window)
    scope, in_all = world.keys.seal("address", purpose + asker).hex(), purpose + _IN_ALL
    found = {row.scope: row.tries for row in connection.execute(_TRIES, {"time_window": window, "scope": scope, "all": in_all})}
    if found.get(scope, 0) >= settings.tries_per_address or found.get(in_all, 0) >= settings.tries_in_all:
        raise Refusal(ProblemCode.TOO_MANY_TRIES, retry_after=-(-(settings.tries_window - passed) // 1000))
    return Counted(window, (scope, in_all))


def count(connection: Connection, counted: Counted) -> None:
    """One more wrong code. The caller commits, also when it refuses."""
    for scope in counted.scopes:
        connection.execute(_TRIED, {"scope": scope, "time_window": counted.window})


def forget(connection: Connection, world: World) -> None:
    """Drop the counts of windows that have passed."""
    connection.execute(delete(tables.enrol_try).where(_e.time_window < world.clock.now() // world.settings.tries_window))
