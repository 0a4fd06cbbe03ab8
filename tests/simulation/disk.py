"""A till's disk: the store on it dies at a chosen effect, or finds no room. Owns when; what is written is the real store's.

An effect is what can be seen from outside, or be lost: a commit, a request, a secret that is kept. A death comes just before one or just
after it, which is every place at which a death makes a difference.
"""

from __future__ import annotations

from typing import Any

from pos.local_db.store import SqliteStore
from pos.local_db.unit_of_work import SqliteWork


class Died(BaseException):
    """The till's process is gone. No handler of the product may catch it."""


class Effects:
    """Counts a till's effects, and ends it at the one that was chosen."""

    def __init__(self) -> None:
        self.seen = 0
        self._left: int | None = None

    def die_after(self, effects: int) -> None:
        """Die at the moment that so many further ones have passed; 0 dies before the next."""
        self._left = effects

    def spare(self) -> None:
        self._left = None

    def moment(self) -> None:
        """One of the moments between two effects."""
        self.seen += 1
        if self._left is None:
            return
        if self._left == 0:
            self._left = None
            raise Died
        self._left -= 1


class PlayedWork(SqliteWork):
    """A unit of work that may die around its commit."""

    effects: Effects

    def commit(self) -> None:
        self.effects.moment()
        super().commit()
        self.effects.moment()


class PlayedStore(SqliteStore):
    """The real store with those units of work."""

    effects: Effects

    def _make_work(self) -> SqliteWork:
        work = PlayedWork(self._writer, self._counters, self._clock, self._ids, self._keep)
        work.effects = self.effects
        return work

    def raw_rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """What a question to the file itself gives."""
        return self._readers.connection().execute(query, values).fetchall()

    def fill_up(self) -> None:
        """From now on there is no room for one page more."""
        pages = self._writer.execute("PRAGMA page_count").fetchone()[0]
        self._writer.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def make_room(self) -> None:
        self._writer.execute(f"PRAGMA max_page_count = {2**31}").fetchone()


class PlayedSecrets:
    """`ports.Secrets` in memory; keeping one is an effect."""

    def __init__(self, effects: Effects, kept: dict[str, str]) -> None:
        self.kept = kept
        self._effects = effects

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self._effects.moment()
        self.kept[name] = value
        self._effects.moment()

    def delete(self, name: str) -> None:
        self._effects.moment()
        self.kept.pop(name, None)
