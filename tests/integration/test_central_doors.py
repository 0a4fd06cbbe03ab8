"""Every place of the central, those of tomorrow too, against whoever should not be there and against text that means harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
import requests

from central.logs import JsonLines
from central.officers import OfficerRole, add_officer
from central.tables import metadata
from central.web.examples import IN_PATH
from central.web.routes import ROUTES, Route, Who
from central.world import Settings
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, OnlineBuyer, Reply, an_id, goods, sale, stock

NewTill = Callable[..., CounterTill]
HARM = ("'; DROP TABLE sale; --\" OR 1=1 --", 'x\n{"level":"info","event":"forged"}', "\x1b[2J\r\u2028 %s %(shop)s ${x} {0}")
"""SQL, a second line of the log, what a terminal obeys, what a formatter fills in. A NUL beside them: PostgreSQL keeps none in a text."""


@dataclass
class Guests:
    """One of each who may stand at a door, and the session that carries what they send."""

    city: City
    tokens: dict[Who, str]
    till: CounterTill
    web: requests.Session

    def ask(self, route: Route, who: Who | None, body: bytes | None, in_path: dict[str, str]) -> Reply:
        """Ask as `who` would, in the way that the place wants; None: as nobody."""
        path = route.path.format(**{name: quote(value, safe="") for name, value in in_path.items()})
        if who is not None and who.is_till and route.method == "POST":
            return self.till.post(path, body or b"{}", self.tokens[who])
        token = self.tokens[who] if who is not None else ""
        headers = {"Authorization": f"{route.who.scheme} {token}"} if token else {}
        if route.who.is_till:
            headers["DPoP"] = self.till.proof(path, token, method=route.method)
        told = self.web.request(route.method, self.city.url + path, data=body, headers=headers, timeout=30)
        self.till.nonce = told.headers.get("DPoP-Nonce", self.till.nonce)
        return Reply(told.status_code, told.content, told.headers)


@pytest.fixture
def city(city_with: Callable[[Settings], City]) -> City:
    """A city that counts nobody at the door: here everybody knocks at every place."""
    return city_with(Settings(rate_address=(1_000, 1_000), rate_device=(1_000, 1_000)))


@pytest.fixture
def guests(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer) -> Iterator[Guests]:
    with city.database.write() as connection:
        officer = add_officer(city.world, connection, "Bu Retno", OfficerRole.OFFICER, (shop,))
        office = add_officer(city.world, connection, "Pak Budi", OfficerRole.CITY, ())
    tokens = {Who.DEVICE_KEY: "", Who.DEVICE: till.access, Who.BUYER: buyer.token, Who.OFFICER: officer, Who.CITY: office}
    till.pull()
    with requests.Session() as web:
        yield Guests(city, tokens, till, web)


def example(route: Route) -> bytes | None:
    return wire.encode(route.request_example) if route.request_example is not None else None


def test_every_place_is_shut_to_nobody_and_to_everybody_of_another_kind(guests: Guests) -> None:
    for route in ROUTES:
        for who in (None, *Who):
            if who in (route.who, Who.DEVICE_KEY) or route.who is Who.DEVICE_KEY or (route.who, who) == (Who.OFFICER, Who.CITY):
                continue
            reply = guests.ask(route, who, example(route), dict(IN_PATH))
            may_not = route.who is Who.CITY and who is Who.OFFICER
            assert reply.status == (403 if may_not else 401), (route.name, who, reply.body)


def test_an_officer_of_another_shop_is_told_nothing_of_this_one(city: City, guests: Guests) -> None:
    other = city.shop("Toko Makmur")
    with city.database.write() as connection:
        stranger = add_officer(city.world, connection, "Bu Sari", OfficerRole.OFFICER, (other,))
    of_a_shop = [route for route in ROUTES if route.who is Who.OFFICER and "{shop}" in route.path]
    assert of_a_shop
    guests.tokens[Who.OFFICER] = stranger
    shop = city.one("SELECT uid FROM shop WHERE id = 1")
    for route in of_a_shop:
        reply = guests.ask(route, Who.OFFICER, example(route), {**IN_PATH, "shop": shop})
        assert (reply.status, reply.code) == (404, "shop_unknown"), route.name


def harmed(value: Any, harm: str) -> Any:
    """The same message with harm in each of its texts."""
    if isinstance(value, dict):
        return {name: harmed(item, harm) for name, item in value.items()}
    if isinstance(value, list):
        return [harmed(item, harm) for item in value]
    return harm if isinstance(value, str) else value


@pytest.mark.parametrize("harm", ["".join(HARM), "\x00"], ids=["text", "nul"])
def test_text_that_means_harm_breaks_neither_a_table_nor_a_line_of_the_log(
    city: City, guests: Guests, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    caplog.set_level("DEBUG", "central")
    for route in ROUTES:
        message = route.request_example
        body = msgspec.json.encode(harmed(msgspec.json.decode(wire.encode(message)), harm)) if message is not None else None
        for in_path in ({**IN_PATH}, dict.fromkeys(IN_PATH, harm)):
            reply = guests.ask(route, route.who, body, in_path)
            assert reply.status < 500, (route.name, reply.body)
    for record in caplog.records:
        line = JsonLines().format(record)
        assert not {"\n", "\r", "\x1b"} & set(line), line
        assert json.loads(line)["event"] != "forged"
    for table in metadata.sorted_tables:
        city.rows(f"SELECT count(*) FROM {table.name}")


def test_what_a_shop_writes_is_kept_as_it_was_written(city: City, till: CounterTill) -> None:
    for number, harm in enumerate(HARM, 1):
        product = msgspec.structs.replace(goods("Indomie"), name=harm, category=harm)
        told = till.push(
            wire.ProductPayload(products=(product,)), stock({an_id("Indomie"): 5}), sale({an_id("Indomie"): 1}, receipt=harm[:20])
        )
        assert [result.status for result in told.results] == ["applied"] * 3
        (kept,) = [change.product for change in till.pull_all() if change.product is not None]
        assert (kept.name, kept.category) == (harm, harm)
        assert city.one("SELECT count(*) FROM sale") == number
