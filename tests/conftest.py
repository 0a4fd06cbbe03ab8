"""What holds for every test: it can be played again, leaves no thread running behind it, and in CI none is passed over."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

settings.register_profile("replayable", derandomize=True, deadline=None)
settings.load_profile("replayable")

# as in the till: a window's leftovers must not be freed by a thread that serves HTTP beside the test
gc.disable()
_TESTS_A_SEARCH: Final = 40
_played: list[str] = []

_PATIENCE: Final = 100
"""How often a thread that was told to end is waited for, a twentieth of a second each time."""

_TASKS: Final = Path("/proc/self/task")
_LENT: Final = ("AnyIO worker thread", "Thread (pooled)", "libusb_event")
"""Threads that a server of the whole session, Qt's own pool or libusb keeps for a while for the next who asks."""


def _python_threads() -> set[threading.Thread]:
    """Those that Python started; one of Qt's is a dummy here for as long as the process lives, and is looked for among the tasks."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread) and thread.name not in _LENT}


def _named_tasks() -> set[tuple[str, str]]:
    """Threads of this process, as the system counts them, that gave themselves a name; nothing where the system does not tell."""
    found = set()
    for task in _TASKS.iterdir() if _TASKS.is_dir() else ():
        try:
            found.add((task.name, (task / "comm").read_text(encoding="utf-8").strip()))
        except OSError:
            continue  # it ended just now
    own = {name for number, name in found if number == str(os.getpid())}
    return {(number, name) for number, name in found if name not in own and not name.startswith(_LENT)}


def pytest_collection_finish() -> None:
    """What was imported and gathered stays until the end: the searches between the tests need not walk through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_thread_is_left_behind() -> Iterator[None]:
    threads, tasks = _python_threads(), _named_tasks()
    yield
    pause = threading.Event()
    for _ in range(_PATIENCE):
        left = sorted({thread.name for thread in _python_threads() - threads} | {name for _, name in _named_tasks() - tasks})
        if not left:
            return
        pause.wait(0.05)
    pytest.fail(f"still running after the test: {', '.join(left)}")


@pytest.fixture(autouse=True)
def _garbage_is_looked_for_here(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    _played.append(request.node.nodeid)
    if len(_played) % _TESTS_A_SEARCH == 0:
        gc.collect()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI (CI=true) a skipped test has failed: what it needs is installed by tools/setup."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {item.nodeid}: {report.longrepr}"
    return report
