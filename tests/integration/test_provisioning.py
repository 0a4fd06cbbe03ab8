"""An officer's stick makes a till ready without a question: real files, a real store, the real central behind real HTTP."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from central.world import DAY, HOUR
from pos.app import open_backstage
from pos.app.provisioning import take
from pos.app.shop import Shop
from pos.config.paths import find_paths
from pos.config.settings import SettingsFile
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind
from pos.installing import PROVISION_FILE
from pos.installing.signing import KEYS_VARIABLE
from pos.services.drawer import open_session
from pos.services.preferences import one_printer
from pos.services.shop import finish_set_up, needs_set_up, set_identity
from pos.services.views import GoodsFilter
from pos.sync.client import REFRESH_TOKEN
from tests.helpers.central import City
from tests.helpers.officers import Office
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.sheets import gtin13, row, shop_list, write_csv
from tests.helpers.tills import sell, stock_up

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The till's side is what is shown here; one kind of database is enough."""
    shutil.copy(sqlite_template, tmp_path / "city.db")
    return f"sqlite:///{tmp_path / 'city.db'}"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()
    monkeypatch.setenv(KEYS_VARIABLE, str(made.trusted_by(tmp_path / "keys.json")))
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "Toko Bu Siti é"


@pytest.fixture
def started(data: Path) -> Iterator[Callable[[], tuple[Shop, list[tuple[str, str]]]]]:
    """Starts the till of the data folder, as the loader behind the window does; what it says comes with it."""
    stack = ExitStack()

    def start() -> tuple[Shop, list[tuple[str, str]]]:
        stack.close()
        shop = stack.enter_context(open_backstage(data))
        return shop, list(shop.provisioning.begin())

    yield start
    stack.close()


Started = Callable[[], tuple[Shop, list[tuple[str, str]]]]


def laid(stick: Path, data: Path) -> None:
    take(stick, find_paths(str(data)))


def is_ready(shop: Shop) -> bool:
    return not needs_set_up(shop.till.store.read)


def unchanged(shop: Shop, data: Path) -> bool:
    known = shop.till.store.read.shop()
    settings = SettingsFile(find_paths(str(data)).settings).load()
    return not any((known.uid, known.name, known.device)) and not is_ready(shop) and not settings.printers


def can_sell(shop: Shop) -> bool:
    if shop.till.store.read.session() is None:
        open_session(shop.till, 100_000)
    return sell(shop.till, stock_up(shop.till)[0]).total > 0


