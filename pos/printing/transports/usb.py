"""A printer on USB by libusb (pyusb): where the system has no driver of its own for it, or lets only us have it. Owns one claim a job.

Tried here against a stand-in for libusb; no printer hung on a cable (docs/printing.md). On Windows libusb finds only printers that were
given the WinUSB driver; there a printer is mostly reached by the system's own queue.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pos.domain.evidence import Evidence, Seen, Why
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, failed, never, why_of
from pos.printing.transports.talk import TICK_S, Patience, ask_status, hand_over
from pos.printing.transports.usb_names import UsbName

PRINTER_CLASS: Final = 7
"""USB Implementers Forum, Defined Class Codes."""
_BULK: Final = 2
_IN: Final = 0x80
_TICK_MS: Final = int(TICK_S * 1000)
_GLANCE_MS: Final = 1
_PIECE: Final = 512
"""Of one packet at full speed eight, at high speed one: a write that times out has taken whole packets, and pyusb says how many."""


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """A USB device with a printer's interface. `model`: what it calls itself."""

    name: UsbName
    model: str


class UsbTransport:
    """`Transport` to a USB device.

    Args:
        backend: of pyusb; the system's libusb by default.
    """

    def __init__(self, name: UsbName, backend: Any = None) -> None:
        self._name = name
        self._backend = backend

    @property
    def device(self) -> str:
        return f"usb {self._name}"

    @property
    def speed(self) -> int:
        return LINE_SPEED

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        until = time.monotonic() + deadline_s
        try:
            pipe = self._open()
        except OSError as error:
            return failed(_seen(error), len(data), why_of(error))
        return hand_over(pipe, data, Patience(until, give_up))

    def reach(self) -> Evidence | None:
        try:
            self._open().close()
        except OSError as error:
            return Evidence(_seen(error), why=why_of(error))
        return None

    def status(self, thorough: bool = False) -> Status:
        try:
            pipe = self._open()
        except OSError as error:
            return Status(Evidence(_seen(error), why=why_of(error)))
        return ask_status(pipe, thorough)

    def _open(self) -> _Endpoints:
        found = next((device for device in _devices(self._backend) if _is_called(device, self._name)), None)
        if found is None:
            raise OSError(errno.ENODEV, "not plugged in")
        return _Endpoints(found)


def usb_printers(backend: Any = None) -> list[UsbPrinter]:
    """Every USB device with a printer's interface. Without libusb there is none."""
    with suppress(OSError):
        return [UsbPrinter(_name_of(device), _model_of(device)) for device in _devices(backend)]
    return []


class _Endpoints:
    """A claimed interface as a line."""

    piece = _PIECE

    def __init__(self, device: Any) -> None:
        import usb.util  # type: ignore[import-untyped]

        self._device = device
        interface = _interface_of(device)
        self._number = interface.bInterfaceNumber
        with suppress(NotImplementedError):
            if device.is_kernel_driver_active(self._number):
                device.detach_kernel_driver(self._number)
        try:
            usb.util.claim_interface(device, self._number)
        except OSError:
            usb.util.dispose_resources(device)
            raise
        ends = {end.bEndpointAddress & _IN: end for end in interface if end.bmAttributes & 3 == _BULK}
        self._out, self._in = ends[0], ends.get(_IN)
        self.hears = self._in is not None
        self._said = b""

    def wait(self, writing: bool) -> tuple[bool, bool]:
        """USB has no line that can be waited for: what is said is fetched, a glance at a time while there is something to write."""
        if self._in is not None and not self._said:
            self._said = self._fetch(_GLANCE_MS if writing else _TICK_MS)
        return bool(self._said), writing

    def read(self) -> bytes | None:
        said, self._said = self._said, b""
        return said

    def write(self, piece: memoryview) -> int:
        from usb.core import USBTimeoutError  # type: ignore[import-untyped]

        try:
            return int(self._out.write(bytes(piece), _TICK_MS))
        except USBTimeoutError:
            return 0

    def held(self) -> int:
        """What was taken is at the device."""
        return 0

    def end(self) -> None:
        """A bulk endpoint has no end of its own."""

    def check(self) -> None:
        """It tells what is wrong when it is used."""

    def drop(self) -> None:
        """Nothing is on this side."""

    def close(self) -> None:
        import usb.util

        # unplugged in between: there is nothing to give back
        with suppress(OSError):
            usb.util.release_interface(self._device, self._number)
        with suppress(OSError, NotImplementedError):
            self._device.attach_kernel_driver(self._number)
        usb.util.dispose_resources(self._device)

    def _fetch(self, timeout_ms: int) -> bytes:
        from usb.core import USBTimeoutError

        if self._in is None:
            return b""
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, timeout_ms))
        except USBTimeoutError:
            return b""


def _devices(backend: Any) -> Iterator[Any]:
    """Devices with a printer's interface. Raises OSError where there is no libusb."""
    from usb.core import NoBackendError, find

    try:
        yield from find(find_all=True, backend=backend, custom_match=lambda device: _interface_of(device) is not None)
    except NoBackendError as error:
        raise OSError(errno.ENODEV, "no libusb") from error


def _interface_of(device: Any) -> Any:
    """Its first printer's interface that can be written to, or None."""
    # of some devices this user may not even read what they are
    with suppress(OSError):
        for configuration in device:
            for interface in configuration:
                ends = [end.bEndpointAddress & _IN for end in interface if end.bmAttributes & 3 == _BULK]
                if interface.bInterfaceClass == PRINTER_CLASS and 0 in ends:
                    return interface
    return None


def _is_called(device: Any, name: UsbName) -> bool:
    if (device.idVendor, device.idProduct) != (name.vendor, name.product):
        return False
    return not name.serial or _text(device, "serial_number") == name.serial


def _name_of(device: Any) -> UsbName:
    return UsbName(device.idVendor, device.idProduct, _text(device, "serial_number"))


def _model_of(device: Any) -> str:
    words = [_text(device, "manufacturer"), _text(device, "product")]
    return " ".join(word for word in words if word)


def _text(device: Any, field: str) -> str:
    """A device's own words; nothing where this user may not read them, or where they hold blanks and signs that no name has."""
    # without a language of its own pyusb raises ValueError
    with suppress(OSError, ValueError, NotImplementedError):
        text = getattr(device, field) or ""
        return "".join(sign for sign in str(text).strip() if sign.isprintable())[:80]
    return ""


def _seen(error: OSError) -> Seen:
    return Seen.NOT_FOUND if why_of(error) in (Why.MISSING, Why.UNPLUGGED) else Seen.NOT_CONNECTED
