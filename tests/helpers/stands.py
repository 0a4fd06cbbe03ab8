"""Every kind of printer with every fault that it can have, under one handle: where it is, what came out, what it has said."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pos.printing.transports import NetworkTransport, Transport, open_transport
from pos.printing.transports.lookup import Info
from pos.printing.transports.usb import UsbTransport
from pos.printing.transports.usb_names import UsbName
from pos.printing.transports.winspool import WindowsTransport
from tests.helpers.print_queue import Does, OwnQueue
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.private_cups import Behaviour, private_cups
from tests.helpers.serial_printer import serial_printer
from tests.helpers.usb_printer import PRODUCT, VENDOR, UsbPrinter

CONNECT_S = 0.3
AFTER = 100
"""Bytes that a printer reads before it does what it does."""


@dataclass
class Stand:
    """One printer with its fault.

    Attributes:
        paper: what has come out so far.
        said_printed: it has said that the job is printed.
        keeps: it shows all that it was given; a queue that lies does not.
        open: the transport for its address; the product's own by default.
    """

    address: str
    paper: Callable[[], bytes]
    said_printed: Callable[[], bool] = field(default=lambda: False)
    keeps: bool = True
    open: Callable[[str], Transport] = open_transport


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Until it holds."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise TimeoutError("it does not come to that")


Make = Callable[[Path], AbstractContextManager[Stand]]


def network(fault: Fault) -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        with StandInPrinter(fault, AFTER) as printer:
            fences = fault in (Fault.FENCE, Fault.LATE)
            yield Stand(
                printer.address,
                lambda: b"".join(printer.jobs),
                lambda: fences,
                open=lambda _: NetworkTransport("127.0.0.1", printer.port, CONNECT_S, 1.0 if fault is Fault.RESET else 0.25),
            )

    return make


def unknown_host() -> Make:
    """A name in the network that no name server answers for."""

    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        asked = threading.Event()

        def never_says(host: str, port: int) -> list[Info]:
            asked.wait(30)
            return []

        def open_(address: str) -> Transport:
            return NetworkTransport("printer-depan", 9100, CONNECT_S, resolver=never_says)

        try:
            yield Stand("tcp://printer-depan:9100", lambda: b"", open=open_)
        finally:
            asked.set()

    return make


def serial(fault: Fault) -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        with serial_printer(folder, fault, AFTER) as printer:
            if fault is Fault.REFUSE:
                yield Stand(f"serial:{folder / 'no-such-port'}", lambda: b"")
            else:
                yield Stand(printer.address, lambda: bytes(printer.paper), lambda: printer.said_printed)

    return make


def taken_port() -> Make:
    """A serial port that another program has."""

    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        from serial import Serial

        with serial_printer(folder) as printer, Serial(printer.address.removeprefix("serial:"), exclusive=True, write_timeout=1):
            yield Stand(printer.address, lambda: bytes(printer.paper))

    return make


def usb(fault: Fault, trouble: int = 0, plugged: bool = True) -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        machine = UsbPrinter(fault, AFTER)
        machine.trouble, machine.plugged = trouble, plugged
        name = UsbName(VENDOR, PRODUCT)
        yield Stand(f"usb:{name}", lambda: bytes(machine.paper), lambda: machine.said_printed, open=lambda _: UsbTransport(name, machine))
        assert machine.claims == machine.released, "what was claimed is given back"

    return make


def pipe(fault: Fault) -> Make:
    """A device file: what is read at its other end is printed."""

    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        path, paper, ending = folder / "lp0", bytearray(), threading.Event()
        if fault is Fault.REFUSE:
            yield Stand(f"file:{folder / 'no' / 'such' / 'device'}", lambda: b"")
            return
        os.mkfifo(path)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        reader = threading.Thread(target=_read_pipe, args=(handle, paper, fault, ending), name="device file")
        reader.start()
        try:
            yield Stand(f"file:{path}", lambda: bytes(paper))
        finally:
            ending.set()
            reader.join(10)

    return make


def _read_pipe(handle: int, paper: bytearray, fault: Fault, ending: threading.Event) -> None:
    limited = fault in (Fault.HANG, Fault.RESET)
    while not ending.is_set():
        if limited and len(paper) >= AFTER:
            if fault is Fault.RESET:
                break
            ending.wait(30)
            break
        with suppress(BlockingIOError):
            paper += os.read(handle, AFTER - len(paper) if limited else 64 if fault is Fault.SLOW else 4_096)
        time.sleep(0.001)
    os.close(handle)


def full_device() -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        yield Stand("file:/dev/full", lambda: b"")

    return make


def cups(behaviour: Behaviour) -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        with private_cups(behaviour) as daemon:
            yield Stand(daemon.address, lambda: daemon.paper, keeps=behaviour is not Behaviour.LIE)

    return make


def no_cups() -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        yield Stand(f"cups:struk@{folder / 'cups.sock'}", lambda: b"")

    return make


def windows(does: Does) -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        queue = OwnQueue(does)
        yield Stand(
            "windows:Struk", lambda: queue.paper, keeps=does is not Does.LIE, open=lambda _: WindowsTransport("Struk", queue)
        )  # fmt: skip
        assert queue.jobs <= 1, "a job is handed to a queue once"

    return make


def screen() -> Make:
    @contextmanager
    def make(folder: Path) -> Iterator[Stand]:
        yield Stand("screen:", lambda: b"", keeps=False)

    return make


BUSY, DENIED = errno.EBUSY, errno.EACCES
