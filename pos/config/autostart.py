"""The till opens when this user signs in: one file of the desktop's own (XDG autostart), there or not. It is off until somebody wants it.

Owns that file. The packages bring none, so that there is one place to look and one to take it away.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pos.config.files import disk_errors, replace_file
from pos.config.paths import Paths, find_paths

_FILE: Final = "epeken-pos.desktop"
_ENTRY: Final = """[Desktop Entry]
Type=Application
Name=e-Peken POS
Exec={command}
Icon=epeken-pos
Terminal=false
X-GNOME-Autostart-enabled=true
"""


class Autostart:
    """Of one shop on this machine."""

    def __init__(self, paths: Paths, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
        home = Path(environ.get("HOME", "~")).expanduser()
        self._file = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "autostart" / _FILE
        self._paths, self._possible = paths, platform == "linux"

    @property
    def on(self) -> bool | None:
        """None where this system has another way, which its own setup asks about."""
        return self._file.exists() if self._possible else None

    def set(self, on: bool) -> None:
        """Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        if on:
            replace_file(self._file, _ENTRY.format(command=self._command()).encode("utf-8"), 0o644)
            return
        with disk_errors():
            self._file.unlink(missing_ok=True)

    def _command(self) -> str:
        """The name that stays when the program is brought up to date; a program that was never installed as it was started."""
        installed = shutil.which("epeken-pos")
        words = [installed] if installed else [sys.executable, "-m", "pos"]
        if self._paths.data != find_paths(environ={}).data:
            words += ["--data", str(self._paths.data)]
        return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """As the Desktop Entry Specification wants the words of Exec."""
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word)
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'
