"""The whole till beside a central that is a process of its own: let in by an officer, woken, mirrored on a stick, replaced, gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.app import open_backstage
from pos.app.shop import Shop
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act
from pos.domain.sale import TenderState
from pos.services import drawer, qris
from pos.services.goods import put_catalogue
from pos.sync import snapshot
from pos.sync.client import DEVICE_KEY, REFRESH_TOKEN
from tests.helpers.bad_line import BadLine, Weather
from tests.helpers.central import CentralProcess, run_command
from tests.helpers.paying import owner_says, sticker, with_guards
from tests.helpers.shops import KOPI, MI, SHELF, sell

INDOMIE, KOPI_CODE = "089686010947", "8991002105485"
STATIC_QR = sticker()
NewShop = Callable[..., Shop]


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}", "--from-address", "0")
    yield process
    process.close()


@pytest.fixture
def city_shop(central: CentralProcess) -> str:
    return central.command("shop", "Toko Sinar Jaya")


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[NewShop]:
    """Opens a till's data folder, as the program does."""
    opened = []

    def shop(name: str = "till", **preferences: object) -> Shop:
        opened.append(open_backstage(tmp_path / name, {"secrets_in_file": True, **preferences}))
        return opened[-1].__enter__()

    yield shop
    for each in opened:
        each.__exit__(None, None, None)


def settle(shop: Shop) -> None:
    """What the sync worker does until nothing is left to say or to hear."""
    for _ in range(200):
        done = shop.sync_once()
        assert done.error is None, done.error
        read = shop.till.store.read
        if done.next_in > 0 and not read.line().waiting and not snapshot.goes_on(read) and read.line().digest_ok:
            return
    raise AssertionError(f"the line does not settle: {shop.till.store.read.line()}")


def paired(shop: Shop, central: CentralProcess, city_shop: str, url: str = "") -> Shop:
    shop.pair(url or central.url, central.command("code", city_shop))
    return shop


def market(shop: Shop) -> None:
    put_catalogue(shop.till, SHELF)
    drawer.open_session(shop.till, 100_000)


# --- let in by an officer -----------------------------------------------------------------------------------------------


