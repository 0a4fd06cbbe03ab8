"""A hundred sales into the central on PostgreSQL, by its own process and signed HTTP, beside COPY of the very rows they became.

The requests are made beforehand, packed and signed: what a till spends on them is measured elsewhere (`benchmarks.line`).
"""

from __future__ import annotations

import gzip
import hashlib
import statistics
import time
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec
import psycopg
from psycopg import sql

from benchmarks.measure import Row
from pos.sync import protocol as wire
from tests.helpers.central import CentralProcess, City
from tests.helpers.city_people import CounterTill
from tests.helpers.postgres import PostgresServer

SALES = 100
ROUNDS = 10
LINES = 3
SHELF = 300
"""Goods that sell: each sale takes others of them."""
FACTS = ("operation", "sale", "sale_line", "sale_payment", "movement", "stock")


def sale(till: int, number: int) -> wire.SalePayload:
    """Three lines, paid in cash."""
    lines = tuple(
        wire.SaleLine(
            product=_id("product", (till * 31 + number * 7 + place * 13) % SHELF),
            unit=_id("unit", (till * 31 + number * 7 + place * 13) % SHELF),
            factor=1,
            quantity=1 + place,
            unit_price=3_500,
            amount=3_500 * (1 + place),
        )
        for place in range(LINES)
    )
    total = sum(line.amount for line in lines)
    paid = wire.Payment(tender="cash", amount=total, received=total + 500, change=500)
    return wire.SalePayload(receipt=f"A1-{number}-{till:04d}", session=_id("session", till), total=total, lines=lines, payments=(paid,))


def _id(kind: str, number: int) -> str:
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:32]


class Round:
    """One new shop with one new till; pushes once, and copies what came of it once."""

    def __init__(self, central: CentralProcess, number: int) -> None:
        shop = central.command("shop", f"Toko {number}")
        self.till = CounterTill(cast(City, SimpleNamespace(url=central.url)), key=hashlib.sha256(b"till %d" % number).digest())
        self.till.enrol(central.command("code", shop))
        self.number = number

        self._line = HTTPConnection(urlsplit(central.url).netloc, timeout=60)
        self._line.connect()
        self._requests = [self._request(first) for first in range(0, SALES, wire.MAX_OPERATIONS)]

    def _request(self, first: int) -> tuple[bytes, dict[str, str]]:
        """Body and headers of the batch that begins with sale `first`; the till goes on as if it had been taken."""
        till = self.till
        sales = [sale(self.number, first + place) for place in range(wire.MAX_OPERATIONS)]
        operations = [till.operation(payload, ahead=place) for place, payload in enumerate(sales, 1)]
        request = wire.SyncRequest(protocol=wire.PROTOCOL_VERSION, cursor="", page=0, batch=till.batch(*operations))
        for operation in operations:
            digest = wire.payload_hash(bytes(operation.payload))
            till.head = wire.chain_hash(till.head, operation.id, operation.seq, operation.kind, operation.at, digest)
        till.seq += len(operations)
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
        signed = {"Authorization": f"DPoP {till.access}", "DPoP": till.proof("/v1/sync", till.access)}
        return gzip.compress(wire.encode(request), 6), headers | signed

    def push(self) -> float:
        """Wall seconds of the two round trips."""
        answers = []
        start = time.perf_counter()
        for body, headers in self._requests:
            self._line.request("POST", "/v1/sync", body, headers)
            told = self._line.getresponse()
            answers.append((told.status, told.headers.get("Content-Encoding", ""), told.read()))
        spent = time.perf_counter() - start
        for status, packing, body in answers:
            answer = wire.decode(gzip.decompress(body) if packing else body, wire.SyncAnswer) if status == 200 else None
            if answer is None or any(result.status != "applied" for result in answer.results):
                raise RuntimeError(f"a batch was not taken: {body[:200]!r}")
        return spent

    def close(self) -> None:
        self._line.close()
        self.till.close()


def copy(connection: psycopg.Connection[Any], shop: int) -> float:
    """Wall seconds of COPY of all rows of a shop's facts, in one transaction, into empty tables of the same shape and indexes."""
    taken = {}
    for name in FACTS:
        query = sql.SQL("COPY (SELECT * FROM {} WHERE shop = {}) TO STDOUT (FORMAT BINARY)").format(sql.Identifier(name), sql.Literal(shop))
        with connection.cursor().copy(query) as stream:
            taken[name] = b"".join(bytes(part) for part in stream)
    connection.commit()
    start = time.perf_counter()
    for name, data in taken.items():
        with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(f"mirror_{name}"))) as stream:
            stream.write(data)
    connection.commit()
    return time.perf_counter() - start


def push() -> list[Row]:
    """The row of the table. Wall time, for two processes share the work."""
    server = PostgresServer()
    central = None
    try:
        name = server.new_database()
        central = CentralProcess(server.url(name))
        with psycopg.connect(server.url(name).replace("+psycopg", "", 1)) as connection:
            for table in FACTS:
                connection.execute(
                    sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(sql.Identifier(f"mirror_{table}"), sql.Identifier(table))
                )
            connection.commit()
            found, fastest = [], 0.0
            for number in range(1, ROUNDS + 1):
                ours = Round(central, number)
                spent = ours.push()
                found.append(spent / copy(connection, number))
                fastest = max(fastest, SALES / spent)
                ours.close()
    finally:
        if central is not None:
            central.close()
        server.close()
    what = "100 sales into the central on PostgreSQL, signed and answered, beside COPY of the same rows (wall)"
    note = f"{fastest:.0f} sales/s at best; {wire_bytes():.0f} bytes a sale on the wire"
    return [Row("push", what, statistics.median(found[1:]), 2.0, len(found) - 1, note=note)]


def wire_bytes() -> float:
    """Bytes of a sale in a packed batch of fifty."""
    operations = tuple(
        wire.Operation(
            id=_id("op", number),
            seq=number,
            kind="sale@1",
            at=1_790_000_000_000 + number * 60_000,
            payload=msgspec.Raw(wire.encode(sale(1, number))),
        )
        for number in range(1, wire.MAX_OPERATIONS + 1)
    )
    batch = wire.Batch(epoch=1, prev_hash=wire.GENESIS, operations=operations)
    return len(gzip.compress(wire.encode(wire.SyncRequest(protocol=1, cursor="", batch=batch)), 6)) / wire.MAX_OPERATIONS
