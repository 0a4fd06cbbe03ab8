"""The central under test, on embedded SQLite and on PostgreSQL: the same tests for both."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central.database import Database
from central.tables import metadata
from central.world import Settings
from tests.helpers.central import City, Http
from tests.helpers.city_people import CounterTill, OnlineBuyer
from tests.helpers.postgres import PostgresServer, empty


@pytest.fixture(scope="session")
def city_http() -> Iterator[Http]:
    http = Http()
    yield http
    http.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_city(postgres: PostgresServer) -> str:
    """A database at the program's version; each test empties it first."""
    url = postgres.url(postgres.new_database())
    _upgrade(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("city") / "template.db"
    _upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the test's own, at the program's version."""
    if request.param == "sqlite":
        file = tmp_path / "city.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite:///{file}"
    url: str = request.getfixturevalue("postgres_city")
    empty(url, [table.name for table in metadata.sorted_tables])
    return url


@pytest.fixture
def city_with(city_http: Http, database_url: str) -> Iterator[Callable[[Settings], City]]:
    """Opens the city with an operator's own settings."""
    opened: list[City] = []

    def open_city(settings: Settings) -> City:
        opened.append(City(city_http, database_url, settings))
        return opened[-1]

    yield open_city
    for city in opened:
        city.close()


@pytest.fixture
def city(city_with: Callable[[Settings], City]) -> City:
    return city_with(Settings())


@pytest.fixture
def new_till() -> Iterator[Callable[..., CounterTill]]:
    """Makes tills; with `code` or `shop` they are paired."""
    made: list[CounterTill] = []
    keys = itertools.count(1)

    def till(city: City, shop: str = "", code: str = "", key: bytes = b"") -> CounterTill:
        made.append(CounterTill(city, key or next(keys).to_bytes(32, "big")))
        if code or shop:
            made[-1].enrol(code or city.code(shop))
        return made[-1]

    yield till
    for each in made:
        each.close()


@pytest.fixture
def new_buyer() -> Iterator[Callable[..., OnlineBuyer]]:
    made: list[OnlineBuyer] = []

    def buyer(city: City, name: str = "Rina Wati", phone: str = "081234563841", kind: str = "ASN") -> OnlineBuyer:
        made.append(OnlineBuyer(city, city.buyer(name, phone, kind)))
        return made[-1]

    yield buyer
    for each in made:
        each.close()


@pytest.fixture
def shop(city: City) -> str:
    return city.shop()


@pytest.fixture
def till(city: City, shop: str, new_till: Callable[..., CounterTill]) -> CounterTill:
    """A paired till of the shop."""
    return new_till(city, shop)


@pytest.fixture
def buyer(city: City, new_buyer: Callable[..., OnlineBuyer]) -> OnlineBuyer:
    return new_buyer(city)


def _upgrade(url: str) -> None:
    database = Database(url)
    database.upgrade()
    database.close()
