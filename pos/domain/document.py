"""What is on a piece of paper, as typed blocks: words and whole rupiah already written out. Pure values.

Owns what a document says and in which order; knows neither columns nor dots (`printing.layout`), nor commands (`printing.encoder`), nor
pages (`ui.pdf`): whoever sets it, it says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias


class Align(Enum):
    LEFT = auto()
    CENTRE = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. `width` and `height` are multiples (1-8) of a 12 x 24 dot letter; `invert` is white on black."""

    width: int = 1
    height: int = 1
    bold: bool = False
    invert: bool = False


PLAIN: Final = Style()
BOLD: Final = Style(bold=True)
TALL: Final = Style(height=2)
LARGE: Final = Style(2, 2)
HUGE: Final = Style(4, 4)


@dataclass(frozen=True, slots=True)
class Text:
    """Words that wrap. A style that is too wide for the longest word steps down until it fits."""

    text: str
    align: Align = Align.LEFT
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Pair:
    """Left and right on one line, or below each other where they do not fit. `right` is never cut."""

    left: str
    right: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Item:
    """A line of goods: the name on lines of its own, then detail left and amount right. `amount` is never cut."""

    name: str
    detail: str
    amount: str


@dataclass(frozen=True, slots=True)
class Goods:
    """A line of goods: as an `Item` on narrow paper, as a row of a table on a page."""

    name: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class GoodsHead:
    """What the columns of the `Goods` below it are called. Narrow paper has no columns, and says nothing."""

    name: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Hang:
    """Words that wrap beside what they belong to: `Terbilang` : `sebelas ribu rupiah`."""

    label: str
    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Signs:
    """Places to sign, side by side: what stands over each, and the name below each (empty is a dotted line)."""

    left: str
    right: str
    left_name: str = ""
    right_name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper of one sign."""

    sign: str = "-"


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty paper, in dots."""

    dots: int


@dataclass(frozen=True, slots=True)
class Check:
    """A box to tick, then how many and what."""

    count: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """White words in a black bar from edge to edge."""

    text: str


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A QR code in the middle. `dots` a module, fewer where it would not fit; where it cannot be at all, the words `instead`."""

    data: str
    dots: int = 6
    instead: str = ""


@dataclass(frozen=True, slots=True)
class BarsBlock:
    """A barcode in the middle, drawn, with its digits below. `dots` high; where it cannot be drawn, its characters alone."""

    code: str
    dots: int = 64


@dataclass(frozen=True, slots=True)
class Logo:
    """The shop's picture, in the middle, where it has one."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Ticks a letter wide and their figures: shows how many columns the printer really has."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Words in a frame that touches both edges of what can be printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a piece of paper."""


Block: TypeAlias = (
    Text | Pair | Item | GoodsHead | Goods | Hang | Signs | Rule | Spacer | Check | Bar | QrBlock | BarsBlock | Logo | Ruler | Edges | Cut
)
Document: TypeAlias = tuple[Block, ...]
