"""Where this till keeps its files. Owns names and folders; opens none of them.

By default they lie where the system wants them; `--data FOLDER` or EPEKEN_POS_DATA puts all of them under one folder (a demo shop, a
test, a USB stick).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos.config.files import disk_errors

VARIABLE: Final = "EPEKEN_POS_DATA"
_APPLICATION: Final = "epeken-pos"


@dataclass(frozen=True, slots=True)
class Paths:
    """The till's folders. `data` holds what must never be lost."""

    data: Path
    config: Path
    logs: Path

    @property
    def store(self) -> Path:
        """The shop's memory."""
        return self.data / "shop.db"

    @property
    def copies(self) -> Path:
        """Folder of the store's copies (before a migration, daily)."""
        return self.data / "copies"

    @property
    def updates(self) -> Path:
        """Folder of what is fetched of a newer program, and of how far that is."""
        return self.data / "updates"

    @property
    def update_state(self) -> Path:
        """How far that is; not there where nothing was ever fetched."""
        return self.updates / "state.json"

    @property
    def rehearsal(self) -> Paths:
        """Where a rehearsal has its files, all of them: they are thrown away together."""
        root = self.data / "latihan"
        return Paths(root, root / "config", root / "logs")

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"

    @property
    def secrets(self) -> Path:
        """Keys, only where the owner chose a file because there is no keyring."""
        return self.config / "secrets.json"

    @property
    def instance(self) -> Path:
        """Names this set of files in the keyring, so that two shops on one machine do not share keys."""
        return self.data / "instance"

    def make(self) -> None:
        """Make the folders, for this user alone.

        Raises:
            ShopError: FOLDER_READ_ONLY, DISK_FULL.
        """
        with disk_errors():
            for folder in (self.data, self.config, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_paths(data: str | None = None, environ: Mapping[str, str] = os.environ) -> Paths:
    """The folders to use: those of `data` (`--data`), else of EPEKEN_POS_DATA, else the system's for this user."""
    chosen = data or environ.get(VARIABLE, "")
    if chosen:
        root = Path(chosen).expanduser().resolve()
        return Paths(root, root / "config", root / "logs")
    from platformdirs import PlatformDirs

    system = PlatformDirs(_APPLICATION, appauthor=False, roaming=False)
    return Paths(system.user_data_path, system.user_config_path, system.user_log_path)
