"""Many rows in one statement, on both databases: whole rows in, a statement for each of many, and rows that are among many.

A statement that is built anew for each number of rows costs more than the rows; here each stays the same text and is prepared once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    TextClause,
    TypeDecorator,
    bindparam,
    exc,
    insert,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from central.database import POSTGRES

_COPY_FROM: Final = 8
"""Rows above which PostgreSQL's COPY is quicker than inserting."""


class IdList(TypeDecorator[Any]):
    """Many ids as one parameter. Words with blanks between on PostgreSQL, for its driver writes arrays slowly; JSON on SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return " ".join(value) if dialect.name == POSTGRES else json.dumps(list(value))


class _Among(FunctionElement[bool]):
    """`column` is one of many ids. One parameter however many they are, so that the statement stays the same and is prepared once."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Any:
        # a condition as it is: SQLAlchemy would compare it with 1 on SQLite, which then finds no index for it
        return self


@compiles(_Among)
def _among_postgres(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(part, **kw) for part in element.clauses)
    return f"{column} = ANY(string_to_array({values}, ' '))"


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(part, **kw) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


def among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """The condition that a column is one of the ids given as parameter `name` (any iterable of texts without blanks)."""
    return _Among(column, bindparam(name, type_=IdList()))


def append(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert whole rows, with values in the table's column order. For facts that are known to be new.

    Raises:
        sqlalchemy.exc.DBAPIError: as any statement.
    """
    if not rows:
        return
    if connection.dialect.name == POSTGRES and len(rows) >= _COPY_FROM:
        _copy(connection, table, rows)
        return
    names = [column.name for column in table.columns]
    connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])


def each(connection: Connection, one: TextClause, on_postgres: TextClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement for each row: `one` with a row's values, or on PostgreSQL once with all of them as arrays, by the same names."""
    if not rows:
        return
    if connection.dialect.name == POSTGRES:
        connection.execute(on_postgres, {name: [row[name] for row in rows] for name in rows[0]})
    else:
        connection.execute(one, list(rows))


def _copy(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    dbapi = connection.dialect.loaded_dbapi
    assert driver is not None
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    statement = f'COPY "{table.name}" ({names}) FROM STDIN'
    try:
        with ExitStack() as open_things:
            cursor = open_things.enter_context(driver.cursor())
            copy = open_things.enter_context(cursor.copy(statement))
            for row in rows:
                copy.write_row(row)
    except dbapi.Error as error:
        # the driver spoke without SQLAlchemy between: give the error the name that it would have had
        raise exc.DBAPIError.instance(statement, None, error, dbapi.Error) from error
