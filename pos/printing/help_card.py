"""The card of help as a document: whom to call, what to read out then, and the five things that people ask. Pure; knows no paper."""

from __future__ import annotations

from pos.domain.document import BOLD, LARGE, Align, Cut, Document, Pair, Rule, Text
from pos.domain.papers import HelpCard
from pos.printing.parts import GAP, House, titled

_SHOP_SIGNS = 8
"""Of the shop's uid: enough for an officer to find it, nothing that a person could be known by."""


def help_card(card: HelpCard, house: House) -> Document:
    """The welcome page of a new till, too."""
    words = house.words.help
    read_out = ((words.shop, house.shop.uid[:_SHOP_SIGNS]), (words.till, card.till), (words.program, card.version))
    return (
        *titled(house, words.title),
        Rule("="),
        Text(words.call, Align.CENTRE),
        Text(card.support or words.nobody, Align.CENTRE, LARGE if card.support else BOLD),
        GAP,
        Text(f"{words.read_out}:"),
        *(Pair(name, value) for name, value in read_out if value),
        Rule(),
        *(block for title, how in words.steps for block in (Text(title, style=BOLD), Text(how))),
        Cut(),
    )
