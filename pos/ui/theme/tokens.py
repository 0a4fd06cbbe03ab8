"""Every colour and size of the till by name: two themes, tile grounds, banknotes, type. Pure data; knows no Qt.

The names are those of the market (rice paper, banana leaf, turmeric, brick, indigo, aubergine). `PAIRS` is what must be readable on
what, and how well; the ratios are computed by the formula of WCAG 2 and held by a test, money at 7 and all other text at 4.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from pos.domain.category import TileColour
from pos.domain.money import Rupiah


class Token(StrEnum):
    """A colour by what it is for."""

    ALAS = "alas"
    """Window ground."""
    KERTAS = "kertas"
    """Card, row, field."""
    CEKUNG = "cekung"
    """Inset inside a card."""
    TEKAN = "tekan"
    """Quiet button, track of a bar."""
    GARIS = "garis"
    """Hairline between rows, edge of a card: decoration, nothing may depend on seeing it."""
    GARIS_KUAT = "garis_kuat"
    """Edge of what can be pressed."""
    TINTA = "tinta"
    """Text, amounts."""
    TINTA2 = "tinta2"
    """Second line, labels; amounts on KERTAS only."""
    TINTA3 = "tinta3"
    """Placeholder, "2 baris lagi"."""
    DAUN = "daun"
    """Primary action, chosen chip, good."""
    DI_DAUN = "di_daun"
    DAUN_MUDA = "daun_muda"
    """Selected row, good pill."""
    DAUN_TEKS = "daun_teks"
    DAUN_TUA = "daun_tua"
    """The counter: TOTAL, KEMBALI, toast."""
    DI_TUA = "di_tua"
    DI_TUA2 = "di_tua2"
    TUA_BTN = "tua_btn"
    """Button on the counter."""
    KUNYIT = "kunyit"
    """The one next step. A fill, or large text on DAUN_TUA; never text on ALAS or KERTAS."""
    DI_KUNYIT = "di_kunyit"
    KUNYIT_MUDA = "kunyit_muda"
    """Waiting pill, wholesale hint."""
    KUNYIT_TEKS = "kunyit_teks"
    BATA = "bata"
    """Late, empty, refused."""
    DI_BATA = "di_bata"
    BATA_MUDA = "bata_muda"
    """Fault pill."""
    BATA_TEKS = "bata_teks"
    NILA = "nila"
    """In progress, QRIS."""
    DI_NILA = "di_nila"
    NILA_MUDA = "nila_muda"
    """Information."""
    NILA_TEKS = "nila_teks"
    TERONG = "terong"
    """Customer, bon."""
    DI_TERONG = "di_terong"
    TERONG_MUDA = "terong_muda"
    TERONG_TEKS = "terong_teks"
    REL = "rel"
    """The rail."""
    REL_TEKS = "rel_teks"
    FOKUS = "fokus"
    """Focus ring."""
    LENCANA = "lencana"
    """Count badge, with a white figure."""
    AWN1 = "awn1"
    """Awning stripe."""
    AWN2 = "awn2"
    PUTIH = "putih"
    """White in both themes: the figure of a badge and of a banknote."""


_COLOURS: Final[dict[Token, tuple[str, str]]] = {
    Token.ALAS: ("#F3EFE6", "#111613"),
    Token.KERTAS: ("#FFFFFF", "#1B221E"),
    Token.CEKUNG: ("#F8F5EE", "#161C19"),
    Token.TEKAN: ("#EDE7DA", "#29322D"),
    Token.GARIS: ("#DED6C6", "#343E38"),
    Token.GARIS_KUAT: ("#857C6B", "#7C8A82"),
    Token.TINTA: ("#1A1F1B", "#F4F1E8"),
    Token.TINTA2: ("#4A524C", "#C6CCC6"),
    Token.TINTA3: ("#5E665F", "#A3ACA5"),
    Token.DAUN: ("#0B6B4A", "#4FCB94"),
    Token.DI_DAUN: ("#FFFFFF", "#04231A"),
    Token.DAUN_MUDA: ("#DCEFE4", "#17382A"),
    Token.DAUN_TEKS: ("#07543A", "#86E2B6"),
    Token.DAUN_TUA: ("#084833", "#0B3B2B"),
    Token.DI_TUA: ("#FFFFFF", "#FFFFFF"),
    Token.DI_TUA2: ("#CDE7DA", "#BFE0D0"),
    Token.TUA_BTN: ("#12614A", "#165241"),
    Token.KUNYIT: ("#FFC83D", "#FFC83D"),
    Token.DI_KUNYIT: ("#2A1C00", "#2A1C00"),
    Token.KUNYIT_MUDA: ("#FFF0C7", "#3A2F10"),
    Token.KUNYIT_TEKS: ("#6E4300", "#FFD772"),
    Token.BATA: ("#B3261E", "#FF8E7F"),
    Token.DI_BATA: ("#FFFFFF", "#330805"),
    Token.BATA_MUDA: ("#FBE2DE", "#44211D"),
    Token.BATA_TEKS: ("#8C1C14", "#FFB7AC"),
    Token.NILA: ("#1F4E9E", "#8CB6FA"),
    Token.DI_NILA: ("#FFFFFF", "#071C3D"),
    Token.NILA_MUDA: ("#E0EAF8", "#1D2E4A"),
    Token.NILA_TEKS: ("#163D7D", "#B0CDFC"),
    Token.TERONG: ("#6B2D8F", "#D3A4EE"),
    Token.DI_TERONG: ("#FFFFFF", "#260A36"),
    Token.TERONG_MUDA: ("#F0E4F6", "#372343"),
    Token.TERONG_TEKS: ("#57217A", "#E0BEF3"),
    Token.REL: ("#084833", "#0A1F17"),
    Token.REL_TEKS: ("#D5EBDF", "#B9D3C6"),
    Token.FOKUS: ("#1F4E9E", "#8CB6FA"),
    Token.LENCANA: ("#B3261E", "#C4372B"),
    Token.AWN1: ("#0B6B4A", "#0F5A40"),
    Token.AWN2: ("#FFFFFF", "#D9D3C4"),
    Token.PUTIH: ("#FFFFFF", "#FFFFFF"),
}

LIGHT: Final[Mapping[Token, str]] = {token: light for token, (light, _) in _COLOURS.items()}
DARK: Final[Mapping[Token, str]] = {token: dark for token, (_, dark) in _COLOURS.items()}
THEMES: Final[Mapping[str, Mapping[Token, str]]] = {"light": LIGHT, "dark": DARK}


class TileInk(NamedTuple):
    """Ground of a tile and the text that can be read on it."""

    ground: str
    text: str


TILE_COLOURS: Final[Mapping[str, Mapping[TileColour, TileInk]]] = {
    "light": {
        TileColour.KUNING: TileInk("#FFE9AE", "#6B4B00"),
        TileColour.COKELAT: TileInk("#EFDCCB", "#6B3A17"),
        TileColour.TOSKA: TileInk("#CFEDE8", "#0B5A52"),
        TileColour.JINGGA: TileInk("#FFDFBF", "#7F3F00"),
        TileColour.MERAH: TileInk("#FBD9DE", "#8F1D3A"),
        TileColour.HIJAU: TileInk("#D8EDD0", "#1F5B1C"),
        TileColour.BIRU: TileInk("#D2E8F7", "#124F82"),
        TileColour.UNGU: TileInk("#E4DCF7", "#4A2E9C"),
        TileColour.ABU: TileInk("#E4E2DA", "#434741"),
    },
    "dark": {
        TileColour.KUNING: TileInk("#453A18", "#FFDB7A"),
        TileColour.COKELAT: TileInk("#40312A", "#E9BF9E"),
        TileColour.TOSKA: TileInk("#1C3E3B", "#7FDCCF"),
        TileColour.JINGGA: TileInk("#47341F", "#FFC38A"),
        TileColour.MERAH: TileInk("#47282D", "#FFB0BF"),
        TileColour.HIJAU: TileInk("#24402A", "#A6DE9A"),
        TileColour.BIRU: TileInk("#1E394B", "#9FD2F5"),
        TileColour.UNGU: TileInk("#342C50", "#C9B8FF"),
        TileColour.ABU: TileInk("#33373A", "#D2D6D0"),
    },
}


class Note(NamedTuple):
    """A banknote: its fill, and its inner line and arcs. The figure on it is white."""

    fill: str
    line: str


NOTES: Final[Mapping[Rupiah, Note]] = {
    100_000: Note("#A8243A", "#E9929C"),
    50_000: Note("#24529A", "#93B5E6"),
    20_000: Note("#1A6139", "#97CFAE"),
    10_000: Note("#64398F", "#BFA3DD"),
    5_000: Note("#7A481A", "#D8B18A"),
    2_000: Note("#53585E", "#B5B9BE"),
    1_000: Note("#535B0D", "#C7CF86"),
}
"""The same in both themes: they must look like the notes in the drawer."""


class Pair(NamedTuple):
    """`text` must be readable on `ground` at least at this ratio, in both themes."""

    text: Token
    ground: Token
    least: float


_READ: Final = 4.5
_MONEY: Final = 7.0
_SEEN: Final = 3.0

PAIRS: Final[tuple[Pair, ...]] = (
    Pair(Token.TINTA, Token.ALAS, _READ),
    Pair(Token.TINTA, Token.KERTAS, _MONEY),
    Pair(Token.TINTA, Token.CEKUNG, _MONEY),
    Pair(Token.TINTA, Token.TEKAN, _MONEY),
    Pair(Token.TINTA, Token.DAUN_MUDA, _MONEY),
    Pair(Token.TINTA2, Token.ALAS, _READ),
    Pair(Token.TINTA2, Token.KERTAS, _MONEY),
    Pair(Token.TINTA2, Token.CEKUNG, _READ),
    Pair(Token.TINTA2, Token.TEKAN, _READ),
    Pair(Token.TINTA2, Token.DAUN_MUDA, _READ),
    Pair(Token.TINTA3, Token.KERTAS, _READ),
    Pair(Token.TINTA3, Token.ALAS, _READ),
    Pair(Token.DI_DAUN, Token.DAUN, _READ),
    Pair(Token.DAUN_TEKS, Token.DAUN_MUDA, _READ),
    Pair(Token.DAUN_TEKS, Token.KERTAS, _MONEY),
    Pair(Token.DI_TUA, Token.DAUN_TUA, _MONEY),
    Pair(Token.DI_TUA2, Token.DAUN_TUA, _MONEY),
    Pair(Token.DI_TUA, Token.TUA_BTN, _MONEY),
    Pair(Token.DI_TUA2, Token.TUA_BTN, _READ),
    Pair(Token.KUNYIT, Token.DAUN_TUA, _READ),
    Pair(Token.DI_KUNYIT, Token.KUNYIT, _MONEY),
    Pair(Token.KUNYIT_TEKS, Token.KUNYIT_MUDA, _READ),
    Pair(Token.KUNYIT_TEKS, Token.KERTAS, _READ),
    Pair(Token.DI_BATA, Token.BATA, _READ),
    Pair(Token.BATA_TEKS, Token.BATA_MUDA, _READ),
    Pair(Token.BATA_TEKS, Token.KERTAS, _READ),
    Pair(Token.PUTIH, Token.LENCANA, _READ),
    Pair(Token.DI_NILA, Token.NILA, _READ),
    Pair(Token.NILA_TEKS, Token.NILA_MUDA, _READ),
    Pair(Token.DI_TERONG, Token.TERONG, _READ),
    Pair(Token.TERONG_TEKS, Token.TERONG_MUDA, _READ),
    Pair(Token.REL_TEKS, Token.REL, _READ),
    Pair(Token.GARIS_KUAT, Token.KERTAS, _SEEN),
    Pair(Token.GARIS_KUAT, Token.ALAS, _SEEN),
    Pair(Token.FOKUS, Token.KERTAS, _SEEN),
    Pair(Token.FOKUS, Token.ALAS, _SEEN),
)


class Role(StrEnum):
    """A size of type by what it is for."""

    UANG_BESAR = "uang_besar"
    """TOTAL: falls to 64 px, never below."""
    UANG_KEMBALI = "uang_kembali"
    """KEMBALI: as large as its block allows, never below 64 px."""
    UANG_MASUK = "uang_masuk"
    """Uang diterima."""
    ANGKA = "angka"
    """Report figures, totals on cards."""
    AKSI = "aksi"
    """BAYAR, SELESAI."""
    JUDUL = "judul"
    """Titles of dialogues and panels."""
    SUB = "sub"
    """Section heads, amounts in a row, the price of a tile."""
    BACA = "baca"
    """Everything else that is read: 19 px is 14 pt."""
    TANDA = "tanda"
    """Key caps, count badges, axis ticks: marks only, each said elsewhere too."""


class Type(NamedTuple):
    """Pixels at 100 %, and a weight of 400 to 800."""

    px: int
    weight: int


TYPES: Final[Mapping[Role, Type]] = {
    Role.UANG_BESAR: Type(84, 800),
    Role.UANG_KEMBALI: Type(104, 800),
    Role.UANG_MASUK: Type(60, 800),
    Role.ANGKA: Type(38, 800),
    Role.AKSI: Type(34, 800),
    Role.JUDUL: Type(24, 700),
    Role.SUB: Type(21, 700),
    Role.BACA: Type(19, 500),
    Role.TANDA: Type(16, 700),
}
DISPLAY_FROM: Final = 28
"""Pixels from which the display cut of the typeface is used, set 1.8 % tighter."""
TIGHTER: Final = 0.018
GIANT_LEAST: Final = 64
"""Pixels: money that is said aloud is read from a metre away."""


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2, relative luminance)."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
