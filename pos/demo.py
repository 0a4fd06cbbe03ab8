"""A shop to try the till with: the product's own goods, a small e-Peken server as a process of its own, and a buyer who does not exist.

The till never imports the server: it starts the command and speaks to it as everyone does. Owns the process, the buyer's thread and the
folder's note of both; all of them end with the `with` block.
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos.config.files import disk_errors, replace_file
from pos.services.preferences import one_printer
from pos.ui.language import tr

_log = logging.getLogger(__name__)

_NOTE: Final = "demo.json"
SHOP: Final = ("Toko Sinar Jaya", "Jl. Kenanga 12, Surabaya")
CASHIER: Final = "Bu Siti"
FLOAT: Final = 200_000
"""Rupiah in the drawer, so that the first scan can be sold at once."""
BUYERS: Final = (("Rina Wati", "081234563841", "ASN"), ("Bagus Santoso", "081234560771", "ASN"), ("Dinas Sosial", "081234561188", "OPD"))
NOTES: Final = ("kecap botol kaca", "tolong dipisah yang basah", "", "saya ambil sepulang kantor")
FIRST_ORDER_S: Final = 20.0
BETWEEN_S: Final = (60.0, 150.0)
MOST_OPEN: Final = 4
"""Orders that wait for the shop at most: a till that nobody sits at must not fill up."""
_PATIENCE_S: Final = 15.0
_CENTRAL: Final = (sys.executable, "-m", "central")


class NoCentral(Exception):
    """The demo's server does not start, or refuses a command. The text is its last words."""


class NotADemo(Exception):
    """The folder holds a shop of its own: a demo must not be mixed into it."""


@contextmanager
def demo_shop(folder: Path | None, say: Callable[[str], object]) -> Iterator[tuple[Path, dict[str, object]]]:
    """A ready shop: (its folder, the preferences to open it with). Without a folder it is gone afterwards.

    Raises:
        NoCentral: there is no server to try it with.
        NotADemo: the folder holds a real shop.
        ShopError: STORE_*, DISK_FULL, FOLDER_READ_ONLY, PAIRING_*.
    """
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="epeken-demo-", ignore_cleanup_errors=True)))
        if (folder / "shop.db").exists() and not (folder / _NOTE).exists():
            raise NotADemo(folder.name)
        say(tr("Menyiapkan toko contoh. Sebentar."))
        central = DemoCentral(folder / "central")
        stack.callback(central.close)
        preferences: dict[str, object] = {"secrets_in_file": True, "printers": one_printer("screen:"), "central_url": central.url}
        shop = _furnish(folder, central, preferences)
        buyers = [PretendBuyer(central.url, token, shop.uid) for token in shop.buyers]
        crowd = Crowd(buyers)
        crowd.start()
        stack.callback(crowd.stop)
        say(tr("Toko contoh siap. Pembeli pura-pura sesekali memesan; semuanya berhenti begitu jendela ditutup."))
        yield folder, preferences


class DemoCentral:
    """`epeken-central` on embedded SQLite, on a free port of this machine.

    Attributes:
        url: where it listens.
    """

    def __init__(self, folder: Path) -> None:
        self._database = f"sqlite:///{(folder / 'central.db').resolve()}"
        with disk_errors():
            folder.mkdir(parents=True, exist_ok=True)
            self._log = (folder / "central.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pos.keeper", *_CENTRAL, "serve", "--database", self._database, "--port", "0", "--poll-ms", "1000"],
            # held open as long as this till lives: when it ends, however it ends, the keeper ends the server
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env=dict(os.environ, PYTHONUNBUFFERED="1"),
        )
        self.url = self._read_address()
        threading.Thread(target=self._drain, name="demo central", daemon=True).start()

    def command(self, *words: str) -> str:
        """The last line that a command of the server prints. Raises NoCentral."""
        done = subprocess.run([*_CENTRAL, *words, "--database", self._database], capture_output=True, text=True, check=False)
        if done.returncode or not done.stdout.strip():
            raise NoCentral(_last_line(done.stderr))
        return done.stdout.strip().splitlines()[-1].strip()

    def close(self) -> None:
        """End the server and wait for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._log.close()

    def _read_address(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._log.write(line.encode())
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return found.group()
        self.close()
        raise NoCentral(_last_line(Path(self._log.name).read_text(encoding="utf-8", errors="replace")))

    def _drain(self) -> None:
        """What it still says must be read, or it stands still when the pipe is full."""
        assert self._process.stdout is not None
        try:
            for _ in self._process.stdout:
                pass
        except ValueError:
            return  # closed while reading: the till ends


@dataclass(frozen=True, slots=True)
class _Note:
    """What a demo's folder remembers of its server: the shop's uid there, the buyers' tokens."""

    uid: str
    buyers: tuple[str, ...]


