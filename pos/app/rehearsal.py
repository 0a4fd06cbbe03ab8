"""The copy that a rehearsal plays on: laid beside the shop, and thrown away after it.

Owns its folder and the order of steps: under the shop's own name there is a copy only once it is marked. What the mark means for line,
paper and rules is `shop.py`'s.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from pos.config.files import disk_errors
from pos.config.paths import Paths
from pos.config.settings import SettingsFile
from pos.domain.errors import ErrorCode, ShopError
from pos.services.preferences import Preferences
from pos.services.rehearsal import MARK, make_rehearsal

if TYPE_CHECKING:
    from pos.local_db.store import SqliteStore
    from pos.services.ports import Till

_log = logging.getLogger(__name__)

_OWN: Final = {
    "central_url": "",
    "mirror_folder": "",
    "copy_folder": "",
    "update_url": "",
    "updates": "ask",
    "qris_static": "",
    "qris_own": False,
    "customer_display": "off",
    "secrets_in_file": True,
}
"""Settings that a rehearsal does not take over: whatever leads out of it, and the code that a customer could really pay to."""


def lay_ready(till: Till, store: SqliteStore, paths: Paths, preferences: Preferences) -> Path:
    """Copy the open shop as it is now, mark the copy, and lay it where a till can be opened on it; returns that folder.

    Neither keys nor tokens are in it: they lie in the keyring or in a file of their own, under another name than this copy's.

    Raises:
        ShopError: STORE_IN_USE while one is being played; DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED.
    """
    from pos.local_db.copies import put_in_place
    from pos.local_db.store import SqliteStore

    if not throw_away(paths):
        raise ShopError(ErrorCode.STORE_IN_USE)
    place = paths.rehearsal
    place.make()
    unmarked = place.data / "copy.db"
    store.copy(unmarked)
    copied = SqliteStore.open(unmarked, till.clock, till.ids, place.copies)
    try:
        make_rehearsal(replace(till, store=copied))
    finally:
        copied.close()
    SettingsFile(place.settings).save(replace(preferences, **_OWN))  # type: ignore[arg-type]
    with disk_errors():
        with suppress(FileNotFoundError):
            shutil.copytree(paths.data / "logo", place.data / "logo")
        put_in_place(unmarked, place.store)
    return place.data


def throw_away(paths: Paths) -> bool:
    """Remove what lies of a rehearsal of this shop, after a power cut too. False while it is being played."""
    return _remove(paths.rehearsal.data)


def throw_away_played(folder: Path) -> bool:
    """Remove a rehearsal's own folder once its window is closed. A folder without the mark is somebody's shop, and stays."""
    return is_marked(folder / "shop.db") and _remove(folder)


def is_marked(store: Path) -> bool:
    """Whether the file is the copy of a rehearsal; it is not opened as a shop for that, and nothing is left beside it."""
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            return raw.execute("SELECT 1 FROM setting WHERE key = ?", (MARK,)).fetchone() is not None
    except sqlite3.Error:
        return False


def _remove(folder: Path) -> bool:
    if not folder.exists():
        return True
    if not _is_free(folder / "shop.db.lock"):
        return False
    shutil.rmtree(folder, onerror=_say)
    return not folder.exists()


def _is_free(lock: Path) -> bool:
    """Whether nobody plays on it."""
    held = FileLock(lock, timeout=0, thread_local=False)
    try:
        held.acquire()
    except Timeout:
        return False
    held.release()
    return True


def _say(_remover: Callable[..., object], path: str, told: tuple[object, ...]) -> None:
    _log.warning("of a rehearsal %s stays: %s", Path(path).name, told[1])
