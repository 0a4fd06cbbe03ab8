"""PostgreSQL's own protocol for the busy path: prepared statements in one round trip, and COPY of several tables in another.

Speaks through `psycopg.pq`, on the connection that SQLAlchemy has lent. psycopg's cursors cost more for each statement than the statement
does; what they do beyond this (types of every kind, names, rows as one likes) is not needed here. Owns that, and knows no statement.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import psycopg
from psycopg import errors, pq

Rows: TypeAlias = list[tuple[Any, ...]]
_TEXT_OIDS: Final = {int: 20, str: 25, bool: 16}
_READ: Final[dict[int, Callable[[bytes], Any]]] = {20: int, 21: int, 23: int, 1700: int, 16: lambda told: told == b"t"}
"""By the column's type; all else is text."""
_GOOD: Final = frozenset({pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK})


class Prepared:
    """What one connection has prepared: statement's text -> its name there."""

    def __init__(self) -> None:
        self.names: dict[bytes, bytes] = {}
        self.count = 0


def ask(driver: psycopg.Connection[Any], prepared: Prepared, calls: Sequence[tuple[bytes, Sequence[Any]]]) -> list[tuple[Rows, int]]:
    """Run statements in their order, in one round trip. Each is its text with `$1`, `$2`, and values (int, str, bool or None).

    Returns rows, and how many were read or written, of each. Begins the transaction if there is none.

    Raises:
        psycopg.Error: of the first that failed; those behind it were not run.
    """
    pgconn = driver.pgconn
    with _pipeline(pgconn):
        skip = _begin(driver)
        new = [_send(pgconn, prepared, text, values) for text, values in calls]
        pgconn.pipeline_sync()
        results = _results(pgconn)
    _check(results)
    for text, name in filter(None, new):
        prepared.names[text] = name
    told = []
    at = skip
    for made in new:
        # a statement that was prepared now has a result for that, too
        at += 1 if made is not None else 0
        told.append(_read(results[at]))
        at += 1
    return told


def copy(driver: psycopg.Connection[Any], parts: Sequence[tuple[bytes, Callable[[], bytes]]]) -> None:
    """Run COPY statements in their order, in one round trip and one for each. Each is its text and what makes its data, which is done
    while the server works on the one before.

    Raises:
        psycopg.Error: of the first that failed.
    """
    pgconn = driver.pgconn
    data = parts[0][1]()
    begin = b"" if _in_transaction(pgconn) else _begin_text(driver) + b"; "
    with _whole(driver):
        pgconn.send_query(begin + b"; ".join(text for text, _ in parts))
        if begin:
            _check([_next(pgconn)])
        for place in range(len(parts)):
            told = _next(pgconn)
            if told.status != pq.ExecStatus.COPY_IN:
                _drain(pgconn)
                _check([told])
            _put(pgconn, data)
            data = parts[place + 1][1]() if place + 1 < len(parts) else b""
            told = _next(pgconn)
            if told.status not in _GOOD:
                _drain(pgconn)
                _check([told])
        _drain(pgconn)


@contextmanager
def _pipeline(pgconn: pq.abc.PGconn) -> Iterator[None]:
    pgconn.enter_pipeline_mode()
    try:
        yield
    finally:
        if pgconn.status == pq.ConnStatus.OK and pgconn.pipeline_status != pq.PipelineStatus.OFF:
            pgconn.exit_pipeline_mode()


@contextmanager
def _whole(driver: psycopg.Connection[Any]) -> Iterator[None]:
    """Where something breaks that is no refusal of the server, the connection is in the middle of a COPY: nobody can use it any more."""
    try:
        yield
    except psycopg.Error:
        raise
    except BaseException:
        driver.close()
        raise


def _in_transaction(pgconn: pq.abc.PGconn) -> bool:
    return pgconn.transaction_status != pq.TransactionStatus.IDLE


def _begin_text(driver: psycopg.Connection[Any]) -> bytes:
    level = driver.isolation_level
    return b"BEGIN" if level is None else b"BEGIN ISOLATION LEVEL " + level.name.replace("_", " ").encode()