def _furnish(folder: Path, central: DemoCentral, preferences: dict[str, object]) -> _Note:
    """The shop in its folder, paired with the server; a folder that was furnished before only learns the new address."""
    from pos.app import open_backstage
    from pos.services.demo_goods import demo_catalogue, load_demo_goods
    from pos.services.drawer import open_session
    from pos.services.goods import put_catalogue
    from pos.services.shop import finish_set_up, needs_set_up, set_identity

    note = _read_note(folder / _NOTE)
    with open_backstage(folder, preferences) as shop:
        till = shop.till
        if needs_set_up(till.store.read):
            set_identity(till, *SHOP, CASHIER)
            put_catalogue(till, load_demo_goods(demo_catalogue(), till.ids))
            finish_set_up(till)
            open_session(till, FLOAT)
            shop.keep(shop.preferences)
        if note is None:
            uid = central.command("shop", SHOP[0], "--address", SHOP[1])
            tokens = tuple(central.command("buyer", name, "--phone", phone, "--kind", kind) for name, phone, kind in BUYERS)
            note = _Note(uid, tokens)
            shop.pair(central.url, central.command("code", uid))
            replace_file(folder / _NOTE, json.dumps({"uid": note.uid, "buyers": note.buyers}).encode())
        else:
            with till.store.begin() as work:
                work.set_shop(central_url=central.url)
                work.commit()
    return note


def _read_note(file: Path) -> _Note | None:
    if not file.exists():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    return _Note(kept["uid"], tuple(kept["buyers"]))


class PretendBuyer:
    """A client of the server's public API, as the city's own app would be one."""

    def __init__(self, url: str, token: str, shop: str) -> None:
        self._url, self._shop = url, shop
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._placed: list[str] = []

    def order_something(self, dice: random.Random) -> str | None:
        """Place and pay an order of a few goods; its uid, or None when nothing is listed yet or enough is on its way.

        Raises:
            OSError: the server does not answer, or says no.
        """
        if self._open() >= MOST_OPEN // len(BUYERS) + 1:
            return None
        listed = [item for item in self._call("GET", f"/v1/buyer/shops/{self._shop}/goods") if item["sellable"] >= 3]
        if not listed:
            return None
        items = [
            {"product": item["product"], "unit_uid": item["unit_uid"], "count": dice.randint(1, 2)}
            for item in dice.sample(listed, min(len(listed), dice.randint(2, 5)))
        ]
        now = int(time.time() * 1000)
        slot = now + dice.choice((1, 2, 3)) * 3_600_000
        wish = {"id": uuid.uuid4().hex, "shop": self._shop, "items": items, "slot_from": slot, "slot_to": slot + 3_600_000}
        placed = self._call("POST", "/v1/buyer/orders", wish | {"note": dice.choice(NOTES)})
        uid = str(placed["uid"])
        self._placed.append(uid)
        self._call("POST", f"/v1/buyer/orders/{uid}/pay")
        return uid

    def _open(self) -> int:
        """How many of this buyer's orders the shop has not handed over yet."""
        states = {uid: self._call("GET", f"/v1/buyer/orders/{uid}")["status"] for uid in self._placed}
        self._placed = [uid for uid, state in states.items() if state in ("placed", "accepted", "ready")]
        return len(self._placed)

    def _call(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, self._headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())


class Crowd(threading.Thread):
    """Lets one of the buyers order now and then, until stopped.

    Args:
        first_s: seconds until the first order.
        between_s: least and most seconds between two.
    """

    def __init__(self, buyers: list[PretendBuyer], first_s: float = FIRST_ORDER_S, between_s: tuple[float, float] = BETWEEN_S) -> None:
        super().__init__(name="pretend buyers", daemon=True)
        self._buyers = buyers
        self._first_s, self._between_s = first_s, between_s
        self._dice = random.Random()
        self._stopping = threading.Event()

    def run(self) -> None:
        delay = self._first_s
        while not self._stopping.wait(delay):
            try:
                self._dice.choice(self._buyers).order_something(self._dice)
            except (OSError, ValueError, LookupError) as error:
                # a buyer who cannot reach the shop tries again later, as people do
                _log.info("the pretend buyer could not order: %s", error)
            delay = self._dice.uniform(*self._between_s)

    def stop(self) -> None:
        """End it, and wait for the order in hand."""
        self._stopping.set()
        self.join(15)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else ""
