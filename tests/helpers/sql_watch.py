"""What a connection really runs: its statements as SQLite traces them, their number, their plans."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Final

_LITERAL: Final = re.compile(r"x?'(?:[^']|'')*'|(?<![\w.])-?\d+(?:\.\d+)?|\bNULL\b")


@contextmanager
def traced(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """The statements that the connection runs in the block, with their values; what triggers run is left out."""
    seen: list[str] = []

    def note(statement: str) -> None:
        # a trigger is told as a comment, or as the statement that set it off once more
        if not statement.startswith("--") and seen[-1:] != [statement]:
            seen.append(statement)

    connection.set_trace_callback(note)
    try:
        yield seen
    finally:
        connection.set_trace_callback(None)


def statements(trace: list[str]) -> list[str]:
    """The prepared statements behind a trace: one that ran for several rows in a row counts once."""
    return [shape for shape, _ in groupby(_LITERAL.sub("?", " ".join(line.split())) for line in trace)]


def plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    """The steps by which SQLite answers a statement."""
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
