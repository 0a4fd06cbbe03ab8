"""The list of what is unsent as a document: each sale with its number and its sum, other records by their kind. Pure; knows no paper."""

from __future__ import annotations

from pos.domain.document import BOLD, Align, Cut, Document, Pair, Rule, Signs, Spacer, Text
from pos.domain.money import format_rupiah
from pos.domain.papers import UnsentList
from pos.printing.figures import moment
from pos.printing.parts import GAP, House, titled


def unsent_list(told: UnsentList, house: House) -> Document:
    """What the owner signs for before a till is let go."""
    words = house.words.unsent
    others = tuple(Pair(kind, str(count)) for kind, count in told.others)
    return (
        *titled(house, words.title),
        Rule("="),
        Pair(house.words.accounts.date, moment(told.at)),
        *((Pair(words.till, told.till),) if told.till else ()),
        Pair(words.by, told.by),
        Rule(),
        *(block for number, at, total in told.sales for block in (Text(number), Pair(f"  {moment(at)}", format_rupiah(total)))),
        *((Rule(),) if told.sales else ()),
        Pair(words.sales.format(len(told.sales)), format_rupiah(sum(total for _, _, total in told.sales)), BOLD),
        *((GAP, Text(words.others, style=BOLD), *others) if others else ()),
        GAP,
        Text(words.stick, Align.CENTRE),
        Spacer(16),
        Signs(words.owner, words.officer, told.by, ""),
        Cut(),
    )
