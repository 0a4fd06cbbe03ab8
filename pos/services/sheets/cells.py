"""Cells as exact text, and what a cell means: an amount, a count, a code, a unit. Pure; never guesses between two meanings."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Sequence
from typing import Final

from pos.domain.barcode import MAX_CODE, CodeVerdict, judge
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, parse_rupiah
from pos.domain.quantity import MAX_QUANTITY, BaseUnit

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CENTS: Final = (
    # amounts with cents of nothing, as databases and accounts write them; whoever writes two decimals means a decimal mark
    re.compile(r"(-?\d{3,})[.,]00?"),
    re.compile(r"(-?\d{1,3}(?:\.\d{3})+),00?"),
    re.compile(r"(-?\d{1,3}(?:,\d{3})+)\.00?"),
)
_RP: Final = re.compile(r"(?:rp|idr)\.?\s*", re.IGNORECASE)
_SPREADSHEET_ZERO: Final = re.compile(r"(\d{4,})\.0+")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_JOINED_CODES: Final = re.compile(r"[;,/|\n]+")
_ZERO_DECIMALS: Final = re.compile(r"(?<=\d)[.,]00?$")
_COUNT: Final = re.compile(r"-?(?:\d{1,9}|\d{1,3}(?:\.\d{3})+)")
_WEIGHT: Final = re.compile(r"(-?)(\d{1,9})(?:,(\d{1,3}))?")
MARK: Final = "'"
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with, or a spreadsheet runs it."""
_TOTALS: Final = frozenset({"total", "grand total", "subtotal", "sub total", "jumlah", "jumlah total", "total stok", "total barang"})
_EMPTY: Final = frozenset({"", "-", "--", "n/a", "null", "none", "nan", "#n/a", "tidak ada"})


