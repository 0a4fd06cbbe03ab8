"""Several processes on one socket: starts them, starts one again that died, and ends them all. Owns processes, serves nothing itself."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Final

from central import logs
from central.world import Settings

_log = logging.getLogger(__name__)

START_S: Final = 60
"""How long a process may take until it listens."""
GRACE_S: Final = 5
"""Beyond the time that requests have to finish: then a process is killed."""
AGAIN_S: Final = 1
"""Before a process that died is started again: one that dies at once must not keep the machine busy."""
_FIGURES: Final = "PROMETHEUS_MULTIPROC_DIR"


class Workers:
    """`run` returns when SIGTERM or SIGINT has come and every process has ended."""

    def __init__(
        self, database_url: str, listener: socket.socket, settings: Settings, count: int, json_log: bool, listens: Callable[[], None]
    ) -> None:
        self._given = (database_url, listener, settings, json_log)
        self._count = count
        self._listens = listens
        self._spawn = multiprocessing.get_context("spawn")
        self._ending = threading.Event()
        self._ask, self._asked = multiprocessing.Pipe()
        self._processes: list[SpawnProcess] = []

    def run(self) -> None:
        folder = tempfile.mkdtemp(prefix="epeken-figures-")
        os.environ[_FIGURES] = folder
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, self._end)
        try:
            self._processes = [self._start() for _ in range(self._count)]
            self._listens()
            self._watch()
        finally:
            self._stop()
            del os.environ[_FIGURES]
            shutil.rmtree(folder, ignore_errors=True)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending.set()
        self._ask.send(None)

    def _start(self) -> SpawnProcess:
        """A process that listens."""
        told, tells = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(target=_work, args=(*self._given, tells), name="worker")
        process.start()
        tells.close()
        try:
            if not told.poll(START_S):
                raise RuntimeError("a worker did not start")
            told.recv()
        except (EOFError, RuntimeError):
            process.kill()
            process.join()
            raise RuntimeError("a worker did not start: see its log") from None
        finally:
            told.close()
        return process

    def _watch(self) -> None:
        """Until the end is asked for, a process that died is started again."""
        while not self._ending.is_set():
            wait([self._asked, *(process.sentinel for process in self._processes)])
            for process in [each for each in self._processes if not each.is_alive()]:
                if self._ending.is_set():
                    return
                _log.error("a worker died", extra={"code": process.exitcode})
                _forget_figures(process.pid)
                self._processes.remove(process)
                if not self._ending.wait(AGAIN_S):
                    self._processes.append(self._start())

    def _stop(self) -> None:
        from central.serving import STOP_S

        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(STOP_S + GRACE_S)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
        self._ask.close()
        self._asked.close()


def _forget_figures(pid: int | None) -> None:
    """Of a process that is gone: its gauges are nobody's. Its counters stay."""
    from prometheus_client.multiprocess import mark_process_dead

    if pid is not None:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _work(database_url: str, listener: socket.socket, settings: Settings, json_log: bool, tells: Connection) -> None:
    """A worker's whole life."""
    # until uvicorn minds them itself, these end the process at once
    logs.start(json_log)
    from central.serving import run

    def listens() -> None:
        tells.send(None)
        tells.close()

    run(database_url, listener, settings, listens)
