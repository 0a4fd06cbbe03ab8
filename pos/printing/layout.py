"""Sets a document in lines of letters and bitmaps for a paper of so many columns and dots. Owns wrapping and alignment.

One line model for the screen and the paper, so they cannot differ. Knows no commands. Words wrap; an amount is never cut: where there is
no room beside it, it goes to a line of its own, and only where a line cannot hold it do its letters get narrower.
Compact paper leaves out what is air: pictures, empty paper, large titles, a line of its own for a short name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from pos.domain.document import (
    BOLD,
    LARGE,
    PLAIN,
    Align,
    Bar,
    BarsBlock,
    Block,
    Check,
    Cut,
    Document,
    Edges,
    Goods,
    GoodsHead,
    Hang,
    Item,
    Logo,
    Pair,
    QrBlock,
    Rule,
    Ruler,
    Signs,
    Spacer,
    Style,
    Text,
)
from pos.printing.raster import Bitmap, Code, bars_bitmap, centred, frame_edge, qr_code
from pos.printing.safe_text import safe_text

_INDENT: Final = "  "
_BOX: Final = "[ ] "
_COUNT: Final = 3
"""Columns of a count in a list to tick."""
_LEAST_TEXT: Final = 8
"""Columns below which the goods beside a count go to lines of their own."""
_FRAME: Final = (12, 2)
"""Height of half a frame and its thickness, in dots."""
_HANGS: Final = 14
"""Columns of a label beside which words hang; beside a longer one they would be a thin column, so they stand below it."""
_TO_SIGN: Final = 64
"""Dots of empty paper to sign on."""


@dataclass(frozen=True, slots=True)
class Line:
    """Letters of one style, no more than the paper holds at that width, all of the printer's code page."""

    text: str
    style: Style = PLAIN
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty paper, in dots."""

    dots: int


@dataclass(frozen=True, slots=True)
class CutHere:
    """The end of a piece of paper: cut, or fed to the tear bar."""


Row: TypeAlias = Line | Bitmap | Code | Feed | CutHere


class Layout:
    """Sets documents for one paper. Holds no state of a document: may be used from any thread.

    Args:
        columns, dots: letters a line and dots across.
        compact: leave out what is air.
        logo: the shop's picture, no wider than `dots`.
    """

    def __init__(self, columns: int, dots: int, codepage: str = "ascii", *, compact: bool = False, logo: Bitmap | None = None) -> None:
        self._columns = columns
        self._dots = dots
        self._codepage = codepage
        self._compact = compact
        self._logo_dots = centred(logo, dots) if logo is not None and not compact else None
        self._setters: dict[type[Block], Callable[[Any], Iterator[Row]]] = {
            Text: self._text,
            Pair: self._pair,
            Item: self._item,
            GoodsHead: lambda _block: iter(()),
            Goods: self._goods,
            Hang: self._hang,
            Signs: self._signs,
            Rule: self._rule,
            Spacer: self._spacer,
            Check: self._check,
            Bar: self._bar,
            QrBlock: self._qr,
            BarsBlock: self._bars,
            Logo: self._logo,
            Ruler: self._ruler,
            Edges: self._edges,
            Cut: self._cut,
        }

    def lines(self, document: Document) -> tuple[Row, ...]:
        """The document, line after line."""
        setters = self._setters
        return tuple(row for block in document for row in setters[type(block)](block))

    # --- words ------------------------------------------------------------------------------------------------

    def _text(self, block: Text) -> Iterator[Row]:
        text = self._safe(block.text)
        style = _lower(block.style) if self._compact else block.style
        style = self._narrowed(style, _longest(text))
        for line in wrapped(text, self._columns // style.width):
            yield Line(line, style, block.align)

    def _pair(self, block: Pair) -> Iterator[Row]:
        return self._beside(self._safe(block.left), self._safe(block.right), block.style)

    def _item(self, block: Item) -> Iterator[Row]:
        # blanks at the beginning are the mark of a detail: a name has none
        name, detail, amount = self._safe(block.name).strip(), self._safe(block.detail), self._safe(block.amount)
        if self._compact and name and len(name) + len(detail) + len(amount) + 2 * len(_INDENT) <= self._columns:
            yield from self._beside(f"{name}{_INDENT}{detail}", amount, PLAIN)
            return
        for line in wrapped(name, self._columns):
            yield Line(line)
        yield from self._beside(_INDENT + detail, amount, PLAIN)

    def _goods(self, block: Goods) -> Iterator[Row]:
        if block.quantity or block.price:
            return self._item(Item(block.name, f"{block.quantity} x {block.price}", block.amount))
        return self._beside(self._safe(block.name), self._safe(block.amount), PLAIN)

    def _hang(self, block: Hang) -> Iterator[Row]:
        label, text = f"{self._safe(block.label)} : ", self._safe(block.text).strip()
        columns = self._columns // block.style.width
        if len(label) > _HANGS:
            for line in wrapped(label.replace(" : ", ":"), columns):
                yield Line(line, block.style)
            label = _INDENT
        # nothing to say is a line to write on
        for line in wrapped(text, columns - len(label)) or ["." * (columns - len(label))]:
            yield Line(label + line, block.style)
            label = " " * len(label)

    def _signs(self, block: Signs) -> Iterator[Row]:
        """What stands over each place to sign, room for a hand, and the names below; a place without a head is none."""
        half = self._columns // 2 - 1
        heads = [self._safe(head).strip() for head in (block.left, block.right)]
        names = [self._safe(name).strip() or "." * (half - 4) for name in (block.left_name, block.right_name)]
        yield from self._halves(heads, half)
        yield Feed(_TO_SIGN)
        yield from self._halves([f"({name})" if head else "" for head, name in zip(heads, names, strict=True)], half)

    def _halves(self, sides: list[str], half: int) -> Iterator[Row]:
        """Words in the middle of either half of the paper."""
        gap = " " * (self._columns - 2 * half)
        for one, other in zip_longest(*(wrapped(side, half) for side in sides), fillvalue=""):
            yield Line((one.center(half) + gap + other.center(half)).rstrip())

    def _beside(self, left: str, right: str, style: Style) -> Iterator[Row]:
        """`left` and `right` on one line where there is a gap between them, else `right` at the end of the last or of its own line."""
        style = self._narrowed(style, max(len(right), _longest(left)))
        columns = self._columns // style.width
        gap = columns - len(left) - len(right)
        if gap > 0:
            yield Line(left + " " * gap + right if right else left, style)
            return
        # a column free at the right, so that no figure of a detail stands where amounts stand
        rows = wrapped(left, columns - 1 if right else columns)
        if right and rows and len(rows[-1]) + len(right) < columns:
            rows[-1] += right.rjust(columns - len(rows[-1]))
        else:
            # longer than the paper is wide only where it is no amount: a note, an address
            rows += [part.rjust(columns) for part in _pieces(right, columns)]
        for row in rows:
            yield Line(row, style)

    def _narrowed(self, style: Style, longest: int) -> Style:
        """`style`, or as much narrower (and a little lower) as a word of `longest` letters needs."""
        while style.width > 1 and longest > self._columns // style.width:
            style = narrower(style)
        return style

    def _check(self, block: Check) -> Iterator[Row]:
        lead = f"{_BOX}{self._safe(block.count).rjust(_COUNT)} "
        if len(lead) > self._columns - _LEAST_TEXT:
            for row in wrapped(lead, self._columns):
                yield Line(row)
            lead = " " * len(_BOX)
        for row in wrapped(self._safe(block.text), self._columns - len(lead)) or [""]:
            yield Line(lead + row)
            lead = " " * len(lead)

    def _bar(self, block: Bar) -> Iterator[Row]:
        text = self._safe(block.text)
        style = replace(self._narrowed(LARGE, len(text)), invert=True)
        columns = self._columns // style.width
        for line in wrapped(text, columns):
            yield Line(line.center(columns), style)

    def _safe(self, text: str) -> str:
        return safe_text(text, self._codepage)

    # --- lines, shapes and space --------------------------------------------------------------------------------

    def _rule(self, block: Rule) -> Iterator[Row]:
        yield Line(self._safe(block.sign)[:1] * self._columns)

    def _spacer(self, block: Spacer) -> Iterator[Row]:
        dots = block.dots if not self._compact else block.dots // 4
        if dots:
            yield Feed(dots)

    def _cut(self, block: Cut) -> Iterator[Row]:
        yield CutHere()

    def _qr(self, block: QrBlock) -> Iterator[Row]:
        code = qr_code(block.data, self._dots, block.dots) if block.data else None
        if code is not None:
            yield code
        elif block.instead:
            yield from self._text(Text(block.instead, Align.CENTRE))

    def _bars(self, block: BarsBlock) -> Iterator[Row]:
        drawn = bars_bitmap(block.code, self._dots, block.dots)
        if drawn is None:
            yield from self._text(Text(block.code, Align.CENTRE, BOLD))
            return
        bitmap, text = drawn
        yield bitmap
        yield from self._text(Text(text, Align.CENTRE))

    def _logo(self, block: Logo) -> Iterator[Row]:
        if self._logo_dots is not None:
            yield self._logo_dots
            yield Feed(8)

    def _ruler(self, block: Ruler) -> Iterator[Row]:
        tens = "".join(f"{column // 10 * 10:>10}" for column in range(10, self._columns + 1, 10))
        yield Line(tens[: self._columns])
        yield Line("".join("|" if column % 10 == 0 else "." if column % 5 else ":" for column in range(1, self._columns + 1)))

    def _edges(self, block: Edges) -> Iterator[Row]:
        height, thick = _FRAME
        yield frame_edge(self._dots, height, thick, at_top=True)
        yield from self._text(Text(block.text, Align.CENTRE))
        yield frame_edge(self._dots, height, thick, at_top=False)


@lru_cache(maxsize=64)
def _lower(style: Style) -> Style:
    """The style of large words on compact paper: half as large, and bold so that they are still found."""
    if style.width == 1:
        return style
    return replace(style, width=style.width // 2, height=max(1, style.height // 2), bold=True)


@lru_cache(maxsize=64)
def narrower(style: Style) -> Style:
    """The next narrower style; what was large stays tall: 4 x 4, 3 x 4, 2 x 3, 1 x 2."""
    width = style.width - 1
    return replace(style, width=width, height=max(1, min(style.height, width + 1)))


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` letters, broken at blanks; a word that is longer is broken where the line ends.

    Blanks that it begins with are kept on every line. No text is no line.
    """
    if len(text) <= width:
        return [text] if text and not text.isspace() else []
    words = text.split()
    indent = text[: len(text) - len(text.lstrip())][: width // 2]
    lines: list[str] = []
    line = indent
    for word in words:
        if line != indent and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = indent
        line += word if line == indent else f" {word}"
        while len(line) > width:
            lines.append(line[:width])
            line = indent + line[width:]
    if line != indent:
        lines.append(line)
    return lines


def _longest(text: str) -> int:
    """Letters of the longest word."""
    return max(map(len, text.split()), default=0)


def _pieces(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]
