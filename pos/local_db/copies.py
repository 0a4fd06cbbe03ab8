"""Copies of the store: made by SQLite's online backup, checked, then put in their place whole. Owns the folder of copies, and what lies
in the second place (a stick, another folder).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.retention import worth_keeping
from pos.local_db.errors import translated

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
            put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)


def put_in_place(part: Path, target: Path) -> None:
    """Give a file that was written whole its name: it is on disk under it, or not there. Raises OSError."""
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


def newest_daily(folder: Path) -> Path | None:
    """The newest day's copy in a folder."""
    return max(folder.glob(f"{_DAILY}*.db"), default=None)


def drop_old_days(folder: Path) -> None:
    """Keep the daily copies that are worth it (`pos.domain.retention`); others (before a migration, by hand) stay."""
    with translated():
        found = {day: file for file in folder.glob(f"{_DAILY}*.db") if (day := _day_of(file)) is not None}
        for day in found.keys() - worth_keeping(found):
            found[day].unlink(missing_ok=True)


def _day_of(file: Path) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(file.stem.removeprefix(_DAILY))
    return None


def copy_elsewhere(copy: Path, folder: Path) -> None:
    """Lay a finished copy in the second place too, read back and compared, and drop old days there. The folder is the shop's own within
    the place, so that a stick holds several shops' without mixing them.

    Raises:
        ShopError: COPY_PLACE_MISSING when the place is not there (a stick that was pulled out); DISK_FULL, FOLDER_READ_ONLY.
    """
    if not folder.parent.is_dir():
        raise ShopError(ErrorCode.COPY_PLACE_MISSING)
    part = folder / f"{copy.name}.part"
    try:
        with translated():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(copy, part)
            put_in_place(part, folder / copy.name)
        drop_old_days(folder)
        if not _same(copy, folder / copy.name):
            (folder / copy.name).unlink(missing_ok=True)
            raise ShopError(ErrorCode.COPY_DAMAGED)
    except OSError as error:
        # pulled out in the middle: what is half there has no name that anybody takes for a copy
        raise ShopError(ErrorCode.COPY_PLACE_MISSING) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while True:
            a, b = left.read(1 << 20), right.read(1 << 20)
            if a != b:
                return False
            if not a:
                return True
