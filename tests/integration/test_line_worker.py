"""The line's piece of work as the whole till wires it: who is waited for, who is not, and what no failure may do to its thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.app import open_backstage
from pos.app.shop import Shop
from pos.domain.errors import ErrorCode
from pos.services.goods import put_catalogue
from tests.helpers.central import City
from tests.helpers.scripted_server import ScriptedServer, http
from tests.helpers.shops import MI

HOUR_S = 3_600
PORTAL = http("503 Service Unavailable", b"come back", Retry_After=str(HOUR_S))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_backstage(tmp_path, {"secrets_in_file": True}) as opened:
        yield opened


def paired(shop: Shop, city: City, code: str) -> None:
    shop.pair(city.url, code)
    put_catalogue(shop.till, [(MI, 10)])


def moved_to(shop: Shop, url: str) -> None:
    with shop.till.store.begin() as work:
        work.set_shop(central_url=url)
        work.commit()


def test_who_asks_for_it_does_not_wait_for_a_line_that_was_sent_away_for_an_hour(city: City, shop: Shop) -> None:
    paired(shop, city, city.code(city.shop()))
    portal = ScriptedServer(PORTAL, PORTAL)
    try:
        moved_to(shop, portal.url)
        assert shop.sync_once().next_in == HOUR_S
        shop.sync_now()
        assert shop.sync_once().next_in > HOUR_S - 60, "a sale does not hammer a server that is not well"
        assert len(portal.requests) == 1
        shop.sync_now(asked=True)
        shop.sync_once()
        assert len(portal.requests) == 2
    finally:
        portal.close()


def test_a_till_that_was_turned_away_speaks_with_its_new_keys_as_soon_as_it_has_them(city: City, shop: Shop) -> None:
    uid = city.shop()
    paired(shop, city, city.code(uid))
    while shop.sync_once().next_in == 0:
        pass
    city.revoke(uid, "A")
    told = shop.sync_once().error
    assert told is not None
    assert told.code is ErrorCode.DEVICE_REVOKED
    engine = shop.line._engine
    shop.pair(city.url, city.code(uid))
    # as if the worker had looked just between the pairing's last word and ours
    shop.line._engine = engine
    shop.sync_now(asked=True)
    assert shop.sync_once().error is None
    assert shop.till.store.read.line().waiting == 0


def test_a_store_that_cannot_be_read_is_told_and_ends_no_worker(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from pos.domain.errors import ShopError
    from pos.local_db.queries import SqliteQueries

    def lost(_: SqliteQueries) -> None:
        raise ShopError(ErrorCode.STORE_BUSY)

    monkeypatch.setattr(SqliteQueries, "shop", lost)
    done = shop.sync_once()
    assert done.error is not None
    assert (done.error.code, done.next_in > 0, shop.last_sync_error()) == (ErrorCode.STORE_BUSY, True, done.error)
