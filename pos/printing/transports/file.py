"""A printer that is a file: a device (`/dev/usb/lp0`), a pipe, or a plain file that paper is collected in. Owns one opening a job.

The system's own USB driver (`usblp`) can be read from: what such a printer says is heard. Nothing else that is a file says anything.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, failed, never, why_of
from pos.printing.transports.talk import TICK_S, Patience, ask_status, hand_over
from pos.printing.transports.usb_names import device_of_lp

T = TypeVar("T")

_PIECE: Final = 4096
_DEVICES: Final = Path("/dev")
_USBLP_MAJOR: Final = 180
_LP_MINORS: Final = range(16)
_GET_STATUS: Final = 0x060B
"""`LPGETSTATUS` of linux/lp.h: the port's own three bits, which a printer sets without being asked over the line."""
_PORT_BITS: Final = ((0x20, 0x20, Said.PAPER_OUT), (0x10, 0x00, Said.OFFLINE), (0x08, 0x00, Said.FAULT))
"""(bit, what it is, what that says): USB printer class 1.1, GET_PORT_STATUS."""


class FileTransport:
    """`Transport` to a path. A plain file is made if it is missing and appended to; a device that is missing is never made into a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def device(self) -> str:
        """By its USB name where it has one: libusb leads to the same printer."""
        real = os.path.realpath(self._path)
        return device_of_lp(real) or f"file {real}"

    @property
    def speed(self) -> int:
        return LINE_SPEED

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            pipe = self._open()
        except OSError as error:
            return failed(Seen.NOT_FOUND if why_of(error) is Why.MISSING else Seen.NOT_CONNECTED, len(data), why_of(error))
        return hand_over(pipe, data, Patience(until, give_up))

    def reach(self) -> Evidence | None:
        if self._path.exists():
            return None if os.access(self._path, os.W_OK) else Evidence(Seen.NOT_CONNECTED, why=Why.DENIED)
        may = self._may_make and os.access(self._path.parent, os.W_OK)
        return None if may else Evidence(Seen.NOT_FOUND, why=Why.MISSING)

    def status(self, thorough: bool = False) -> Status:
        if trouble := self.reach():
            return Status(trouble)
        try:
            if not self._path.exists() or not _is_printer(os.stat(self._path)):
                return Status()
            pipe = self._open()
        except OSError as error:
            return Status(Evidence(Seen.NOT_CONNECTED, why=why_of(error)))
        port = pipe.port_status()
        status = ask_status(pipe, thorough)
        return status if status.heard or port is None else Status(heard=bool(port), said=port)

    @property
    def _may_make(self) -> bool:
        return _DEVICES not in self._path.parents

    def _open(self) -> _File:
        """Not blocking where the system can, so that a printer without paper does not hold us for ever."""
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
        if self._path.exists() and _is_printer(os.stat(self._path)):
            return _File(os.open(self._path, os.O_RDWR | flags), hears=True)
        make = os.O_CREAT if self._may_make else 0
        return _File(os.open(self._path, os.O_WRONLY | os.O_APPEND | flags | make, 0o600), hears=False)


class _File:
    """An open file as a line."""

    piece = _PIECE

    def __init__(self, handle: int, hears: bool) -> None:
        self._handle = handle
        self.hears = hears

    def wait(self, writing: bool) -> tuple[bool, bool]:
        """Windows cannot wait on files: there the write itself waits."""
        if os.name == "nt":
            return False, writing
        readable, writable, _ = select.select([self._handle] if self.hears else [], [self._handle] if writing else [], [], TICK_S)
        return bool(readable), bool(writable)

    def read(self) -> bytes | None:
        return _unless_busy(lambda: os.read(self._handle, _PIECE), b"")

    def write(self, piece: memoryview) -> int:
        return _unless_busy(lambda: os.write(self._handle, piece), 0)

    def held(self) -> int:
        """The driver takes a piece and lets it go when the printer has it: until then nothing else can be written."""
        return int(self.hears and not select.select([], [self._handle], [], 0)[1])

    def end(self) -> None:
        if stat.S_ISREG(os.fstat(self._handle).st_mode):
            os.fsync(self._handle)

    def check(self) -> None:
        """A file tells what is wrong when it is written."""

    def drop(self) -> None:
        """The driver forgets what it holds when it is closed."""

    def close(self) -> None:
        os.close(self._handle)

    def port_status(self) -> tuple[Said, ...] | None:
        """What the port's bits say; None where the driver does not know. Bits that are as they should be say nothing: many printers
        have them so whatever happens."""
        import fcntl

        answer = bytearray(4)
        try:
            fcntl.ioctl(self._handle, _GET_STATUS, answer)
        except OSError:
            return None
        return tuple(said for bit, wrong, said in _PORT_BITS if answer[0] & bit == wrong)


def _is_printer(found: os.stat_result) -> bool:
    device = getattr(found, "st_rdev", 0)
    return stat.S_ISCHR(found.st_mode) and os.major(device) == _USBLP_MAJOR and os.minor(device) in _LP_MINORS


def _unless_busy(call: Callable[[], T], instead: T) -> T:
    try:
        return call()
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EINTR):
            return instead
        raise
