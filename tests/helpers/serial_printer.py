"""A printer at the far end of a serial cable (socat ties two pseudo terminals together) that behaves as badly as printers do. Owns the
cable and one thread; knows no till. What it has read is what it "prints".
"""

from __future__ import annotations

import os
import re
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.helpers.printer_9100 import ASB_FINE, ASB_PAPER_OUT, Fault
from tests.helpers.pty_pair import Cable, cable

_ASK: Final = re.compile(rb"\x1d\(H\x06\x00\x30\x30(.{4})\Z", re.DOTALL)
_STATUS: Final = re.compile(rb"\x10\x04(.)\Z", re.DOTALL)


class SerialPrinter:
    """Made by `serial_printer`.

    Attributes:
        paper: what it has read so far.
        said_printed: it has answered that a job is printed.
        status: what it answers to `DLE EOT 1, 2, 4`; None says nothing.
    """

    def __init__(self, line: Cable, fault: Fault, after: int) -> None:
        self.address = f"serial:{line.till}"
        self.paper = bytearray()
        self.said_printed = False
        self.status: dict[int, int] | None = None
        self._line, self._fault, self._after = line, fault, after
        self._changed = threading.Condition()
        self._ending, self._may_go_on = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._behave, name="serial printer")

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ending.set()
        self._may_go_on.set()
        self._thread.join(10)

    def go_on(self) -> None:
        """Paper comes out now (Fault.LATE), or what hung reads on (Fault.HANG)."""
        self._may_go_on.set()

    def wait_until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Until it holds; looked at after everything that is read."""
        with self._changed:
            assert self._changed.wait_for(condition, seconds), f"{len(self.paper)} bytes"

    def _behave(self) -> None:
        if self._fault is Fault.PAPER_OUT:
            os.write(self._line.far, ASB_PAPER_OUT)
        while not self._ending.is_set():
            if self._fault in (Fault.HANG, Fault.RESET) and len(self.paper) >= self._after:
                if self._fault is Fault.RESET:
                    self._line.pull()
                    return
                self._may_go_on.wait(30)
                self._fault = Fault.NONE
            self._read()

    def _read(self) -> None:
        if not select.select([self._line.far], [], [], 0.05)[0]:
            return
        most = 64 if self._fault is Fault.SLOW else 4_096
        if self._fault in (Fault.HANG, Fault.RESET):
            most = min(most, self._after - len(self.paper))
        piece = os.read(self._line.far, most)
        with self._changed:
            self.paper += piece
            self._changed.notify_all()
        self._say()

    def _say(self) -> None:
        if self._fault is Fault.STATUS:
            os.write(self._line.far, ASB_FINE)
        if self._fault is Fault.SLOW:
            self._ending.wait(0.002)
        question = _STATUS.search(self.paper)
        if question and self.status is not None:
            os.write(self._line.far, bytes([self.status[question.group(1)[0]]]))
        asked = _ASK.search(self.paper)
        if asked and self._fault in (Fault.FENCE, Fault.LATE):
            if self._fault is Fault.LATE:
                self._may_go_on.wait(30)
            self.said_printed = True
            os.write(self._line.far, b"\x37\x22" + asked.group(1) + b"\x00")


@contextmanager
def serial_printer(folder: Path, fault: Fault = Fault.NONE, after: int = 0) -> Iterator[SerialPrinter]:
    """A printer at a serial port under `folder`, while the block lasts. Fault.RESET pulls the plug after `after` bytes."""
    with cable(folder) as line:
        printer = SerialPrinter(line, fault, after)
        printer.start()
        try:
            yield printer
        finally:
            printer.end()
