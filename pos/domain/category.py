"""The shop's categories and the colour of their tiles. Owns names of colours; what a colour looks like is the theme's.

Source: the colour table of the tile grounds (kuning for mi, cokelat for kopi and teh, ...). A shop's own list may name its
categories as it likes ("Makanan dan Minuman", "Permen & Cokelat"): words in the name decide then.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

OTHER: Final = "Lain-lain"
"""Where goods go that nobody has sorted."""


class TileColour(StrEnum):
    """The grounds of tiles and monograms; the theme gives each a ground and a text colour that can be read on it."""

    KUNING = "kuning"
    COKELAT = "cokelat"
    TOSKA = "toska"
    JINGGA = "jingga"
    MERAH = "merah"
    HIJAU = "hijau"
    BIRU = "biru"
    UNGU = "ungu"
    ABU = "abu"


CATEGORY_COLOURS: Final[dict[str, TileColour]] = {
    "Mi instan": TileColour.KUNING,
    "Kopi & teh": TileColour.COKELAT,
    "Sembako": TileColour.HIJAU,
    "Minuman": TileColour.BIRU,
    "Susu": TileColour.BIRU,
    "Camilan": TileColour.MERAH,
    "Bumbu": TileColour.JINGGA,
    "Sabun & cuci": TileColour.TOSKA,
    "Rumah tangga": TileColour.KUNING,
    "Rokok": TileColour.ABU,
    "Pulsa & gas": TileColour.UNGU,
    "Obat": TileColour.HIJAU,
    OTHER: TileColour.ABU,
}
"""The product's own categories, in the order in which a shop thinks of them."""

DRAWING_COLOURS: Final[dict[str, TileColour]] = {
    "mi": TileColour.KUNING,
    "lampu": TileColour.KUNING,
    "token": TileColour.KUNING,
    "kopi": TileColour.COKELAT,
    "teh": TileColour.COKELAT,
    "sabun": TileColour.TOSKA,
    "sampo": TileColour.TOSKA,
    "deterjen": TileColour.TOSKA,
    "telur": TileColour.JINGGA,
    "minyak": TileColour.JINGGA,
    "roti": TileColour.JINGGA,
    "kecap": TileColour.JINGGA,
    "bumbu": TileColour.JINGGA,
    "tepung": TileColour.JINGGA,
    "gula": TileColour.MERAH,
    "camilan": TileColour.MERAH,
    "kerupuk": TileColour.MERAH,
    "biskuit": TileColour.MERAH,
    "permen": TileColour.MERAH,
    "es": TileColour.MERAH,
    "beras": TileColour.HIJAU,
    "gas": TileColour.HIJAU,
    "obat": TileColour.HIJAU,
    "air": TileColour.BIRU,
    "susu": TileColour.BIRU,
    "galon": TileColour.BIRU,
    "tisu": TileColour.BIRU,
    "popok": TileColour.BIRU,
    "pulsa": TileColour.UNGU,
    "rokok": TileColour.ABU,
}
"""The ground that each bundled drawing was drawn for."""

_WORDS: Final[tuple[tuple[str, TileColour], ...]] = (
    ("rokok|tembakau|cigar\\w*|tobacco", TileColour.ABU),
    ("mie?|noodles?|token|listrik|lampu|perkakas|elektronik", TileColour.KUNING),
    ("kopi|coffee|teh|tea|cokelat bubuk", TileColour.COKELAT),
    (
        ("sabun|sampo\\w*|shampo\\w*|rambut|deterjen|detergen\\w*|cuci|mandi|pewangi|pembersih|odol|mulut|kosmetik|perawatan|lotion"),
        TileColour.TOSKA,
    ),
    ("bumbu|minyak|saus|kecap|roti|kue|telur|tepung|dapur|margarin", TileColour.JINGGA),
    ("camilan|cemilan|snack|biskuit|permen|cokelat|coklat|es krim|wafer|kerupuk|makanan|jajan\\w*|gula", TileColour.MERAH),
    ("susu|minuman|minum|air|galon|bayi|popok|tisu\\w*|tissue|pembalut|beku", TileColour.BIRU),
    ("sembako|beras|gas|elpiji|lpg|sayur\\w*|buah|obat\\w*|jamu|kesehatan|bedak", TileColour.HIJAU),
    ("pulsa|jasa|paket data|kuota|voucher|digital", TileColour.UNGU),
    ("rumah|tangga|nyamuk|atk|alat|tulis|plastik|mainan", TileColour.KUNING),
)
_PATTERNS: Final = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), colour) for words, colour in _WORDS)
_OWN: Final = {name.casefold(): colour for name, colour in CATEGORY_COLOURS.items()}


@lru_cache(maxsize=512)
def category_colour(category: str) -> TileColour:
    """The tile colour of a category: its own, else by the words in it, else grey."""
    name = " ".join(category.split()).casefold()
    if name in _OWN:
        return _OWN[name]
    return next((colour for pattern, colour in _PATTERNS if pattern.search(name)), TileColour.ABU)


def tile_colour(category: str, drawing: str = "") -> TileColour:
    """The ground of a tile: the drawing's where there is one (telur and beras are both sembako), else the category's."""
    return DRAWING_COLOURS.get(drawing) or category_colour(category)
