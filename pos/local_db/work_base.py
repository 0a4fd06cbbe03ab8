"""What every part of a unit of work stands on: the connection, the counters, and running a constant statement. Owns no table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult

from pos.services.ports import Clock, Ids


@dataclass(slots=True)
class Counters:
    """What the single writer knows without asking: the next numbers and the chain heads. Taken over only after a commit."""

    prefix: str
    epoch: int
    next_sale: int
    next_operation: int
    operation_head: str
    audit_head: str


class WorkBase:
    """Statements are constant strings, so that both SQLAlchemy and SQLite keep them prepared."""

    def __init__(self, connection: Connection, counters: Counters, clock: Clock, ids: Ids) -> None:
        self._connection = connection
        self._counters = counters
        self._clock = clock
        self._ids = ids

    def _run(self, sql: str, parameters: tuple[Any, ...] = ()) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(sql, parameters)

    def _run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(sql, list(rows))

    def _one(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        return self._connection.exec_driver_sql(sql, parameters).first()

    def _all(self, sql: str, parameters: tuple[Any, ...] = ()) -> Sequence[Any]:
        return self._connection.exec_driver_sql(sql, parameters).all()
