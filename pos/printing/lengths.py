"""How much paper a job takes, read off its bytes. An estimate for the roll, never a rule: what it does not know it passes over."""

from __future__ import annotations

import re
from typing import Final

from pos.printing.profiles import Profile

_LETTER_DOTS: Final = 24
_DEFAULT_LINE: Final = 30
_HEAD_MM: Final = {58: 48, 80: 72}
"""Width that a head prints, by the paper's."""
_TOKEN: Final = re.compile(
    rb"(?P<line>\n)|(?P<setup>\x1b@)|\x1b3(?P<spacing>.)|\x1bJ(?P<feed>.)|\x1d!(?P<size>.)|\x1dv0.(?P<image>.{4})"
    rb"|\x1b[tpEad].|\x1d[BV].|\x1d\(.(?P<block>..)",
    re.DOTALL,
)


def dots_of(data: bytes, profile: Profile) -> int:
    """Dots that the paper moves."""
    dots, at, spacing, height, tallest = 0, 0, _DEFAULT_LINE, _LETTER_DOTS, 0
    while (token := _TOKEN.search(data, at)) is not None:
        if token.start() > at:
            # letters of this height stand before it
            tallest = max(tallest, height)
        at = token.end()
        if token["line"]:
            dots, tallest = dots + max(spacing, tallest), 0
        elif token["setup"]:
            spacing, height, tallest = _DEFAULT_LINE, _LETTER_DOTS, 0
        elif token["spacing"]:
            spacing = token["spacing"][0] // profile.motion_units
        elif token["feed"]:
            dots += token["feed"][0] // profile.motion_units
        elif token["size"]:
            height = ((token["size"][0] & 7) + 1) * _LETTER_DOTS
        elif token["image"]:
            width, rows = (int.from_bytes(token["image"][place : place + 2], "little") for place in (0, 2))
            dots, at = dots + rows, at + width * rows
        elif token["block"]:
            at += int.from_bytes(token["block"], "little")
    return dots


def millimetres_of(data: bytes, profile: Profile) -> int:
    """Millimetres of paper, rounded up."""
    return -(-dots_of(data, profile) * _HEAD_MM[profile.paper_mm] // profile.dots)
