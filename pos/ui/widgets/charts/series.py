"""What a chart shows, as values. Owns no figure's meaning."""

from __future__ import annotations

from dataclasses import dataclass

from pos.ui.theme.tokens import Token


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: below it (`16`, `Sen`).
        value, usual: its height, and that of the pale bar behind it (None for none); any unit, the same in one chart.
        said: the whole of it in words (`Jam 16: Rp730 rb, 27 nota`): the bubble above it, and what a screen reader says.
        now: the bar of this moment.
    """

    label: str
    value: int
    said: str
    usual: int | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. `said`: its figure beside its name in the legend (`61%`)."""

    name: str
    value: int
    said: str
    token: Token


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of a ranking; `said` stands at its right end (`31 kg`). `category` and `drawing` choose its picture; `key` names it."""

    key: str
    name: str
    value: int
    said: str
    category: str = ""
    drawing: str = ""


def round_top(highest: int, most_steps: int = 4) -> tuple[int, int]:
    """(top, step) of an axis: the smallest step of 1, 2, 2.5 or 5 times a power of ten that reaches `highest` in at most so many."""
    power = 1
    while True:
        for tenths in (10, 20, 25, 50):
            step, odd = divmod(tenths * power, 10)
            if not odd and step * most_steps >= highest:
                return max(step, -(-highest // step) * step), step
        power *= 10
