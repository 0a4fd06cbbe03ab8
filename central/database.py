"""The central's database: embedded SQLite (WAL) or PostgreSQL (psycopg 3) by URL. Owns connections, transactions, migrations.

Holds no queries of the city's things. Everything above speaks to both databases in the same statements; what differs is here and in `bulk`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, Row, create_engine, event, exc, inspect, text
from sqlalchemy.engine import URL, make_url

_T = TypeVar("_T")
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
HEAD: Final = "0003"
"""The newest migration; a test compares it with the scripts."""
POSTGRES: Final = "postgresql"
CONNECTIONS: Final = 8
"""A process's connections, and with them the requests that it works on at once."""
CHANGED: Final = "epeken_changed"
"""In a connection's `info`: (shop, feed_seq) of each feed that this transaction moves on."""
BUSY_S: Final = 10
"""How long a writer waits for another on SQLite before the request is told to come again."""


class NotReady(Exception):
    """The database is not at this program's version; says what to do."""


class WriteNeeded(Exception):
    """Raised within `Database.look`: what was asked cannot be answered without writing first."""


class Database:
    """One database for the life of a process. Thread-safe."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy spells it: `sqlite:///file`, `postgresql+psycopg://...`. Nothing is opened yet.

        Raises:
            ValueError: another kind of database, or SQLite in memory (each connection would have its own).
        """
        self.url = _checked(url)
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.embedded else _postgres(self.url)
        self._snapshots = self.engine if self.embedded else self.engine.execution_options(isolation_level="REPEATABLE READ")
        # SQLite has one writer: threads of this process queue here in order, instead of in a busy loop
        self.on_news: Callable[[int, int], None] = _nobody_listens
        """Told of each shop whose feed a commit of this process has moved on: its number, and where the feed stands."""
        self.on_found: Callable[[Connection], None] | None = None
        """Called within the first transaction that writes after the database was connected to: it may be an older one than before."""
        self._one_writer: AbstractContextManager[Any] = threading.Lock() if self.embedded else nullcontext()
        self._found = False
        event.listen(self.engine, "connect", self._connected)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; committed at the end, rolled back by any exception."""
        with self._one_writer, self.engine.begin() as connection:
            changed: list[tuple[int, int]] = []
            connection.info[CHANGED] = changed
            on_found = self.on_found if self._found else None
            if on_found is not None:
                on_found(connection)
            yield connection
        if on_found is not None:
            # only now: another transaction that has a new connection must not build on a name that was not kept
            self._found = False
        for shop, seq in changed:
            self.on_news(shop, seq)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database. It may still note the proof that it was asked with."""
        with self._one_writer, self._snapshots.begin() as connection:
            yield connection

    def look(self, work: Callable[[Connection, bool], _T]) -> _T:
        """What `work` gives in a transaction that only reads; where that is not enough (WriteNeeded), again in one that writes.

        `work` is given the connection and whether it may write.
        """
        try:
            with self.read() as connection:
                return work(connection, False)
        except WriteNeeded:
            with self.write() as connection:
                return work(connection, True)

    def upgrade(self) -> None:
        """Bring the tables to this program's version.

        Raises:
            NotReady: the database is newer than the program.
        """
        if self.version() == HEAD:
            return
        from central.migrations.run import upgrade

        with self.write() as connection:
            upgrade(connection)

    def check(self) -> None:
        """Raises NotReady unless the tables are at this program's version."""
        found = self.version()
        if found != HEAD:
            raise NotReady(f"the database is at version {found or 'none'}, this program needs {HEAD}: run `epeken-central migrate` first")

    def version(self) -> str:
        """The migration that the database is at, empty for a new one."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")

    def close(self) -> None:
        self.engine.dispose()

    def _connected(self, _connection: object, _record: object) -> None:
        self._found = True


def _nobody_listens(_shop: int, _seq: int) -> None:
    """Before a server is there."""


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise ValueError(f"not a database address: {error}") from error
    kind = parsed.get_backend_name()
    if kind == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    if kind == POSTGRES:
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError("the central keeps its things in sqlite:///FILE or postgresql+psycopg://...")


def _sqlite(url: URL) -> Engine:
    assert url.database is not None
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        connect_args={"check_same_thread": False, "timeout": BUSY_S},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # the driver must not begin transactions of its own: it would leave DDL outside of them
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=BUSY_S,
        pool_use_lifo=True,
        hide_parameters=True,
        # only `central.statements` prepares: a plan that was made while a shop had no sales yet would be kept for one that has a million
        connect_args={"prepare_threshold": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # everything is found by a key that begins with the shop; a table that is small today must not be read whole for ever
        connection.autocommit = True
        connection.execute("SET enable_seqscan = off")
        # a plan that has to read a table whole all the same is dear on paper only, and would be compiled for a tenth of a second each time
        connection.execute("SET jit = off")
        connection.autocommit = False

    return engine
