"""A printer behind the Windows spooler, raw, through `winspool.drv`. Owns the calls; what is known of a job is `queue`'s.

Not tried on Windows here (docs/printing.md): as thin as it can be. `win32print` does the same and does not load in the embeddable layout.
Source: Microsoft, "Print Spooler API Reference" (OpenPrinter, StartDocPrinter, WritePrinter, GetJob, SetJob, EnumPrinters).
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from ctypes import wintypes
from typing import Any, Final

from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, never
from pos.printing.transports.queue import JobQueue, Look, Refused, Stage, through_queue

_PAUSED, _ERROR, _DELETING, _PRINTING, _OFFLINE, _PAPER_OUT, _PRINTED, _DELETED = 0x1, 0x2, 0x4, 0x10, 0x20, 0x40, 0x80, 0x100
"""JOB_STATUS_*."""
_SAID: Final = ((_PAUSED, Said.PAUSED), (_ERROR, Said.FAULT), (_OFFLINE, Said.OFFLINE), (_PAPER_OUT, Said.PAPER_OUT))
_CANCEL: Final = 3
"""JOB_CONTROL_CANCEL."""
_INVALID_PARAMETER: Final = 87
"""What the spooler says of a job that it has let go."""
_NO_SERVICE: Final = 1722
_ACCESS_DENIED: Final = 5
_LOCAL_AND_CONNECTED: Final = 0x2 | 0x4
_LEVEL: Final = 4


def job_look(status: int | None) -> Look:
    """What a job's status bits say; None for a job that the spooler has let go."""
    if status is None or status & _PRINTED:
        return Look(Stage.DONE, begun=True)
    said = tuple(said for bit, said in _SAID if status & bit)
    if status & (_DELETING | _DELETED):
        return Look(Stage.TAKEN_OUT, begun=bool(status & _PRINTING), said=said)
    return Look(Stage.PRINTING if status & _PRINTING else Stage.WAITING, bool(status & _PRINTING), said)


class WindowsTransport:
    """`Transport` to a printer of Windows, by its name."""

    def __init__(self, name: str, queue: JobQueue | None = None) -> None:
        self._name = name
        self._queue = queue

    @property
    def device(self) -> str:
        return f"windows {self._name.casefold()}"

    @property
    def speed(self) -> int:
        return LINE_SPEED

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        queue = self._queue
        if queue is None:
            if trouble := self.reach():
                return HandedOver(Evidence(trouble.seen, 0, len(data), why=trouble.why))
            queue = WindowsQueue(self._name)
        return through_queue(queue, data, deadline_s, give_up)

    def reach(self) -> Evidence | None:
        if sys.platform != "win32":
            return Evidence(Seen.NOT_FOUND, why=Why.NO_SPOOLER)
        return None if self._name in windows_printers() else Evidence(Seen.NOT_FOUND, why=Why.MISSING)

    def status(self, thorough: bool = False) -> Status:
        """The spooler knows its queue, not the printer."""
        return Status(self.reach())


