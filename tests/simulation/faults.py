"""Which faults a seed plays with, and how often. Each seed has some of them: a city in which everything breaks at once hides what one of
them alone would show.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from tests.simulation.line import Fate

FAIR: Final = 6
"""Weight of a request that arrives and is answered, beside 1 to 3 for each fate that a seed has."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Weights: how often a thing happens among the others, 0 is never.

    Attributes:
        fates: of requests, with their weights.
        losing: of 1, for buyers.
        death: of 1, that what is done next ends the process.
        outage, clock, full_disk, clone, restore, put_back, restart, revoke, unknown, too_much, newer_server, long_sleep, late_buyer,
            another_year: weights of steps.
    """

    fates: tuple[Fate, ...] = (Fate.FAIR,)
    weights: tuple[int, ...] = (FAIR,)
    losing: float = 0.0
    death: float = 0.0
    outage: int = 0
    clock: int = 0
    full_disk: int = 0
    clone: int = 0
    restore: int = 0
    put_back: int = 0
    restart: int = 0
    revoke: int = 0
    unknown: int = 0
    too_much: int = 0
    newer_server: int = 0
    long_sleep: int = 0
    late_buyer: int = 0
    another_year: int = 0


def drawn(dice: random.Random) -> Faults:
    """A seed's own."""

    def perhaps(weight: int, chance: float = 0.5) -> int:
        return weight if dice.random() < chance else 0

    fates = [fate for fate in Fate if fate is not Fate.FAIR and dice.random() < 0.5]
    return Faults(
        fates=(Fate.FAIR, *fates),
        weights=(FAIR, *(dice.randint(1, 3) for _ in fates)),
        losing=dice.choice((0.0, 0.2)),
        death=dice.choice((0.0, 0.0, 0.05, 0.15)),
        outage=perhaps(4),
        clock=perhaps(4),
        full_disk=perhaps(4, 0.4),
        clone=perhaps(4, 0.4),
        restore=perhaps(4, 0.4),
        put_back=perhaps(4, 0.4),
        restart=perhaps(3),
        revoke=perhaps(2, 0.3),
        unknown=perhaps(3, 0.3),
        too_much=perhaps(1, 0.2),
        newer_server=perhaps(2, 0.3),
        long_sleep=perhaps(1, 0.3),
        late_buyer=perhaps(6),
        another_year=perhaps(3, 0.4),
    )
