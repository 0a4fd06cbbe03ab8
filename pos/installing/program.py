"""The program as it lies on this machine: which one runs, a new one laid beside it, tried, and put in its place. Knows no shop.

A user's own program lies in `versions/X.Y.Z`, and `current` names the one that starts: putting another in is one rename. A Debian package
is the system's: it is unpacked to be tried and then handed over. Windows' setup will be one more `Program`.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

COMMAND: Final = "epeken-pos"
VERSIONS: Final = "versions"
CURRENT: Final = "current"
_SYSTEM: Final = Path("/usr/lib/epeken-pos")
_UNPACK_S: Final = 600
_TRIAL_S: Final = 900
"""Seconds for the new program to bring a large shop's data over and to look through all of it, on a small machine."""
_WINDOW_S: Final = 120
_KEPT: Final = 2
"""Programs that stay: the one that runs and the one before it."""


class DoesNotRun(Exception):
    """A program that cannot be unpacked or does not answer."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a program said of itself and of a shop: its version, and the checks that do not hold."""

    version: str
    failed: tuple[str, ...] = ()


class Program(Protocol):
    """The program of this machine.

    Attributes:
        platform: its key in a manifest's files.
        by_itself: it can put a new one in its place, and the old one back.
    """

    @property
    def platform(self) -> str: ...

    @property
    def by_itself(self) -> bool: ...

    def is_other(self) -> bool:
        """Whether another program than this one starts by now."""
        ...

    def unpack(self, file: Path, version: str) -> Path:
        """Lay a new one ready without touching the one that runs; returns its command. Raises DoesNotRun; OSError of a full disk."""
        ...

    def put_in(self, file: Path, version: str) -> bool:
        """What was unpacked starts from now on. False where the system did not let us."""
        ...

    def drop(self, version: str) -> None:
        """What was unpacked goes."""
        ...

    def command(self, version: str = "") -> Path | None:
        """The command of a version, or of the one that starts now; None where it is not there."""
        ...

    def tidy(self) -> None:
        """The programs that nobody goes back to any more go."""
        ...


class OwnProgram:
    """`Program` in a user's own folder, as the `.run` installs it."""

    by_itself = True

    def __init__(self, place: Path, running: str = "") -> None:
        """`place`: the folder that holds `versions` and `current`; `running`: name of the one that runs among the versions."""
        self._place, self._running = place, running
        self.platform = f"run-{platform.machine()}"

    def is_other(self) -> bool:
        return self._now() != self._running

    def unpack(self, file: Path, version: str) -> Path:
        target = self._folder(version)
        if (target / COMMAND).exists():
            return target / COMMAND
        part = target.with_name(f"{version}.part")
        shutil.rmtree(part, ignore_errors=True)
        # makeself's own words: unpack there, run nothing of it
        _run(["sh", str(file), "--quiet", "--nox11", "--noexec", "--target", str(part)])
        if not (part / "program" / COMMAND).exists():
            shutil.rmtree(part, ignore_errors=True)
            raise DoesNotRun("no program in it")
        # on the disk before it has its name
        _sync_disk()
        (part / "program").replace(target)
        _sync_folder(target.parent)
        shutil.rmtree(part, ignore_errors=True)
        return target / COMMAND

    def put_in(self, file: Path, version: str) -> bool:
        """One rename: `current` names the old one or the new one at every moment."""
        link = self._place / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(VERSIONS) / version, target_is_directory=True)
        link.replace(self._place / CURRENT)
        _sync_folder(self._place)
        return True

    def drop(self, version: str) -> None:
        if version and self._now() != version:
            shutil.rmtree(self._folder(version), ignore_errors=True)

    def command(self, version: str = "") -> Path | None:
        command = self._folder(version or self._now()) / COMMAND
        return command if command.exists() else None

    def tidy(self) -> None:
        now = self._now()
        old = [folder for folder in (self._place / VERSIONS).iterdir() if folder.name != now]
        for folder in sorted(old, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)

    def _now(self) -> str:
        return (self._place / CURRENT).readlink().name

    def _folder(self, version: str) -> Path:
        return self._place / VERSIONS / version


