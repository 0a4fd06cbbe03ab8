"""A real central for tests: as its own process, or within the test behind a real socket with a clock that the test moves."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import text

from central import buyers, enrolment, shops
from central.app import app_of
from central.figures import summary
from central.opening import open_world
from central.world import Settings

ROOT = Path(__file__).parents[2]
MORNING = 1_800_000_000_000


class CentralProcess:
    """`python -m central serve` on a free port, stopped by `close()`. For whoever needs the whole thing."""

    def __init__(self, database_url: str, *words: str, within: Sequence[str] = ()) -> None:
        """`words`: further options; `within`: a command that starts it (another network)."""
        self.database_url = database_url
        self.process = subprocess.Popen(
            [*within, sys.executable, "-m", "central", "serve", "--database", database_url, "--port", "0", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ, PYTHONUNBUFFERED="1"),
        )
        self._log: list[str] = []
        assert self.process.stdout is not None
        self._drain = threading.Thread(target=self._read, name="central log", daemon=True)
        self._drain.start()
        told = self.process.stdout.readline()
        found = re.fullmatch(r"listening on (http://\S+)\n", told)
        if found is None:
            self.close()
            raise RuntimeError(f"the central did not start: {self.log[-2000:]}")
        self.url = found[1]

    @property
    def log(self) -> str:
        """What it wrote to stderr so far; all of it after `close()`."""
        return "".join(self._log)

    def command(self, *words: str) -> str:
        """A call of the command line on the same database; returns the last line that it prints."""
        done = run_command(self.database_url, *words)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip().splitlines()[-1]

    def summary(self, shop: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("summary", "--shop", shop, "--json"))
        return found

    def close(self) -> int:
        """Ask it to end; returns its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=30)
        self._drain.join(timeout=10)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()
        return code

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._log.append(line)


def run_command(database_url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of `epeken-central` on a database, whatever comes of it."""
    return subprocess.run(
        [sys.executable, "-m", "central", *words, "--database", database_url], cwd=ROOT, capture_output=True, text=True, check=False
    )


class CityClock:
    """The server's clock, moved by hand."""

    def __init__(self, at: int = MORNING) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def pass_by(self, ms: int) -> None:
        self.at += ms


class SeenChance:
    """Randomness that is the same on every run."""

    def __init__(self) -> None:
        self._drawn = 0
        self._lock = threading.Lock()

    def _next(self) -> int:
        with self._lock:
            self._drawn += 1
            return self._drawn

    def id(self) -> str:
        return f"{self._next():032x}"

    def bytes(self, count: int) -> bytes:
        return self._next().to_bytes(count, "big")

    def pick(self, among: Sequence[Any]) -> Any:
        return among[int.from_bytes(hashlib.sha256(b"%d" % self._next()).digest()) % len(among)]


class Http:
    """One HTTP server for a whole test run, in a thread; `serve` says which application answers."""

    def __init__(self) -> None:
        self._app: Callable[..., Any] | None = None
        self._up = threading.Event()
        config = uvicorn.Config(self._call, host="127.0.0.1", port=0, interface="asgi3", log_config=None, access_log=False, lifespan="off")
        self._server = _Told(config, self._up)
        self._thread = threading.Thread(target=self._server.run, name="city http", daemon=True)
        self._thread.start()
        if not self._up.wait(30):
            raise RuntimeError("the HTTP server did not start")
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def serve(self, app: Callable[..., Any] | None) -> None:
        self._app = app

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(30)

    async def _call(self, scope: Any, receive: Any, send: Any) -> None:
        assert self._app is not None, "no city is open"
        await self._app(scope, receive, send)


class _Told(uvicorn.Server):
    """uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config, up: threading.Event) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._up.set()


class City:
    """A central within the test: real socket, real database, the test's own clock."""

    def __init__(self, http: Http, database_url: str, settings: Settings | None = None) -> None:
        self._http = http
        self.database_url = database_url
        self.clock = CityClock()
        self.world = open_world(database_url, settings, self.clock, SeenChance())
        self.database = self.world.database
        self.url = http.url
        http.serve(app_of(self.world))

    def shop(self, name: str = "Toko Sinar Jaya", cap_amount: int = shops.CAP) -> str:
        with self.database.write() as connection:
            return shops.add_shop(self.world, connection, name, "Jl. Kenanga 12", cap_amount)

    def code(self, shop: str) -> str:
        with self.database.write() as connection:
            return enrolment.new_code(self.world, connection, shops.find_shop(connection, shop))

    def buyer(self, name: str = "Rina Wati", phone: str = "081234563841", kind: str = "ASN") -> str:
        """The token of a new buyer."""
        with self.database.write() as connection:
            return buyers.add_buyer(self.world, connection, name, phone, kind)

    def revoke(self, shop: str, device: str) -> None:
        with self.database.write() as connection:
            shops.revoke(self.world, connection, shops.find_shop(connection, shop), device)

    def summary(self, shop: str) -> dict[str, Any]:
        with self.database.read() as connection:
            return summary(connection, shops.find_shop(connection, shop))

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a question to the database itself gives."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def one(self, query: str, **values: Any) -> Any:
        (row,) = self.rows(query, **values)
        return row[0]

    def close(self) -> None:
        self._http.serve(None)
        self.database.close()