def _begin(driver: psycopg.Connection[Any]) -> int:
    """Results that the beginning will have."""
    if driver.autocommit or _in_transaction(driver.pgconn):
        return 0
    driver.pgconn.send_query_params(_begin_text(driver), None)
    return 1


def _send(pgconn: pq.abc.PGconn, prepared: Prepared, text: bytes, values: Sequence[Any]) -> tuple[bytes, bytes] | None:
    """Its text and name, where it had to be prepared."""
    name = prepared.names.get(text)
    made = None
    if name is None:
        prepared.count += 1
        name = b"epeken_%d" % prepared.count
        pgconn.send_prepare(name, text, [_TEXT_OIDS.get(type(value), 0) for value in values])
        made = (text, name)
    pgconn.send_query_prepared(name, [None if value is None else str(value).encode() for value in values])
    return made


def _results(pgconn: pq.abc.PGconn) -> list[pq.abc.PGresult]:
    """All results up to the pipeline's end."""
    found: list[pq.abc.PGresult] = []
    while True:
        told = _wait(pgconn)
        if told is None:
            continue
        if told.status == pq.ExecStatus.PIPELINE_SYNC:
            return found
        found.append(told)


def _wait(pgconn: pq.abc.PGconn) -> pq.abc.PGresult | None:
    """The next result, or None between two statements. Other threads run while the server works."""
    poll = None
    while pgconn.flush() or pgconn.is_busy():
        if poll is None:
            poll = select.poll()
            poll.register(pgconn.socket, select.POLLIN)
        poll.modify(pgconn.socket, select.POLLIN | (select.POLLOUT if pgconn.flush() else 0))
        poll.poll()
        pgconn.consume_input()
    told = pgconn.get_result()
    if told is None and pgconn.status != pq.ConnStatus.OK:
        raise psycopg.OperationalError("the connection is lost")
    return told


def _next(pgconn: pq.abc.PGconn) -> pq.abc.PGresult:
    told = _wait(pgconn)
    if told is None:
        raise psycopg.OperationalError("the server has ended what it was asked")
    return told


def _put(pgconn: pq.abc.PGconn, data: bytes) -> None:
    """Data of one COPY, to its end."""
    while pgconn.put_copy_data(data) == 0:
        _writable(pgconn)
    while pgconn.put_copy_end() == 0:
        _writable(pgconn)
    while pgconn.flush():
        _writable(pgconn)


def _writable(pgconn: pq.abc.PGconn) -> None:
    poll = select.poll()
    poll.register(pgconn.socket, select.POLLIN | select.POLLOUT)
    poll.poll()
    pgconn.consume_input()
    pgconn.flush()


def _drain(pgconn: pq.abc.PGconn) -> None:
    """Take what is left of a query."""
    while (told := _wait(pgconn)) is not None:
        if told.status == pq.ExecStatus.COPY_IN:
            pgconn.put_copy_end(b"given up")


def _check(results: Sequence[pq.abc.PGresult]) -> None:
    """Raises psycopg.Error for the first that failed."""
    for told in results:
        if told.status not in _GOOD:
            raise _error(told)


def _error(told: pq.abc.PGresult) -> psycopg.Error:
    state = (told.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
    words = (told.error_message or b"").decode("utf-8", "replace").strip()
    try:
        return errors.lookup(state)(words)
    except KeyError:
        return psycopg.OperationalError(words or "the server refused")


def _read(told: pq.abc.PGresult) -> tuple[Rows, int]:
    if told.status != pq.ExecStatus.TUPLES_OK:
        return [], told.command_tuples or 0
    readers = [_READ.get(told.ftype(column), _text) for column in range(told.nfields)]
    get = told.get_value
    rows = []
    for row in range(told.ntuples):
        values = []
        for column, read in enumerate(readers):
            value = get(row, column)
            values.append(None if value is None else read(value))
        rows.append(tuple(values))
    return rows, told.ntuples


def _text(told: bytes) -> str:
    return told.decode()
