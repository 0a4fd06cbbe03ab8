"""What papers have in common: whose they are, what kind, copy marks, the shop's own words. Pure; knows no paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pos.domain.document import BOLD, LARGE, PLAIN, Align, Bar, Block, Logo, Pair, Spacer, Text
from pos.printing.words import Words
from pos.services.views import ShopIdentity

GAP: Final = Spacer(10)
BREATH: Final = Spacer(6)


@dataclass(frozen=True, slots=True)
class House:
    """Whose paper it is and how it speaks. `header` and `footer`: the shop's own words; each line of them is a line."""

    shop: ShopIdentity
    words: Words
    header: str = ""
    footer: str = ""


def letterhead(house: House) -> Iterator[Block]:
    """Whose paper it is: logo, name, address, the shop's own lines."""
    yield Logo()
    if house.shop.name:
        yield Text(house.shop.name.upper(), Align.CENTRE, LARGE)
    if house.shop.address:
        yield Text(house.shop.address, Align.CENTRE)
    for line in house.header.splitlines():
        yield Text(line, Align.CENTRE)


def titled(house: House, title: str, copy: int = 0) -> Iterator[Block]:
    """The head of a paper that is no struk: whose it is, small, and what it is, large."""
    yield Text(title, Align.CENTRE, LARGE)
    if house.shop.name:
        yield Text(house.shop.name, Align.CENTRE)
    yield from marks(house, copy)


def marks(house: House, copy: int, kind: str = "") -> Iterator[Block]:
    """What the paper is where it is no plain original: `kind` (a void, a refund), the n-th SALINAN."""
    said = [*((kind,) if kind else ()), *((house.words.struk.copy.format(copy),) if copy else ())]
    if said:
        yield GAP
        yield from (Bar(text) for text in said)
        yield GAP


def rehearsal_mark(words: Words) -> tuple[Block, ...]:
    """That the paper is of a rehearsal and proves nothing."""
    return GAP, Bar(words.struk.rehearsal), GAP


def farewell(house: House) -> Iterator[Block]:
    """The shop's own words at the end, the first line bold."""
    for place, line in enumerate(house.footer.splitlines()):
        yield Text(line, Align.CENTRE, PLAIN if place else BOLD)


def cashier(house: House, name: str, right: str = "") -> Pair:
    """Who did it, and `right` at the edge."""
    return Pair(house.words.struk.cashier.format(name) if name else "", right)
