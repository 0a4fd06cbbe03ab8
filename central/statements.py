"""The statements of the busy path: constant text, run on the driver, many in one round trip on PostgreSQL (pipeline mode).

SQLAlchemy describes the tables, carries the migrations and runs what is asked seldom. What every push and pull needs runs here: its way
through SQLAlchemy took longer than the database did. A statement is written once, with `:name` for a value and `AMONG :name` for "is one of
many ids"; what differs between the two databases is here and in `bulk`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, exc

from central import libpq
from central.database import POSTGRES

_AMONG: Final = re.compile(r"AMONG :(\w+)")
_PREPARED: Final = "epeken_prepared"
_NAME: Final = re.compile(r"(?<![:\w]):(\w+)")


class Statement:
    """Text for both databases. `postgres`: where its own differs.

    On PostgreSQL a statement is prepared, and its plan is kept. That is safe where the plan cannot depend on the values: whole keys, or a
    walk along an index. `AMONG` is not such: what is asked so runs unprepared, unless `postgres` says it as one look-up after the other.
    """

    def __init__(self, text: str, postgres: str = "") -> None:
        self.lists = frozenset(_AMONG.findall(text))
        self.prepared = "AMONG" not in (postgres or text)
        self.sqlite = _AMONG.sub(r"IN (SELECT value FROM json_each(:\1))", text)
        told = _AMONG.sub(r"= ANY(string_to_array(:\1, ' '))", postgres or text)
        self.postgres = _NAME.sub(r"%(\1)s", told)
        self.order = tuple(dict.fromkeys(_NAME.findall(told)))
        places = {name: place for place, name in enumerate(self.order, 1)}
        self.numbered = _NAME.sub(lambda found: f"${places[found[1]]}", told).encode()


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement gave. `count`: rows that it wrote or read."""

    rows: list[tuple[Any, ...]]
    count: int

    @property
    def one(self) -> tuple[Any, ...] | None:
        """The only row, or none."""
        return self.rows[0] if self.rows else None


Values: TypeAlias = Mapping[str, Any]
Call: TypeAlias = tuple[Statement, Values]


def run(connection: Connection, statement: Statement, values: Values) -> Told:
    """One statement.

    Raises:
        sqlalchemy.exc.DBAPIError: as any statement.
    """
    return run_all(connection, [(statement, values)])[0]


def run_all(connection: Connection, calls: Sequence[Call]) -> list[Told]:
    """Statements in their order, what each gave; on PostgreSQL in one round trip.

    Raises:
        sqlalchemy.exc.DBAPIError: as any statement.
    """
    if connection.dialect.name == POSTGRES:
        return _on_postgres(connection, calls)
    driver = connection.connection.driver_connection
    assert driver is not None
    told = []
    with driver_errors(connection):
        for statement, values in calls:
            cursor = driver.execute(statement.sqlite, _values(statement, values, json.dumps))
            rows = cursor.fetchall()
            told.append(Told(rows, cursor.rowcount if cursor.rowcount >= 0 else len(rows)))
    return told


def as_words(ids: Iterable[str]) -> str:
    """Many ids as one parameter on PostgreSQL, whose driver writes arrays slowly."""
    return " ".join(ids)


def _on_postgres(connection: Connection, calls: Sequence[Call]) -> list[Told]:
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver_errors(connection):
        if all(statement.prepared for statement, _ in calls):
            asked = []
            for statement, values in calls:
                packed = _values(statement, values, as_words)
                asked.append((statement.numbered, [packed[name] for name in statement.order]))
            return [Told(rows, count) for rows, count in libpq.ask(driver, connection.info.setdefault(_PREPARED, libpq.Prepared()), asked)]
        # the end of the pipeline waits for all that was asked in it
        with driver.pipeline() if len(calls) > 1 else nullcontext():
            cursors = [
                driver.execute(statement.postgres, _values(statement, values, as_words), prepare=statement.prepared)
                for statement, values in calls
            ]
        return [Told(cursor.fetchall() if cursor.description else [], cursor.rowcount) for cursor in cursors]


def _values(statement: Statement, values: Values, pack: Any) -> Values:
    if not statement.lists:
        return values
    return {name: pack(list(value)) if name in statement.lists else value for name, value in values.items()}


@contextmanager
def driver_errors(connection: Connection) -> Iterator[None]:
    """Gives the driver's errors the names that they have when SQLAlchemy is between, and lets go of a connection that broke."""
    dbapi = connection.dialect.loaded_dbapi
    try:
        yield
    except dbapi.Error as error:
        if getattr(connection.connection.driver_connection, "broken", False):
            connection.invalidate(error)
        raise exc.DBAPIError.instance(None, None, error, dbapi.Error) from error
