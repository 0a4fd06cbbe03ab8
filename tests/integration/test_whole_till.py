"""The whole till as a process: what is loaded when its window is painted, what opens, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

import pos
from pos.app import open_shop
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from pos.services.goods import put_catalogue

_ROOT = Path(pos.__file__).parent.parent
_HEAVY = (
    "alembic",
    "babel",
    "cryptography",
    "escpos",
    "keyring",
    "msgspec",
    "PIL",
    "python_calamine",
    "qrcode",
    "requests",
    "sqlalchemy",
    "xlsxwriter",
    # of Python's, of Qt's and of ours: each costs the first paint a millisecond or more
    "logging.handlers",
    "tomllib",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "pos.services.ports",
    "pos.ui.widgets.buttons",
)
_PROGRAM = """
import json, sys
from pathlib import Path
from pos.app import open_application

told = {}
application = open_application(Path(sys.argv[1]), size=(1366, 768), preferences={"secrets_in_file": True})
application.when_painted(lambda: told.update(modules=sorted(sys.modules)))


def ready():
    told["screen"] = application.screen_key()
    exec(sys.argv[2], globals())
    application.close()


application.when_ready(ready)
code = application.run()
print(json.dumps(told))
sys.exit(code)
"""


_LOOK_FOR_TROUBLE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel


def look():
    told["words"] = [label.text() for label in application.window.findChildren(QLabel) if label.isVisible()]
    if any("Program sudah terbuka" in words for words in told["words"]):
        application.close()


timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
"""


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "EPEKEN_POS_DATA"}
    return kept | {"QT_QPA_PLATFORM": "offscreen"}


