"""What every part of a unit of work stands on: the connection, the counters, and running a constant statement. Owns no table."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos.domain.chain import GENESIS
from pos.services.ports import Clock, Ids


@dataclass(slots=True)
class Counters:
    """What the single writer knows without asking: the next numbers and the chain heads. Taken over only after a commit.

    Attributes:
        sales_indexed: sales up to this row are in the history's search.
        goods_version: grows in this process with every change of goods, so that readers know when what they keep of them is old.
    """

    prefix: str
    epoch: int
    next_sale: int
    next_operation: int
    operation_head: str
    audit_head: str
    sales_indexed: int = 0
    goods_version: int = 0


class WorkBase:
    """Runs its statements on the driver's connection: they are constant strings, and SQLAlchemy's way to each costs more than the statement
    (a sale has a dozen).
    """

    def __init__(self, connection: sqlite3.Connection, counters: Counters, clock: Clock, ids: Ids) -> None:
        self._raw = connection
        self._counters = counters
        self._clock = clock
        self._ids = ids

    def _run(self, sql: str, parameters: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        return self._raw.execute(sql, parameters)

    def _run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._raw.executemany(sql, rows)

    def _one(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        return self._raw.execute(sql, parameters).fetchone()

    def _all(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        return self._raw.execute(sql, parameters).fetchall()


def load_counters(raw: sqlite3.Connection, goods_version: int = 0) -> Counters:
    """The counters as the file has them, for the epoch that the shop is in."""

    def row(sql: str, *parameters: object) -> Any:
        return raw.execute(sql, parameters).fetchone()

    prefix, epoch = row("SELECT prefix, epoch FROM shop")
    sale = row("SELECT coalesce(max(seq), 0) + 1 FROM sale WHERE epoch = ?", epoch)[0]
    operation = row("SELECT seq + 1, chain_hash FROM outbox WHERE epoch = ? ORDER BY seq DESC LIMIT 1", epoch) or (1, GENESIS)
    audit = row("SELECT hash FROM audit ORDER BY id DESC LIMIT 1") or (GENESIS,)
    indexed = row("SELECT sales_indexed FROM total")[0]
    return Counters(prefix, epoch, sale, operation[0], operation[1], audit[0], indexed, goods_version)
