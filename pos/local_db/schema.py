"""Which shape a store's file has: made new, brought up to date, or refused. SQLAlchemy and Alembic are imported for a
file that is not at head, and for no other.

A new file is made from the tables at once and stamped; a test proves that the migrations come to the same.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos.domain.chain import GENESIS
from pos.domain.errors import ErrorCode, ShopError
from pos.local_db.engine import described
from pos.local_db.errors import translated
from pos.local_db.triggers import statements

HEAD: Final = "0014"
"""The revision this program works with. Revisions are numbers that count up: a greater one is a newer program's."""
APPLICATION_ID: Final = 0x45504B31
"""`EPK1` in SQLite's header: a database of somebody else is not taken for a shop."""
MIGRATIONS: Final = Path(__file__).parent / "migrations"
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""As Alembic makes it."""
FIRST_PREFIX: Final = "A"
"""Receipt prefix of a till that no server has named yet; with epoch 0, which no server gives."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it lies there. `revision` "" means that there is nothing yet."""

    revision: str

    @property
    def is_new(self) -> bool:
        return not self.revision

    @property
    def is_old(self) -> bool:
        return bool(self.revision) and self.revision != HEAD


def look_at(path: Path) -> Found:
    """What lies at `path`, without changing it.

    Raises:
        ShopError: STORE_NEWER (`found`, `known`); STORE_DAMAGED when it is no store or cut short; FOLDER_READ_ONLY.
    """
    with translated():
        if not path.exists() or path.stat().st_size == 0:
            return Found("")
        _check_header(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{_way_in(path)}", uri=True)) as raw:
            revision = _revision(raw)
    if int(revision or 0) > int(HEAD):
        raise ShopError(ErrorCode.STORE_NEWER, found=revision, known=HEAD)
    return Found(revision)


def _way_in(path: Path) -> str:
    """How to open a file only to look at it. The lock is ours, so nobody else changes it meanwhile."""
    if path.with_name(f"{path.name}-journal").exists():
        # left by a power cut; it is played back by whoever opens the file, and only a writer may do that
        return "mode=rw"
    # without a WAL the file is all there is, and SQLite need not lay anything beside it
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"


def _check_header(path: Path) -> None:
    """What the first hundred bytes tell, so that a newer file is not even opened. SQLite's file format, 1.3."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    size = path.stat().st_size

    def number(offset: int, width: int = 4) -> int:
        return int.from_bytes(header[offset : offset + width], "big")

    if len(header) < _HEADER or header[:16] != _MAGIC:
        raise ShopError(ErrorCode.STORE_DAMAGED, detail="header")
    page = 65_536 if number(16, 2) == 1 else number(16, 2)
    # beside a WAL or a journal the file need not be whole yet: a till that was killed while one of them went into it has written the
    # first page, and the last ones lie where SQLite fetches them from
    alone = not any(_is_there(path.with_name(f"{path.name}-{end}")) for end in ("wal", "journal"))
    if alone and number(24) == number(92) and size < number(28) * page:
        raise ShopError(ErrorCode.STORE_DAMAGED, detail="cut short")
    if number(68) == APPLICATION_ID and number(60) > int(HEAD):
        raise ShopError(ErrorCode.STORE_NEWER, found=f"{number(60):04d}", known=HEAD)


def _is_there(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _revision(raw: sqlite3.Connection) -> str:
    """The revision of our own file, "" for an empty one (the program ended while it made it)."""
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables:
        return ""
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ShopError(ErrorCode.STORE_DAMAGED, detail="not a store")
    stamped = raw.execute("PRAGMA user_version").fetchone()[0]
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in tables else None
    named = row[0] if row else f"{stamped:04d}"
    return max(named, f"{stamped:04d}") if named.isdigit() else "9999"


def create(writer: sqlite3.Connection) -> None:
    """All tables, triggers and first rows, in one transaction."""
    from pos.local_db.all_tables import metadata

    with described(writer) as connection:
        metadata.create_all(connection, checkfirst=False)
        for statement in statements():
            writer.execute(statement)
        writer.execute(_VERSION_TABLE)
        writer.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))
        for sql, row in first_rows():
            writer.execute(sql, row)
        _stamp(writer)


def first_rows() -> list[tuple[str, tuple[object, ...]]]:
    """The rows without which nothing works."""
    return [
        ("INSERT INTO shop (id, prefix, acked_hash) VALUES (1, ?, ?)", (FIRST_PREFIX, GENESIS)),
        ("INSERT INTO total (id) VALUES (1)", ()),
    ]


def migrate(writer: sqlite3.Connection) -> None:
    """Bring an older file to HEAD, in one transaction: all of it or nothing.

    Raises:
        ShopError: STORE_DAMAGED when rows point at rows that are not there afterwards.
    """
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    # tables are rebuilt by a migration: rows must not cascade away with the old one
    writer.execute("PRAGMA foreign_keys = OFF")
    try:
        with described(writer) as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, HEAD)
            if writer.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise ShopError(ErrorCode.STORE_DAMAGED, detail="foreign keys")
            _stamp(writer)
    finally:
        writer.execute("PRAGMA foreign_keys = ON")


def _stamp(writer: sqlite3.Connection) -> None:
    writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    writer.execute(f"PRAGMA user_version = {int(HEAD)}")
