"""Pairing a till by its one-time code, losing the pairing, and pairing again: with the real central behind real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central.world import DAY, HOUR
from pos.domain.errors import ErrorCode, ShopError
from pos.sync.client import DEVICE, DEVICE_KEY, REFRESH_TOKEN
from pos.sync.enrolment import NEXT_KEY, pair
from tests.helpers.bad_line import BadLine, Weather
from tests.helpers.central import City
from tests.helpers.paired_tills import PairedTill
from tests.helpers.tills import MemorySecrets, sell, stock_of, stock_up

NewTill = Callable[[str], PairedTill]


@pytest.fixture
def new_paired(tmp_path: Path) -> Iterator[NewTill]:
    made: list[PairedTill] = []

    def till(name: str = "till") -> PairedTill:
        made.append(PairedTill(tmp_path / name))
        return made[-1]

    yield till
    for each in made:
        each.close()


def refused(till: PairedTill, url: str, code: str) -> ErrorCode:
    with pytest.raises(ShopError) as told:
        till.pair(url, code)
    return told.value.code


def test_a_paired_till_knows_its_shop_and_keeps_its_keys(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    assert till.pair(f" {city.url}/ ", city.code(shop)) == "Toko Sinar Jaya"
    known = till.till.store.read.shop()
    assert (known.uid, known.name, known.address, known.prefix, known.epoch) == (shop, "Toko Sinar Jaya", "Jl. Kenanga 12", "A", 1)
    assert (known.central_url, known.server_key) == (city.url, city.world.keys.public)
    assert till.till.store.read.line().paired
    assert till.secrets.get(DEVICE_KEY) is not None
    assert till.secrets.get(REFRESH_TOKEN) is not None
    assert till.secrets.get(NEXT_KEY) is None


@pytest.mark.parametrize("typed", ["AAAA-AAAA", "x", "kode saya", "ABCD EFGH"])
def test_a_wrong_code_is_said_and_changes_nothing(city: City, shop: str, new_paired: NewTill, typed: str) -> None:
    till = new_paired("till")
    before = till.till.store.read.shop()
    assert refused(till, city.url, typed) is ErrorCode.PAIRING_CODE_WRONG
    assert till.till.store.read.shop() == before
    assert till.secrets.get(REFRESH_TOKEN) is None
    assert till.pair(city.url, city.code(shop)) == "Toko Sinar Jaya"


def test_an_empty_code_is_not_even_asked_about(new_paired: NewTill) -> None:
    assert refused(new_paired("till"), "https://epeken.invalid", "  ") is ErrorCode.PAIRING_CODE_WRONG


def test_a_code_pairs_one_till_only(city: City, shop: str, new_paired: NewTill) -> None:
    code = city.code(shop)
    new_paired("one").pair(city.url, code)
    assert refused(new_paired("two"), city.url, code) is ErrorCode.PAIRING_CODE_USED


def test_a_code_of_yesterday_has_expired(city: City, shop: str, new_paired: NewTill) -> None:
    code = city.code(shop)
    city.clock.pass_by(DAY + HOUR)
    assert refused(new_paired("till"), city.url, code) is ErrorCode.PAIRING_CODE_EXPIRED


def test_guessing_codes_ends(city: City, new_paired: NewTill) -> None:
    till = new_paired("till")
    told = [refused(till, city.url, f"AAAA-AAA{sign}") for sign in "BCDEFGHJKLMN"]
    assert told[-1] is ErrorCode.PAIRING_TOO_MANY_TRIES


def test_a_lost_answer_is_repeated_with_the_same_code_and_key(city: City, shop: str, new_paired: NewTill) -> None:
    till, code, line = new_paired("till"), city.code(shop), BadLine(city.url)
    line.lossy = b"/v1/enrol"
    line.set(Weather.ANSWERS_LOST)
    assert refused(till, line.url, code) is ErrorCode.NO_LINE
    assert line.lost == 1
    assert not till.till.store.read.line().paired
    till.close()
    till.start()
    line.set(Weather.FAIR)
    assert till.pair(line.url, code) == "Toko Sinar Jaya"
    assert city.one("SELECT count(*) FROM device") == 1
    till.settle()
    line.close()


def test_a_till_whose_answer_was_lost_and_that_was_turned_away_meanwhile_pairs_under_another_key(
    city: City, shop: str, new_paired: NewTill
) -> None:
    till, line = new_paired("till"), BadLine(city.url)
    line.lossy = b"/v1/enrol"
    line.set(Weather.ANSWERS_LOST)
    assert refused(till, line.url, city.code(shop)) is ErrorCode.NO_LINE
    line.set(Weather.FAIR)
    kept = till.secrets.get(NEXT_KEY)
    city.revoke(shop, "A")
    assert till.pair(line.url, city.code(shop)) == "Toko Sinar Jaya"
    assert till.secrets.get(DEVICE_KEY) not in (None, kept), "a key that was turned away is never let in again"
    assert till.till.store.read.shop().prefix == "B"
    sell(till.till, stock_up(till.till)[0])
    till.settle()
    assert city.summary(shop)["sales"] == 1
    line.close()


def test_after_a_lost_answer_another_code_helps_too(city: City, shop: str, new_paired: NewTill) -> None:
    till, line = new_paired("till"), BadLine(city.url)
    line.lossy = b"/v1/enrol"
    line.set(Weather.ANSWERS_LOST)
    assert refused(till, line.url, city.code(shop)) is ErrorCode.NO_LINE
    line.set(Weather.FAIR)
    assert till.pair(line.url, city.code(shop)) == "Toko Sinar Jaya"
    sell(till.till, stock_up(till.till)[0])
    till.settle()
    assert city.summary(shop)["sales"] == 1
    line.close()


def test_the_key_is_kept_before_anybody_hears_of_it(city: City, shop: str, new_paired: NewTill) -> None:
    till, secrets = new_paired("till"), MemorySecrets()
    pair(till.till.store, secrets, till.clock, till.till.ids, city.url, city.code(shop), "Kasir")
    assert secrets.log == [NEXT_KEY, DEVICE, REFRESH_TOKEN, DEVICE_KEY]


def test_a_machine_that_can_keep_no_key_uses_no_code_up(city: City, shop: str, new_paired: NewTill) -> None:
    class NoKeyring(MemorySecrets):
        def set(self, name: str, value: str) -> None:
            raise ShopError(ErrorCode.NO_KEYRING)

    till, code = new_paired("till"), city.code(shop)
    with pytest.raises(ShopError) as told:
        pair(till.till.store, NoKeyring(), till.clock, till.till.ids, city.url, code, "Kasir")
    assert told.value.code is ErrorCode.NO_KEYRING
    assert till.pair(city.url, code) == "Toko Sinar Jaya"


def test_a_server_that_is_not_there_is_said(new_paired: NewTill) -> None:
    assert refused(new_paired("till"), "http://127.0.0.1:9", "AAAA-AAAA") is ErrorCode.NO_LINE


def test_plain_http_to_another_machine_is_not_spoken(new_paired: NewTill) -> None:
    assert refused(new_paired("till"), "http://epeken.invalid", "AAAA-AAAA") is ErrorCode.TLS_FAILED


def test_what_was_sold_before_pairing_is_told_under_the_tills_own_numbers(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    goods = stock_up(till.till)
    early = [sell(till.till, goods[0]) for _ in range(3)]
    till.pair(city.url, city.code(shop))
    late = sell(till.till, goods[1])
    till.settle()
    told = city.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (4, 0, 0)
    assert told["stock"] == stock_of(till.till, goods)
    assert len({sale.number for sale in [*early, late]}) == 4
    assert till.till.store.read.check() == []


def test_two_tills_that_sold_before_pairing_have_no_number_in_common(city: City, shop: str, new_paired: NewTill) -> None:
    one, two = new_paired("one"), new_paired("two")
    goods = stock_up(one.till)
    sales = [sell(one.till, goods[0])]
    one.pair(city.url, city.code(shop))
    one.settle()
    same_goods = stock_up(two.till)
    sales.append(sell(two.till, same_goods[0]))
    two.pair(city.url, city.code(shop))
    for _ in range(2):
        two.settle()
        one.settle()
    sales += [sell(one.till, goods[0]), sell(two.till, goods[0])]
    for _ in range(2):
        two.settle()
        one.settle()
    assert len({sale.number for sale in sales}) == 4
    assert city.summary(shop)["duplicates"] == 0
    assert city.summary(shop)["stock"] == stock_of(one.till, goods) == stock_of(two.till, goods)


def test_a_paired_till_is_not_paired_again_by_mistake(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    code = city.code(shop)
    assert refused(till, city.url, code) is ErrorCode.ALREADY_PAIRED
    assert new_paired("other").pair(city.url, code) == "Toko Sinar Jaya"


def test_a_revoked_till_sells_on_and_a_new_code_brings_everything_over(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    goods = stock_up(till.till)
    sales = [sell(till.till, goods[0])]
    till.settle()
    city.revoke(shop, till.till.store.read.shop().device)
    sales.append(sell(till.till, goods[1]))
    turned_away = till.once()
    assert turned_away.error is not None
    assert turned_away.error.code is ErrorCode.DEVICE_REVOKED
    assert till.waiting == 1
    till.pair(city.url, city.code(shop))
    sales.append(sell(till.till, goods[2]))
    till.settle()
    told = city.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (3, 0, 0)
    assert told["stock"] == stock_of(till.till, goods)
    assert len({sale.number for sale in sales}) == 3
    assert till.till.store.read.check() == []


def test_a_revoked_till_is_not_taken_to_another_shop(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    sell(till.till, stock_up(till.till)[0])
    city.revoke(shop, till.till.store.read.shop().device)
    till.once()
    other = city.shop("Toko Lain")
    assert refused(till, city.url, city.code(other)) is ErrorCode.PAIRING_OTHER_SHOP
    assert till.till.store.read.shop().uid == shop
    assert till.pair(city.url, city.code(shop)) == "Toko Sinar Jaya"
    till.settle()
    assert city.summary(shop)["sales"] == 1
    assert city.summary(other)["sales"] == 0


def test_a_revoked_tills_wrong_code_leaves_its_keys_as_they_were(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    till.settle()
    keys = (till.secrets.get(DEVICE_KEY), till.secrets.get(REFRESH_TOKEN))
    city.revoke(shop, till.till.store.read.shop().device)
    till.once()
    assert refused(till, city.url, "AAAA-AAAA") is ErrorCode.PAIRING_CODE_WRONG
    assert (till.secrets.get(DEVICE_KEY), till.secrets.get(REFRESH_TOKEN)) == keys


def test_an_access_token_that_ended_is_fetched_anew_without_a_word(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    goods = stock_up(till.till)
    till.settle()
    city.clock.pass_by(2 * HOUR)
    sell(till.till, goods[0])
    assert till.once().error is None
    assert city.summary(shop)["sales"] == 1


def test_a_till_that_was_away_for_half_a_year_sells_on_and_is_paired_anew(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    goods = stock_up(till.till)
    till.settle()
    city.clock.pass_by(181 * DAY)
    till.clock.pass_by(181 * 86_400)
    sell(till.till, goods[0])
    away = till.once()
    assert away.error is not None
    assert away.error.code is ErrorCode.DEVICE_REVOKED
    assert away.error.fields["reason"] == "token_expired"
    assert till.waiting == 2
    assert till.secrets.get(DEVICE_KEY) is not None
    till.pair(city.url, city.code(shop))
    till.settle()
    assert city.summary(shop)["sales"] == 1
    assert city.summary(shop)["stock"] == stock_of(till.till, goods)


def test_a_till_whose_keys_are_lost_may_be_paired_anew(city: City, shop: str, new_paired: NewTill) -> None:
    till = new_paired("till")
    till.pair(city.url, city.code(shop))
    goods = stock_up(till.till)
    till.settle()
    till.engine.close()
    for name in (DEVICE_KEY, REFRESH_TOKEN):
        till.secrets.delete(name)
    till.close()
    till.start()
    sell(till.till, goods[0])
    lost = till.once()
    assert lost.error is not None
    assert lost.error.code is ErrorCode.DEVICE_REVOKED
    till.pair(city.url, city.code(shop))
    till.settle()
    assert city.summary(shop)["sales"] == 1


def test_a_dead_disk_is_replaced_in_minutes(city: City, shop: str, new_paired: NewTill) -> None:
    """A new machine is paired with the shop and has its goods, its stock and its orders from the feed."""
    first = new_paired("first")
    first.pair(city.url, city.code(shop))
    goods = stock_up(first.till)
    sell(first.till, goods[0], 7)
    first.settle()
    second = new_paired("second")
    second.pair(city.url, city.code(shop))
    second.settle()
    assert stock_of(second.till, goods) == stock_of(first.till, goods)
    sold = sell(second.till, goods[1])
    second.settle()
    assert sold.number.startswith("B1-")
    assert city.summary(shop)["sales"] == 2
