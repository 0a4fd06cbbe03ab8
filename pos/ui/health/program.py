"""Which program looks at a shop, and on what: what an officer is asked for first. Knows no Qt."""

from __future__ import annotations

import platform
import sqlite3
from importlib import metadata

from pos import __version__


def versions(schema: str) -> tuple[tuple[str, str], ...]:
    """(what, which) of the program and all that it stands on; `schema`: of the shop's data, empty where it is not open."""
    parts = (
        ("e-Peken POS", __version__),
        ("data", schema),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("Qt", _version_of("PySide6_Essentials")),
        (platform.system(), platform.release()),
    )
    return tuple((what, which) for what, which in parts if which)


def _version_of(package: str) -> str:
    """Empty where it is not installed, or packed without its papers."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
