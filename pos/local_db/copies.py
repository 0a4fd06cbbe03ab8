"""Copies of the store: made by SQLite's online backup, checked, then put in their place whole. Owns the folder of copies."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db.errors import translated

DAILY_KEPT: Final = 7
_DAILY: Final = "day-"


def make_copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy the store that `source` reads, as it is at this moment, to `target`. Selling may go on meanwhile.

    The copy is complete and checked under its name, or it is not there.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED when what was copied does not pass the integrity check.
    """
    part = target.with_name(f"{target.name}.part")
    with translated():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                copy.execute("PRAGMA synchronous = OFF")
                source.backup(copy)
                # a copy is one file: it must not want a WAL beside it
                copy.execute("PRAGMA journal_mode = DELETE")
                verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise ShopError(ErrorCode.STORE_DAMAGED, detail="integrity")
            _put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)


def _put_in_place(part: Path, target: Path) -> None:
    part.chmod(0o600)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def newest_copy_at(folder: Path) -> int:
    """UTC ms of the newest copy, 0 without one."""
    try:
        return max((int(file.stat().st_mtime * 1000) for file in folder.glob("*.db")), default=0)
    except OSError:
        return 0


def daily_name(day: str) -> str:
    """Name of a day's copy; `day` as 2026-11-23."""
    return f"{_DAILY}{day}.db"


def drop_old_days(folder: Path) -> None:
    """Keep the newest DAILY_KEPT daily copies; others (before a migration, by hand) stay."""
    with translated():
        for file in sorted(folder.glob(f"{_DAILY}*.db"))[:-DAILY_KEPT]:
            file.unlink(missing_ok=True)
