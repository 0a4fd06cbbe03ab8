"""The world around the till: a central process, a line that can be cut, a printer on a TCP port, a buyer. All on loopback.

Owns the processes and sockets; must not know the story. Each part is closed by `close()`.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests

from tour.hands import ROOT, StoryBroken


class Central:
    """`epeken-central` as its own process on embedded SQLite, told to poll quickly so that a day fits into a minute."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.database = f"sqlite:///{folder / 'central.db'}"
        self.log = (folder / "central.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "central", "serve", "--database", self.database, "--port", "0", "--poll-ms", "300"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env=dict(os.environ, PYTHONUNBUFFERED="1"),
        )
        assert self.process.stdout is not None
        self.url = ""
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.url = found.group()
                break
        if not self.url:
            raise StoryBroken("the central did not start; see central.log")
        threading.Thread(target=self._drain, name="central output", daemon=True).start()

    def _drain(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.log.write(line.encode())

    def command(self, *words: str) -> str:
        """A call of the command line; returns the last line that it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "central", *words, "--database", self.database], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StoryBroken(f"epeken-central {words[0]}: {done.stderr[-500:]}")
        return done.stdout.strip().splitlines()[-1].strip()

    def summary(self, shop: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("summary", "--shop", shop, "--json"))
        return found

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()


class Line:
    """A TCP way to the central that can be cut and mended."""

    def __init__(self, target: str) -> None:
        host, port = target.removeprefix("http://").split(":")
        self.target = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.up = True
        self.open: set[socket.socket] = set()
        self.lock = threading.Lock()
        threading.Thread(target=self._accept, name="line", daemon=True).start()

    def cut(self) -> None:
        """From now on every connection breaks."""
        self.up = False
        with self.lock:
            sockets = list(self.open)
        for end in sockets:
            _shut(end)

    def mend(self) -> None:
        self.up = True

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.up:
                _shut(near)
                continue
            try:
                far = socket.create_connection(self.target, timeout=5)
            except OSError:
                _shut(near)
                continue
            with self.lock:
                self.open |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), name="line", daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            _shut(end)
            with self.lock:
                self.open.discard(end)

    def close(self) -> None:
        self.cut()
        self.listener.close()


class Printer:
    """A network printer: a real listener on port 9100 (or another if it is taken) that keeps what each connection sent."""

    def __init__(self) -> None:
        try:
            self.listener = socket.create_server(("127.0.0.1", 9100))
        except OSError:
            self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.jobs: list[bytes] = []
        threading.Thread(target=self._listen, name="printer", daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client, suppress(OSError):
                client.settimeout(10)
                parts = []
                while data := client.recv(65536):
                    parts.append(data)
                if parts:
                    self.jobs.append(b"".join(parts))

    def close(self) -> None:
        self.listener.close()


class Buyer:
    """An ASN buyer: a client of the central's public API."""

    def __init__(self, url: str, token: str, shop: str) -> None:
        self.url, self.shop = url, shop
        self.web = requests.Session()
        self.web.headers["Authorization"] = f"Bearer {token}"

    def goods(self) -> list[dict[str, Any]]:
        return list(self._call("GET", f"/v1/buyer/shops/{self.shop}/goods"))

    def order(self, order_id: str, count: int = 3) -> dict[str, Any]:
        """Place and pay an order of the first goods that are listed."""
        listed = [item for item in self.goods() if item["sellable"] >= 2][:count]
        items = [{"product": item["product"], "unit_uid": item["unit_uid"], "count": 1 + place % 2} for place, item in enumerate(listed)]
        now = int(time.time() * 1000)
        placed = self._call(
            "POST",
            "/v1/buyer/orders",
            {
                "id": order_id,
                "shop": self.shop,
                "items": items,
                "slot_from": now + 3_600_000,
                "slot_to": now + 7_200_000,
                "note": "kecap botol kaca, WA 0812-3456-3841",
            },
        )
        return dict(self._call("POST", f"/v1/buyer/orders/{placed['uid']}/pay"))

    def see(self, order: str) -> dict[str, Any]:
        return dict(self._call("GET", f"/v1/buyer/orders/{order}"))

    def _call(self, method: str, path: str, body: object = None) -> Any:
        answer = self.web.request(method, self.url + path, json=body, timeout=10)
        if not answer.ok:
            raise StoryBroken(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
