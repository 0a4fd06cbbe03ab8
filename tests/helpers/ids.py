"""Ids for tests: the same on every run."""

from __future__ import annotations


class CountingIds:
    """`ports.Ids` that counts up; a shop that is opened again goes on behind `given`."""

    def __init__(self, given: int = 0) -> None:
        self.given = given

    def new(self) -> str:
        self.given += 1
        return f"{self.given:032x}"
