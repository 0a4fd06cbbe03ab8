"""What a shop's line carries on a day on which nothing happens: counted at a real central, by the till's own pace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.sync.client import CentralClient
from pos.sync.engine import SyncEngine
from pos.sync.meter import LineMeter
from pos.sync.pace import NIGHT_S
from tests.helpers.central import City
from tests.helpers.paired_tills import PROGRAM, QUICK, PairedTill
from tests.helpers.tills import stock_up

HOUR_S = 3_600
DAY_HOURS, NIGHT_HOURS = 17, 7
A_MEGABYTE = 1_000_000
WAIT_AND_REST_S = 145
"""Seconds from one long poll of a quiet shop to the next (`pos.app.line`)."""


@pytest.fixture
def till(tmp_path: Path, city: City, shop: str) -> Iterator[PairedTill]:
    made = PairedTill(tmp_path / "till")
    made.pair(city.url, city.code(shop))
    stock_up(made.till)
    made.settle()
    yield made
    made.close()


def test_an_idle_shop_costs_less_than_a_megabyte_a_day(city: City, till: PairedTill) -> None:
    meter = LineMeter()
    store, read = till.till.store, till.till.store.read
    client = CentralClient(city.url, till.secrets, till.clock, till.till.ids, PROGRAM, QUICK, device=read.shop().device, meter=meter)
    engine = SyncEngine(store, till.clock, till.till.ids, lambda: client, lambda: 0.5)

    def carried() -> int:
        quality = meter.quality(till.clock.now())
        return quality.sent_bytes + quality.received_bytes

    def idle_for(seconds: float) -> float:
        """Bytes of an hour, when the till goes on for so long as it does of itself."""
        spent = passed = 0.0
        while passed < seconds:
            before = carried()
            done = engine.run_once()
            assert done.error is None
            spent += carried() - before
            passed += done.next_in
            till.clock.pass_by(done.next_in)
            city.clock.pass_by(round(done.next_in * 1_000))
        return spent * HOUR_S / passed

    idle_for(HOUR_S / 4)
    # a line that holds no long poll is asked more often, one that does brings the news by it
    without = idle_for(HOUR_S)
    engine.pace.waits = True
    by_day = idle_for(HOUR_S)
    before = carried()
    client.wait(read.position().cursor, 1)
    one_wait = carried() - before
    before = carried()
    assert engine.run_once().error is None
    one_round = carried() - before
    a_day = DAY_HOURS * (by_day + one_wait * HOUR_S / WAIT_AND_REST_S) + NIGHT_HOURS * HOUR_S / NIGHT_S * (one_round + one_wait)
    plain = DAY_HOURS * without + NIGHT_HOURS * HOUR_S / NIGHT_S * one_round
    engine.close()
    assert 0 < one_wait < by_day
    assert plain < A_MEGABYTE, f"{plain:.0f} bytes a day without long polls"
    assert a_day < A_MEGABYTE, f"{a_day:.0f} bytes a day: {by_day:.0f} an hour by day, {one_round} a round, {one_wait} a long poll"
