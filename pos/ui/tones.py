"""What a state's colour stands for, by meaning. Owns the names; the theme gives each its colours, and words say it too."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """What a pill's colour stands for."""

    GOOD = "good"
    WAITING = "waiting"
    FAULT = "fault"
    QUIET = "quiet"
    INFORMATION = "information"
    NEXT = "next"
    """Someone should go there now: the strong turmeric."""