def test_with_a_line_the_till_is_ready_paired_and_nobody_was_asked(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    with StandInPrinter() as printer:
        (tmp_path / "stick").mkdir()
        goods = write_csv(tmp_path / "stick" / "catalog.csv", shop_list(30))
        listed = {"file": "catalog.csv", "sha256": hashlib.sha256(goods.read_bytes()).hexdigest()}
        printer_told = {"address": f"tcp://127.0.0.1:{printer.port}", "profile": "generic80"}
        stick = office.stick(tmp_path / "stick", shop, city.url, city.code(shop), goods=listed, printer=printer_told)
        laid(stick, data)
        assert not (stick / PROVISION_FILE).exists(), "the code lies in one place only"
        till, said = started()
        assert is_ready(till)
        known = till.till.store.read.shop()
        assert (known.uid, known.name, known.central_url) == (shop, "Toko Sinar Jaya", city.url)
        assert till.preferences.printers[0].address == printer_told["address"]
        assert till.till.store.read.goods_counts()[GoodsFilter.ALL] > 25
        assert [kind for kind, _ in said] == ["info", "good"]
        assert "Tersambung" in said[-1][1]
        assert not (data / PROVISION_FILE).exists(), "the code is gone once it was used"
        (job,) = till.till.store.read.print_jobs()
        assert job.kind is DocumentKind.HELP_CARD
        assert can_sell(till)
        assert till.line.once().error is None
        assert city.summary(shop)["sales"] == 1
        assert city.one("select name from device") == "Kasir 1"


def test_without_a_line_it_sells_at_once_and_pairs_when_there_is_one(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    laid(office.stick(tmp_path / "stick", shop, NOWHERE, city.code(shop)), data)
    till, said = started()
    assert is_ready(till)
    assert [kind for kind, _ in said] == ["info"]
    assert said[0][1].startswith("Siap jualan. Sambungan ke e-Peken menyusul sendiri.")
    assert not till.till.store.read.shop().device
    assert stat.S_IMODE((data / PROVISION_FILE).stat().st_mode) == 0o600, "it holds the code"
    assert can_sell(till)
    # the line comes: the same office's file with the address that answers now, and the worker's next turn
    laid(office.stick(tmp_path / "stick", shop, city.url, city.code(shop)), data)
    till, said = started()
    assert said == []
    told = till.provisioning.work()
    assert told is not None
    assert told.say[0][0] == "good"
    assert till.till.store.read.shop().uid == shop
    assert not (data / PROVISION_FILE).exists()
    assert till.provisioning.work() is None
    assert till.line.once().error is None
    assert city.summary(shop)["sales"] == 1, "what was sold before is told"


def test_a_file_that_somebody_changed_is_refused_and_changes_nothing(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    stick = office.stick(tmp_path / "stick", shop, city.url, city.code(shop))
    whole = json.loads((stick / PROVISION_FILE).read_text())
    whole["body"]["central"] = "https://other.example"
    (stick / PROVISION_FILE).write_text(json.dumps(whole))
    with pytest.raises(ShopError) as told:
        laid(stick, data)
    assert told.value.code is ErrorCode.PROVISION_FORGED
    data.mkdir(exist_ok=True)
    shutil.copy(stick / PROVISION_FILE, data)
    till, said = started()
    assert said[0][0] == "fault"
    assert "bukan dari e-Peken" in said[0][1]
    assert unchanged(till, data)
    assert can_sell(till)
    assert started()[1] == [], "it is not said at every start"


@pytest.mark.parametrize("what", ["another office", "cut off", "empty", "no json", "a list", "too long"])
def test_what_is_no_file_of_the_office_is_a_sentence(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started, what: str
) -> None:
    stick = office.stick(tmp_path / "stick", shop, city.url, city.code(shop))
    whole = (stick / PROVISION_FILE).read_bytes()
    stranger = Office().stick(tmp_path / "other", shop, city.url, city.code(shop)) / PROVISION_FILE
    data.mkdir()
    (data / PROVISION_FILE).write_bytes(
        {
            "another office": stranger.read_bytes(),
            "cut off": whole[:200],
            "empty": b"",
            "no json": b"\xff\xfe provision",
            "a list": b"[" * 50_000,
            "too long": whole + b" " * 70_000,
        }[what]
    )
    till, said = started()
    assert [kind for kind, _ in said] == ["fault"]
    assert unchanged(till, data)


def test_a_used_code_is_said_and_changes_nothing(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    code = city.code(shop)
    with open_backstage(tmp_path / "other", {"secrets_in_file": True}) as other:
        other.pair(city.url, code)
    laid(office.stick(tmp_path / "stick", shop, city.url, code), data)
    till, said = started()
    assert said[0][0] == "fault"
    assert unchanged(till, data)
    assert can_sell(till)
    assert not (data / PROVISION_FILE).exists(), "a code that is none is not kept"
    assert not till.secrets.get(REFRESH_TOKEN)


def test_a_code_of_yesterday_is_said_by_the_server_whatever_the_clock_here_says(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    laid(office.stick(tmp_path / "stick", shop, city.url, city.code(shop), expires_at=0), data)
    till, _ = started()
    assert till.till.store.read.shop().uid == shop, "a file that has expired by this clock alone is good"
    fresh = tmp_path / "fresh"
    laid(office.stick(tmp_path / "stick", shop, city.url, city.code(shop)), fresh)
    city.clock.pass_by(DAY + HOUR)
    with open_backstage(fresh) as late:
        said = late.provisioning.begin()
        assert said[0][0] == "fault"
        assert unchanged(late, fresh)


def test_another_shops_file_is_refused_by_a_till_that_has_a_shop(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    laid(office.stick(tmp_path / "stick", shop, city.url, city.code(shop)), data)
    started()
    other = city.shop("Toko Maju")
    named = {"uid": other, "name": "Toko Maju"}
    laid(office.stick(tmp_path / "stick", other, city.url, city.code(other), shop=named), data)
    till, said = started()
    assert "Toko Maju" in said[0][1]
    assert till.till.store.read.shop().uid == shop
    assert can_sell(till)


def test_a_code_that_is_of_another_shop_than_the_file_says_pairs_nobody(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    other = city.shop("Toko Maju")
    laid(office.stick(tmp_path / "stick", shop, city.url, city.code(other)), data)
    till, said = started()
    assert said[0][0] == "fault"
    assert unchanged(till, data)


def test_a_start_that_was_broken_off_goes_on_where_it_was(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    """Killed between the pairing and the rest: the code is used, and the till is this shop's already."""
    stick = office.stick(tmp_path / "stick", shop, city.url, city.code(shop), printer={"address": "screen:"})
    laid(stick, data)
    with open_backstage(data, {"secrets_in_file": True}) as before:
        before.pair(city.url, json.loads((data / PROVISION_FILE).read_text())["body"]["code"])
    till, said = started()
    assert is_ready(till)
    assert till.preferences.printers[0].address == "screen:"
    assert said == []
    assert not (data / PROVISION_FILE).exists()


def test_a_list_of_goods_that_is_not_the_signed_one_costs_only_itself(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    stick = office.stick(tmp_path / "stick", shop, city.url, city.code(shop), goods={"file": "catalog.csv", "sha256": "0" * 64})
    write_csv(stick / "catalog.csv", [row(gtin13(1), "Kopi", 3_500)])
    laid(stick, data)
    till, said = started()
    assert is_ready(till)
    assert [kind for kind, _ in said] == ["fault", "good"]
    assert till.till.store.read.goods_counts()[GoodsFilter.ALL] == 0


def test_a_shop_that_sells_already_keeps_its_name_and_its_printer(
    city: City, shop: str, office: Office, data: Path, tmp_path: Path, started: Started
) -> None:
    with open_backstage(data) as before:
        set_identity(before.till, "Toko Bu Siti", "Jl. Melati 3", "Siti")
        finish_set_up(before.till)
        before.keep(replace(before.preferences, printers=one_printer("screen:")))
    updates = "https://pembaruan.example/manifest.json"
    told = {"printer": {"address": "tcp://10.0.0.9:9100"}, "updates": updates}
    laid(office.stick(tmp_path / "stick", shop, NOWHERE, city.code(shop), **told), data)
    till, _ = started()
    assert till.preferences.update_url == updates
    assert till.till.store.read.shop().name == "Toko Bu Siti"
    assert till.preferences.printers[0].address == "screen:"
    assert till.preferences.support == "031-5312144"
