"""The central as a process, or as several on one socket: uvicorn, a log, and an end that lets requests finish."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from typing import Final

import uvicorn

from central import logs, proofs
from central.app import app_of
from central.database import Database
from central.opening import open_world
from central.web.patience import PatientProtocol
from central.world import Settings

_log = logging.getLogger(__name__)

STOP_S: Final = 10
"""How long requests may finish after SIGTERM."""
BACKLOG: Final = 2_048
KEEP_ALIVE_S: Final = 75
MOST_HEAD: Final = 32 * 1024
"""Bytes of a request's head."""
GARBAGE_FROM: Final = 50_000
"""New objects after which cycles are looked for: some 25 batches."""
MOST_BUSY: Final = 1_000
"""Connections beside those that wait for news."""


class _Server(uvicorn.Server):
    """uvicorn that says once it listens, and answers who waits for news before it stops."""

    def __init__(self, config: uvicorn.Config, listens: Callable[[], None], stops: Callable[[], None]) -> None:
        super().__init__(config)
        self._listens = listens
        self._stops = stops

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _mind_garbage()
        if not self.should_exit:
            self._listens()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stops()
        # who waited has an answer to send before connections are closed
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def serve(database_url: str, host: str, port: int, settings: Settings, workers: int = 1, json_log: bool = True) -> None:
    """Serve until SIGTERM or SIGINT. `port` 0 takes any free one; the address is printed once all processes listen.

    Raises:
        NotReady: the database is newer than the program.
        ValueError: no database address, one that cannot be listened on, or several workers on SQLite.
    """
    logs.start(json_log)
    _open_files()
    _prepare(database_url, workers)
    with _listener(host, port) as listener:
        if workers == 1:
            run(database_url, listener, settings, lambda: _say(listener))
        else:
            from central.workers import Workers

            Workers(database_url, listener, settings, workers, json_log, lambda: _say(listener)).run()
    _log.info("stopped")


def run(database_url: str, listener: socket.socket, settings: Settings, listens: Callable[[], None]) -> None:
    """Serve on a socket in this process until SIGTERM or SIGINT. The database is at this program's version."""
    world = open_world(database_url, settings)
    config = uvicorn.Config(
        app_of(world),
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=MOST_HEAD,
        limit_concurrency=settings.waiting + MOST_BUSY,
    )
    # uvicorn raises the signal again when it is done; the end that was asked for is no failure
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: None)
    _Server(config, listens, world.hub.close).run(sockets=[listener])


def _prepare(database_url: str, workers: int) -> None:
    """Bring the database to this version, once for all processes."""
    database = Database(database_url)
    try:
        if workers < 1 or (workers > 1 and database.embedded):
            raise ValueError("several workers need PostgreSQL: SQLite is for one process")
        database.upgrade()
    finally:
        database.close()
    world = open_world(database_url)
    try:
        with world.database.write() as connection:
            proofs.forget_old(connection, world.clock.now())
    finally:
        world.database.close()


def _say(listener: socket.socket) -> None:
    """Who started the process reads this line."""
    host, port = listener.getsockname()[:2]
    place = f"[{host}]" if ":" in host else host
    print(f"listening on http://{place}:{port}", flush=True)


def _listener(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), backlog=BACKLOG, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ValueError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    # asyncio sets this only on sockets that name their protocol; without it each answer waits 40 ms for an acknowledgement of its head
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _mind_garbage() -> None:
    """What is loaded stays, and a request makes a thousand small things that die with it: looking for cycles among them at Python's own
    pace costs more than taking them in."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_FROM, 20, 50)


def _open_files() -> None:
    """As many as the system allows: each till that waits for news has one."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
