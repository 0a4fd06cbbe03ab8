"""Pairing a till with its shop by a one-time code, as the officer and the attacker do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central.enrolment import ALPHABET, prefix
from central.world import DAY, HOUR, Settings
from pos.domain.errors import ErrorCode, ShopError
from pos.sync import protocol as wire
from pos.sync.client import DEVICE_KEY, REFRESH_TOKEN, CentralClient
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill
from tests.helpers.ids import CountingIds
from tests.helpers.tills import HandClock, MemorySecrets

NewTill = Callable[..., CounterTill]


def test_a_code_makes_a_till_of_its_shop(city: City, shop: str, new_till: NewTill) -> None:
    code = city.code(shop)
    answer = new_till(city).enrol(code)
    assert (answer.prefix, answer.epoch, answer.shop.uid, answer.shop.name) == ("A", 1, shop, "Toko Sinar Jaya")
    assert answer.shop.cap_amount == 30_000_000
    assert answer.access_expires_in == 3600
    assert answer.server_key == city.world.keys.public
    assert len(code) == 9
    assert set(code) <= {*ALPHABET, "-"}


def test_a_code_is_read_in_any_case_and_without_its_dash(city: City, shop: str, new_till: NewTill) -> None:
    assert new_till(city).try_code(f" {city.code(shop).lower().replace('-', ' ')} ").status == 200


def test_a_wrong_code_is_refused(city: City, shop: str, new_till: NewTill) -> None:
    city.code(shop)
    reply = new_till(city).try_code("AAAA-AAAA")
    assert (reply.status, reply.code) == (403, "code_wrong")


def test_a_code_serves_one_till(city: City, shop: str, new_till: NewTill) -> None:
    code = city.code(shop)
    new_till(city).enrol(code)
    reply = new_till(city).try_code(code)
    assert (reply.status, reply.code) == (409, "code_used")


def test_a_code_is_good_for_a_day(city: City, shop: str, new_till: NewTill) -> None:
    code = city.code(shop)
    city.clock.pass_by(DAY)
    reply = new_till(city).try_code(code)
    assert (reply.status, reply.code) == (403, "code_expired")


def test_a_lost_answer_is_asked_again_with_the_same_key(city: City, shop: str, new_till: NewTill) -> None:
    code, till = city.code(shop), new_till(city)
    first = till.enrol(code)
    city.clock.pass_by(2 * DAY)
    again = till.enrol(code)
    assert (again.device, again.prefix, again.epoch) == (first.device, first.prefix, first.epoch)
    assert till.sync().status == 200
    till.refresh = first.refresh_token
    assert till.fetch_access().status == 200


def test_a_till_that_lost_its_file_goes_on_under_a_new_epoch_with_a_new_code(city: City, shop: str, till: CounterTill) -> None:
    first = till.enrolled
    again = till.enrol(city.code(shop))
    assert first is not None
    assert (again.device, again.prefix, again.epoch) == (first.device, "A", 2)


def test_each_till_of_a_shop_has_its_own_letter(city: City, shop: str, new_till: NewTill) -> None:
    other = city.shop("Toko Makmur")
    letters = [new_till(city, place).enrolled.prefix for place in (shop, shop, other)]  # type: ignore[union-attr]
    assert letters == ["A", "B", "A"]
    assert [prefix(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_guessing_codes_is_stopped_for_an_address_and_right_codes_with_it(city: City, shop: str, new_till: NewTill) -> None:
    till, code = new_till(city), city.code(shop)
    for _ in range(10):
        assert till.try_code("AAAA-AAAA").code == "code_wrong"
    reply = till.try_code(code)
    assert (reply.status, reply.code) == (429, "too_many_tries")
    assert 0 < int(reply.headers["Retry-After"]) <= 15 * 60
    city.clock.pass_by(HOUR)
    assert till.try_code(code).status == 200


def test_guessing_codes_from_many_addresses_is_stopped_over_all(city_with: Callable[[Settings], City], new_till: NewTill) -> None:
    city = city_with(Settings(tries_per_address=1_000, tries_in_all=3))
    code = city.code(city.shop())
    for _ in range(3):
        assert new_till(city).try_code("AAAA-AAAA").code == "code_wrong"
    assert new_till(city).try_code(code).code == "too_many_tries"


def test_neither_codes_nor_tokens_nor_addresses_are_kept_readable(city: City, shop: str, new_till: NewTill) -> None:
    code, till = city.code(shop), new_till(city)
    till.try_code("AAAA-AAAA")
    answer = till.enrol(code)
    kept = str([city.rows(f"SELECT * FROM {table}") for table in ("enrol_code", "enrol_try", "token", "device")])
    for secret in (code, code.replace("-", ""), answer.access_token, answer.refresh_token, "127.0.0.1"):
        assert secret not in kept


def test_a_code_is_bound_to_the_key_that_proves_itself(city: City, shop: str, new_till: NewTill) -> None:
    till, other = new_till(city), new_till(city)
    for key in (other.public_key, "kunci é", "", "\x00"):
        request = wire.EnrolRequest(code=city.code(shop), public_key=key, device_name="x", program="x")
        assert till.ask("/v1/enrol", request).code == "proof_of_another_key"


def test_a_revoked_till_is_told_so_everywhere(city: City, shop: str, till: CounterTill) -> None:
    city.revoke(shop, "A")
    assert (till.sync().status, till.sync().code) == (403, "device_revoked")
    assert till.fetch_access().code == "device_revoked"
    assert till.try_code(city.code(shop)).code == "device_revoked"


def test_an_access_token_lasts_an_hour_and_a_refresh_token_slides_on(city: City, till: CounterTill) -> None:
    city.clock.pass_by(HOUR)
    assert (till.sync().status, till.sync().code) == (401, "token_expired")
    for _ in range(3):
        city.clock.pass_by(179 * DAY)
        assert till.fetch_access().status == 200
        assert till.sync().status == 200
    city.clock.pass_by(180 * DAY)
    assert till.fetch_access().code == "token_expired"


def test_tokens_that_nobody_gave_are_wrong(city: City, till: CounterTill) -> None:
    good = till.refresh
    for wrong in ("nonsense", "", "é.x", good[:-1] + ("A" if good[-1] != "A" else "B"), till.access):
        till.refresh = wrong
        assert till.fetch_access().code == "token_wrong"


def test_the_tills_own_client_pairs_and_syncs(city: City, shop: str) -> None:
    secrets, clock = MemorySecrets(), HandClock()
    secrets.set(DEVICE_KEY, wire.b64(bytes(31) + b"\x07"))
    client = CentralClient(city.url, secrets, clock, CountingIds())
    key = CounterTill(city, bytes(31) + b"\x07")
    try:
        request = wire.EnrolRequest(code="AAAA-AAAA", public_key=key.public_key, device_name="Kasir", program="test")
        with pytest.raises(ShopError) as wrong:
            client.enrol(request)
        assert wrong.value.code is ErrorCode.PAIRING_CODE_WRONG
        answer = client.enrol(wire.EnrolRequest(code=city.code(shop), public_key=key.public_key, device_name="Kasir", program="test"))
        secrets.set(REFRESH_TOKEN, answer.refresh_token)
        assert client.sync(wire.SyncRequest(protocol=1, cursor="")).acked_seq == 0
        city.clock.pass_by(2 * HOUR)
        assert client.sync(wire.SyncRequest(protocol=1, cursor="")).timeline == answer.timeline
    finally:
        client.close()
        key.close()
