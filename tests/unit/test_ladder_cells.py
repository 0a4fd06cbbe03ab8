"""A product's units in one cell of a list: what is clear is read, what cannot be is said and never guessed."""

from __future__ import annotations

import pytest

from pos.services.sheets.ladder import Unread, read_ladder
from pos.services.sheets.model import ReasonCode


def test_units_are_told_in_base_units_or_in_each_other() -> None:
    assert read_ladder("sachet=1; renteng=10; dus=12 renteng") == {"sachet": 1, "renteng": 10, "dus": 120}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("dus=2 renteng; renteng=5 dus; sachet=1", ReasonCode.LADDER_CYCLE),
        ("pcs=1; dus=3 dus", ReasonCode.LADDER_CYCLE),
        ("pcs=1; dus=0", ReasonCode.LADDER_FACTOR),
        ("pcs=1; dus=-40", ReasonCode.LADDER_FACTOR),
        ("pcs=1; dus=999999999999", ReasonCode.LADDER_FACTOR),
        ("pcs=1; dus=40; karton=40", ReasonCode.LADDER_FACTOR),
        ("pcs=1; dus=40; dus=24", ReasonCode.LADDER_REPEATED),
        ("pcs=1; dus=empat puluh", ReasonCode.LADDER_UNCLEAR),
        ("=cmd|' /C calc'!A0", ReasonCode.LADDER_UNCLEAR),
    ],
)
def test_circles_and_absurd_factors_are_refused_with_their_reason(cell: str, reason: ReasonCode) -> None:
    with pytest.raises(Unread) as caught:
        read_ladder(cell)
    assert caught.value.reason.code is reason
