"""Baskets as a neighbourhood shop rings them up: lists of goods by their place in the demo catalogue.

`EPEKEN_BASKETS` may name a CSV (`basket_id,line,item`) of real ones; without it they are drawn with the same shape: most baskets hold
one to four goods, and a few goods are in very many of them.
"""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import Final

_SIZES: Final = (22, 17, 13, 10, 9, 7, 6, 4, 4, 3, 2, 1, 1, 1)
"""Of a hundred baskets, how many hold one good, two, and so on."""


def baskets(most: int, kinds: int) -> list[tuple[int, ...]]:
    """At most `most` baskets of goods numbered from 0 to `kinds` - 1; the most wanted have the smallest numbers."""
    real = os.environ.get("EPEKEN_BASKETS")
    return real_baskets(Path(real), most, kinds) if real else drawn_baskets(most, kinds)


def drawn_baskets(most: int, kinds: int, seed: int = 2026) -> list[tuple[int, ...]]:
    """Always the same ones for a seed."""
    dice = random.Random(seed)
    wanted = list(accumulate(1 / (place + 2) for place in range(kinds)))
    sizes = dice.choices(range(1, len(_SIZES) + 1), weights=_SIZES, k=most)
    return [tuple(dice.choices(range(kinds), cum_weights=wanted, k=size)) for size in sizes]


def real_baskets(path: Path, most: int, kinds: int) -> list[tuple[int, ...]]:
    """Those of a file, each item as the good that is as popular here as the item is there."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["basket_id"], row["item"]) for row in csv.DictReader(file)]
    place = {item: number % kinds for number, (item, _) in enumerate(Counter(item for _, item in rows).most_common())}
    found: dict[str, list[int]] = {}
    for basket, item in rows:
        found.setdefault(basket, []).append(place[item])
    return [tuple(items) for items in found.values()][:most]
