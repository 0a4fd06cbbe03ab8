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

from pos.config.bare_log import bare_handler
from pos.config.files import disk_errors
from pos.domain.privacy import NIK, NIP, PHONE

_BYTES: Final = 1_000_000
_FILES: Final = 5
LONGEST: Final = 2_000
"""Signs of a message; a traceback is as long as it is."""
_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

_MASKS: Final = (
    # bearer words first: what follows them may hold anything
    (re.compile(r"(?i)\b(bearer|dpop)[ :]+[\w.~+/=-]{8,}"), r"\1 [token]"),
    (
        # no `\w*` before the word: over a long text without blanks that would take hours
        re.compile(r"(?i)((?:token|secret|password|passphrase|private_key|device_key)[\"']?\s*[=:]\s*)[\"']?[\w.~+/=-]{6,}[\"']?"),
        r"\1[token]",
    ),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+)*"), "[token]"),
    (NIP, "[nip]"),
    (NIK, "[nik]"),
    (PHONE, "[phone]"),
)


def mask(text: str) -> str:
    """The text without phone numbers, NIK, NIP and tokens. May mask a barcode that looks like one: better so than the reverse."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the finished text, so that arguments and tracebacks are covered too. What was told by others cannot begin a line of its own,
    nor fill the disk."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        text = super().formatMessage(record)
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} ... ({len(text)} signs)"
        return cut if cut.isprintable() else "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


class Log:
    """The open log of this process. Made by `start_logging`, ended by `close()`."""

    def __init__(self, handlers: tuple[logging.Handler, ...], crash: TextIO) -> None:
        self._handlers = handlers
        self._crash = crash

    def close(self) -> None:
        """Stop writing and give the files back."""
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        faulthandler.disable()
        self._crash.close()


def start_logging(folder: Path, level: str = "INFO") -> Log:
    """Write the log to `folder`/till.log (five files of a megabyte), what of it can be given away to `folder`/bare.log, and a hard crash's
    stacks to `folder`/crash.log.

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
        try:
            bare = bare_handler(folder)
        except OSError:
            handler.close()
            crash.close()
            raise
    handler.setFormatter(MaskingFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.addHandler(bare)
    root.setLevel(level)
    # urllib3 tells every request at DEBUG
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    faulthandler.enable(crash)
    return Log((handler, bare), crash)
