"""What the paper of a document must say, without blanks, found apart from how the product sets it: block by block, from the block alone."""

from __future__ import annotations

from itertools import zip_longest

from pos.domain.document import (
    Bar,
    BarsBlock,
    Block,
    Check,
    Document,
    Edges,
    Goods,
    Hang,
    Item,
    Pair,
    QrBlock,
    Rule,
    Ruler,
    Signs,
    Text,
)
from pos.printing.profiles import Profile
from pos.printing.raster import bars_bitmap, qr_code
from pos.printing.safe_text import safe_text

_BESIDE = 14
"""Columns of a label beside which its words hang."""


def letters_of(document: Document, profile: Profile) -> str:
    """All letters that the paper of a printer has, in their order. QR codes, cuts and empty paper say nothing."""
    words = (word for block in document for word in _words(block, profile))
    return "".join("".join(safe_text(word, profile.codepage).split()) for word in words)


def _words(block: Block, profile: Profile) -> tuple[str, ...]:
    columns = profile.columns
    match block:
        case Text(text=text) | Bar(text=text) | Edges(text=text):
            return (text,)
        case Pair(left=left, right=right):
            return left, right
        case Item(name=name, detail=detail, amount=amount):
            return name, detail, amount
        case Goods(name=name, quantity=quantity, price=price, amount=amount):
            return (name, quantity, "x", price, amount) if quantity or price else (name, amount)
        case Check(count=count, text=text):
            return "[ ]", count, text
        case Rule(sign=sign):
            return (sign * columns,)
        case Ruler():
            return _ruler(columns)
        case _:
            return _more_words(block, profile)


def _more_words(block: Block, profile: Profile) -> tuple[str, ...]:
    match block:
        case Hang(label=label, text=text):
            return f"{label}:", safe_text(text, profile.codepage).strip() or _dots(label, profile)
        case Signs():
            return _signs(block, profile)
        case QrBlock(data=data, dots=dots, instead=instead):
            return () if data and qr_code(data, profile.dots, dots) else (instead,)
        case BarsBlock(code=code, dots=dots):
            drawn = bars_bitmap(code, profile.dots, dots)
            return (drawn[1] if drawn else code,)
        case _:
            return ()


def _dots(label: str, profile: Profile) -> str:
    """A line to write on reaches from the label, or from the indent below a long one, to the edge."""
    beside = len(safe_text(label, profile.codepage)) + 3
    return "." * (profile.columns - (beside if beside <= _BESIDE else 2))


def _signs(block: Signs, profile: Profile) -> tuple[str, ...]:
    """Two columns, read line by line across both."""
    half = profile.columns // 2 - 1
    blank = "." * (half - 4)
    heads = [safe_text(head, profile.codepage).strip() for head in (block.left, block.right)]
    names = [safe_text(name, profile.codepage).strip() or blank for name in (block.left_name, block.right_name)]
    below = [f"({name})" if head else "" for head, name in zip(heads, names, strict=True)]
    return _side_by_side(heads[0], heads[1], half), _side_by_side(below[0], below[1], half)


def _side_by_side(left: str, right: str, half: int) -> str:
    """Both sides broken greedily between words, longer words where the half ends."""
    return " ".join(f"{one} {other}" for one, other in zip_longest(_broken(left, half), _broken(right, half), fillvalue=""))


def _broken(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while len(line) > width:
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line] if line else lines


def _ruler(columns: int) -> tuple[str, ...]:
    tens = "".join(str(ten) for ten in range(10, columns + 1, 10))
    return tens, "".join("|" if column % 10 == 0 else ":" if column % 5 == 0 else "." for column in range(1, columns + 1))
