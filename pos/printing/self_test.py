"""The printer's test page as a document: shows what the printer really has of columns, edges, letters, code page, QR and cutter."""

from __future__ import annotations

from typing import Final

from pos.domain.document import BOLD, LARGE, Align, Bar, Cut, Document, Edges, Item, QrBlock, Rule, Ruler, Style, Text
from pos.domain.money import format_figure
from pos.printing.device import Device
from pos.printing.figures import moment
from pos.printing.parts import GAP, House
from pos.printing.profiles import Cutter

_WIDE: Final = Style(width=2, bold=True)
_SIGNS: Final = "#$@[\\]^`{|}~ 0123456789"
"""Signs that another country's letters of the same code would replace."""
_UPPER: Final = "éèëüñçÅß£°½²"


def self_test(house: House, printer: Device, version: str, at: int) -> Document:
    """The page. `printer`: the one it is for; `version`: of the till; `at`: UTC ms."""
    words, profile = house.words.test, printer.profile
    size = words.size.format(profile.paper_mm, profile.dots, profile.columns)
    ends = words.tears if profile.cutter is Cutter.NONE else words.cuts
    return (
        Text(words.title, Align.CENTRE, LARGE),
        *((Text(house.shop.name, Align.CENTRE),) if house.shop.name else ()),
        GAP,
        Edges(words.edge),
        Ruler(),
        Rule("="),
        Text(words.bold, style=_WIDE),
        Text(words.large, style=LARGE),
        GAP,
        Bar(words.example),
        GAP,
        Item("ABCDEFGHIJKLM abcdefghijklm", f"2 x {format_figure(999_999)}", format_figure(1_999_998)),
        Text(f"{words.page.format(f'{profile.codepage} ({profile.table})')}:"),
        Text(_SIGNS),
        *((Text(_UPPER),) if profile.codepage != "ascii" else ()),
        Rule(),
        Text(words.scan_this, Align.CENTRE),
        QrBlock(f"EPEKEN-POS {version}"),
        Text(size, Align.CENTRE),
        *((Text(words.printer.format(printer.name), Align.CENTRE, BOLD),) if printer.name else ()),
        *((Text(words.model.format(printer.model), Align.CENTRE),) if printer.model else ()),
        Text(printer.address or printer.ref, Align.CENTRE),
        Text(f"e-Peken POS {version}", Align.CENTRE),
        Text(moment(at), Align.CENTRE),
        Text(ends, Align.CENTRE),
        Cut(),
    )
