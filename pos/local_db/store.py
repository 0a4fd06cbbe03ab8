"""The shop's memory as one object: opens the file or says why not, hands out units of work and reads, copies, tidies, closes.

Owns the file's lock and the order of things at start; knows no statement of its own.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import schema
from pos.local_db.copies import daily_name, drop_old_days, make_copy
from pos.local_db.engine import Readers, open_reader, open_writer
from pos.local_db.errors import translated
from pos.local_db.gate import WriterGate
from pos.local_db.places import refuse_far_places
from pos.local_db.queries import SqliteQueries
from pos.local_db.ranks import ranks_due
from pos.local_db.restoring import take_in
from pos.local_db.unit_of_work import Scope, SqliteWork
from pos.local_db.work_base import Counters, load_counters
from pos.services.ports import Clock, Ids

_log = logging.getLogger(__name__)

_RANKS_AT_ONCE: Final = 200
"""Products that move in one call of `tidy`."""
_TIDIED: Final = "tidied_at"
_UNROLLED: Final = "SELECT coalesce((SELECT max(id) FROM sale), 0) - coalesce((SELECT sale_id FROM report_mark), 0)"


class SqliteStore:
    """`services.ports.Store` on one SQLite file. Made by `open`."""

    def __init__(self, path: Path, copies: Path, writer: sqlite3.Connection, readers: Readers, clock: Clock, ids: Ids) -> None:
        self._path = path
        self._copies = copies
        self._writer = writer
        self._readers = readers
        self._clock = clock
        self._ids = ids
        self._held = ExitStack()
        self._gate = WriterGate()
        self._counters = load_counters(writer)
        self._ranked = (0, 0)
        self._read = SqliteQueries(readers, clock, path, copies, lambda: self._counters.goods_version)

    @classmethod
    def open(cls, path: Path, clock: Clock, ids: Ids, copies: Path) -> SqliteStore:
        """Open the store at `path`; a new one is made where there is none, an older one is copied to `copies` and brought up to date. A
        copy that was laid ready (`restoring.py`) takes its place first.

        Raises:
            ShopError: STORE_ON_NETWORK, STORE_IN_USE; STORE_NEWER and STORE_DAMAGED, both with the file as it was; DISK_FULL,
                FOLDER_READ_ONLY.
        """
        refuse_far_places(path.parent)
        with ExitStack() as held:
            _lock(path, held)
            if take_in(path, copies, clock):
                _log.warning("a copy took the store's place; what was there is among the copies")
            found = schema.look_at(path)
            if found.is_old:
                _copy_before_migration(path, copies, found.revision, clock)
            with translated():
                writer = open_writer(path)
                # the WAL goes into the file as it is closed, so that what lies there is whole in itself
                held.callback(writer.close)
                if found.is_new:
                    schema.create(writer)
                elif found.is_old:
                    schema.migrate(writer)
                    _log.info("store brought from revision %s to %s", found.revision, schema.HEAD)
                if found.revision != schema.HEAD:
                    # from now on the file itself says what it is, whatever becomes of the WAL beside it
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                readers = Readers(path)
                held.callback(readers.close)
                store = cls(path, copies, writer, readers, clock, ids)
            store._held = held.pop_all()
            return store

    @property
    def read(self) -> SqliteQueries:
        return self._read

    def begin(self) -> AbstractContextManager[SqliteWork]:
        """A unit of work for a `with` block; leaving it without `commit()` takes everything back."""
        return Scope(self._make_work, self._gate)

    def _make_work(self) -> SqliteWork:
        return SqliteWork(self._writer, self._counters, self._clock, self._ids, self._keep)

    def _keep(self, counters: Counters) -> None:
        self._counters = counters

    def tidy(self) -> None:
        """Upkeep for when nobody waits: popularity order, the history's search, old paper, the WAL into the file. Any thread may call it.

        A call does a portion of each (well below 100 ms), in small transactions: a sale that comes meanwhile waits for one of them.

        Raises:
            ShopError: DISK_FULL, FOLDER_READ_ONLY, STORE_BUSY, STORE_DAMAGED.
        """
        if self._gate.busy:
            # someone writes: a long import, for one. Nobody waits for upkeep, and upkeep waits for nobody
            return
        self._rank()
        now = self._clock.now()
        self._write(lambda work: work.index_sales())
        self._write(lambda work: work.empty_what_served(now))
        if self._readers.row(_UNROLLED)[0]:
            self._write(_roll_up)
        with self._gate.held(), translated():
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        # the first commit after a checkpoint starts the WAL anew and syncs twice: let it be this one and not a sale
        self._write(lambda work: work.set_setting(_TIDIED, str(now)))

    def _rank(self) -> None:
        present = self._counters.next_sale, self._counters.goods_version
        if present == self._ranked:
            return
        due = ranks_due(self._readers)
        self._write(lambda work: work.set_sold(due[:_RANKS_AT_ONCE]))
        if len(due) <= _RANKS_AT_ONCE:
            self._ranked = present

    def _write(self, action: Callable[[SqliteWork], object]) -> None:
        """`action` in a transaction; committed unless it says that it did nothing (0)."""
        with self.begin() as work:
            if action(work) != 0:
                work.commit()

    def copy(self, target: Path) -> None:
        """A checked copy of the store as it is now; selling goes on meanwhile.

        Raises:
            ShopError: DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED.
        """
        make_copy(self._readers.connection(), target)

    def copy_of_the_day(self) -> Path | None:
        """Make today's copy if it is not there yet, and drop old daily ones. None when there is nothing to do. Raises as `copy` does."""
        day = datetime.fromtimestamp(self._clock.now() / 1000, UTC).strftime("%Y-%m-%d")
        target = self._copies / daily_name(day)
        if target.exists():
            return None
        self.copy(target)
        drop_old_days(self._copies)
        return target

    def close(self) -> None:
        """Close everything and let go of the file. Nobody may be reading or writing any more."""
        self._held.close()


def _roll_up(work: SqliteWork) -> bool:
    """A portion of the sales into the sums of their days."""
    work.roll_up()
    return True


def _lock(path: Path, held: ExitStack) -> None:
    with translated():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock", timeout=0, thread_local=False)
        try:
            held.enter_context(lock)
        except Timeout:
            raise ShopError(ErrorCode.STORE_IN_USE) from None


def _copy_before_migration(path: Path, copies: Path, revision: str, clock: Clock) -> None:
    moment = datetime.fromtimestamp(clock.now() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    with translated():
        source = open_reader(path, searching=False)
    try:
        make_copy(source, copies / f"before-{schema.HEAD}-from-{revision}-{moment}.db")
    finally:
        source.close()
