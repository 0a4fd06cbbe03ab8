"""QRIS codes as text: taken apart, judged, put together again. Pure; draws nothing and knows no state of a payment.

EMVCo Merchant-Presented Mode: fields of two digits for the tag, two for the length in characters, then the value; the last one is 63, a
CRC-16 (polynomial 1021, start FFFF) over everything before its own value, `6304` included. National rules: shop.md, QRIS.
Real codes have their fields in any order, amounts with decimals, and card numbers that no check digit fits: none of that is refused.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.qris_request import QRIS_CAP

NATIONAL: Final = ("ID.CO.QRIS.WWW", "ID.OR.GPNQR.WWW")
"""Names of the template that holds the NMID; the second is the older one that still hangs in shops."""
RUPIAH: Final = "360"

_FORMAT, _KIND, _AMOUNT, _COUNTRY, _NAME, _CITY, _CRC = "00", "01", "54", "58", "59", "60", "63"
_STATIC, _DYNAMIC = "11", "12"
_TEMPLATES: Final = tuple(f"{tag:02d}" for tag in range(26, 52))
_NOT_IN_DYNAMIC: Final = frozenset({"54", "55", "56", "57", _CRC})
"""The amount is set anew, and there are no surcharges (tips and fees, 55 to 57)."""
LONGEST: Final = 512
"""Characters of an EMVCo code; a scanner that runs on makes more."""


class QrisVerdict(StrEnum):
    """What can be said of a text that should be a QRIS code."""

    OK = "ok"
    TLV_BAD = "tlv_bad"
    """Its fields do not fit into each other: torn, mistyped, or no QRIS at all."""
    CRC_BAD = "crc_bad"
    """Well formed, but some sign was changed."""


@dataclass(frozen=True, slots=True)
class Qris:
    """A code taken apart: (tag, value) in the order they came, without the checksum."""

    fields: tuple[tuple[str, str], ...]

    def get(self, tag: str) -> str:
        """The first value of a tag; empty when there is none."""
        return next((value for key, value in self.fields if key == tag), "")

    @property
    def is_static(self) -> bool:
        """A sticker: the customer types the amount."""
        return self.get(_KIND) != _DYNAMIC

    @property
    def merchant(self) -> str:
        return self.get(_NAME).strip()

    @property
    def city(self) -> str:
        return self.get(_CITY).strip()

    @property
    def nmid(self) -> str:
        """The national merchant id; empty when the code names none."""
        for tag in (*reversed(_TEMPLATES),):
            inner = dict(_inside(self.get(tag)))
            if inner.get("00", "").upper() in NATIONAL:
                return inner.get("02", "").strip()
        return ""

    @property
    def amount(self) -> Rupiah | None:
        """Whole rupiah that it asks for (`12500`, `39000.00`); None when it asks for none, or for parts of a rupiah."""
        whole, _, rest = self.get(_AMOUNT).partition(".")
        fits = whole.isascii() and whole.isdigit() and len(whole) <= 13 and set(rest) <= {"0"}
        return int(whole) if fits else None


def judge(text: str) -> QrisVerdict:
    """Whether a text is a QRIS code as it was made."""
    fields = _fields(text)
    if fields is None or not _framed(fields):
        return QrisVerdict.TLV_BAD
    return QrisVerdict.OK if checksum(text[:-4]) == text[-4:] else QrisVerdict.CRC_BAD


def parse(text: str) -> Qris:
    """A scanned or pasted code, taken apart; blanks around it go.

    Raises:
        ShopError: QRIS_UNREADABLE with `verdict`.
    """
    text = text.strip()
    verdict = judge(text)
    if verdict is not QrisVerdict.OK:
        raise ShopError(ErrorCode.QRIS_UNREADABLE, verdict=verdict.value)
    return Qris(tuple(_fields(text) or ())[:-1])


def build(fields: Iterable[tuple[str, str]]) -> str:
    """A code out of (tag, value), with its checksum at the end. Raises ValueError for a value that no field can hold."""
    parts = []
    for tag, value in fields:
        if len(tag) != 2 or not tag.isdigit() or not 0 < len(value) <= 99:
            raise ValueError(f"field {tag} cannot be built")
        parts.append(f"{tag}{len(value):02d}{value}")
    text = "".join(parts) + f"{_CRC}04"
    return text + checksum(text)


def to_dynamic(code: Qris, amount: Rupiah) -> str:
    """The same merchant's code for one amount, so that the customer need not type it. It tells nobody that it was paid.

    Raises:
        ShopError: AMOUNT_OUT_OF_RANGE for nothing or less; QRIS_OVER_CAP above the cap of one transaction.
    """
    if amount <= 0:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
    if amount > QRIS_CAP:
        raise ShopError(ErrorCode.QRIS_OVER_CAP, cap=QRIS_CAP)
    kept = [(tag, _DYNAMIC if tag == _KIND else value) for tag, value in code.fields if tag not in _NOT_IN_DYNAMIC]
    if not any(tag == _KIND for tag, _ in kept):
        kept.insert(1, (_KIND, _DYNAMIC))
    place = next((place for place, (tag, _) in enumerate(kept) if tag == _COUNTRY), len(kept))
    return build([*kept[:place], (_AMOUNT, str(amount)), *kept[place:]])


def checksum(text: str) -> str:
    """CRC-16 of a code up to and with `6304`, four upper-case hex digits: `123456789` -> `29B1`."""
    return f"{binascii.crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"


def _fields(text: str) -> list[tuple[str, str]] | None:
    """(tag, value) of a text; None when they do not come out even."""
    if len(text) > LONGEST:
        return None
    found, place = [], 0
    while place < len(text):
        head = text[place : place + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            return None
        size = int(head[2:])
        value = text[place + 4 : place + 4 + size]
        if len(value) != size:
            return None
        found.append((head[:2], value))
        place += 4 + size
    return found


def _framed(fields: list[tuple[str, str]]) -> bool:
    """First the format, last the checksum, each once, and no tag twice."""
    tags = [tag for tag, _ in fields]
    whole = len(tags) > 2 and fields[0] == (_FORMAT, "01") and tags[-1] == _CRC and len(fields[-1][1]) == 4
    return whole and len(set(tags)) == len(tags)


def _inside(value: str) -> list[tuple[str, str]]:
    """Fields of a template; nothing when it is no template."""
    return _fields(value) or []
