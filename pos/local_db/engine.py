"""Connections to the store's file: its journal, the one that writes, those that read. Knows no table.

SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at once (sqlite.org, "WAL-reset bug"); here one
connection does both, and readers cannot write.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos.local_db.errors import translated

if TYPE_CHECKING:
    from sqlalchemy import Connection

BUSY_S: Final = 5.0
STATEMENTS_KEPT: Final = 512
CHECKPOINT_PAGES: Final = 8000
"""Pages in the WAL at which a commit checkpoints by itself (32 MB, a day of sales); `SqliteStore.tidy` does it when nobody waits."""
BACKGROUND_PAGES: Final = 1000
"""The same for a commit behind the counter: a long sync brings its pages into the file itself, some milliseconds at a time, so that no scan
has to do it for 150 ms."""
CACHE_KB: Final = 8_000
"""Of the writer: with SQLite's 2 MB the indexes of a long list of goods do not fit, and an import takes a fifth longer."""
WAL_KEPT_BYTES: Final = 16 * 1024 * 1024
"""What is left of the WAL on disk after a long import."""


def open_writer(path: Path) -> sqlite3.Connection:
    """The one connection that writes, in autocommit until BEGIN IMMEDIATE: WAL with FULL, or DELETE with EXTRA where WAL is refused.

    Raises:
        sqlite3.Error: as it comes; the caller translates.
    """
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_S, cached_statements=STATEMENTS_KEPT)
    try:
        mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
        raw.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        raw.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        raw.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
        raw.execute("PRAGMA foreign_keys = ON")
        # so that an INSERT OR REPLACE cannot slip past the triggers that refuse deletes
        raw.execute("PRAGMA recursive_triggers = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        raw.close()
        raise
    return raw


@contextmanager
def described(raw: sqlite3.Connection) -> Iterator[Connection]:
    """SQLAlchemy on the writer's connection, in one transaction: for what is said by tables and migrations. All of the block or nothing.

    Raises:
        sqlite3.Error: as it comes; the caller translates.
    """
    # imported here: a store at head needs none of it, and it takes longer to load than everything else that opens a shop
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool

    # never disposed of: the connection stays the writer's
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)

    # the driver opens no transaction by itself (isolation_level None): this one does, and DDL rolls back with it
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        raw.execute("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from error
        raise


def open_reader(path: Path, *, searching: bool = True) -> sqlite3.Connection:
    """A connection that can only read; with `searching`, the list of known words is at hand (`temp.known_word`)."""
    raw = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        timeout=BUSY_S,
        cached_statements=STATEMENTS_KEPT,
        check_same_thread=False,
    )
    if searching:
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("CREATE VIRTUAL TABLE temp.known_word USING fts5vocab('main', 'product_search', 'row')")
    raw.execute("PRAGMA query_only = ON")
    return raw


class Readers:
    """One read-only connection a thread. Kept by the thread's identity: a thread that follows a finished one takes over its connection.

    All methods raise ShopError for known failures.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._by_thread: dict[int, sqlite3.Connection] = {}

    def connection(self) -> sqlite3.Connection:
        """The calling thread's."""
        me = threading.get_ident()
        found = self._by_thread.get(me)
        if found is None:
            with translated():
                found = self._by_thread[me] = open_reader(self._path)
        return found

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """All rows of one statement."""
        try:
            return self.connection().execute(sql, parameters).fetchall()
        except sqlite3.Error:
            with translated():
                raise

    def row(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        """The first row of one statement, or None."""
        try:
            return self.connection().execute(sql, parameters).fetchone()
        except sqlite3.Error:
            with translated():
                raise

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Several statements that all see the store as it is at the first of them."""
        connection = self.connection()
        if connection.in_transaction:
            yield
            return
        with translated():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                # nothing was written, and of a damaged file even a COMMIT may be refused
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close them all. Nobody may be reading any more."""
        while self._by_thread:
            self._by_thread.popitem()[1].close()
