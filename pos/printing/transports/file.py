"""A printer that is a file: a device (`/dev/usb/lp0`), a pipe, or a plain file that paper is collected in. Owns one opening a job."""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from pathlib import Path
from typing import Final

from pos.printing.transports.handing import GiveUp, HandedOver, never, why

_PIECE: Final = 4096
_TICK_S: Final = 0.1
_DEVICES: Final = Path("/dev")


class FileTransport:
    """`Transport` to a path. A plain file is made if it is missing and appended to; a device that is missing is never made into a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            handle = os.open(self._path, self._flags(), 0o600)
        except OSError as error:
            return HandedOver(0, f"not opened: {why(error)}")
        sent = 0
        try:
            while sent < len(data):
                if time.monotonic() >= until:
                    return HandedOver(sent, f"hung after {sent} of {len(data)} bytes")
                if give_up():
                    return HandedOver(sent, f"the till was closed after {sent} of {len(data)} bytes")
                if _ready(handle):
                    sent += _write(handle, data[sent : sent + _PIECE])
            if stat.S_ISREG(os.fstat(handle).st_mode):
                os.fsync(handle)
        except OSError as error:
            return HandedOver(sent, f"{why(error)} after {sent} of {len(data)} bytes")
        finally:
            os.close(handle)
        return HandedOver(sent, f"{sent} bytes taken", whole=True)

    def reach(self) -> str:
        if self._path.exists():
            return "" if os.access(self._path, os.W_OK) else "not opened: permission denied"
        return "" if self._may_make and os.access(self._path.parent, os.W_OK) else "not opened: not there"

    @property
    def _may_make(self) -> bool:
        return _DEVICES not in self._path.parents

    def _flags(self) -> int:
        """Not blocking where the system can, so that a printer without paper does not hold us for ever."""
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        return flags | os.O_CREAT if self._may_make else flags


def _ready(handle: int) -> bool:
    """Whether it can be written, after a tick at most. Windows cannot wait on files: there the write itself waits."""
    if os.name == "nt":
        return True
    return bool(select.select([], [handle], [], _TICK_S)[1])


def _write(handle: int, piece: bytes) -> int:
    try:
        return os.write(handle, piece)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EINTR):
            return 0
        raise
