"""A scale at a serial port, listened to in a thread of its own. Owns the port and the last weight; what it may be used for is the domain's.

It is never waited for: `reading()` gives what was told last. While nothing comes, the scale is asked (it may be one that speaks only then);
a port that is not there or goes away is tried again.
"""

from __future__ import annotations

import logging
import re
import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from pos.devices.scale_lines import LONGEST_LINE, REQUEST, read_line
from pos.domain.weighing import ScaleReading
from pos.services.ports import Clock

if TYPE_CHECKING:
    from serial import Serial

_log = logging.getLogger(__name__)

_PATIENCE_S: Final = 0.25
"""How long the port is listened to before the scale is asked, and the longest that `stop()` takes to be seen."""
_AGAIN_S: Final = 1.0
_MOST_AT_ONCE: Final = 4_096
_ENDS: Final = re.compile(rb"[\r\n]+")
FRAMES: Final = ("8N1", "7E1", "7O1", "8E1", "8O1")


class ScalePort(NamedTuple):
    """Where the scale is: a port (`COM3`, `/dev/ttyUSB0`, or a pySerial URL), baud, and the frame as its manual writes it."""

    address: str
    speed: int = 9_600
    frame: str = "8N1"


class SerialScale:
    """`services.ports.counter.Scale`. May be started again after `stop()`."""

    def __init__(self, port: ScalePort, clock: Clock) -> None:
        self._port = port
        self._clock = clock
        self._last: ScaleReading | None = None
        self._stopping: threading.Event | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._stopping is not None:
            return
        self._last = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stopping, self._thread), name="scale")
        self._thread.start()

    def reading(self) -> ScaleReading | None:
        return self._last

    def stop(self) -> None:
        if self._stopping is not None:
            self._stopping.set()
            self._stopping = None
            self._last = None

    def close(self) -> None:
        """Stop, and wait until the port is free: a quarter of a second at most."""
        self.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, stopping: threading.Event, before: threading.Thread | None) -> None:
        if before is not None:
            # the port is of the one before until that has let go of it
            before.join()
        said = False
        while not stopping.is_set():
            try:
                self._listen(stopping)
            except (OSError, ValueError) as error:
                # pySerial's own errors are OSErrors; a cable that was pulled out, a port that is another program's
                if not said:
                    _log.warning("the scale does not answer: %s", type(error).__name__)
                    said = True
                stopping.wait(_AGAIN_S)

    def _listen(self, stopping: threading.Event) -> None:
        with _opened(self._port) as line:
            held = b""
            while not stopping.is_set():
                told = line.read(max(1, min(line.in_waiting, _MOST_AT_ONCE)))
                if not told:
                    line.write(REQUEST)
                    continue
                # the last part has no end yet; what never ends is no line
                *whole, held = _ENDS.split(held + told)
                held = held[-LONGEST_LINE:]
                for said in whole:
                    reading = read_line(said, self._clock.monotonic())
                    if reading is not None and not stopping.is_set():
                        self._last = reading


def ports() -> tuple[str, ...]:
    """The serial ports that the system tells of, USB adapters first."""
    from serial.tools.list_ports import comports

    return tuple(port.device for port in sorted(comports(), key=lambda port: (port.vid is None, port.device)))


def _opened(port: ScalePort) -> Serial:
    import serial

    return serial.serial_for_url(
        port.address,
        baudrate=port.speed,
        bytesize=int(port.frame[0]),
        parity=port.frame[1],
        stopbits=int(port.frame[2]),
        timeout=_PATIENCE_S,
        write_timeout=_PATIENCE_S,
    )
