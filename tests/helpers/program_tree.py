"""Programs for tests of updates: this very package under another version number, started by the tests' own Python, packed as a `.run` is.

A program may be told to go wrong: not to start, or to find a shop's data not well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Final

import pos
from pos.installing.program import COMMAND, CURRENT, VERSIONS
from pos.local_db import schema

PACKAGE: Final = Path(pos.__file__).parent
_LAUNCHER: Final = '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nPYTHONPATH="$here/lib" exec "{python}" -P -m pos "$@"\n'
_SELF_EXTRACTING: Final = """#!/bin/sh
while [ $# -gt 0 ]; do if [ "$1" = --target ]; then target=$2; fi; shift; done
mkdir -p "$target" && tail -n +5 "$0" | tar xf - -C "$target"
exit $?
"""
_MIGRATION: Final = '''"""A made-up next release: goods get a shelf."""
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY) WITHOUT ROWID")
'''
_CHECKED: Final = "failed = tuple(shop.till.store.read.check())"


class Fault(Enum):
    """What goes wrong with a program."""

    NONE = "none"
    DOES_NOT_START = "does not start"
    NO_WINDOW = "looks through the data well, and opens no window"
    NOT_WELL = "finds a copy of the data not well"
    NOT_WELL_AT_HOME = "finds the shop's own data not well, once it has brought them over"


def make_tree(folder: Path, version: str, fault: Fault = Fault.NONE, *, migrates: bool = True) -> Path:
    """The program of a version as a folder; one that `migrates` brings a shop's data to a shape of its own."""
    shutil.copytree(PACKAGE, folder / "lib" / "pos", copy_function=os.link)
    _put(folder / "lib/pos/__init__.py", f'"""The till."""\n\n__version__ = "{version}"\n')
    if migrates:
        after = f"{int(schema.HEAD) + 1:04d}"
        _change(folder / "lib/pos/local_db/schema.py", f'HEAD: Final = "{schema.HEAD}"', f'HEAD: Final = "{after}"')
        versions = folder / "lib/pos/local_db/migrations/versions"
        _put(versions / f"{after}_shelves.py", _MIGRATION.format(next=after, head=schema.HEAD))
    if fault is Fault.DOES_NOT_START:
        _put(folder / "lib/pos/__init__.py", 'raise SystemExit("no such processor")\n')
    elif fault is Fault.NO_WINDOW:
        _put(folder / "lib/pos/ui/shell/window.py", 'raise ImportError("libxcb-cursor.so.0: cannot open shared object file")\n')
    elif fault is not Fault.NONE:
        wrong = 'failed = ("stock totals",)'
        at_home = f'{wrong} if data is None or data.name != "trial" else ()'
        _change(folder / "lib/pos/cli_doctor.py", _CHECKED, at_home if fault is Fault.NOT_WELL_AT_HOME else wrong)
    _put(folder / COMMAND, _LAUNCHER.format(python=sys.executable))
    (folder / COMMAND).chmod(0o755)
    return folder


def make_run(file: Path, tree: Path) -> Path:
    """A program packed as the installer of a user without root is: it unpacks itself where `--target` says."""
    with file.open("wb") as out:
        out.write(_SELF_EXTRACTING.encode())
        out.flush()
        with tarfile.open(fileobj=out, mode="w") as packed:
            packed.add(tree, "program")
    return file


def install(place: Path, tree: Path, version: str) -> Path:
    """As the `.run` leaves it; returns the command that a menu starts."""
    (place / VERSIONS).mkdir(parents=True)
    shutil.copytree(tree, place / VERSIONS / version, copy_function=os.link)
    (place / CURRENT).symlink_to(Path(VERSIONS) / version, target_is_directory=True)
    return place / CURRENT / COMMAND


def run(command: Path, *words: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """One command of an installed program, to its end."""
    return subprocess.run(
        [str(command), *map(str, words)],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _put(file: Path, text: str) -> None:
    """Anew, so that the one it is linked with stays as it is."""
    file.unlink(missing_ok=True)
    file.write_text(text, encoding="utf-8")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    _put(file, text.replace(old, new))
