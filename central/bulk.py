"""Many rows in one statement, on both databases: whole rows in, a statement for each of many, and rows that are among many.

A statement that is built anew for each number of rows costs more than the rows; here each stays the same text and is prepared once.
PostgreSQL takes whole rows by COPY, in binary: while it writes the rows of one table, those of the next are packed here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

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
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from central import libpq
from central.database import POSTGRES
from central.statements import as_words, driver_errors

Rows: TypeAlias = Sequence[tuple[Any, ...]]
_HEAD: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
_NULL: Final = b"\xff\xff\xff\xff"
_TRUE, _FALSE = b"\0\0\0\1\1", b"\0\0\0\1\0"
_count: Final = struct.Struct(">h").pack
_number: Final = struct.Struct(">iq").pack
_length: Final = struct.Struct(">i").pack


class IdList(TypeDecorator[Any]):
    """Many ids as one parameter. Words with blanks between on PostgreSQL, for its driver writes arrays slowly; JSON on SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return as_words(value) if dialect.name == POSTGRES else json.dumps(list(value))


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


def append(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert whole rows, with values in the table's column order. For facts that are known to be new.

    Raises:
        sqlalchemy.exc.DBAPIError: as any statement.
    """
    append_all(connection, [(table, rows)])


def append_all(connection: Connection, parts: Sequence[tuple[Table, Rows]]) -> None:
    """Insert the rows of several tables, in this order. Each row has its table's columns, in their order.

    Raises:
        sqlalchemy.exc.DBAPIError: as any statement.
    """
    wanted = [(table, rows) for table, rows in parts if rows]
    driver = connection.connection.driver_connection
    assert driver is not None
    if not wanted:
        return
    with driver_errors(connection):
        if connection.dialect.name == POSTGRES:
            # few rows first: nothing is at work yet while they are packed
            wanted.sort(key=lambda part: len(part[1]))
            libpq.copy(driver, [(_copy_of(table), partial(pack, rows)) for table, rows in wanted])
            return
        for table, rows in wanted:
            driver.executemany(_insert(table), rows)


def each(connection: Connection, one: TextClause, on_postgres: TextClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement for each row: `one` with a row's values, or on PostgreSQL once with all of them as arrays, by the same names."""
    if not rows:
        return
    if connection.dialect.name == POSTGRES:
        connection.execute(on_postgres, {name: [row[name] for row in rows] for name in rows[0]})
    else:
        connection.execute(one, list(rows))


_inserts: dict[str, str] = {}
_copies: dict[str, bytes] = {}


def _insert(table: Table) -> str:
    found = _inserts.get(table.name)
    if found is None:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" for _ in table.columns)
        found = _inserts[table.name] = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
    return found


def _copy_of(table: Table) -> bytes:
    found = _copies.get(table.name)
    if found is None:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        found = _copies[table.name] = f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT BINARY)'.encode()
    return found


def pack(rows: Rows) -> bytes:
    """Rows as PostgreSQL's binary COPY reads them. Integers are of 64 bits; what is no integer, text, bytes, bool or None is a bug."""
    out = [_HEAD]
    add = out.append
    count = _count(len(rows[0]))
    for row in rows:
        add(count)
        for value in row:
            kind = type(value)
            if kind is int:
                add(_number(8, value))
            elif kind is str:
                encoded = value.encode()
                add(_length(len(encoded)))
                add(encoded)
            elif kind is bool:
                add(_TRUE if value else _FALSE)
            elif value is None:
                add(_NULL)
            else:
                add(_length(len(value)))
                add(value)
    add(_END)
    return b"".join(out)
