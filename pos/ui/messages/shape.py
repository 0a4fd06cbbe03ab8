"""The shape of what is said of a failure. Owns no sentence."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A title of a few words, and a sentence that says what is and what to do next."""

    title: str
    sentence: str
