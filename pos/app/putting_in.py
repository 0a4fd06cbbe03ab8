"""A newer program put in the old one's place after the till was closed, and what a start finds of one that was broken off.

Owns the order of steps. At each of them the program that `current` names can open the data that lies there: the old one until the new one
has brought a copy over and looked through it; then the new one; and where that does not hold on the shop's own data, first the data and
then the program go back. Nothing is told to the server meanwhile, so what goes back is what it knows (no new epoch).
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos import __version__
from pos.config.files import disk_errors
from pos.config.paths import Paths
from pos.config.update_journal import UpdateJournal
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.release import parse_version
from pos.domain.update import MOST_TRIES, Stage, Update, Wanted, Why

if TYPE_CHECKING:
    from pos.installing.program import Examined, Program

_log = logging.getLogger(__name__)

_WAIT_S: Final = 300.0
"""Seconds that a start waits while a till that was just closed puts a program in."""
_UNPACKED: Final = 6
"""How many times its file's size a program has, unpacked, and some more."""
_TRIAL: Final = "trial"


class _Unfit(Exception):
    """The new program did not stand the trial."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


class PuttingIn:
    """The update of one till. `put_in` when it is closed, `begin` before it opens."""

    def __init__(
        self,
        paths: Paths,
        program: Program,
        data: Path | None = None,
        version: str = __version__,
        journal: UpdateJournal | None = None,
        examine: Callable[[Path, Path | None], Examined] | None = None,
        rehearse: Callable[[Path, Path], Examined] | None = None,
    ) -> None:
        """`data`: as the command line named it; None for the system's place. `version`: of the program that runs now."""
        from pos.installing import program as installed

        self._paths, self._program, self._data, self._version = paths, program, data, version
        self._journal = journal or UpdateJournal(paths.updates)
        self._examine, self._try_out = examine or installed.examine, rehearse or installed.rehearse

    def put_in(self) -> Update:
        """What is ready is put in, and stands the trial or goes back.

        Raises:
            ShopError: STORE_IN_USE when the till is open, or another one does the same; DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED ...:
                the old program stays, and the update is ready as before.
        """
        with self._held(0.0):
            update = self._journal.load()
            if update.stage is not Stage.READY or not self._is_whole(update):
                return self._journal.load()
            return self._apply(self._begun(update))

    def begin(self) -> Path | None:
        """What the last closing left is brought to its end. Returns the command to go on with where it is not this program."""
        with self._held(_WAIT_S):
            update = self._journal.load()
            if update.under_way:
                self._carry_on(update)
            elif update.stage is Stage.READY and parse_version(update.version) <= parse_version(self._version):
                # by hand, or by the system: it is here
                self._journal.keep(update.to(Stage.APPLIED, told=False, version=self._version))
                self._file(update).unlink(missing_ok=True)
            return self._program.command() if self._program.is_other() else None

    def now(self) -> Path | None:
        """The command that starts now."""
        return self._program.command()

    # --- how it is done ---------------------------------------------------------------------------------------------

    @contextmanager
    def _held(self, seconds: float) -> Iterator[None]:
        from filelock import FileLock, Timeout

        with disk_errors():
            self._journal.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self._journal.lock, timeout=seconds)
        try:
            lock.acquire()
        except Timeout:
            raise ShopError(ErrorCode.STORE_IN_USE) from None
        try:
            yield
        finally:
            lock.release()

    def _is_whole(self, update: Update) -> bool:
        """What was right when it came may have been touched since: it lies in a user's folder."""
        from pos.sync.download import is_whole

        if is_whole(self._file(update), update.size, update.sha256):
            return True
        self._file(update).unlink(missing_ok=True)
        self._journal.keep(update.to(Stage.NONE, why=Why.DAMAGED, told=False))
        return False

    def _begun(self, update: Update) -> Update:
        """The copy is made, and it is written down that it begins."""
        from pos.config.machine import RandomIds, SystemClock
        from pos.local_db.store import SqliteStore

        self._see_room(update)
        copy = self._paths.copies / f"before-update-{update.version}-from-{self._version}.db"
        store = SqliteStore.open(self._paths.store, SystemClock(), RandomIds(), self._paths.copies)
        try:
            failed = tuple(store.read.check())
            store.copy(copy)
        finally:
            store.close()
        begun = update.to(
            Stage.APPLYING,
            before=self._version,
            copy=copy.name,
            failed_before=failed,
            tries=update.tries + 1,
            why=Why.NOTHING,
            told=False,
        )
        return self._journal.keep(begun)

    def _see_room(self, update: Update) -> None:
        store = self._paths.store
        needed = _UNPACKED * update.size + 3 * (store.stat().st_size if store.exists() else 0)
        if shutil.disk_usage(self._journal.folder).free < needed:
            self._journal.keep(update.to(Stage.READY, why=Why.NO_ROOM, told=False))
            raise ShopError(ErrorCode.DISK_FULL)

    def _apply(self, update: Update) -> Update:
        try:
            self._rehearse(update)
        except _Unfit as unfit:
            self._program.drop(update.version)
            return self._journal.keep(update.to(Stage.ROLLED_BACK, why=unfit.why))
        put_in = self._program.put_in(self._file(update), update.version)
        if self._program.by_itself:
            return self._finish(update)
        self._program.tidy()
        if put_in:
            return self._journal.keep(update.to(Stage.APPLIED))
        return self._journal.keep(update.to(Stage.READY, why=Why.BY_HAND, wanted=Wanted.NOT_ASKED, tries=0))

    def _rehearse(self, update: Update) -> None:
        """The new program brings a copy over and looks through it, beside the shop. Raises _Unfit."""
        from pos.installing.program import DoesNotRun

        folder = self._journal.folder / _TRIAL
        try:
            command = self._program.unpack(self._file(update), update.version)
            with disk_errors():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(mode=0o700)
                shutil.copyfile(self._paths.copies / update.copy, folder / self._paths.store.name)
            _judge(self._try_out(command, folder), update)
        except (DoesNotRun, OSError) as error:
            _log.warning("the new program does not run: %s", error)
            raise _Unfit(Why.DOES_NOT_RUN) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _finish(self, update: Update) -> Update:
        """The new program starts from now on: it brings the shop's own data over, or all goes back."""
        from pos.installing.program import DoesNotRun

        try:
            command = self._program.command(update.version)
            if command is None:
                raise DoesNotRun("it is not there")
            _judge(self._examine(command, self._data), update)
        except DoesNotRun as error:
            _log.warning("the new program does not run on the shop's own data: %s", error)
            return self._go_back(self._journal.keep(update.to(Stage.RETURNING, why=Why.DOES_NOT_RUN)))
        except _Unfit as unfit:
            return self._go_back(self._journal.keep(update.to(Stage.RETURNING, why=unfit.why)))
        done = self._journal.keep(update.to(Stage.APPLIED))
        self._file(update).unlink(missing_ok=True)
        self._program.tidy()
        return done

    def _go_back(self, update: Update) -> Update:
        """First the data, then the program: whoever is asked in between, the new one reads the old data and knows that it goes."""
        from pos.local_db.restoring import lay_ready

        if self._data_was_changed(update):
            lay_ready(self._paths.copies / update.copy, self._paths.store)
        self._program.put_in(self._file(update), update.before)
        self._program.drop(update.version)
        return self._journal.keep(update.to(Stage.ROLLED_BACK))

    def _data_was_changed(self, update: Update) -> bool:
        """Whether the new program brought the shop's file to its own shape, or left it in a way that does not say."""
        from pos.local_db import schema

        store = self._paths.store
        wal = store.with_name(f"{store.name}-wal")
        try:
            if wal.exists() and wal.stat().st_size:
                return True
            return schema.look_at(store).revision != schema.look_at(self._paths.copies / update.copy).revision
        except (ShopError, sqlite3.Error):
            return True

    def _carry_on(self, update: Update) -> Update:
        """A power cut in the middle. Who runs tells how far it came: the new one, or still (again) the old one."""
        is_new = self._version == update.version
        if update.stage is Stage.RETURNING:
            return self._go_back(update) if is_new else self._journal.keep(update.to(Stage.ROLLED_BACK))
        if is_new:
            return self._finish(update)
        shutil.rmtree(self._journal.folder / _TRIAL, ignore_errors=True)
        if update.tries >= MOST_TRIES:
            self._program.drop(update.version)
            return self._journal.keep(update.to(Stage.ROLLED_BACK, why=Why.BROKEN_OFF))
        return self._journal.keep(update.to(Stage.READY))

    def _file(self, update: Update) -> Path:
        return self._journal.folder / update.name


def _judge(seen: Examined, update: Update) -> None:
    """What did not hold before is not the new program's; one that calls itself otherwise is another. Raises _Unfit."""
    if seen.version != update.version:
        _log.warning("the new program says that it is %s", seen.version)
        raise _Unfit(Why.DOES_NOT_RUN)
    failed = set(seen.failed) - set(update.failed_before)
    if failed:
        _log.warning("the new program finds the data not well: %s", sorted(failed))
        raise _Unfit(Why.DATA_NOT_WELL)
