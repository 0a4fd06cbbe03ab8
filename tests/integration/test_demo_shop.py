"""The demo shop: a real server process, a paired till, a buyer who does not exist; and nothing of it is left behind."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

import pos
from pos import demo
from pos.app import open_backstage, open_shop
from pos.app.shop import Shop
from pos.config.settings import SettingsFile
from pos.demo import Crowd, NoCentral, NotADemo, PretendBuyer, demo_shop
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus
from pos.services.views import GoodsFilter
from tests.helpers.sheets import gtin13, row, write_csv

_ROOT = Path(pos.__file__).parent.parent


def _children() -> list[psutil.Process]:
    """Processes that this test started and that still run."""
    return [child for child in psutil.Process().children(recursive=True) if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def _until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        pause.wait(0.05)


def _sync(shop: Shop) -> None:
    """Until the till has told and heard everything."""
    while shop.sync_once().next_in == 0:
        pass
    error = shop.last_sync_error()
    assert error is None, error


def _buyer(folder: Path, url: str) -> PretendBuyer:
    note = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return PretendBuyer(url, note["buyers"][0], note["uid"])


def test_a_demo_shop_is_ready_to_sell_and_an_order_comes_in(tmp_path: Path) -> None:
    said: list[str] = []
    with demo_shop(tmp_path, said.append) as (folder, preferences), open_backstage(folder, preferences) as shop:
        read = shop.till.store.read
        assert read.goods_counts()[GoodsFilter.ALL] > 200
        assert read.session() is not None
        assert shop.till.paper.printer == "screen:"
        assert read.shop().name == "Toko Sinar Jaya"
        _sync(shop)
        placed = _buyer(folder, str(preferences["central_url"])).order_something(random.Random(1))
        _sync(shop)
        assert [(order.uid, order.status, order.paid) for order in read.orders()] == [(placed, OrderStatus.PLACED, True)]
    assert len(said) == 2
    _until(lambda: not _children())


def test_a_demo_folder_can_be_opened_again_and_keeps_its_shop(tmp_path: Path) -> None:
    with demo_shop(tmp_path, str) as (folder, preferences), open_shop(folder, preferences) as till:
        first = till.store.read.shop()
    with demo_shop(tmp_path, str) as (folder, preferences), open_backstage(folder, preferences) as shop:
        again = shop.till.store.read.shop()
        assert again.uid == first.uid
        assert again.central_url == preferences["central_url"]
        _sync(shop)


def test_a_scratch_demo_leaves_nothing_behind() -> None:
    with demo_shop(None, str) as (folder, _):
        assert (folder / "shop.db").exists()
        assert len(_children()) == 2, "the server and its keeper"
    assert not folder.exists()
    _until(lambda: not _children())


def test_a_real_shop_is_not_made_a_demo(tmp_path: Path) -> None:
    with open_shop(tmp_path) as till:
        assert till.store.read.shop().device == ""
    with pytest.raises(NotADemo), demo_shop(tmp_path, str):
        pytest.fail("it was opened")
    with open_shop(tmp_path) as till:
        assert till.store.read.shop().device == ""
    assert not (tmp_path / "central").exists()


def test_a_buyer_stops_ordering_while_enough_is_on_its_way(tmp_path: Path) -> None:
    with demo_shop(tmp_path, str) as (folder, preferences), open_backstage(folder, preferences) as shop:
        _sync(shop)
        buyer, dice = _buyer(folder, str(preferences["central_url"])), random.Random(2)
        placed = [buyer.order_something(dice) for _ in range(4)]
        assert [bool(uid) for uid in placed] == [True, True, False, False]


def test_a_buyer_who_cannot_reach_the_shop_tries_again_later() -> None:
    class Tired(PretendBuyer):
        tries = threading.Semaphore(0)

        def order_something(self, dice: random.Random) -> str | None:
            self.tries.release()
            raise ConnectionRefusedError

    crowd = Crowd([Tired("http://127.0.0.1:9", "token", "shop")], first_s=0.0, between_s=(0.0, 0.0))
    crowd.start()
    for _ in range(3):
        assert Tired.tries.acquire(timeout=10)
    crowd.stop()
    assert not crowd.is_alive()


def test_without_a_server_to_try_it_with_the_demo_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_CENTRAL", (sys.executable, "-c", "raise SystemExit('no module named fastapi')"))
    with pytest.raises(NoCentral, match="no module named fastapi"), demo_shop(tmp_path, str):
        pytest.fail("it was opened")
    _until(lambda: not _children())


def test_a_folder_that_cannot_be_written_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "central").write_text("in the way")
    with pytest.raises(ShopError) as caught, demo_shop(tmp_path, str):
        pytest.fail("it was opened")
    assert caught.value.code is ErrorCode.FOLDER_READ_ONLY


def test_the_server_ends_even_when_its_till_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pos.demo import DemoCentral\n"
        "print(DemoCentral(Path(sys.argv[1])).url, flush=True); sys.stdin.read()"
    )
    till = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert till.stdout is not None
    assert till.stdout.readline().startswith("http://127.0.0.1:")
    helpers = psutil.Process(till.pid).children(recursive=True)
    assert len(helpers) == 2
    till.kill()
    till.communicate(timeout=30)
    _until(lambda: not any(helper.is_running() for helper in helpers))


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
def test_the_demo_command_opens_the_till_and_ends_with_it(tmp_path: Path) -> None:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    till = subprocess.Popen(
        [sys.executable, "-m", "pos", "demo", "--data", str(tmp_path)],
        cwd=_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until(lambda: (tmp_path / "window.lock").exists() and (tmp_path / "shop.db-wal").exists())
        helpers = psutil.Process(till.pid).children(recursive=True)
    finally:
        till.send_signal(signal.SIGTERM)
        said, trouble = till.communicate(timeout=60)
    assert till.returncode == 0, trouble
    assert "Toko contoh siap" in said
    _until(lambda: not any(helper.is_running() for helper in helpers))
    assert SettingsFile(tmp_path / "config" / "settings.toml").load().secrets_in_file


def test_the_demo_command_refuses_a_real_shop_in_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pos", "--data", str(tmp_path)]
    file = write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi", 3500)])
    subprocess.run([*command, "import", str(file)], cwd=_ROOT, check=True, capture_output=True)
    done = subprocess.run([*command, "demo"], cwd=_ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "toko sungguhan" in done.stderr
