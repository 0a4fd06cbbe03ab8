"""The till's log: small rotating files, the interpreter's own cry for help, and no person's data in either.

Masks what looks like a phone number, NIK, NIP or token in everything that is written, tracebacks included. Decides nothing else.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import re
from pathlib import Path
from typing import Final, TextIO

from pos.config.files import disk_errors

_BYTES: Final = 1_000_000
_FILES: Final = 5
_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

_MASKS: Final = (
    # bearer words first: what follows them may hold anything
    (re.compile(r"(?i)\b(bearer|dpop)[ :]+[\w.~+/=-]{8,}"), r"\1 [token]"),
    (
        re.compile(r"(?i)([\"']?\w*(?:token|secret|password|passphrase|private_key|device_key)[\"']?\s*[=:]\s*)[\"']?[\w.~+/=-]{6,}[\"']?"),
        r"\1[token]",
    ),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+)*"), "[token]"),
    # NIP: 18 digits, often written 8 6 1 3; NIK: 16 digits
    (re.compile(r"(?<![\w.])\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\w)"), "[nip]"),
    (re.compile(r"(?<![\w.])(?:\d{4}[ .-]?){4}(?!\w)"), "[nik]"),
    (re.compile(r"(?<![\w.])(?:\+?62|0)[ .-]?8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)"), "[phone]"),
)


def mask(text: str) -> str:
    """The text without phone numbers, NIK, NIP and tokens. May mask a barcode that looks like one: better so than the reverse."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the finished text, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class Log:
    """The open log of this process. Made by `start_logging`, ended by `close()`."""

    def __init__(self, handler: logging.Handler, crash: TextIO) -> None:
        self._handler = handler
        self._crash = crash

    def close(self) -> None:
        """Stop writing and give the files back."""
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        faulthandler.disable()
        self._crash.close()


def start_logging(folder: Path, level: str = "INFO") -> Log:
    """Write the log to `folder`/till.log (five files of a megabyte) and a hard crash's stacks to `folder`/crash.log.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY; the caller may go on without a log.
    """
    with disk_errors():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        crash = (folder / "crash.log").open("a", encoding="utf-8")
        try:
            handler = logging.handlers.RotatingFileHandler(
                folder / "till.log", maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8", errors="backslashreplace"
            )
        except OSError:
            crash.close()
            raise
    handler.setFormatter(MaskingFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # urllib3 tells every request at DEBUG
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    faulthandler.enable(crash)
    return Log(handler, crash)
