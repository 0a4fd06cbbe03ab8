"""What a scale says on its line, as weights. Pure; the port is `scale`'s.

The format is the one that A&D made common and that CAS, Sonic, Henherr and most till scales speak too ("standard format"), one line of
ASCII a weighing, ended by CR LF:

    ST,GS,+  0.280kg        header, kind, sign and figure, unit

Headers: `ST` steady, `US` not steady, `OL` more than the scale can bear (`UL`, less than nothing it can show). Kinds: `GS` gross, `NT` net,
`TR` tare; GS and NT are sold, a tare is not. Units: `kg`, `g`. A scale sends lines without end (continuous), or one for each `Q` CR LF that
it is asked with (request).
"""

from __future__ import annotations

import re
from typing import Final

from pos.domain.weighing import ScaleReading, WeightState

REQUEST: Final = b"Q\r\n"
LONGEST_LINE: Final = 64

_LINE: Final = re.compile(r"(ST|US|OL|UL)\s*,\s*(?:(GS|NT|TR)\s*,)?\s*([+-]?)\s*(\d+(?:\.\d+)?)?\s*(kg|g)?", re.IGNORECASE)
_STATES: Final = {"ST": WeightState.STABLE, "US": WeightState.MOVING, "OL": WeightState.OVERLOAD, "UL": WeightState.OVERLOAD}
_PER_UNIT: Final = {"kg": 1_000, "g": 1}
_MOST_DIGITS: Final = 12


def read_line(line: bytes, at: float) -> ScaleReading | None:
    """A weight of one line at monotonic second `at`; None for noise, a cut line, another unit, or a tare."""
    if len(line) > LONGEST_LINE:
        return None
    match = _LINE.fullmatch(line.decode("ascii", "replace").strip())
    if match is None:
        return None
    header, kind, sign, figure, unit = match.groups()
    state = _STATES[header.upper()]
    if state is WeightState.OVERLOAD:
        return ScaleReading(0, state, at)
    if figure is None or unit is None or (kind or "").upper() == "TR" or len(figure) > _MOST_DIGITS:
        return None
    grams = _grams(figure, _PER_UNIT[unit.lower()])
    return ScaleReading(-grams if sign == "-" else grams, state, at)


def _grams(figure: str, per_unit: int) -> int:
    """`0.2805` kg -> 281: half a gram goes up. No float comes near a weight."""
    whole, _, decimals = figure.partition(".")
    scale: int = 10 ** len(decimals)
    return (2 * int(whole + decimals) * per_unit + scale) // (2 * scale)
