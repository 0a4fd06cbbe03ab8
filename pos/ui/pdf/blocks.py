"""A document's blocks as the rich text of a page. Pure; owns how they look there, and that no word of them is read as markup."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import Any, Final

from pos.domain.document import (
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

_SIZES: Final = {1: 10, 2: 15, 3: 19, 4: 24}
"""Points of type by how many times as wide a style is. A page is set in points, which rich text calls px."""
_DOTS_A_POINT: Final = 203 / 72
_LOGO_HIGH: Final = 64


def rich_text(document: Document, logo: str = "", width: int = 400) -> str:
    """The document as HTML that `QTextDocument` reads.

    Args:
        logo: URL of the shop's picture, empty for none; `width`: of the page's text in points.
    """
    parts = []
    for is_table, blocks in groupby(document, lambda block: isinstance(block, Goods | GoodsHead)):
        if is_table:
            parts.append(_table([block for block in blocks if isinstance(block, Goods | GoodsHead)]))
        else:
            parts += [_logo(logo) if isinstance(block, Logo) else _HOW[type(block)](block) for block in blocks]
    return f'<body style="font-family:Inter; font-size:10px; color:#000000;"><div width="{width}">{"".join(parts)}</div></body>'


def plain(text: str) -> str:
    """Words as they may stand in rich text: no markup, no control characters, no surrogates; the blanks of an indent stay."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    indent = len(clean) - len(clean.lstrip(" "))
    return "&nbsp;" * indent * 2 + escape(clean[indent:])


def _text(block: Text) -> str:
    return _paragraph(plain(block.text), block.style, "center" if block.align is Align.CENTRE else "left")


def _paragraph(words: str, style: Style, align: str) -> str:
    weight = 700 if style.bold or style.width > 1 else 400
    size = _SIZES.get(style.width, _SIZES[4])
    return f'<p align="{align}" style="margin:0; font-size:{size}px; font-weight:{weight};">{words or "&nbsp;"}</p>'


def _pair(block: Pair) -> str:
    weight = 700 if block.style.bold or block.style.width > 1 else 400
    size = _SIZES.get(block.style.width, _SIZES[4])
    look = f'style="font-size:{size}px; font-weight:{weight};"'
    # an amount stays in one piece
    cells = f'<td {look}>{plain(block.left)}</td><td align="right" {look}>{plain(block.right).replace(" ", "&nbsp;")}</td>'
    return f'<table width="100%" cellspacing="0" cellpadding="1"><tr>{cells}</tr></table>'


def _table(rows: list[Goods | GoodsHead]) -> str:
    """Goods as a table whose head stands on every page."""
    head = "".join(_head(row) for row in rows if isinstance(row, GoodsHead))
    body = "".join(_goods(row) for row in rows if isinstance(row, Goods))
    return f'<table width="100%" border="0" cellspacing="0" cellpadding="3"><thead>{head}</thead>{body}</table>'


def _head(row: GoodsHead) -> str:
    cells = (
        (row.name, "left", "40%"),
        (row.quantity, "right", "19%"),
        (row.price, "right", "23%"),
        (row.amount, "right", "18%"),
    )
    drawn = (
        f'<th align="{align}" width="{width}" style="font-weight:700; border-bottom:1px solid black;">{plain(words)}</th>'
        for words, align, width in cells
    )
    return f"<tr>{''.join(drawn)}</tr>"


def _goods(row: Goods) -> str:
    figures = (f'<td align="right">{plain(words).replace(" ", "&nbsp;")}</td>' for words in (row.quantity, row.price, row.amount))
    return f"<tr><td>{plain(row.name)}</td>{''.join(figures)}</tr>"


def _item(block: Item) -> str:
    return _text(Text(block.name)) + _pair(Pair(f"   {block.detail}", block.amount))


def _hang(block: Hang) -> str:
    weight = 700 if block.style.bold else 400
    label = f'<td width="26%">{plain(block.label)}</td><td width="2%">:</td>'
    words = plain(block.text) or "." * 60
    return (
        f'<table width="100%" cellspacing="0" cellpadding="1"><tr>{label}'
        f'<td width="72%" style="font-weight:{weight};">{words}</td></tr></table>'
    )


def _bar(block: Bar) -> str:
    words = f'<td align="center" style="font-size:13px; font-weight:700;">{plain(block.text)}</td>'
    return f'<table width="100%" border="1" cellspacing="0" cellpadding="5"><tr>{words}</tr></table>'


def _signs(block: Signs) -> str:
    over = "".join(f'<td width="50%" align="center">{plain(words)}</td>' for words in (block.left, block.right))
    room = '<td><p style="margin:0; font-size:34px;">&nbsp;</p></td>' * 2
    names = "".join(
        f'<td align="center">{f"({plain(name)})" if name.strip() else "(" + "." * 26 + ")" if over_it else ""}</td>'
        for name, over_it in ((block.left_name, block.left), (block.right_name, block.right))
    )
    return f'<table width="100%" cellspacing="0" cellpadding="1"><tr>{over}</tr><tr>{room}</tr><tr>{names}</tr></table>'


def _spacer(block: Spacer) -> str:
    return f'<p style="margin:0; font-size:{max(1, round(block.dots / _DOTS_A_POINT))}px;">&nbsp;</p>'


def _logo(url: str) -> str:
    return f'<p align="center" style="margin:0;"><img src="{escape(url)}" height="{_LOGO_HIGH}"></p>' if url else ""


_HOW: Final[dict[type[Block], Callable[[Any], str]]] = {
    Text: _text,
    Pair: _pair,
    Item: _item,
    Hang: _hang,
    Bar: _bar,
    Signs: _signs,
    Spacer: _spacer,
    Rule: lambda block: '<hr width="100%" style="background-color:#000000;">',
    Check: lambda block: _text(Text(f"[  ] {block.count} {block.text}")),
    Edges: lambda block: _text(Text(block.text, Align.CENTRE)),
    QrBlock: lambda block: _text(Text(block.data, Align.CENTRE)),
    BarsBlock: lambda block: _text(Text(block.code, Align.CENTRE)),
    Ruler: lambda block: "",
    Cut: lambda block: "",
}
"""Every block; a ruler and a cut are of narrow paper only."""
