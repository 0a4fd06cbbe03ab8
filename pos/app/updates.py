"""A newer program found, fetched and checked while the shop sells. Owns when the server is asked, and the folder of what is fetched.

Putting it in is `putting_in`'s, when the till is closed. The counter never waits for any of this: it is one worker's, at a bounded pace.
Implements `services.update_desk.UpdateDesk`.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urljoin

from pos import __version__
from pos.config.files import disk_errors
from pos.config.paths import Paths
from pos.config.update_journal import UpdateJournal
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.release import Here, Release, ReleaseFile, Verdict, judge, parse_version
from pos.domain.update import Stage, Update, Wanted, Why
from pos.services.update_desk import UpdateState

if TYPE_CHECKING:
    from pos.installing.program import Program
    from pos.services.ports import Clock
    from pos.services.preferences import Preferences
    from pos.sync.transport import Transport
    from pos.ui.workers import Round

_log = logging.getLogger(__name__)

Said: TypeAlias = tuple[tuple[str, str], ...]
"""(kind, sentence) toasts."""

_FIRST_S: Final = 180.0
"""Seconds after the start until the server is asked: the morning belongs to the counter."""
_EVERY_S: Final = 6 * 3_600.0
_NOBODY_S: Final = 3_600.0
_AGAIN_S: Final = (30.0, 60.0, 300.0, 1_800.0)
"""Seconds until a download that broke off goes on, the first times and from then on."""
_ROOM: Final = 50_000_000
"""Bytes that stay free for the shop itself."""
_PIECE: Final = 1 << 20
_ALL: Final = 1 << 40
"""Bytes a second: as fast as it goes."""
_PLACE: Final = "updates/manifest.json"
"""Where the manifest lies beneath the server's address, when nobody has named another place."""
_ERRORS: Final = {
    Verdict.OLDER: ErrorCode.UPDATE_OLDER,
    Verdict.OTHER_CHANNEL: ErrorCode.UPDATE_OTHER_MACHINE,
    Verdict.OTHER_MACHINE: ErrorCode.UPDATE_OTHER_MACHINE,
    Verdict.TOO_FAR: ErrorCode.UPDATE_TOO_FAR,
}


