"""Where the city's memory is kept: its version, its two kinds, and what happens when it is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from central.app import make_app
from central.bulk import append
from central.database import HEAD, Database, NotReady
from central.migrations.run import newest
from central.opening import open_world
from central.tables import metadata, sale
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, an_id, stock
from tests.helpers.postgres import PostgresServer

MI = an_id("Indomie")


def test_the_scripts_make_exactly_the_tables_that_the_program_means(database_url: str) -> None:
    database = Database(database_url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert database.version() == HEAD == newest()
    database.close()


def test_a_new_database_is_brought_to_the_version_and_one_that_is_there_is_left_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'city.db'}")
    assert database.version() == ""
    with pytest.raises(NotReady):
        database.check()
    database.upgrade()
    database.upgrade()
    database.check()
    database.close()


def test_a_newer_database_is_refused(database_url: str) -> None:
    database = Database(database_url)
    try:
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(NotReady):
            database.upgrade()
        with pytest.raises(NotReady):
            open_world(database_url)
        with pytest.raises(NotReady):
            make_app(database_url)
    finally:
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
        database.close()


def test_an_upgrade_that_fails_leaves_nothing_half_made(tmp_path: Path) -> None:
    file = tmp_path / "city.db"
    database = Database(f"sqlite:///{file}")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE shop (mine INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        database.upgrade()
    with database.read() as connection:
        tables = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    assert tables == {"shop"}
    database.close()


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://somewhere/city"])
def test_another_kind_of_database_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match=r"database|keeps its things"):
        Database(url)


def test_every_process_on_one_database_has_the_same_keys(city: City, database_url: str) -> None:
    other = open_world(database_url)
    assert other.keys.public == city.world.keys.public
    assert other.keys.seal("a", "b") == city.world.keys.seal("a", "b") != city.world.keys.seal("b", "a")
    other.database.close()


def test_many_rows_and_few_rows_are_written_the_same(database_url: str) -> None:
    database = Database(database_url)
    for count in (0, 1, 7, 8, 300):
        rows = [(9, an_id(f"{count} {place}"), "d", "A1-1\t\\N\n", "", place, 0, -1, "sale", "", "é", "") for place in range(count)]
        with database.write() as connection:
            append(connection, sale, rows)
        with database.read() as connection:
            found = connection.execute(text("SELECT * FROM sale ORDER BY total")).all()
        assert [tuple(row) for row in found] == rows
        with database.write() as connection:
            connection.execute(text("DELETE FROM sale"))
    database.close()


def test_a_bulk_write_that_fails_says_so_as_any_statement_does(database_url: str) -> None:
    from sqlalchemy.exc import IntegrityError

    database = Database(database_url)
    rows = [(9, "same", "d", "", "", 1, 0, 1, "sale", "", "", "")] * 20
    with pytest.raises(IntegrityError), database.write() as connection:
        append(connection, sale, rows)
    with database.read() as connection:
        assert connection.execute(text("SELECT * FROM sale")).all() == []
    database.close()


def test_sqlite_syncs_each_commit_and_keeps_a_log_beside_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'city.db'}")
    with database.read() as connection:
        told = [connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert told == ["wal", 2, 1]
    database.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_while_the_database_is_away_a_till_is_told_to_come_again(
    city: City, shop: str, till: CounterTill, postgres: PostgresServer
) -> None:
    batch = till.batch(till.operation(stock({MI: 5})))
    postgres.stop("immediate")
    try:
        reply = till.sync(batch=batch)
        assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "busy", "5")
        health = till.web.get(f"{city.url}/health", timeout=30)
        assert (health.status_code, wire.decode(health.content, wire.Problem).code) == (503, "busy")
    finally:
        postgres.start()
    assert till.sync(batch=batch).read(wire.SyncAnswer).results[0].status == "applied"
    assert city.summary(shop)["stock"] == {MI: 5}


def test_a_fault_is_told_as_a_problem_and_takes_nothing_with_it(
    city: City, shop: str, till: CounterTill, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: Callable[..., object] = _fail
    monkeypatch.setattr("central.sync.effects.Effects.finish", broken)
    reply = till.sync(batch=till.batch(till.operation(stock({MI: 5}))))
    assert (reply.status, reply.code) == (500, "internal")
    assert "a bug" in caplog.text
    monkeypatch.undo()
    assert city.one("SELECT count(*) FROM operation") == 0
    assert till.push(stock({MI: 5})).results[0].status == "applied"


def _fail(*_: object) -> None:
    raise RuntimeError("a bug")
