"""The two moments at which a window's process may become another program: before it opens, and after it closed. Owns only those.

Most starts and ends have nothing to do here, and find that out by one look at the disk.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pos.config.paths import Paths, find_paths
from pos.domain.errors import ShopError

if TYPE_CHECKING:
    from pos.app.putting_in import PuttingIn
    from pos.domain.update import Update
    from pos.services.preferences import Preferences

T = TypeVar("T")
_log = logging.getLogger(__name__)

_PUT_IN: Final = "put an update in: %s"


def before_window(data: Path | None) -> None:
    """What the last closing left is brought to its end; where another program starts by now, this process becomes it."""
    paths = _paths(data)
    putting = _putting(paths, data)
    if putting is None:
        return
    from pos.config.settings import SettingsFile

    try:
        other = _shown(paths, putting.begin, SettingsFile(paths.settings).load())
    except (ShopError, OSError) as error:
        # the till opens all the same: what is not finished is looked at again at the next start
        _log.warning(_PUT_IN, error)
        return
    if other is not None:
        become(other)


def after_window(data: Path | None) -> None:
    """The till was closed: what is ready is put in, where the owner wants that; and the till opens again where somebody asked for it."""
    paths = _paths(data)
    if not paths.update_state.exists():
        return
    from pos.config.settings import SettingsFile
    from pos.config.update_journal import UpdateJournal
    from pos.domain.update import Wanted

    update, preferences = UpdateJournal(paths.updates).load(), SettingsFile(paths.settings).load()
    if not is_due(update, preferences.updates):
        return
    putting = _putting(paths, data)
    if putting is None:
        return
    try:
        _shown(paths, putting.put_in, preferences)
    except (ShopError, OSError) as error:
        _log.warning(_PUT_IN, error)
    if update.wanted is Wanted.NOW:
        become(putting.now() or Path(sys.argv[0]))


def carry_on(data: Path | None) -> None:
    """As `before_window`, for a command of a terminal. Raises ShopError STORE_IN_USE while a till that was just closed puts one in."""
    paths = _paths(data)
    putting = _putting(paths, data)
    other = _logged(paths, putting.begin) if putting is not None else None
    if other is not None:
        become(other)


def put_in_now(data: Path | None) -> Update:
    """What is ready is put in at once; the update as it is then. Raises ShopError as `PuttingIn.put_in`."""
    paths = _paths(data)
    putting = _putting(paths, data)
    if putting is not None:
        return _logged(paths, putting.put_in)
    from pos.config.update_journal import UpdateJournal

    return UpdateJournal(paths.updates).load()


def is_due(update: Update, updates: str) -> bool:
    """Whether what is ready goes in now. `updates`: as in the preferences."""
    from pos.domain.update import Stage, Wanted

    return update.stage is Stage.READY and (update.wanted is not Wanted.NOT_ASKED or (updates == "auto" and not update.asks_somebody))


def become(command: Path) -> None:
    """This process goes on as another program, with the words that it was started with."""
    from pos.installing.program import own_environment

    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command, [str(command), *sys.argv[1:]], own_environment())


def _shown(paths: Paths, work: Callable[[], T], preferences: Preferences) -> T:
    from pos.ui.shell.putting_in import show_while

    return _logged(paths, lambda: show_while(work, preferences))


def _logged(paths: Paths, work: Callable[[], T]) -> T:
    """With the till's own log: it is closed before and after the window, and what was found of a program is asked for later."""
    from pos.config.logging import start_logging

    log = None
    with suppress(ShopError):
        log = start_logging(paths.logs)
    try:
        return work()
    finally:
        if log is not None:
            log.close()


def _paths(data: Path | None) -> Paths:
    return find_paths(str(data) if data else None)


def _putting(paths: Paths, data: Path | None) -> PuttingIn | None:
    """None where nothing was ever begun, or the program is not one that is put in."""
    if not paths.update_state.exists():
        return None
    from pos.app.putting_in import PuttingIn
    from pos.app.updates import running_program

    program = running_program(paths)
    return PuttingIn(paths, program, data) if program is not None else None
