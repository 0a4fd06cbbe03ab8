"""A QRIS text (EMVCo TLV): read strictly, and made into one for an amount. Parses and rebuilds, never replaces text in text. Pure."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import Final

_NATIONAL: Final = "ID.CO.QRIS.WWW"
_TEMPLATES: Final = range(26, 52)
_MERCHANT: Final = "59"
_CRC: Final = "63"
_AMOUNT: Final = "54"
_COUNTRY: Final = "58"
_DATA: Final = "62"
_LEFT_OUT: Final = frozenset({"54", "55", "56", "57", "62", "63"})
"""Of a static text: an amount, tips (no surcharge), additional data of its own, and the checksum."""
DYNAMIC: Final = "12"


@dataclass(frozen=True, slots=True)
class QrisText:
    """The fields of a text in their order, without the checksum. `nmid`: the national merchant id; both may be empty."""

    fields: tuple[tuple[str, str], ...]
    nmid: str
    merchant: str

    @classmethod
    def of(cls, text: str) -> QrisText | None:
        """A text that is whole: well-formed, beginning with 00=01, with the right checksum at its end. None is not."""
        fields = _fields(text)
        if not fields or fields[0] != ("00", "01") or fields[-1][0] != _CRC:
            return None
        if checksum(text[: -len(fields[-1][1])]) != fields[-1][1].upper():
            return None
        merchant = next((value for tag, value in fields if tag == _MERCHANT), "")
        return cls(tuple(fields[:-1]), _nmid(fields), merchant)

    def for_amount(self, amount: int, bill: str) -> str:
        """A dynamic text: `amount` rupiah, and `bill` (up to 25 characters) by which the acquirer knows it again."""
        told: list[tuple[str, str]] = []
        for tag, value in self.fields:
            if tag in _LEFT_OUT:
                continue
            if tag == _COUNTRY:
                told.append((_AMOUNT, str(amount)))
            told.append((tag, DYNAMIC if tag == "01" else value))
        if not any(tag == "01" for tag, _ in told):
            told.insert(1, ("01", DYNAMIC))
        if not any(tag == _AMOUNT for tag, _ in told):
            told.append((_AMOUNT, str(amount)))
        told.append((_DATA, _tlv([("01", bill)])))
        body = _tlv(told) + _CRC + "04"
        return body + checksum(body)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (poly 1021, init FFFF) in upper-case hex."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _tlv(fields: list[tuple[str, str]]) -> str:
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in fields)


def _fields(text: str) -> list[tuple[str, str]] | None:
    """Tag and value of each field, None where the text is no TLV."""
    found = []
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isascii() and tag.isdecimal() and length.isascii() and length.isdecimal() and len(length) == 2):
            return None
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            return None
        found.append((tag, value))
        at += 4 + len(value)
    return found


def _nmid(fields: list[tuple[str, str]]) -> str:
    """From the national template: 51 as a rule, but some carry it under another of 26 to 51."""
    for tag, value in fields:
        if int(tag) in _TEMPLATES:
            inner = dict(_fields(value) or ())
            if inner.get("00", "").upper() == _NATIONAL:
                return inner.get("02", "")
    return ""