class _Document(ctypes.Structure):
    """DOC_INFO_1."""

    _fields_ = (("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("datatype", wintypes.LPWSTR))


class _Job(ctypes.Structure):
    """The beginning of JOB_INFO_1, up to the status."""

    _fields_ = (
        ("id", wintypes.DWORD),
        *((name, wintypes.LPWSTR) for name in ("printer", "machine", "user", "document", "datatype", "words")),
        ("status", wintypes.DWORD),
    )


class _Printer(ctypes.Structure):
    """PRINTER_INFO_4."""

    _fields_ = (("name", wintypes.LPWSTR), ("server", wintypes.LPWSTR), ("attributes", wintypes.DWORD))


class WindowsQueue:
    """`JobQueue` on a printer of Windows."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._spooler = _spooler()

    def submit(self, data: bytes) -> int:
        printer = wintypes.HANDLE()
        if not self._spooler.OpenPrinterW(self._name, ctypes.byref(printer), None):
            raise Refused(_refusal(len(data)))
        try:
            job = self._spooler.StartDocPrinterW(printer, 1, ctypes.byref(_Document("e-Peken", None, "RAW")))
            if not job:
                raise Refused(_refusal(len(data)))
            written = wintypes.DWORD()
            taken = self._spooler.WritePrinter(printer, data, len(data), ctypes.byref(written))
            self._spooler.EndDocPrinter(printer)
            if not taken or written.value != len(data):
                raise _told()
            return int(job)
        finally:
            self._spooler.ClosePrinter(printer)

    def look(self, job: int) -> Look:
        printer = self._open()
        try:
            needed = wintypes.DWORD()
            self._spooler.GetJobW(printer, job, 1, None, 0, ctypes.byref(needed))
            if _last_error() == _INVALID_PARAMETER:
                return job_look(None)
            room = ctypes.create_string_buffer(max(needed.value, ctypes.sizeof(_Job)))
            if not self._spooler.GetJobW(printer, job, 1, room, len(room), ctypes.byref(needed)):
                if _last_error() == _INVALID_PARAMETER:
                    return job_look(None)
                raise _told()
            return job_look(int(_Job.from_buffer(room).status))
        finally:
            self._spooler.ClosePrinter(printer)

    def take_back(self, job: int) -> None:
        printer = self._open()
        try:
            self._spooler.SetJobW(printer, job, 0, None, _CANCEL)
        finally:
            self._spooler.ClosePrinter(printer)

    def _open(self) -> wintypes.HANDLE:
        printer = wintypes.HANDLE()
        if not self._spooler.OpenPrinterW(self._name, ctypes.byref(printer), None):
            raise _told()
        return printer


def windows_printers() -> list[str]:
    """Names of the printers that this user of Windows has; none elsewhere."""
    if sys.platform != "win32":
        return []
    spooler, needed, count = _spooler(), wintypes.DWORD(), wintypes.DWORD()
    spooler.EnumPrintersW(_LOCAL_AND_CONNECTED, None, _LEVEL, None, 0, ctypes.byref(needed), ctypes.byref(count))
    if not needed.value:
        return []
    room = ctypes.create_string_buffer(needed.value)
    with suppress(OSError):
        if spooler.EnumPrintersW(_LOCAL_AND_CONNECTED, None, _LEVEL, room, len(room), ctypes.byref(needed), ctypes.byref(count)):
            return [str(printer.name) for printer in (_Printer * count.value).from_buffer(room)]
    return []


def _spooler() -> Any:
    """The library. Attribute access by name: other systems do not have it, and a type checker there does not know it."""
    library = getattr(ctypes, "WinDLL")("winspool.drv", use_last_error=True)  # noqa: B009
    library.OpenPrinterW.argtypes = [wintypes.LPWSTR, ctypes.POINTER(wintypes.HANDLE), ctypes.c_void_p]
    library.StartDocPrinterW.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.c_void_p]
    library.WritePrinter.argtypes = [wintypes.HANDLE, ctypes.c_char_p, wintypes.DWORD, ctypes.POINTER(wintypes.DWORD)]
    library.EndDocPrinter.argtypes = library.ClosePrinter.argtypes = [wintypes.HANDLE]
    job = [wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD]
    library.GetJobW.argtypes = [*job, ctypes.POINTER(wintypes.DWORD)]
    library.SetJobW.argtypes = [wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD]
    return library


def _last_error() -> int:
    return int(getattr(ctypes, "get_last_error")())  # noqa: B009


def _told() -> OSError:
    number = _last_error()
    return OSError(None, f"winspool {number}")


def _refusal(size: int) -> Evidence:
    why = {_NO_SERVICE: Why.NO_SPOOLER, _ACCESS_DENIED: Why.DENIED}.get(_last_error(), Why.MISSING)
    return Evidence(Seen.NOT_FOUND if why is Why.MISSING else Seen.NOT_CONNECTED, 0, size, why=why)
