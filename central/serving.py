"""The central as a process: a socket, uvicorn, a log, and an end that lets requests finish."""

from __future__ import annotations

import logging
import signal
import socket
from typing import Final

import uvicorn

from central import logs, proofs
from central.app import make_app
from central.world import Settings

_log = logging.getLogger(__name__)

STOP_S: Final = 10
"""How long requests may finish after SIGTERM."""
BACKLOG: Final = 512


class _Server(uvicorn.Server):
    """uvicorn that says where it listens, once it does: who started the process reads that line."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit or not sockets:
            return
        host, port = sockets[0].getsockname()[:2]
        place = f"[{host}]" if ":" in host else host
        print(f"listening on http://{place}:{port}", flush=True)


def serve(database_url: str, host: str, port: int, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. `port` 0 takes any free one.

    Raises:
        NotReady: the database is newer than the program. ValueError: no database address, or one that cannot be listened on.
    """
    logs.start()
    with _listener(host, port) as listener:
        app = make_app(database_url, settings)
        world = app.state.world
        with world.database.write() as connection:
            proofs.forget_old(connection, world.clock.now())
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=STOP_S, timeout_keep_alive=75
        )
        # uvicorn raises the signal again when it is done; the end that was asked for is no failure
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: None)
        _Server(config).run(sockets=[listener])
    _log.info("stopped")


def _listener(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), backlog=BACKLOG, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ValueError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    # asyncio sets this only on sockets that name their protocol; without it each answer waits 40 ms for an acknowledgement of its head
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
