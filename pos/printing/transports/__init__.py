"""Ways from frozen bytes to a printer. Owns the addresses that people set:

`tcp://host:9100`, `serial:/dev/rfcomm0@9600`, `serial:COM5`, `usb:0416:5011`, `cups:queue`, `cups:queue@host:631`, `windows:name`,
`file:/dev/usb/lp0`, `screen:`. A transport's library is imported when its first job comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.printing.transports.file import FileTransport
from pos.printing.transports.handing import HandedOver, Status, Transport, deadline_of
from pos.printing.transports.network import NetworkTransport
from pos.printing.transports.screen import ScreenTransport

PORT: Final = 9100

_NETWORK = re.compile(r"tcp://(?P<host>[^\s:/]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?/?")
_SERIAL = re.compile(r"(?P<port>/[^\s@\0]+|COM\d{1,3})(?:@(?P<baud>\d{3,7}))?", re.IGNORECASE)


def open_transport(address: str, screen: ScreenTransport | None = None) -> Transport:
    """The transport of an address.

    Args:
        screen: takes what goes to `screen:`; a new one by default.

    Raises:
        ShopError: PRINTER_NOT_FOUND for what is no address.
    """
    if address == "screen:":
        return screen or ScreenTransport()
    scheme, _, rest = address.partition(":")
    make = _MAKERS.get(scheme)
    # no name and no path holds a NUL: the system would not even be asked
    transport = make(rest) if make is not None and rest and "\0" not in rest else None
    if transport is None:
        raise ShopError(ErrorCode.PRINTER_NOT_FOUND, address=address[:60])
    return transport


def _network(rest: str) -> Transport | None:
    match = _NETWORK.fullmatch(f"tcp:{rest}")
    if match and 0 < int(match["port"] or PORT) < 65_536 and _can_be_looked_up(match["host"]):
        return NetworkTransport(match["host"].strip("[]"), int(match["port"] or PORT))
    return None


def _serial(rest: str) -> Transport | None:
    from pos.printing.transports.serial import BAUD, SerialTransport

    match = _SERIAL.fullmatch(rest)
    return SerialTransport(match["port"], int(match["baud"] or BAUD)) if match else None


def _usb(rest: str) -> Transport | None:
    from pos.printing.transports.usb import UsbTransport
    from pos.printing.transports.usb_names import usb_name

    name = usb_name(rest)
    return UsbTransport(name) if name else None


def _cups(rest: str) -> Transport | None:
    from pos.printing.transports.cups import CupsTransport, cups_address

    found = cups_address(rest)
    return CupsTransport(*found) if found else None


def _windows(rest: str) -> Transport | None:
    from pos.printing.transports.winspool import WindowsTransport

    return WindowsTransport(rest) if rest.strip() and len(rest) <= 220 else None


def _file(rest: str) -> Transport | None:
    return FileTransport(Path(rest))


_MAKERS: Final[dict[str, Callable[[str], Transport | None]]] = {
    "tcp": _network,
    "serial": _serial,
    "usb": _usb,
    "cups": _cups,
    "windows": _windows,
    "file": _file,
}


def _can_be_looked_up(host: str) -> bool:
    """Labels of a name are 1-63 letters: the system's look-up raises for others."""
    return host.startswith("[") or (host.isascii() and all(0 < len(label) < 64 for label in host.split(".")))


__all__ = [
    "PORT",
    "FileTransport",
    "HandedOver",
    "NetworkTransport",
    "ScreenTransport",
    "Status",
    "Transport",
    "deadline_of",
    "open_transport",
]
