"""One story in one transaction. Joins the parts; owns commit and rollback, and the counters' fate with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from pos.local_db.counter_work import CounterWork
from pos.local_db.engine import BACKGROUND_PAGES, CHECKPOINT_PAGES
from pos.local_db.errors import translated
from pos.local_db.facts import Facts
from pos.local_db.gate import WriterGate
from pos.local_db.goods import Goods
from pos.local_db.goods_care_work import GoodsCareWork
from pos.local_db.import_work import ImportWork
from pos.local_db.line_work import LineWork
from pos.local_db.paper_work import PaperWork
from pos.local_db.paying_work import PayingWork
from pos.local_db.people_work import PeopleWork
from pos.local_db.ranks import Ranks
from pos.local_db.receipt_work import ReceiptWork
from pos.local_db.rollups import Rollups
from pos.local_db.stock_take_work import StockTakeWork
from pos.local_db.supplier_work import SupplierWork
from pos.local_db.upkeep import Upkeep
from pos.local_db.work_base import Counters
from pos.services.ports import Clock, Ids


class SqliteWork(
    CounterWork,
    Facts,
    Goods,
    GoodsCareWork,
    ImportWork,
    LineWork,
    PaperWork,
    PayingWork,
    PeopleWork,
    Ranks,
    ReceiptWork,
    Rollups,
    StockTakeWork,
    SupplierWork,
    Upkeep,
):
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

    def checkpoint_at(self, pages: int) -> None:
        """From how many pages in the WAL a commit brings them into the file."""
        self._run(f"PRAGMA wal_autocheckpoint = {pages}")

    def rollback(self) -> None:
        """Nothing if it was committed. A commit that failed (disk full) may leave the transaction open: it too ends here."""
        if self._raw.in_transaction:
            self._run("ROLLBACK")


class Scope:
    """The `with` block around a unit of work: the writer's gate, known errors translated, rollback unless committed."""

    def __init__(self, make: Callable[[], SqliteWork], gate: WriterGate) -> None:
        self._make = make
        self._gate = gate
        self._behind = not gate.first_is_here
        self._work: SqliteWork | None = None

    def __enter__(self) -> SqliteWork:
        self._gate.enter()
        try:
            with translated():
                self._work = self._make()
                if self._behind:
                    self._work.checkpoint_at(BACKGROUND_PAGES)
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
                if self._behind:
                    self._work.checkpoint_at(CHECKPOINT_PAGES)
                if error is not None:
                    raise error
        finally:
            self._gate.leave()
