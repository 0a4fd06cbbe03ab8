"""A new cashier learns on a copy of the shop: real files, a real central that counts who asks, a real printer; the shop is untouched."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import pos
from central.app import app_of
from pos.app import open_backstage
from pos.app.rehearsal import is_marked, throw_away_played
from pos.app.shop import Shop
from pos.config.paths import find_paths
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Role
from pos.domain.printing import DocumentKind
from pos.printing.paper import PaperLook, PrinterPaper
from pos.printing.profiles import PROFILES
from pos.printing.samples import sample
from pos.services import drawer, people, selling
from pos.services.permission import approve
from pos.services.preferences import Preferences, one_printer
from tests.helpers.central import City, Http
from tests.helpers.papers import SHOP, reader_of
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.tills import sell, stock_up

MARK = "LATIHAN - BUKAN BUKTI PEMBAYARAN"
_ROOT = Path(pos.__file__).parent.parent


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "city.db")
    return f"sqlite:///{tmp_path / 'city.db'}"


@pytest.fixture
def printer() -> Iterator[StandInPrinter]:
    with StandInPrinter() as standing:
        yield standing


@pytest.fixture
def data(city: City, tmp_path: Path, printer: StandInPrinter) -> Path:
    """The shop in the morning: paired, one sale, somebody's goods still in the basket, a struk that waits for its printer."""
    folder = tmp_path / "toko"
    with open_backstage(folder, {"secrets_in_file": True}) as shop:
        shop.keep(
            Preferences(secrets_in_file=True, printers=one_printer(printer.address), central_url=city.url, mirror_folder=str(tmp_path))
        )
        shop.pair(city.url, city.code(city.shop()))
        goods = stock_up(shop.till)
        drawer.open_session(shop.till, 100_000)
        shop.sync_once()
        sell(shop.till, goods[0])
        people.add_first_owner(shop.till, "Bu Siti", "1357")
        unit = shop.till.store.read.unit(goods[1].units[0].uid)
        assert unit is not None
        selling.add_unit(shop.till, unit, 2)
    return folder


class Asked:
    """Counts every request that reaches the city."""

    def __init__(self, city: City, http: Http) -> None:
        self.count = 0
        self._app = app_of(city.world)
        http.serve(self._answer)

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        self.count += 1
        await self._app(scope, receive, send)