def exact_text(value: object) -> str:
    """A workbook's value as the text that was meant: 8998866200325.0 -> `8998866200325`, 2500.5 -> `2500,5` (a comma, so that a
    fraction is never read as thousands), a moment in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _number_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    whole = round(value)
    if abs(value - whole) < 1e-6:
        return str(whole)
    return f"{value:.6f}".rstrip("0").replace(".", ",")


def clean(cell: str) -> str:
    """Text without what cannot be seen: controls and double spaces. A cell that is marked as text is what stands behind its mark."""
    text = " ".join((cell if cell.isprintable() else _UNSEEN.sub("", cell)).split())
    return cell.lstrip()[1:].replace("\0", "") if text[:1] == MARK and len(text) > 1 else text


def is_marked(cell: str) -> bool:
    """Whether a cell begins with the apostrophe by which a spreadsheet says: text, exactly as it stands."""
    return len(cell) > 1 and cell.lstrip()[:1] == MARK


def as_cell(text: str, read: Callable[[str], str] = clean) -> str:
    """The cell that `read` takes for just this text: marked where it would read something else, or a spreadsheet would calculate it."""
    if not text:
        return ""
    return f"{MARK}{text}" if text.startswith(FORMULA_SIGNS) or read(text) != text else text


def is_empty(text: str) -> bool:
    """Whether a cleaned cell says nothing (`-`, `null` and the like too)."""
    return text.casefold() in _EMPTY


def word(cell: str) -> str:
    """The cleaned cell; nothing where it says nothing and is not marked as text."""
    text = clean(cell)
    return "" if is_empty(text) and not is_marked(cell) else text


def category_word(cell: str) -> str:
    """A category as the shop writes it; `SABUN` and `sabun` are the same shelf."""
    text = word(cell)
    if not text or is_marked(cell):
        return text
    return text.capitalize() if text.islower() or (text.isupper() and len(text) > 4) else text[0].upper() + text[1:]


def size_word(cell: str) -> str:
    """What the pack says; a bare number is how many are in a carton, and no size."""
    text = word(cell)
    return text if any(letter.isalpha() for letter in text) or is_marked(cell) else ""


def is_total(text: str) -> bool:
    """Whether a cleaned cell is the word before a sum at the foot of a list."""
    return text.casefold().rstrip(" :") in _TOTALS


def parse_amount(text: str) -> Rupiah:
    """Rupiah of a cleaned cell: what `parse_rupiah` takes, and `12.500,-`, `12.500,00`, `12500.00`.

    Raises:
        ShopError: UNCLEAR_AMOUNT (`12,500`, `2500,5`, words), AMOUNT_OUT_OF_RANGE.
    """
    if not text.isascii():
        raise ShopError(ErrorCode.UNCLEAR_AMOUNT, typed=text[:40])
    if len(text) <= 12 and text.isdigit():
        return parse_rupiah(text)
    bare = _RP.sub("", text, count=1).replace(" ", "").removesuffix(",-").removesuffix(".-")
    for pattern in _CENTS:
        if match := pattern.fullmatch(bare):
            return parse_rupiah(match.group(1).replace(",", "."))
    if text[:1] == "-" and bare[:1] != "-":
        bare = f"-{bare}"
    return parse_rupiah(bare)


def parse_stock(text: str, factor: int) -> int:
    """Base units of a cleaned cell that counts units of `factor`: (`24`, 1) -> 24, (`18,5`, 1000) -> 18500. May be negative.

    Raises:
        ShopError: UNCLEAR_QUANTITY; `1.500` of a weight is unclear, it may be 1500 or one and a half.
    """
    bare = _ZERO_DECIMALS.sub("", text.replace(" ", ""))
    if factor == 1 and _COUNT.fullmatch(bare):
        count = int(bare.replace(".", ""))
    elif factor > 1 and (weight := _WEIGHT.fullmatch(bare)):
        count = _weighed(weight, factor)
    else:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=text[:40])
    if abs(count) > MAX_QUANTITY:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=text[:40])
    return count


def _weighed(weight: re.Match[str], factor: int) -> int:
    decimals = weight.group(3) or ""
    scale: int = 10 ** len(decimals)
    count, rest = divmod(int(weight.group(2) + decimals) * factor, scale)
    if rest:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=weight.group()[:40])
    return -count if weight.group(1) else count


def codes_of(text: str) -> tuple[str, ...]:
    """The codes in a cleaned cell, restored: spaces out of digits, `.0` off, the zeros that a spreadsheet ate from a UPC-A put back.

    Several are told apart only when each looks like a barcode.
    """
    parts = [part.strip() for part in _JOINED_CODES.split(text) if part.strip()]
    if len(parts) > 1 and all(_is_barcode_like(_bare_code(part)) for part in parts):
        return tuple(dict.fromkeys(_restored(_bare_code(part)) for part in parts))
    return (_restored(_bare_code(text)),) if text else ()


def codes_in(cell: str) -> tuple[str, ...]:
    """The codes in a cell as it was read, one or more a line. A marked line is one code, just as it stands."""
    found: list[str] = []
    for line in cell.splitlines():
        text = clean(line)
        if is_marked(line):
            several = codes_of(text)
            found.extend(several if len(several) > 1 else (text[:MAX_CODE],))
        elif not is_empty(text):
            found.extend(codes_of(text))
    return tuple(dict.fromkeys(found))


def code_cell(codes: Sequence[str]) -> str:
    """Codes as the cell that `codes_in` reads."""
    return "\n".join(as_cell(code, lambda text: "".join(codes_of(clean(text)))) for code in codes)


def is_lost_code(text: str) -> bool:
    """Whether a spreadsheet has turned a barcode into `8,99887E+12`: its last digits are gone for good."""
    return _SCIENTIFIC.fullmatch(text) is not None


def _bare_code(text: str) -> str:
    joined = text.replace(" ", "").replace("-", "")
    if match := _SPREADSHEET_ZERO.fullmatch(joined):
        return match.group(1)
    return joined if _is_barcode_like(joined) else text[:MAX_CODE]


def _is_barcode_like(text: str) -> bool:
    return text.isascii() and text.isdigit() and 8 <= len(text) <= 14


def _restored(code: str) -> str:
    if code.isascii() and code.isdigit() and 9 <= len(code) <= 11:
        whole = code.zfill(12)
        if judge(whole) is CodeVerdict.GOOD:
            return whole
    return code


_UNITS: Final[dict[str, tuple[str, BaseUnit, int]]] = {
    "kg": ("kg", BaseUnit.GRAM, 1000),
    "kilo": ("kg", BaseUnit.GRAM, 1000),
    "kilogram": ("kg", BaseUnit.GRAM, 1000),
    "ons": ("ons", BaseUnit.GRAM, 100),
    "g": ("gram", BaseUnit.GRAM, 1),
    "gr": ("gram", BaseUnit.GRAM, 1),
    "gram": ("gram", BaseUnit.GRAM, 1),
    "l": ("liter", BaseUnit.ML, 1000),
    "lt": ("liter", BaseUnit.ML, 1000),
    "ltr": ("liter", BaseUnit.ML, 1000),
    "liter": ("liter", BaseUnit.ML, 1000),
    "litre": ("liter", BaseUnit.ML, 1000),
    "ml": ("ml", BaseUnit.ML, 1),
}
_SHORT_UNITS: Final = {
    "pc": "pcs",
    "piece": "pcs",
    "pieces": "pcs",
    "bks": "bungkus",
    "bgks": "bungkus",
    "bgks.": "bungkus",
    "btl": "botol",
    "rtg": "renteng",
    "renceng": "renteng",
    "rcg": "renteng",
    "sct": "sachet",
    "saset": "sachet",
    "sachset": "sachet",
    "klg": "kaleng",
    "dos": "dus",
    "doos": "dus",
    "karton": "dus",
    "ctn": "dus",
    "lsn": "lusin",
    "ktk": "kotak",
    "tbg": "tabung",
    "bh": "buah",
}


def unit_of(text: str) -> tuple[str, BaseUnit, int]:
    """(name as the shop says it, base unit, base units in one) of a cleaned cell; blank is pcs. Unknown names stay as they are."""
    name = text.casefold().rstrip(".")
    if name in _UNITS:
        return _UNITS[name]
    return (_SHORT_UNITS.get(name, name)[:16] or "pcs", BaseUnit.PCS, 1)
