"""A till is handed back, removed, or moved to another computer: nothing unsent goes without its owner's PIN and a list on paper."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.app import open_backstage
from pos.app.shop import Shop
from pos.cli import main
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Role
from pos.domain.printing import DocumentKind
from pos.printing.profiles import PROFILES
from pos.services import drawer, people
from pos.services.permission import approve
from pos.services.preferences import Preferences, one_printer
from pos.ui.language import SOURCE, set_language
from pos.ui.messages import error_sentence
from tests.helpers.central import City
from tests.helpers.papers import reader_of
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.tills import product, sell, stock_up


@pytest.fixture(autouse=True)
def _speak_indonesian() -> Iterator[None]:
    set_language(SOURCE)
    yield
    set_language(SOURCE)


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "city.db")
    return f"sqlite:///{tmp_path / 'city.db'}"


@pytest.fixture
def city_shop(city: City) -> str:
    return city.shop()


@pytest.fixture
def printer() -> Iterator[StandInPrinter]:
    with StandInPrinter() as standing:
        yield standing


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "flashdisk").mkdir()
    return tmp_path / "flashdisk"


@pytest.fixture
def old(city: City, city_shop: str, tmp_path: Path, printer: StandInPrinter) -> Path:
    """The shop's till, with everything told."""
    with open_backstage(tmp_path / "lama") as shop:
        shop.keep(Preferences(secrets_in_file=True, printers=one_printer(printer.address), central_url=city.url))
        shop.pair(city.url, city.code(city_shop))
        stock_up(shop.till)
        drawer.open_session(shop.till, 100_000)
        sell(shop.till, product(0))
        people.add_first_owner(shop.till, "Bu Siti", "1357")
        people.sign_in(shop.till, people.add_user(shop.till, "Ani", Role.CASHIER).uid)
        tell_all(shop)
    return tmp_path / "lama"


def tell_all(shop: Shop) -> None:
    for _ in range(20):
        shop.sync_once()
        if not shop.till.store.read.line().waiting and shop.last_sync_error() is None:
            return
    raise AssertionError(f"still waiting: {shop.last_sync_error()}")


def command(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), *words])


def type_it(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(told))


def test_an_unsent_sale_holds_the_till_until_its_owner_has_it_on_a_stick_and_on_paper(
    old: Path, stick: Path, printer: StandInPrinter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_backstage(old) as shop:
        unsent = sell(shop.till, product(1))
    type_it(monkeypatch, "1357\n")
    assert command(old, "leave") == 2
    assert "mirror DIR --let-go" in capsys.readouterr().err, "and the way on is said"
    assert command(old, "unsent") == 1, "what an uninstaller asks"
    type_it(monkeypatch, "0000\n")
    assert command(old, "mirror", str(stick), "--let-go") == 2, "not with a wrong PIN"
    assert (list(stick.rglob("*")), printer.jobs) == ([], [])
    type_it(monkeypatch, "1357\n")
    assert command(old, "mirror", str(stick), "--let-go") == 0
    printer.wait_until(lambda: bool(printer.jobs))
    paper = reader_of(PROFILES["generic58"]).read(printer.jobs[-1]).text
    for said in ("BELUM TERKIRIM", unsent.number, f"{int(unsent.total):,}".replace(",", "."), "1 nota", "Bu Siti", "flashdisk"):
        assert said in paper, said
    (listed,) = stick.rglob("belum-terkirim.csv")
    assert unsent.number in listed.read_text(encoding="utf-8")
    assert command(old, "unsent") == 0
    type_it(monkeypatch, "1357\n")
    assert command(old, "leave") == 0
    with open_backstage(old) as shop:
        read = shop.till.store.read
        assert not read.line().paired
        assert read.sale(unsent.uid) is not None, "nothing is deleted by it"


def test_a_till_without_a_printer_has_the_list_on_the_stick(old: Path, stick: Path) -> None:
    with open_backstage(old) as shop:
        shop.keep(Preferences(secrets_in_file=True))
        sell(shop.till, product(1))
        with pytest.raises(ShopError) as refused:
            shop.line.let_go(str(stick))
        assert refused.value.code is ErrorCode.NEEDS_ROLE, "a cashier is at the counter"
        assert list(stick.rglob("*")) == []
        shop.line.let_go(str(stick), approve(shop.till, Act.LET_GO, "1357"))
        assert len(list(stick.rglob("belum-terkirim.csv"))) == 1
        assert DocumentKind.UNSENT not in {row.kind for row in shop.till.store.read.open_print_rows(9)}


def test_a_shop_moves_to_another_computer_with_everything_and_the_old_one_says_that_it_is_none_any_more(
    city: City, city_shop: str, old: Path, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page `Pindah ke komputer lain` of the shopkeeper's guide, step by step."""
    copy = stick / "toko.epk"
    type_it(monkeypatch, "empat kata mudah ingat\n")
    assert command(old, "copy", str(copy)) == 0
    new = tmp_path / "baru"
    type_it(monkeypatch, "empat kata mudah ingat\n")
    assert command(new, "restore", str(copy)) == 0
    with open_backstage(old) as before, open_backstage(new, {"secrets_in_file": True}) as after:
        was, now = before.till.store.read, after.till.store.read
        assert {row.number for row in now.sales("", 0, 9)} == {row.number for row in was.sales("", 0, 9)}
        device = was.shop().device
        after.sync_once()
        assert after.last_sync_error() is not None, "a copy has no keys: it speaks for nobody"
        after.pair(city.url, city.code(city_shop))
        people.sign_in(after.till, now.users()[0].uid, "1357")
        assert (now.shop().epoch, now.shop().prefix) != (was.shop().epoch, was.shop().prefix)
        made = sell(after.till, product(1))
        tell_all(after)
        assert city.summary(city_shop)["sales"] == 2, "the old one's sale is there once"
        assert made.number.split("-")[0] != was.sales("", 0, 1)[0].number.split("-")[0], "no number is given twice"
        # the old one was not let go of: the officer takes its right away, and it says so when it meets the line
        city.revoke(city_shop, device)
        for _ in range(3):
            before.sync_once()
        told = before.last_sync_error()
        assert told is not None
        assert told.code is ErrorCode.DEVICE_REVOKED
        assert error_sentence(told)
        assert now.check() == []
