"""Putting a copy back: looked at first, laid ready beside the store, and taken in when the store is next opened.

A copy is never opened as it lies: it is brought to its own file beside the store, checked whole, and then takes the store's place by one
rename. What was there before goes to the copies; nothing is deleted. What a restored copy means for the line is the engine's: the
server sees that it has heard more of this till than the till remembers, and gives it a new epoch.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import schema
from pos.local_db.copies import put_in_place
from pos.local_db.errors import translated
from pos.local_db.sealing import is_sealed, unseal
from pos.services.ports import Clock
from pos.services.rehearsal import MARK
from pos.services.views import CopyFacts

_READY: Final = ".incoming"
_BESIDE: Final = ("-wal", "-shm", "-journal")


def lay_ready(copy: Path, store: Path, passphrase: str = "") -> CopyFacts:
    """Check a copy and lay it ready to take the store's place at the next opening. The store may be open and selling.

    Raises:
        ShopError: COPY_NOT_A_SHOP; COPY_DAMAGED (cut short, torn, or changed); COPY_PASSPHRASE_WRONG (also when one is needed and none is
            given); COPY_NOT_FOUND (a stick that was pulled out); STORE_NEWER; DISK_FULL, FOLDER_READ_ONLY. Nothing is laid ready then.
    """
    part = store.with_name(f"{store.name}{_READY}.part")
    try:
        with translated():
            if is_sealed(copy):
                unseal(copy, part, passphrase)
            else:
                shutil.copyfile(copy, part)
            facts = look_into(part)
            put_in_place(part, _ready(store))
    except OSError as error:
        # what is no full disk and no locked folder is a stick that is not there any more
        raise ShopError(ErrorCode.COPY_NOT_FOUND) from error
    finally:
        for end in ("", *_BESIDE):
            part.with_name(f"{part.name}{end}").unlink(missing_ok=True)
    return facts


def look_into(copy: Path) -> CopyFacts:
    """What a copy that is not sealed holds; it is read whole, and not changed.

    Raises:
        ShopError: COPY_NOT_A_SHOP, COPY_REHEARSAL, COPY_DAMAGED, STORE_NEWER.
    """
    try:
        found = schema.look_at(copy)
    except ShopError as error:
        if error.code is not ErrorCode.STORE_DAMAGED:
            raise
        raise ShopError(_refusal(copy)) from error
    if found.is_new:
        raise ShopError(ErrorCode.COPY_NOT_A_SHOP)
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            if raw.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise ShopError(ErrorCode.COPY_DAMAGED)
            if raw.execute("SELECT 1 FROM setting WHERE key = ?", (MARK,)).fetchone() is not None:
                raise ShopError(ErrorCode.COPY_REHEARSAL)
            return _facts(raw, found.revision)
    except sqlite3.DatabaseError as error:
        raise ShopError(ErrorCode.COPY_DAMAGED) from error


def _refusal(copy: Path) -> ErrorCode:
    """A shop's file that is cut short is damaged; a picture or somebody else's database is no shop."""
    with copy.open("rb") as file:
        header = file.read(100)
    ours = int.from_bytes(header[68:72], "big") == schema.APPLICATION_ID
    return ErrorCode.COPY_DAMAGED if ours else ErrorCode.COPY_NOT_A_SHOP


def _facts(raw: sqlite3.Connection, revision: str) -> CopyFacts:
    sales, newest = raw.execute("SELECT count(*), coalesce(max(at), 0) FROM sale").fetchone()
    return CopyFacts(
        raw.execute("SELECT name FROM shop").fetchone()[0],
        revision,
        raw.execute("SELECT count(*) FROM product WHERE deleted = 0").fetchone()[0],
        sales,
        newest,
        raw.execute("SELECT waiting FROM total").fetchone()[0],
    )


def is_laid_ready(store: Path) -> bool:
    """Whether the next opening takes a copy in."""
    return _ready(store).exists()


def take_in(store: Path, copies: Path, clock: Clock) -> bool:
    """If a copy is laid ready, put the store among the copies and the copy in its place. The caller holds the store's lock, and nobody
    has it open. A power cut at any step leaves the old store, or the new one at the next call.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY.
    """
    ready = _ready(store)
    with translated():
        if not is_laid_ready(store):
            return False
        if store.exists():
            moment = datetime.fromtimestamp(clock.now() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
            copies.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept = _free_name(copies / f"replaced-{moment}.db")
            # what lies beside it goes first: a WAL without its store must never meet another one
            for end in _BESIDE:
                beside = store.with_name(f"{store.name}{end}")
                if beside.exists():
                    beside.replace(kept.with_name(f"{kept.name}{end}"))
            store.replace(kept)
        put_in_place(ready, store)
    return True


def _free_name(path: Path) -> Path:
    """`path`, or the next name that is free: within one second two may be replaced."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _ready(store: Path) -> Path:
    return store.with_name(f"{store.name}{_READY}")
