"""A stand-in for libusb with one printer on it, under the real pyusb: descriptors, claims, bulk transfers and their failures."""

from __future__ import annotations

import errno
import re
import time
from types import SimpleNamespace
from typing import Any, Final

from usb.backend import IBackend  # type: ignore[import-untyped]
from usb.core import USBError, USBTimeoutError  # type: ignore[import-untyped]

from tests.helpers.printer_9100 import ASB_FINE, ASB_PAPER_OUT, Fault

VENDOR, PRODUCT = 0x0416, 0x5011
_ASK: Final = re.compile(rb"\x1d\(H\x06\x00\x30\x30(.{4})\Z", re.DOTALL)
_OUT, _IN = 0x01, 0x82
_BULK: Final = 2
_PACKET: Final = 64


class UsbPrinter(IBackend):  # type: ignore[misc]
    """`usb.backend.IBackend` of a machine with one USB printer.

    Attributes:
        paper: what it has read.
        claims: how often it was claimed; `released` how often given back.
        trouble: errno with which a claim is refused; 0 for none.
        plugged: it hangs on the cable.
    """

    def __init__(self, fault: Fault = Fault.NONE, after: int = 0, printer_class: int = 7) -> None:
        self.fault, self.after, self._class = fault, after, printer_class
        self.paper = bytearray()
        self.said_printed = False
        self.claims = self.released = 0
        self.trouble = 0
        self.plugged = True
        self.kernel_driver = True
        self._says = bytearray(ASB_PAPER_OUT if fault is Fault.PAPER_OUT else b"")

    def go_on(self) -> None:
        """Paper comes out now (Fault.LATE)."""
        self.fault = Fault.FENCE
        self._answer()

    # --- what there is ------------------------------------------------------------------------------------------

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0, bMaxPacketSize0=64,
            idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0, iSerialNumber=0, bNumConfigurations=1,
            address=5, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0, bmAttributes=0x80,
            bMaxPower=50, extra_descriptors=(),
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=self._class,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=(),
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        if ep > 1:
            raise IndexError(ep)
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[ep], bmAttributes=_BULK, wMaxPacketSize=_PACKET, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=(),
        )  # fmt: skip

    # --- having it ----------------------------------------------------------------------------------------------

    def open_device(self, dev: Any) -> Any:
        return SimpleNamespace(dev=dev)

    def close_device(self, dev_handle: Any) -> None:
        return None

    def get_configuration(self, dev_handle: Any) -> int:
        return 1

    def set_configuration(self, dev_handle: Any, config_value: int) -> None:
        return None

    def is_kernel_driver_active(self, dev_handle: Any, intf: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.kernel_driver = False

    def attach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.kernel_driver = True

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        if self.trouble:
            raise USBError("refused", None, self.trouble)
        self.claims += 1

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        self.released += 1

    # --- talking ------------------------------------------------------------------------------------------------

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._check()
        room = self.after - len(self.paper) if self.fault in (Fault.HANG, Fault.RESET) else len(data)
        if self.fault is Fault.SLOW:
            room = _PACKET
            time.sleep(0.002)
        if room <= 0:
            if self.fault is Fault.RESET:
                self.plugged = False
                self._check()
            time.sleep(timeout / 1000)
            raise USBTimeoutError("no room", None, errno.ETIMEDOUT)
        taken = bytes(data)[:room]
        self.paper += taken
        if self.fault is Fault.STATUS:
            self._says += ASB_FINE
        self._answer()
        return len(taken)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._check()
        if not self._says:
            time.sleep(timeout / 1000)
            raise USBTimeoutError("nothing said", None, errno.ETIMEDOUT)
        piece = bytes(self._says[: len(buff)])
        del self._says[: len(buff)]
        for place, byte in enumerate(piece):
            buff[place] = byte
        return len(piece)

    def _check(self) -> None:
        if not self.plugged:
            raise USBError("gone", None, errno.ENODEV)

    def _answer(self) -> None:
        asked = _ASK.search(self.paper)
        if asked and self.fault is Fault.FENCE and not self.said_printed:
            self.said_printed = True
            self._says += b"\x37\x22" + asked.group(1) + b"\x00"
