"""The printer's test page as a document: shows what the printer really has of columns, edges, letters, code page, QR and cutter."""

from __future__ import annotations

from typing import Final

from pos.printing.documents import LARGE, Align, Bar, Cut, Document, Edges, Item, QrBlock, Rule, Ruler, Spacer, Style, Text
from pos.printing.figures import moment
from pos.printing.profiles import Profile
from pos.printing.words import Words
from pos.services.views import ShopIdentity

_GAP: Final = Spacer(10)
_WIDE: Final = Style(width=2, bold=True)
_SIGNS: Final = "#$@[\\]^`{|}~ 0123456789"
"""Signs that another country's letters of the same code would replace."""
_UPPER: Final = "éèëüñçÅß£°½²"


def self_test(shop: ShopIdentity, profile: Profile, printer: str, version: str, at: int, words: Words) -> Document:
    """The page.

    Args:
        printer: the address it is sent to; `version`: of the till; `at`: UTC ms.
    """
    size = words.paper_size.format(profile.paper_mm, profile.dots, profile.columns)
    return (
        Text(words.test_title, Align.CENTRE, LARGE),
        *((Text(shop.name, Align.CENTRE),) if shop.name else ()),
        _GAP,
        Edges(words.edge),
        Ruler(),
        Rule("="),
        Text(words.sample_bold, style=_WIDE),
        Text(words.sample_large, style=LARGE),
        _GAP,
        Bar(words.total),
        _GAP,
        Item("ABCDEFGHIJKLM abcdefghijklm", f"2 x {999_999:,}".replace(",", "."), "1.999.998"),
        Text(f"{words.sample_page.format(f'{profile.codepage} ({profile.table})')}:"),
        Text(_SIGNS),
        *((Text(_UPPER),) if profile.codepage != "ascii" else ()),
        Rule(),
        Text(words.scan_this, Align.CENTRE),
        QrBlock(f"EPEKEN-POS {version}"),
        Text(size, Align.CENTRE),
        Text(printer, Align.CENTRE),
        Text(f"e-Peken POS {version}", Align.CENTRE),
        Text(moment(at), Align.CENTRE),
        Cut(),
    )
