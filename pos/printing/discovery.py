"""Finds printers: CUPS queues, printers of Windows, USB devices of the printer class, serial ports, and port 9100 at an address typed in.

Owns the search; sends no printer a byte. A source that is not there (no CUPS, no libusb) has no printers, which is no trouble. What is
found by two ways (the system's own driver and libusb) is told once, by the way that needs least.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from pos.domain.errors import ShopError
from pos.printing.profiles import profile_for
from pos.printing.transports import PORT, open_transport
from pos.services.paper_views import FoundPrinter

_log = logging.getLogger(__name__)

Progress: TypeAlias = Callable[[int, int], bool]
"""Told (sources done, sources); answers False when the search should stop."""
Source: TypeAlias = Callable[[], list[FoundPrinter]]

_CUPS_S: Final = 3.0
_LP_DEVICES: Final = ("/dev/usb", "/dev")
_PLAIN_PORTS: Final = ("ttyS",)
"""Ports that every machine has, mostly with nothing on them: told last."""


def find_printers(progress: Progress, sources: Sequence[Source] | None = None) -> list[FoundPrinter]:
    """Every printer that this machine can tell of, the likeliest first."""
    found: list[FoundPrinter] = []
    wanted = sources if sources is not None else (lp_printers, usb_devices, windows_queues, cups_printers, serial_ports)
    for done, source in enumerate(wanted):
        if not progress(done, len(wanted)):
            break
        try:
            found += source()
        except OSError as error:
            _log.info("no printers from %s: %s", getattr(source, "__name__", "a source"), error)
    progress(len(wanted), len(wanted))
    return _each_once(found)


def find_at(host: str, port: int = PORT) -> FoundPrinter | None:
    """The printer at an address of the network, if somebody answers there.

    Raises:
        ShopError: PRINTER_NOT_FOUND for what is no address.
    """
    address = f"tcp://{host}:{port}"
    return FoundPrinter(address, host) if open_transport(address).reach() is None else None


def lp_printers(folders: Sequence[str] = _LP_DEVICES) -> list[FoundPrinter]:
    """Printers that the system's own USB driver has (`/dev/usb/lp0`), and that this user may write to."""
    from pos.printing.transports.usb_names import model_of_lp

    found = []
    for folder in folders:
        for path in sorted(Path(folder).glob("lp[0-9]*")):
            if path.is_char_device() and os.access(path, os.W_OK):
                model = model_of_lp(str(path))
                found.append(FoundPrinter(f"file:{path}", model or path.name, profile_for(model), model))
    return found


def usb_devices() -> list[FoundPrinter]:
    """Printers that libusb sees."""
    from pos.printing.transports.usb import usb_printers

    return [
        FoundPrinter(f"usb:{printer.name}", printer.model or f"USB {printer.name}", profile_for(f"{printer.model} {printer.name}"))
        for printer in usb_printers()
    ]


def windows_queues() -> list[FoundPrinter]:
    """Printers of Windows, without those that print into files."""
    from pos.printing.transports.winspool import windows_printers

    return [FoundPrinter(f"windows:{name}", name, profile_for(name)) for name in windows_printers() if not _is_paperless(name)]


def cups_printers() -> list[FoundPrinter]:
    """Queues of this machine's CUPS. Raises OSError where there is none."""
    from pos.printing.transports.cups import cups_place, cups_queues

    return [
        FoundPrinter(f"cups:{queue.name}", queue.name, profile_for(f"{queue.name} {queue.model}"), queue.model)
        for queue in cups_queues(cups_place(), _CUPS_S)
        if not _is_paperless(queue.name)
    ]


def serial_ports() -> list[FoundPrinter]:
    """Serial ports, Bluetooth among them: what is on them is not known before something is sent."""
    from serial.tools.list_ports import comports

    ports = sorted(comports(), key=lambda port: (Path(port.device).name.startswith(_PLAIN_PORTS), port.device))
    return [FoundPrinter(f"serial:{port.device}", _called(port.description, port.device), model=port.description or "") for port in ports]


def _called(description: str | None, device: str) -> str:
    known = (description or "").strip()
    return device if known in ("", "n/a", Path(device).name) else f"{known} ({device})"


def _is_paperless(name: str) -> bool:
    words = name.casefold()
    return any(word in words for word in ("pdf", "onenote", "xps", "fax"))


def _each_once(found: list[FoundPrinter]) -> list[FoundPrinter]:
    """One way to each device, the first that was told."""
    seen: dict[str, FoundPrinter] = {}
    for printer in found:
        seen.setdefault(_device(printer.address), printer)
    return list(seen.values())


def _device(address: str) -> str:
    try:
        return open_transport(address).device
    except ShopError:
        return address