def facts(store: Path) -> str:
    """Every row of every table of a shop's file, but for what the searches keep for themselves."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as raw:
        names = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%' ORDER BY 1")
        ]
        assert {"sale", "outbox", "print_job", "audit", "basket_line"} <= set(names)
        rows = [repr(raw.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def waiting(shop: Shop) -> int:
    return shop.till.store.read.line().waiting


def print_all(shop: Shop) -> None:
    while shop.print_once().next_in == 0:
        pass


def test_a_new_cashier_sells_on_a_copy_and_the_shop_the_city_and_the_drawer_know_nothing_of_it(
    data: Path, city: City, city_http: Http, printer: StandInPrinter, tmp_path: Path
) -> None:
    with open_backstage(data) as shop:
        before, basket, unsent = facts(data / "shop.db"), shop.till.store.read.basket(), waiting(shop)
        folder = Path(shop.lay_rehearsal())
        asked = Asked(city, city_http)
        with open_backstage(folder) as play:
            assert play.rehearsal
            assert not any((play.till.store.read.shop().device, play.till.store.read.shop().central_url, play.secrets.get("refresh_token")))
            assert play.till.store.read.shop().name == "Toko Sinar Jaya"
            learner = next(user for user in play.till.store.read.users() if user.name == "Kasir latihan")
            assert (learner.role, learner.has_pin) == (Role.CASHIER, False), "whoever learns has no PIN yet"
            people.sign_in(play.till, learner.uid)
            made = sell(play.till, stock_up(play.till)[0])
            assert made.number.startswith("LATIHAN")
            print_all(play)
            for _ in range(3):
                play.sync_once()
                play.wait_once()
            for forbidden in (
                lambda: play.pair(city.url, city.code(city.shop())),
                lambda: play.line.start_grant(city.url),
                lambda: play.line.mirror_now(str(tmp_path)),
                lambda: play.line.let_go(str(tmp_path)),
                lambda: play.issue_qr("a" * 32, 5_000, "x"),
                play.lay_rehearsal,
            ):
                with pytest.raises(ShopError) as refused:
                    forbidden()
                assert refused.value.code in (ErrorCode.REHEARSAL, ErrorCode.NEEDS_ROLE, ErrorCode.NOT_PAIRED)
            assert play.till.store.read.check() == []
        assert asked.count == 0, "not one request"
        papers = [reader_of(PROFILES["generic58"]).read(job) for job in printer.jobs]
        assert papers, "the printer may be used"
        assert all(paper.text.count(MARK) == 2 for paper in papers), "at both ends of each"
        assert all(paper.kicks == 0 for paper in papers), "the drawer stays shut by itself"
        assert throw_away_played(folder)
        assert not folder.exists()
        read = shop.till.store.read
        assert (facts(data / "shop.db"), read.basket(), waiting(shop)) == (before, basket, unsent)


def test_the_drawer_opens_in_a_rehearsal_when_somebody_asks_for_it(data: Path, printer: StandInPrinter) -> None:
    with open_backstage(data) as shop:
        folder = Path(shop.lay_rehearsal())
    with open_backstage(folder) as play:
        people.sign_in(play.till, next(user.uid for user in play.till.store.read.users() if not user.has_pin))
        drawer.open_drawer(play.till, approve(play.till, Act.OPEN_DRAWER, "1357"))
        kinds = [row.kind for row in play.till.store.read.open_print_rows(10)]
        assert kinds == [DocumentKind.DRAWER_KICK]


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not DocumentKind.DRAWER_KICK])
def test_every_paper_of_a_rehearsal_says_at_both_ends_that_it_proves_nothing(kind: DocumentKind) -> None:
    profile = PROFILES["generic58"]
    said = reader_of(profile).read(sample(kind, PrinterPaper(profile, look=PaperLook(rehearsal=True)), SHOP, None)).text
    assert said.count(MARK) == 2
    assert MARK not in reader_of(profile).read(sample(kind, PrinterPaper(profile), SHOP, None)).text


def test_a_copy_of_a_rehearsal_never_takes_the_shops_place(data: Path, tmp_path: Path) -> None:
    with open_backstage(data) as shop:
        folder = Path(shop.lay_rehearsal())
        stick = tmp_path / "flashdisk.db"
        with open_backstage(folder) as play:
            play.copies.copy(stick)
        for file in (folder / "shop.db", stick):
            with pytest.raises(ShopError) as refused:
                shop.copies.lay_ready(file)
            assert refused.value.code is ErrorCode.COPY_REHEARSAL


def test_two_rehearsals_are_not_played_at_once_and_the_second_waits(data: Path) -> None:
    with open_backstage(data) as shop:
        folder = Path(shop.lay_rehearsal())
        with open_backstage(folder):
            with pytest.raises(ShopError) as refused:
                shop.lay_rehearsal()
            assert refused.value.code is ErrorCode.STORE_IN_USE
            shop.end_rehearsal()
            assert folder.exists(), "nothing is pulled from under who plays"
        assert Path(shop.lay_rehearsal()) == folder


def test_a_shops_own_folder_is_never_thrown_away(data: Path) -> None:
    assert not is_marked(data / "shop.db")
    assert not throw_away_played(data)
    assert (data / "shop.db").exists()


def _started(data: Path, *words: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "EPEKEN_POS_DATA"}
    command = [sys.executable, "-m", "pos", "--data", str(data), *words]
    return subprocess.Popen(command, cwd=_ROOT, env={**environment, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.PIPE, text=True)


def _wait(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        assert time.monotonic() < until
        # another process comes up
        os.sched_yield()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["closed", "power cut"])
def test_however_a_rehearsal_ends_the_next_start_is_the_shop(data: Path, end: signal.Signals) -> None:
    before = hashlib.sha256((data / "shop.db").read_bytes()).hexdigest()
    folder = find_paths(str(data)).rehearsal.data
    with _started(data, "rehearsal") as process:
        _wait((folder / "logs" / "till.log").exists, process)
        process.send_signal(end)
        process.wait(60)
    assert folder.exists() == (end is signal.SIGKILL)
    assert hashlib.sha256((data / "shop.db").read_bytes()).hexdigest() == before, "not a byte"
    with open_backstage(data) as shop:
        assert not shop.rehearsal
        assert shop.till.store.read.shop().device
        # what the loader of the window does behind the first paint
        shop.end_rehearsal()
    assert not folder.exists()
