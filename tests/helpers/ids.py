"""Ids for tests: the same on every run."""

from __future__ import annotations


class CountingIds:
    """`ports.Ids` that counts up from 1."""

    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"{self.given:032x}"
