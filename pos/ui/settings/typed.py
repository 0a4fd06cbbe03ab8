"""What a person types as an address or a code, read into its full form. Pure: the command line reads with it too."""

from __future__ import annotations

import re
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

ON_SCREEN: Final = "screen:"
_PORT: Final = 9100
_OTHERS: Final = ("serial:", "usb:", "cups:", "windows:")
"""Addresses that the search gives, and that nobody types by heart: taken as they are."""
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_PAIRING_CODE: Final = re.compile(r"[0-9A-Z]{8}")


def printer_address(typed: str) -> str:
    """A typed address in its full form: `192.168.1.50` -> `tcp://192.168.1.50:9100`, `/dev/usb/lp0` -> `file:/dev/usb/lp0`, `com5` ->
    `serial:COM5`.

    Raises:
        ShopError: PRINTER_NOT_FOUND for what can be no address.
    """
    text = typed.strip()
    if not text or text == ON_SCREEN:
        return text
    if text.startswith("file:") or text.startswith("/") or re.match(r"[A-Za-z]:\\", text):
        path = text.removeprefix("file:")
        if path:
            return f"file:{path}"
    if text.startswith(_OTHERS) and text.partition(":")[2]:
        return text
    if re.fullmatch(r"(?i)com\d{1,3}", text):
        return f"serial:{text.upper()}"
    host, _, port = text.removeprefix("tcp://").partition(":")
    number = port or str(_PORT)
    if _HOST.fullmatch(host) and number.isascii() and number.isdigit() and 0 < int(number) < 65_536:
        return f"tcp://{host}:{int(number)}"
    raise ShopError(ErrorCode.PRINTER_NOT_FOUND, address=text[:60])


def pairing_code(typed: str) -> str:
    """A one-time code in its full form: ` k7m2 9pxq` -> `K7M2-9PXQ`.

    Raises:
        ShopError: PAIRING_CODE_WRONG for what cannot be one.
    """
    text = re.sub(r"[\s-]", "", typed).upper()
    if not (text.isascii() and _PAIRING_CODE.fullmatch(text)):
        raise ShopError(ErrorCode.PAIRING_CODE_WRONG)
    return f"{text[:4]}-{text[4:]}"