class SystemProgram:
    """`Program` of a Debian package: root's. It is unpacked for the trial only; the system installs it, where somebody may."""

    by_itself = False

    def __init__(self, scratch: Path, root: Path = _SYSTEM) -> None:
        """`scratch`: folder for what is unpacked."""
        self._scratch, self._root = scratch / "unpacked", root
        self.platform = f"deb-{'amd64' if platform.machine() == 'x86_64' else 'arm64'}"

    def is_other(self) -> bool:
        return False

    def unpack(self, file: Path, version: str) -> Path:
        shutil.rmtree(self._scratch, ignore_errors=True)
        _run(["dpkg-deb", "-x", str(file), str(self._scratch)])
        command = self._scratch / self._root.relative_to("/") / COMMAND
        if not command.exists():
            raise DoesNotRun("no program in it")
        return command

    def put_in(self, file: Path, version: str) -> bool:
        """By apt, as whoever can say the administrator's password; its own scripts make the copy."""
        asking = shutil.which("pkexec")
        if asking is None or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return False
        words = [asking, "--disable-internal-agent", "apt-get", "install", "--yes", "--no-install-recommends", str(file)]
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0

    def drop(self, version: str) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def command(self, version: str = "") -> Path | None:
        command = self._root / COMMAND
        return command if command.exists() else None

    def tidy(self) -> None:
        self.drop("")


def find_program(package: Path, scratch: Path) -> Program | None:
    """The program that runs, by where its code lies; None where it is a source tree, which nobody puts another in place of."""
    code = package.resolve()
    for folder in code.parents:
        if folder.parent.name == VERSIONS and (folder / COMMAND).exists():
            return OwnProgram(folder.parent.parent, folder.name)
        if folder == _SYSTEM:
            return SystemProgram(scratch)
    return None


def examine(command: Path, data: Path | None) -> Examined:
    """Let a program open a shop, bring its data over and look through all of it, without the line and the printer.

    Raises:
        DoesNotRun: it broke off, or did not answer in its words.
    """
    words = [str(command), *(["--data", str(data)] if data else []), "doctor", "--offline", "--json"]
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=own_environment(), timeout=_TRIAL_S, check=False
        )
        told = json.loads(done.stdout)
        seen = Examined(str(told["version"]), tuple(map(str, told["failed_checks"])))
    except (OSError, ValueError, KeyError, TypeError, subprocess.SubprocessError) as error:
        raise DoesNotRun(str(error)[:200]) from error
    if done.returncode not in (0, 1):
        raise DoesNotRun(f"exit code {done.returncode}")
    return seen


def rehearse(command: Path, data: Path) -> Examined:
    """The same with a copy of a shop, and its window opened on it where nobody sees it. Raises DoesNotRun."""
    seen = examine(command, data)
    words = [str(command), "--data", str(data), "run", "--until-ready"]
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=own_environment() | {"QT_QPA_PLATFORM": "offscreen"},
            timeout=_WINDOW_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DoesNotRun(str(error)[:200]) from error
    if done.returncode != 0:
        raise DoesNotRun(f"its window does not open: exit code {done.returncode}")
    return seen


def own_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """For another program than this one: without what the packaged one has put there for itself."""
    found = {name: value for name, value in environ.items() if not name.startswith(("_PYI_", "_MEI"))}
    if getattr(sys, "frozen", False):
        before = found.pop("LD_LIBRARY_PATH_ORIG", "")
        found.pop("LD_LIBRARY_PATH", None)
        if before:
            found["LD_LIBRARY_PATH"] = before
        found["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return found


def _run(words: Sequence[str]) -> None:
    try:
        subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, env=own_environment(), timeout=_UNPACK_S, check=True)
    except subprocess.SubprocessError as error:
        raise DoesNotRun(f"{Path(words[0]).name}: {error}"[:200]) from error


def _sync_disk() -> None:
    getattr(os, "sync", lambda: None)()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
