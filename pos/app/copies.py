"""The day's copies and their second place: when they are made, where they lie, and what is said of it.

Owns the turn of the day; how a copy is made, sealed and taken in is `local_db`'s.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.config.paths import Paths
from pos.domain.errors import ErrorCode, ShopError

if TYPE_CHECKING:
    from pos.local_db.store import SqliteStore
    from pos.services.ports import Clock
    from pos.services.views import CopiesState, CopyFacts

_log = logging.getLogger(__name__)

_FIRST_S: Final = 120.0
"""Seconds after the start before the day's copy is made: the morning belongs to the counter."""
_EVERY_S: Final = 3_600.0
_STICK_S: Final = 300.0
"""Seconds until a second place that was not there is looked for again."""
_FOLDER: Final = "e-Peken POS"
"""Name of the folder in the second place; the shop's own lies within."""
SEALED: Final = ".epk"


class Copies:
    """The copies of one open shop. `work` is called by a worker, the others by whoever."""

    def __init__(self, store: SqliteStore, paths: Paths, clock: Clock, place: Callable[[], str]) -> None:
        """`place`: the second place as the preferences name it now; empty for none."""
        self._store, self._paths, self._clock, self._place = store, paths, clock, place
        self._next = clock.monotonic() + _FIRST_S
        self._error: ShopError | None = None
        self._laid_at = 0

    def work(self) -> None:
        """Make the day's copy when it is due, here and in the second place. Failures are kept for `state`, and tried again."""
        if self._clock.monotonic() < self._next:
            return
        self._next = self._clock.monotonic() + _EVERY_S
        try:
            self._store.copy_of_the_day()
        except ShopError as error:
            _log.warning("no copy of the day: %s %s", error.code, error.fields)
            return
        self.lay_elsewhere()

    def lay_elsewhere(self) -> None:
        """Lay the newest daily copy in the second place if it is not there; COPY_PLACE_MISSING and the like are kept for `state`."""
        from pos.local_db.copies import copy_elsewhere, newest_daily

        place, newest = self._place(), newest_daily(self._paths.copies)
        if not place or newest is None:
            self._error = None
            return
        folder = self._folder(place)
        try:
            if not (folder / newest.name).exists():
                if not Path(place).is_dir():
                    raise ShopError(ErrorCode.COPY_PLACE_MISSING)
                folder.parent.mkdir(exist_ok=True)
                copy_elsewhere(newest, folder)
            self._error, self._laid_at = None, int((folder / newest.name).stat().st_mtime * 1000)
        except (ShopError, OSError) as error:
            # a stick that goes away between two looks is a stick that is not there
            self._error = error if isinstance(error, ShopError) else ShopError(ErrorCode.COPY_PLACE_MISSING)
            self._next = min(self._next, self._clock.monotonic() + _STICK_S)
            _log.warning("no copy in the second place: %s", self._error.code)

    def state(self) -> CopiesState:
        """Where copies lie and what is wrong with the second place."""
        from pos.services.views import CopiesState

        return CopiesState(self._place(), self._laid_at, self._error)

    def copy(self, target: Path) -> None:
        """Write a checked copy of now to `target`. Raises as `seal`, but for the passphrase."""
        # an installer asks for one among the shop's own copies, which may be the first
        if not target.parent.is_dir() and target.parent.resolve() != self._paths.copies.resolve():
            raise ShopError(ErrorCode.COPY_PLACE_MISSING)
        self._store.copy(target)

    def seal(self, target: Path, passphrase: str) -> None:
        """Write a checked copy of now that only the passphrase opens to `target`.

        Raises:
            ShopError: COPY_PASSPHRASE_SHORT; DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED, COPY_PLACE_MISSING.
        """
        from pos.local_db.copies import put_in_place
        from pos.local_db.errors import translated
        from pos.local_db.sealing import seal

        if not target.parent.is_dir():
            raise ShopError(ErrorCode.COPY_PLACE_MISSING)
        plain, part = self._paths.copies / f"{target.name}.plain", target.with_name(f"{target.name}.part")
        try:
            self._store.copy(plain)
            seal(plain, part, passphrase)
            with translated():
                put_in_place(part, target)
        finally:
            plain.unlink(missing_ok=True)
            part.unlink(missing_ok=True)

    def lay_ready(self, copy: Path, passphrase: str = "") -> CopyFacts:
        """Check a copy and lay it ready: the next start takes it in. Raises as `local_db.restoring.lay_ready`."""
        from pos.local_db.restoring import lay_ready

        return lay_ready(copy, self._paths.store, passphrase)

    def _folder(self, place: str) -> Path:
        """The shop's own folder in the second place: two shops may share a stick."""
        shop = self._store.read.shop()
        return Path(place) / _FOLDER / (shop.uid[:8] or "toko")
