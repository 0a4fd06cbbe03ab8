"""A desktop's own keyring (Debian's gnome-keyring) on a private message bus: started for one command, unlocked, gone when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_WITH_A_KEYRING: Final = 'printf word | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'


class RealKeyring:
    """One person's keyring in a folder of the test; what is put into it is there for the next command too.

    Attributes:
        home: the folder that holds the keyring's own files.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        for folder in (home, self.runtime):
            folder.mkdir(mode=0o700)

    @property
    def runtime(self) -> Path:
        return self.home / "run"

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Python with these words, in a session whose keyring is unlocked."""
        return self._run(["dbus-run-session", "--", "sh", "-c", _WITH_A_KEYRING, "sh", sys.executable, *map(str, words)])

    def run_without(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Python with these words on a machine that has neither bus nor keyring."""
        return self._run([sys.executable, *map(str, words)])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        kept = ("PATH", "LANG", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"), "XDG_RUNTIME_DIR": str(self.runtime)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
