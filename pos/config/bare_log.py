"""A second log that can be given away: of each message only what stands in the program's own text, and of its values only figures and
codes. A name, an address or a file's path is always a value, and no value that is text gets in; nothing has to be recognised for that.

Owns the file and its form; the whole log with its masks is `logging`'s.
"""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from enum import Enum
from pathlib import Path
from typing import Any, Final

FILE: Final = "bare.log"
_BYTES: Final = 64_000
_LONGEST: Final = 160
_FRAMES: Final = 4
_FIGURE: Final = 1_000_000
"""Larger ones are no counts and no seconds: they could be somebody's number."""
_OWN: Final = "pos."
"""Loggers of the program itself. Others write what they like, and are told by their name alone."""


def bare_handler(folder: Path) -> logging.Handler:
    """Writes `folder`/bare.log, two small files. Raises OSError."""
    handler = logging.handlers.RotatingFileHandler(folder / FILE, maxBytes=_BYTES, backupCount=1, encoding="utf-8", errors="replace")
    handler.setFormatter(BareFormatter("%(asctime)s %(levelname)s %(name)s"))
    return handler


def bare_lines(folder: Path, most: int) -> tuple[str, ...]:
    """The last lines, the newest last; none where there is no log."""
    lines: list[str] = []
    for name in (f"{FILE}.1", FILE):
        try:
            lines += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
    return tuple(lines[-most:])


class BareFormatter(logging.Formatter):
    """See the module."""

    def format(self, record: logging.LogRecord) -> str:
        said = _said(record) if record.name.startswith(_OWN) and isinstance(record.msg, str) else ""
        trouble = _trouble(record.exc_info[1]) if record.exc_info else ""
        moment = self.formatTime(record, "%m-%d %H:%M:%S")
        line = " ".join(part for part in (moment, record.levelname[:4], record.name.removeprefix(_OWN), said, trouble) if part)
        return line[:_LONGEST] if line.isprintable() else ascii(line)[1:-1][:_LONGEST]


def _said(record: logging.LogRecord) -> str:
    args = record.args
    if not args:
        # with values already in it, it would not be the program's own text any more: none of ours is made so, and a test says so
        return str(record.msg)
    if not isinstance(args, tuple):
        return str(record.msg)
    try:
        return str(record.msg) % tuple(_bare(value) for value in args)
    except (TypeError, ValueError):
        return str(record.msg)


def _bare(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float) and abs(value) < _FIGURE:
        return value
    return "…"


def _trouble(error: BaseException | None) -> str:
    """Of which kind it is and where it came from; its words may hold anything."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = "<".join(f"{Path(frame.filename).stem}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} {places}"
