"""Ways from frozen bytes to a printer. Owns the addresses: `tcp://host:port`, `file:/path`, `screen:`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.printing.transports.file import FileTransport
from pos.printing.transports.handing import HandedOver, Transport, deadline_of
from pos.printing.transports.network import NetworkTransport
from pos.printing.transports.screen import ScreenTransport

PORT: Final = 9100

_NETWORK = re.compile(r"tcp://(?P<host>[^\s:/]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?/?")


def open_transport(address: str, screen: ScreenTransport | None = None) -> Transport:
    """The transport of an address.

    Args:
        screen: takes what goes to `screen:`; a new one by default.

    Raises:
        ShopError: PRINTER_NOT_FOUND for what is no address.
    """
    if address == "screen:":
        return screen or ScreenTransport()
    # no path holds a NUL: the system would not even be asked
    if address.startswith("file:") and len(address) > len("file:") and "\0" not in address:
        return FileTransport(Path(address.removeprefix("file:")))
    match = _NETWORK.fullmatch(address)
    if match and 0 < int(match["port"] or PORT) < 65_536 and _can_be_looked_up(match["host"]):
        return NetworkTransport(match["host"].strip("[]"), int(match["port"] or PORT))
    raise ShopError(ErrorCode.PRINTER_NOT_FOUND, address=address[:60])


def _can_be_looked_up(host: str) -> bool:
    """Labels of a name are 1-63 letters: the system's look-up raises for others."""
    return host.startswith("[") or (host.isascii() and all(0 < len(label) < 64 for label in host.split(".")))


__all__ = ["PORT", "FileTransport", "HandedOver", "NetworkTransport", "ScreenTransport", "Transport", "deadline_of", "open_transport"]
