"""One story in one transaction. Joins the parts; owns commit and rollback, and the counters' fate with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from pos.local_db.baskets import Baskets
from pos.local_db.errors import translated
from pos.local_db.facts import Facts
from pos.local_db.gate import WriterGate
from pos.local_db.goods import Goods
from pos.local_db.order_book import OrderBook
from pos.local_db.outgoing import Outgoing
from pos.local_db.ranks import Ranks
from pos.local_db.upkeep import Upkeep
from pos.local_db.work_base import Counters
from pos.services.ports import Clock, Ids


class SqliteWork(Baskets, Facts, Goods, OrderBook, Outgoing, Ranks, Upkeep):
    """Made by `SqliteStore.begin()`. `keep` takes the counters over once the commit is on disk."""

    def __init__(
        self, connection: sqlite3.Connection, counters: Counters, clock: Clock, ids: Ids, keep: Callable[[Counters], None]
    ) -> None:
        super().__init__(connection, replace(counters), clock, ids)
        self._keep = keep
        self._run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._run("COMMIT")
        self._keep(self._counters)

    def rollback(self) -> None:
        """Nothing if it was committed. A commit that failed (disk full) may leave the transaction open: it too ends here."""
        if self._raw.in_transaction:
            self._run("ROLLBACK")


class Scope:
    """The `with` block around a unit of work: the writer's gate, known errors translated, rollback unless committed."""

    def __init__(self, make: Callable[[], SqliteWork], gate: WriterGate) -> None:
        self._make = make
        self._gate = gate
        self._work: SqliteWork | None = None

    def __enter__(self) -> SqliteWork:
        self._gate.enter()
        try:
            with translated():
                self._work = self._make()
        except BaseException:
            # nothing is kept back: whatever ended it goes on, but the turn must be free, or nobody writes any more
            self._gate.leave()
            raise
        return self._work

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._work is not None
        try:
            with translated():
                self._work.rollback()
                if error is not None:
                    raise error
        finally:
            self._gate.leave()
