"""What a USB printer is called, whichever way leads to it: `usb:0416:5011` or `usb:0416:5011:SERIAL`. Owns those names.

The system's own driver and libusb lead to the same printer: both must take turns at the same name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME = re.compile(r"(?P<vendor>[0-9a-fA-F]{4}):(?P<product>[0-9a-fA-F]{4})(?::(?P<serial>[^\s/\0]{1,80}))?")
_SYSTEM: Final = Path("/sys/class/usbmisc")


@dataclass(frozen=True, slots=True)
class UsbName:
    """A USB device. Without `serial` it is the first of its kind: cheap printers have none, or all the same."""

    vendor: int
    product: int
    serial: str = ""

    def __str__(self) -> str:
        return f"{self.vendor:04x}:{self.product:04x}" + (f":{self.serial}" if self.serial else "")


def usb_name(text: str) -> UsbName | None:
    """`0416:5011` or `0416:5011:SERIAL`; None for what is none."""
    match = _NAME.fullmatch(text)
    return UsbName(int(match["vendor"], 16), int(match["product"], 16), match["serial"] or "") if match else None


def device_of_lp(path: str, system: Path = _SYSTEM) -> str:
    """The USB name of `/dev/usb/lp0`, as the system tells it; empty for what is none."""
    vendor, product, serial = (_told(path, field, system) for field in ("idVendor", "idProduct", "serial"))
    name = usb_name(f"{vendor}:{product}")
    return f"usb {UsbName(name.vendor, name.product, serial)}" if name else ""


def model_of_lp(path: str, system: Path = _SYSTEM) -> str:
    """What the printer at `/dev/usb/lp0` calls itself, as the system tells it; may be empty."""
    words = (_told(path, field, system) for field in ("manufacturer", "product"))
    return " ".join(word for word in words if word)


def _told(path: str, field: str, system: Path) -> str:
    """One of the system's files about a device. The entry of a printer leads to its interface; the device is above."""
    interface = system / Path(path).name / "device"
    file = interface.resolve().parent / field
    return file.read_text("utf-8", "replace").strip() if interface.exists() and file.exists() else ""