def test_an_officer_lets_in_the_till_that_shows_a_code(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = new_shop()
    market(shop)
    shown = shop.line.start_grant(central.url)
    assert len(shown.code.replace("-", "")) == 8
    assert shown.code.replace("-", "") in shown.qr.replace("-", "")
    assert shown.place.startswith("http")
    assert shown.seconds > 600
    assert shop.line.poll_grant() == ("", shown.interval)
    central.command("approve", shown.code, city_shop)
    name, _ = shop.line.poll_grant()
    assert name == "Toko Sinar Jaya"
    sell(shop.till, INDOMIE)
    settle(shop)
    assert central.summary(city_shop)["sales"] == 1


def test_a_till_that_asks_too_often_asks_less_often(central: CentralProcess, new_shop: NewShop) -> None:
    shop = new_shop()
    shown = shop.line.start_grant(central.url)
    intervals = [shop.line.poll_grant()[1] for _ in range(3)]
    assert intervals[-1] > shown.interval
    shop.line.end_grant()
    with pytest.raises(ShopError) as told:
        shop.line.poll_grant()
    assert told.value.code is ErrorCode.GRANT_EXPIRED


def test_a_till_that_the_officer_does_not_know_is_told_so(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = new_shop()
    shown = shop.line.start_grant(central.url)
    central.command("approve", "--deny", shown.code, city_shop)
    with pytest.raises(ShopError) as told:
        shop.line.poll_grant()
    assert told.value.code is ErrorCode.GRANT_DENIED
    assert not shop.till.store.read.line().paired


def test_a_line_that_fails_between_two_looks_ends_no_code(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    line, shop = BadLine(central.url), new_shop()
    shown = shop.line.start_grant(line.url)
    line.set(Weather.NO_LINE)
    assert shop.line.poll_grant()[0] == ""
    line.set(Weather.FAIR)
    central.command("approve", shown.code, city_shop)
    assert shop.line.poll_grant()[0] == "Toko Sinar Jaya"
    line.close()


def test_a_till_that_was_let_in_unheard_and_turned_away_is_let_in_under_another_code(
    central: CentralProcess, city_shop: str, new_shop: NewShop
) -> None:
    line, shop = BadLine(central.url), new_shop()
    line.lossy = b"/v1/device/poll"
    central.command("approve", shop.line.start_grant(line.url).code, city_shop)
    line.set(Weather.ANSWERS_LOST)
    assert shop.line.poll_grant()[0] == ""
    assert line.lost == 1
    line.set(Weather.FAIR)
    central.command("revoke", "--shop", city_shop, "A")
    with pytest.raises(ShopError) as told:
        shop.line.poll_grant()
    assert told.value.code is ErrorCode.DEVICE_REVOKED
    central.command("approve", shop.line.start_grant(line.url).code, city_shop)
    assert shop.line.poll_grant()[0] == "Toko Sinar Jaya"
    line.close()


# --- let go -------------------------------------------------------------------------------------------------------------


def test_a_till_is_not_let_go_while_a_sale_is_unsent(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = paired(new_shop(), central, city_shop)
    market(shop)
    with pytest.raises(ShopError) as told:
        shop.line.leave()
    assert (told.value.code, told.value.fields["count"]) == (ErrorCode.STILL_UNSENT, shop.till.store.read.line().waiting)
    settle(shop)
    shop.line.leave()
    assert not shop.till.store.read.line().paired
    assert [shop.secrets.get(name) for name in (DEVICE_KEY, REFRESH_TOKEN)] == [None, None]
    sell(shop.till, INDOMIE)
    # the same shop may come back, with everything
    paired(shop, central, city_shop)
    settle(shop)
    assert central.summary(city_shop)["sales"] == 1
    assert shop.till.store.read.check() == []


def test_an_owner_lets_a_till_go_with_its_unsent_sales_on_a_stick(
    tmp_path: Path, central: CentralProcess, city_shop: str, new_shop: NewShop
) -> None:
    stick, line = tmp_path / "stick", BadLine(central.url)
    stick.mkdir()
    shop = paired(new_shop(), central, city_shop, line.url)
    with_guards(shop.till)
    market(shop)
    settle(shop)
    line.set(Weather.NO_LINE)
    sell(shop.till, INDOMIE)
    with pytest.raises(ShopError) as told:
        shop.line.let_go(str(stick))
    assert told.value.code is ErrorCode.NEEDS_ROLE
    assert list(stick.rglob("*")) == [], "without the owner nothing is written"
    assert shop.line.let_go(str(stick), owner_says(shop.till, Act.LET_GO)) == 1
    sell(shop.till, KOPI_CODE)
    with pytest.raises(ShopError) as told:
        shop.line.leave(owner_says(shop.till, Act.SETTINGS))
    assert told.value.code is ErrorCode.STILL_UNSENT, "one more sale, and the stick is not whole any more"
    assert shop.line.let_go(str(stick), owner_says(shop.till, Act.LET_GO)) == 2
    shop.line.leave(owner_says(shop.till, Act.SETTINGS))
    assert not shop.till.store.read.line().paired
    (file,) = stick.rglob("*.jsonl")
    central.command("take", str(file), "--shop", city_shop)
    assert central.summary(city_shop)["sales"] == 2
    # and should the shop come back on this computer, nothing happens twice
    line.set(Weather.FAIR)
    paired(shop, central, city_shop)
    settle(shop)
    told_now = central.summary(city_shop)
    assert (told_now["sales"], told_now["quarantined"]) == (2, 0)
    assert shop.till.store.read.check() == []
    line.close()


# --- a computer that stands in for one that is gone -----------------------------------------------------------------------


def test_a_dead_disk_is_replaced_in_minutes(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    old = paired(new_shop("old"), central, city_shop)
    market(old)
    sold = [sell(old.till, INDOMIE, KOPI_CODE) for _ in range(5)]
    settle(old)
    new = paired(new_shop("new"), central, city_shop)
    new.line.ask_history()
    settle(new)
    while new.sync_once().next_in == 0:
        pass
    read = new.till.store.read
    assert {row.number for row in read.sales("", 0, 99)} == {sale.number for sale in sold}
    assert (read.on_hand(MI.uid), read.on_hand(KOPI.uid)) == (195, 295)
    session = read.session()
    assert session is not None
    assert session.expected == 100_000 + sum(sale.total for sale in sold)
    assert read.check() == []
    sell(new.till, INDOMIE)
    settle(new)
    assert central.summary(city_shop)["sales"] == 6
    assert read.line().digest_ok


# --- the stick ------------------------------------------------------------------------------------------------------------


def test_what_a_burnt_till_could_not_send_is_taken_in_from_its_stick(
    tmp_path: Path, central: CentralProcess, city_shop: str, new_shop: NewShop
) -> None:
    stick, line = tmp_path / "stick", BadLine(central.url)
    stick.mkdir()
    shop = paired(new_shop(mirror_folder=str(stick)), central, city_shop, line.url)
    market(shop)
    settle(shop)
    line.set(Weather.NO_LINE)
    for _ in range(3):
        sell(shop.till, INDOMIE)
    assert shop.line.mirror_now() == 3
    sell(shop.till, INDOMIE)
    assert shop.line.mirror_now() == 4
    (file,) = stick.rglob("*.jsonl")
    assert len(file.read_bytes().splitlines()) == 5
    assert (shop.line.mirror_state().operations, shop.line.mirror_state().missing) == (4, False)
    central.command("take", str(file), "--shop", city_shop)
    central.command("take", str(file), "--shop", city_shop)
    assert central.summary(city_shop)["sales"] == 4
    # it was no fire after all: nothing happens twice
    line.set(Weather.FAIR)
    shop.sync_now(asked=True)
    settle(shop)
    told = central.summary(city_shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (4, 0, 0)
    assert shop.line.mirror_now() == 0
    assert len(file.read_bytes().splitlines()) == 1
    assert shop.till.store.read.check() == []
    line.close()


def test_a_line_of_the_stick_that_the_power_cut_has_torn_is_passed_over(
    tmp_path: Path, central: CentralProcess, city_shop: str, new_shop: NewShop
) -> None:
    stick, line = tmp_path / "stick", BadLine(central.url)
    stick.mkdir()
    shop = paired(new_shop(), central, city_shop, line.url)
    market(shop)
    settle(shop)
    line.set(Weather.NO_LINE)
    for _ in range(2):
        sell(shop.till, INDOMIE)
    assert shop.line.mirror_now(str(stick)) == 2
    (file,) = stick.rglob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-40])
    central.command("take", str(file), "--shop", city_shop)
    assert central.summary(city_shop)["sales"] == 1
    # the till sees that its file is another, and makes it anew
    assert shop.line.mirror_now(str(stick)) == 2
    central.command("take", str(file), "--shop", city_shop)
    assert central.summary(city_shop)["sales"] == 2
    line.close()


def test_a_stick_that_is_not_there_is_said_and_found_again(
    tmp_path: Path, central: CentralProcess, city_shop: str, new_shop: NewShop
) -> None:
    stick = tmp_path / "stick"
    shop = paired(new_shop(mirror_folder=str(stick)), central, city_shop)
    market(shop)
    with pytest.raises(ShopError) as told:
        shop.line.mirror_now()
    assert told.value.code is ErrorCode.MIRROR_MISSING
    assert shop.line.mirror_state().missing
    stick.mkdir()
    assert shop.line.mirror_now() == shop.till.store.read.line().waiting
    assert not shop.line.mirror_state().missing


# --- news ----------------------------------------------------------------------------------------------------------------


def test_news_come_at_once_by_a_long_poll_while_the_till_sleeps(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    first, second = paired(new_shop("first"), central, city_shop), paired(new_shop("second"), central, city_shop)
    market(first)
    settle(first)
    settle(second)
    woken = threading.Event()
    second.attach(woken.set, lambda: None, lambda: None)
    waiting = threading.Thread(target=second.wait_once)
    waiting.start()
    sell(first.till, INDOMIE)
    while not second.line.quality().waits:
        pass
    settle(first)
    assert woken.wait(20), "nobody told the sleeping till"
    waiting.join(20)
    settle(second)
    assert second.till.store.read.on_hand(MI.uid) == 199


def test_a_till_that_closes_waits_for_no_long_poll(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = paired(new_shop(), central, city_shop)
    settle(shop)
    waiting = threading.Thread(target=shop.wait_once)
    waiting.start()
    while not shop.line.quality().waits:
        pass
    shop.stop()
    waiting.join(10)
    assert not waiting.is_alive()


# --- QRIS -------------------------------------------------------------------------------------------------------------------


def test_a_qr_of_the_server_is_paid_when_the_server_says_so(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    assert run_command(central.database_url, "qris", city_shop, STATIC_QR).returncode == 0
    shop = paired(new_shop(), central, city_shop)
    market(shop)
    settle(shop)
    issued = shop.issue_qr("9" * 32, 7_000, "A1-1")
    assert issued.payload.startswith("000201010212")
    again = shop.issue_qr("9" * 32, 7_000, "A1-1")
    # its end is the server's moment on this computer's clock, which trembles by a millisecond
    assert replace(again, expires_at=issued.expires_at) == issued
    assert abs(again.expires_at - issued.expires_at) < 1_000
    request = qris.remember_issued(shop.till, "b" * 32, 7_000, issued)
    settle(shop)
    central.command("qris-pay", request.uid)
    settle(shop)
    paid = shop.till.store.read.qris_request(request.uid)
    assert paid is not None
    assert paid.state is TenderState.PAID


def test_a_shop_without_an_acquirer_is_told_so(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = paired(new_shop(), central, city_shop)
    with pytest.raises(ShopError) as told:
        shop.issue_qr("9" * 32, 7_000, "A1-1")
    assert told.value.code is ErrorCode.QRIS_NOT_SET


# --- keys -----------------------------------------------------------------------------------------------------------------


def test_a_server_that_changes_its_key_is_believed_by_both(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = paired(new_shop(), central, city_shop)
    market(shop)
    settle(shop)
    name = central.command("new-key")
    sell(shop.till, INDOMIE)
    settle(shop)
    sell(shop.till, INDOMIE)
    settle(shop)
    read = shop.till.store.read
    assert name in read.server_keys()
    assert read.countersigned()[-1].seq == read.position().acked_seq
    assert read.check() == []


def test_a_revoked_till_says_so_and_sells_on(central: CentralProcess, city_shop: str, new_shop: NewShop) -> None:
    shop = paired(new_shop(), central, city_shop)
    market(shop)
    settle(shop)
    central.command("revoke", "--shop", city_shop, shop.till.store.read.shop().prefix)
    sell(shop.till, INDOMIE)
    error = shop.sync_once().error
    assert error is not None
    assert error.code is ErrorCode.DEVICE_REVOKED
    sell(shop.till, INDOMIE)
    paired(shop, central, city_shop)
    settle(shop)
    assert json.loads(central.command("summary", "--shop", city_shop, "--json"))["sales"] == 2