class Updates:
    """The updates of one open shop. `once` is called by its worker, the others by whoever."""

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        preferences: Callable[[], Preferences],
        central: Callable[[], str],
        program: Program | None,
        version: str = __version__,
        pace: int = 0,
    ) -> None:
        """`central`: the server's address, empty for none. `pace`: bytes a second of a download, 0 for the usual."""
        self._clock, self._preferences, self._central = clock, preferences, central
        self._program, self._version, self._pace = program, version, pace
        self._journal = UpdateJournal(paths.updates)
        self._update = self._journal.load()
        self._lock = threading.RLock()
        self._stopping, self._asked = threading.Event(), threading.Event()
        self._next = clock.monotonic() + _FIRST_S
        self._again = 0
        self._line: Transport | None = None
        self._here = self._looked_at = 0
        self._error: ShopError | None = None
        self._stale = False
        self._wake: Callable[[], None] = _nothing

    def attach(self, wake: Callable[[], None]) -> None:
        """The worker runs: waking it means something from now on."""
        self._wake = wake

    def stop(self) -> None:
        """The till is closing: what is fetched just now goes on another time. From any thread."""
        self._stopping.set()
        if (line := self._line) is not None:
            line.abort()

    # --- the desk -------------------------------------------------------------------------------------------------

    def state(self) -> UpdateState:
        return UpdateState(self._version, self._update, self._here, self._looked_at, self._error, self._stale, self._program is not None)

    def look_now(self) -> None:
        self._asked.set()
        self._wake()

    def want(self, wanted: Wanted) -> None:
        with self._lock:
            update = self._update
            if update.stage is Stage.ROLLED_BACK:
                # once more, because somebody says so
                update = update.to(Stage.FOUND, tries=0)
            self._keep(update, wanted=wanted, why=Why.NOTHING)
        self._wake()

    def told(self) -> Said:
        """What has come of the last closing, once; nothing to tell otherwise."""
        with self._lock:
            update = self._update
            if update.told or (update.stage is Stage.NONE and update.why is Why.NOTHING):
                return ()
            from pos.ui.health.update_words import outcome

            said = outcome(update, self._version)
            if said:
                with suppress(ShopError):
                    self._keep(update, told=True)
            return said

    def take_from(self, folder: str, progress: Callable[[int, int], bool]) -> str:
        from pos.installing.manifest import MANIFEST

        manifest = Path(folder) / MANIFEST
        try:
            data = manifest.read_bytes()
        except OSError as error:
            raise ShopError(ErrorCode.UPDATE_MISSING, file=MANIFEST) from error
        release = self._read(data)
        verdict = judge(release, self._me())
        if verdict is Verdict.SAME:
            return ""
        if verdict is not Verdict.TAKE:
            raise ShopError(_ERRORS[verdict], version=str(release.version))
        file = release.files[self._me().platform]
        if not self._bring(manifest.with_name(file.name), file, progress):
            return ""
        with self._lock:
            self._set(Update().to(Stage.READY, wanted=Wanted.CLOSING, told=True, **_of(release, file)))
        return str(release.version)

    # --- the worker -----------------------------------------------------------------------------------------------

    def once(self) -> Round:
        """One piece of the worker's work: a look when its time has come, and what is wanted fetched."""
        from pos.ui.workers import Round

        if self._program is None or self._stopping.is_set():
            return Round(next_in=_NOBODY_S)
        said: Said = ()
        if self._asked.is_set() or self._clock.monotonic() >= self._next:
            self._asked.clear()
            self._next = self._clock.monotonic() + _EVERY_S
            said = self._look()
        if self._is_wanted():
            return self._fetch(said)
        return Round(next_in=max(1.0, self._next - self._clock.monotonic()), error=self._error, say=said)

    def look_first(self, *, fetch: bool) -> Round:
        """For the command line, with nobody at the counter: asked now, and fetched as fast as it goes (or not at all)."""
        from pos.ui.workers import Round

        self._asked.set()
        self._pace = _ALL
        if fetch:
            return self.once()
        said = self._look()
        return Round(error=self._error, say=said)

    def _look(self) -> Said:
        try:
            address = self._address()
            answer = self._transport().get(address, {})
            if answer.status != 200:
                raise ShopError(ErrorCode.CENTRAL_REFUSED, status=answer.status, reason="update")
            release = self._read(answer.body)
        except ShopError as error:
            _log.info("no look for a newer program: %s %s", error.code.value, error.fields)
            self._error = error
            return ()
        self._looked_at, self._stale = self._clock.now(), release.is_stale(self._clock.now())
        verdict = judge(release, self._me())
        self._error = ShopError(ErrorCode.UPDATE_TOO_FAR, version=str(release.version)) if verdict is Verdict.TOO_FAR else None
        if verdict is not Verdict.TAKE:
            return ()
        return self._found(release, release.files[self._me().platform])

    def _found(self, release: Release, file: ReleaseFile) -> Said:
        """Written down, unless it is known already: also the one that did not stand the trial is not tried again by itself."""
        with self._lock:
            known = self._update
            same = (known.version, known.sha256) == (str(release.version), file.sha256)
            if known.under_way or (same and known.stage is not Stage.NONE):
                return ()
            if known.stage is Stage.READY and parse_version(known.version) > release.version:
                # newer from a stick than what the server has
                return ()
            self._clear(keep=f"{file.name}.part")
            self._set(Update().to(Stage.FOUND, validator=known.validator if same else "", told=True, **_of(release, file)))
        if self._preferences().updates == "auto":
            return ()
        from pos.ui.health.update_words import found

        return found(str(release.version))

    def _is_wanted(self) -> bool:
        update = self._update
        if update.stage not in (Stage.FOUND, Stage.LOADING):
            return False
        return self._preferences().updates == "auto" or update.wanted is not Wanted.NOT_ASKED

    def _fetch(self, said: Said) -> Round:
        from pos.ui.health.update_words import ready
        from pos.ui.workers import Round

        try:
            whole = self._load()
        except ShopError as error:
            _log.info("the newer program is not here yet: %s %s", error.code.value, error.fields)
            self._error = error
            return Round(next_in=self._later(error), error=error, say=said)
        if not whole:
            return Round(next_in=_AGAIN_S[0], say=said)
        self._again, self._error = 0, None
        return Round(next_in=_EVERY_S, say=(*said, *ready(self._update.version)))

    def _later(self, error: ShopError) -> float:
        """Seconds until the next try. What came wrong is not fetched again before somebody may have mended it."""
        if error.code is ErrorCode.UPDATE_DAMAGED:
            return _EVERY_S
        self._again += 1
        return _AGAIN_S[min(self._again, len(_AGAIN_S)) - 1]

    def _load(self) -> bool:
        from pos.sync.download import PACE, Download
        from pos.sync.download import Wanted as WantedFile

        with self._lock:
            update = self._set(self._update.to(Stage.LOADING))
        wanted = WantedFile(urljoin(self._address(), update.name), update.name, update.size, update.sha256)
        download = Download(
            self._transport(),
            wanted,
            self._journal.folder,
            lambda seconds: self._stopping.wait(seconds) or self._update.sha256 != update.sha256,
            update.validator,
            self._remember,
            self._progress,
            self._pace or PACE,
        )
        with disk_errors():
            self._progress(download.here)
            self._see_room(update.size - download.here)
            if not download.run():
                return False
        with self._lock:
            if self._update.sha256 != update.sha256:
                # a stick has brought another one meanwhile
                return False
            self._set(self._update.to(Stage.READY, told=True))
        return True

    def _remember(self, validator: str) -> None:
        with self._lock:
            self._keep(self._update, validator=validator)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _bring(self, source: Path, file: ReleaseFile, progress: Callable[[int, int], bool]) -> bool:
        """Copy a stick's file here; it has its name only when it is the one that was signed for."""
        digest, here = hashlib.sha256(), 0
        part = self._journal.folder / f"{file.name}.stick"
        with disk_errors():
            self._journal.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._see_room(file.size)
            try:
                with part.open("wb") as target:
                    for piece in _pieces(source, file):
                        target.write(piece)
                        digest.update(piece)
                        here += len(piece)
                        if not progress(here, file.size):
                            return False
                if here != file.size or digest.hexdigest() != file.sha256:
                    raise ShopError(ErrorCode.UPDATE_DAMAGED, file=file.name)
                with self._lock:
                    self._clear(keep=part.name)
                    part.replace(self._journal.folder / file.name)
            finally:
                part.unlink(missing_ok=True)
        return True

    def _see_room(self, needed: int) -> None:
        if shutil.disk_usage(self._journal.folder if self._journal.folder.exists() else self._journal.folder.parent).free < needed + _ROOM:
            raise ShopError(ErrorCode.DISK_FULL)

    def _read(self, data: bytes) -> Release:
        from pos.installing.manifest import read_manifest
        from pos.installing.signing import NotSigned, trusted_keys

        try:
            return read_manifest(data, trusted_keys())
        except NotSigned as error:
            raise ShopError(ErrorCode.UPDATE_FORGED) from error

    def _me(self) -> Here:
        from pos.local_db.schema import HEAD

        return Here(parse_version(self._version), int(HEAD), self._program.platform if self._program is not None else "")

    def _address(self) -> str:
        """Where the manifest lies. Raises ShopError UPDATE_NO_ADDRESS; TLS_FAILED, CENTRAL_UNREADABLE for what is no such address."""
        from pos.sync.transport import checked_address

        named, central = self._preferences().update_url, self._central()
        if not named and not central:
            raise ShopError(ErrorCode.UPDATE_NO_ADDRESS)
        return checked_address(named or f"{central.rstrip('/')}/{_PLACE}")

    def _transport(self) -> Transport:
        from pos.sync.transport import Timeouts, Transport

        if self._line is None:
            self._line = Transport(self._clock, f"epeken-pos/{self._version}", Timeouts())
            if self._stopping.is_set():
                self._line.abort()
        return self._line

    def close(self) -> None:
        """The worker is gone."""
        if self._line is not None:
            self._line.close()

    def _progress(self, here: int) -> None:
        self._here = here

    def _keep(self, update: Update, **fields: Any) -> Update:
        return self._set(replace(update, **fields))

    def _set(self, update: Update) -> Update:
        with self._lock:
            self._update = self._journal.keep(update)
            return self._update

    def _clear(self, keep: str) -> None:
        """What was fetched of another release goes."""
        if not self._journal.folder.is_dir():
            return
        for file in self._journal.folder.iterdir():
            if file.is_file() and file.name not in (keep, self._journal.lock.name, self._journal.file.name):
                with suppress(OSError):
                    file.unlink()


def running_program(paths: Paths) -> Program | None:
    """The program that runs now, where it can be brought up to date from here."""
    import pos
    from pos.installing.program import find_program

    return find_program(Path(pos.__file__), paths.updates)


def _of(release: Release, file: ReleaseFile) -> dict[str, Any]:
    return {
        "version": str(release.version),
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "notes": dict(release.notes),
    }


def _pieces(source: Path, file: ReleaseFile) -> Iterator[bytes]:
    """A stick's file, at most one byte more than it may have. Raises ShopError UPDATE_MISSING for a stick that was pulled out."""
    left = file.size + 1
    try:
        with source.open("rb") as stream:
            while left > 0 and (piece := stream.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece
    except OSError as error:
        raise ShopError(ErrorCode.UPDATE_MISSING, file=file.name) from error


def _nothing() -> None:
    """Before the worker runs there is nobody to wake."""