def _open(folder: Path, then: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(folder), then],
        cwd=_ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-X", "faulthandler", "-m", "pos", "--data", str(folder)]
    return subprocess.Popen(command, cwd=_ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _wait_until_open(folder: Path) -> None:
    """The window's lock is there from the start, the store is opened behind the first paint."""
    end, pause = time.monotonic() + 30, threading.Event()
    while not (folder / "shop.db-wal").exists():
        assert time.monotonic() < end, "the till did not open"
        pause.wait(0.02)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop with goods in it."""
    folder = tmp_path / "toko"
    with open_shop(folder) as till:
        put_catalogue(till, load_demo_goods(demo_catalogue(), till.ids))
    return folder


def test_nothing_heavy_is_loaded_before_the_window_is_painted(shop: Path) -> None:
    modules = _open(shop)["modules"]
    assert "PySide6" in modules
    assert [name for name in _HEAVY if name in modules] == []


def test_a_shop_that_is_there_is_ready_to_sell_without_loading_sqlalchemy_and_the_line(shop: Path) -> None:
    modules = _open(shop, "told['ready'] = sorted(sys.modules)")["ready"]
    assert "pos.local_db.store" in modules
    assert [name for name in ("alembic", "cryptography", "requests", "sqlalchemy") if name in modules] == []


def test_a_new_machine_opens_with_the_guide_and_a_shop_with_its_counter(tmp_path: Path, shop: Path) -> None:
    assert _open(tmp_path / "new")["screen"] == "first_run"
    assert _open(shop)["screen"] == "sale"


def test_a_setting_that_is_changed_on_the_screen_is_in_the_file_and_in_the_till(shop: Path) -> None:
    told = _open(
        shop,
        "from pos.services.preferences import one_printer\n"
        "from pos.ui.settings.changing import change\n"
        "change(application.context, theme='dark', language='en', rounding_step=500, printers=one_printer('screen:'))\n"
        "told['rounding'] = application.till.rules.rounding.step\n"
        "told['printer'] = application.till.paper.printer\n"
        "application.go('settings')\n",
    )
    assert told["rounding"] == 500
    assert told["printer"] == "screen:"
    kept = tomllib.loads((shop / "config" / "settings.toml").read_text(encoding="utf-8"))
    assert (kept["theme"], kept["language"], kept["rounding_step"], kept["printers"][0]["address"]) == ("dark", "en", 500, "screen:")


def test_no_room_flashes_a_window_of_its_own_or_takes_the_keyboard(tmp_path: Path, shop: Path) -> None:
    """A part that is shown before it has its place is a window for a moment; when it goes, the keys go nowhere."""
    walk = (
        "from PySide6.QtCore import QEvent, QObject\n"
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "told['flashed'] = []\n"
        "class Watch(QObject):\n"
        "    def eventFilter(self, part, event):\n"
        "        if event.type() == QEvent.Type.Show and isinstance(part, QWidget) and part.isWindow():\n"
        "            told['flashed'].append(type(part).__name__)\n"
        "        return False\n"
        "watch = Watch()\n"
        "told['active'] = QApplication.activeWindow() is application.window\n"
        "QApplication.instance().installEventFilter(watch)\n"
        "for key in ('orders', 'goods', 'history', 'drawer', 'health', 'settings', 'first_run', 'sale'):\n"
        "    application.go(key)\n"
        "    QApplication.processEvents()\n"
        "QApplication.instance().removeEventFilter(watch)\n"
        "told['still'] = QApplication.activeWindow() is application.window\n"
    )
    for folder in (tmp_path / "new", shop):
        told = _open(folder, walk)
        assert told["active"], "the first room took the keyboard away"
        assert told["flashed"] == []
        assert told["still"]


def test_broken_settings_are_put_aside_said_and_in_nobodys_way(shop: Path) -> None:
    (shop / "config").mkdir(exist_ok=True)
    (shop / "config" / "settings.toml").write_text("theme = ")
    told = _open(
        shop,
        "from PySide6.QtWidgets import QLabel\n"
        "told['words'] = [label.text() for label in application.window.findChildren(QLabel) if label.isVisible()]\n",
    )
    assert any("settings.toml.broken" in words for words in told["words"])


def test_a_second_start_raises_the_first_window_and_ends_well(shop: Path) -> None:
    first = _start(shop)
    try:
        _wait_until_open(shop)
        second = _start(shop)
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 0
        assert "Kasir sudah terbuka" in said
        assert first.poll() is None
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=60)
    assert first.returncode == 0


def test_the_till_closes_well_when_the_system_asks_it_to(shop: Path) -> None:
    till = _start(shop)
    _wait_until_open(shop)
    till.send_signal(signal.SIGTERM)
    _, trouble = till.communicate(timeout=60)
    assert till.returncode == 0, trouble
    assert not (shop / "shop.db-wal").exists(), "the store is closed: what lies there is whole in itself"
    with open_shop(shop) as again:
        assert again.store.read.check() == []


def test_a_store_that_is_open_elsewhere_is_said_on_the_window_and_can_be_tried_again(shop: Path) -> None:
    program = _PROGRAM.replace("application.when_ready(ready)", _LOOK_FOR_TROUBLE)
    with open_shop(shop):
        done = subprocess.run(
            [sys.executable, "-c", program, str(shop), ""],
            cwd=_ROOT,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1, done.stderr
    assert "Program sudah terbuka" in " ".join(json.loads(done.stdout.strip().splitlines()[-1])["words"])


def test_a_folder_that_cannot_be_written_is_said_on_the_window_with_the_way_on() -> None:
    program = _PROGRAM.replace("application.when_ready(ready)", _LOOK_FOR_TROUBLE.replace("Program sudah terbuka", "tidak bisa ditulis"))
    done = subprocess.run(
        # nobody can make a file there, root neither
        [sys.executable, "-c", program, "/proc/toko", ""],
        cwd=_ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    words = json.loads(done.stdout.strip().splitlines()[-1])["words"]
    assert "Folder data tidak bisa ditulis" in words
    assert any("Buka izin tulis" in word for word in words)
