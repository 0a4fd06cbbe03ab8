"""A printer on a serial line; Bluetooth arrives as one (`/dev/rfcomm0`, `COM5`). Owns one opening a job.

pyserial without `write_timeout` waits for ever for a printer that is switched off: it is always set. On POSIX the line is written below
pyserial, because its own writing forgets, when it times out, how much was taken.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pos.domain.evidence import Evidence, Seen, Why
from pos.printing.transports.handing import GiveUp, HandedOver, Status, failed, never, why_of
from pos.printing.transports.talk import TICK_S, Patience, Stalled, ask_status, hand_over

if TYPE_CHECKING:
    from serial import Serial

BAUD: Final = 9_600
BAUDS: Final = (9_600, 19_200, 38_400, 57_600, 115_200)
_BITS: Final = 10
"""On the line for a byte: start, eight, stop."""
_PIECE: Final = 256
_WRITE_S: Final = 2.0
"""Seconds that pyserial may wait in one write, where it is what writes."""
_READ: Final = 512
_WINDOWS: Final = {"FileNotFoundError": errno.ENOENT, "PermissionError": errno.EBUSY}


class SerialTransport:
    """`Transport` to a serial port at a speed in baud."""

    def __init__(self, port: str, baud: int = BAUD) -> None:
        self._port = port
        self._baud = baud

    @property
    def device(self) -> str:
        return f"serial {os.path.realpath(self._port) if os.name == 'posix' else self._port.upper()}"

    @property
    def speed(self) -> int:
        return max(1, self._baud // _BITS)

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            pipe = _open(self._port, self._baud)
        except OSError as error:
            return failed(_seen(error), len(data), why_of(error))
        return hand_over(pipe, data, Patience(until, give_up))

    def reach(self) -> Evidence | None:
        try:
            _open(self._port, self._baud).close()
        except OSError as error:
            return Evidence(_seen(error), why=why_of(error))
        return None

    def status(self, thorough: bool = False) -> Status:
        try:
            pipe = _open(self._port, self._baud)
        except OSError as error:
            return Status(Evidence(_seen(error), why=why_of(error)))
        return ask_status(pipe, thorough)


def _open(port: str, baud: int) -> _Line:
    """The line, opened for us alone. What pyserial says comes out as the system's error."""
    from serial import Serial, SerialException

    try:
        # Windows lets one program at a time have a port anyway
        return _Line(Serial(port, baud, timeout=0, write_timeout=_WRITE_S, exclusive=True if os.name == "posix" else None))
    except SerialException as error:
        raise _as_system_says(error) from error
    except ValueError as error:
        # a speed that this port does not have
        raise OSError(str(error)) from error


class _Line:
    """An open serial port as a line."""

    hears = True
    piece = _PIECE

    def __init__(self, port: Serial) -> None:
        self._port = port
        # what an earlier job's printer said late is not about this one
        port.reset_input_buffer()

    def wait(self, writing: bool) -> tuple[bool, bool]:
        if os.name != "posix":
            if not writing and not self._port.in_waiting:
                time.sleep(TICK_S)
            return bool(self._port.in_waiting), writing
        import select

        handle = self._port.fileno()
        readable, writable, _ = select.select([handle], [handle] if writing else [], [], TICK_S)
        return bool(readable), bool(writable)

    def read(self) -> bytes | None:
        if os.name != "posix":
            return bytes(self._port.read(_READ))
        try:
            said = os.read(self._port.fileno(), _READ)
        except BlockingIOError:
            return b""
        if not said:
            # readable with nothing to read: the other end of the line is gone
            raise ConnectionResetError
        return said

    def write(self, piece: memoryview) -> int:
        if os.name == "posix":
            try:
                return os.write(self._port.fileno(), piece)
            except BlockingIOError:
                return 0
        from serial import SerialTimeoutException

        try:
            return int(self._port.write(piece) or 0)
        except SerialTimeoutException:
            raise Stalled(len(piece)) from None

    def held(self) -> int:
        return int(self._port.out_waiting)

    def end(self) -> None:
        """A serial line has no end of its own."""

    def check(self) -> None:
        """It tells what is wrong when it is used."""

    def drop(self) -> None:
        import termios

        # refused only where the line is gone already: then nothing is left to deliver
        with suppress(OSError, termios.error):
            self._port.reset_output_buffer()

    def close(self) -> None:
        self._port.close()


def _as_system_says(error: OSError) -> OSError:
    """pyserial keeps the number of the system's error on POSIX; on Windows it comes as text alone."""
    if error.errno is not None:
        return error
    number = next((number for name, number in _WINDOWS.items() if name in str(error)), None)
    return OSError(number, "no serial port") if number else error


def _seen(error: OSError) -> Seen:
    return Seen.NOT_FOUND if why_of(error) in (Why.MISSING, Why.UNPLUGGED) else Seen.NOT_CONNECTED
