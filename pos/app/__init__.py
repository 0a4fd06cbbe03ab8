"""The only place where the parts are wired together.

Two ways in: `open_shop()` gives the shop without a window (command line), `open_application()` gives the whole till. The window is
painted before the store, the line and the paper are loaded: their modules are imported by the loader, behind the painted screen.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos.config.paths import Paths, find_paths
from pos.config.settings import SettingsFile
from pos.domain.errors import ErrorCode, ShopError
from pos.services.preferences import Preferences

if TYPE_CHECKING:
    from pos.app.shop import Shop
    from pos.config.logging import Log
    from pos.services.ports import Till
    from pos.ui.application import Application
    from pos.ui.shell.loaded import Loaded

_log = logging.getLogger(__name__)

_TURN_S: Final = 0.0005
"""Seconds that another thread may go on in Python while the counter wants its turn. A scan gives its turn away some ten times (each
statement, each paint): with Python's own 5 ms a long sync behind it would cost it three frames.
"""


@contextmanager
def open_shop(folder: Path | None = None, preferences: Mapping[str, object] | None = None) -> Iterator[Till]:
    """The shop of a data folder without a window; None takes the system's place for this user.

    Raises:
        ShopError: STORE_*, DISK_FULL, FOLDER_READ_ONLY.
    """
    with open_backstage(folder, preferences) as shop:
        yield shop.till


@contextmanager
def open_backstage(folder: Path | None = None, preferences: Mapping[str, object] | None = None) -> Iterator[Shop]:
    """Like `open_shop`, with what lies behind the till: pairing, keys, reading spreadsheets."""
    from pos.app.shop import Shop

    paths, settings = _machine(folder)
    shop = Shop(paths, settings, replace(settings.load(), **_overrides(preferences)))
    try:
        yield shop
    finally:
        shop.close()


def open_application(
    data: Path | None = None, size: tuple[int, int] | None = None, preferences: Mapping[str, object] | None = None
) -> Application:
    """The whole till, its window about to be painted; `run()` it.

    Args:
        data: folder of all its files; None takes the system's place for this user.
        size: of the window in px; None fills the screen.
        preferences: fields of `Preferences` that go before the settings file.

    Raises:
        ShopError: STORE_IN_USE when another till has the folder: it was asked to come to the front.
    """
    # hardly anything that is made during a start is garbage, and looking for it costs a twentieth of the start
    gc.disable()
    from pos.ui.application import Application
    from pos.ui.one_instance import OneInstance
    from pos.ui.shell.garbage import GarbageWatch

    paths, settings = _machine(data)
    wanted = replace(settings.load(), **_overrides(preferences))
    with suppress(ShopError):
        # where they cannot be made, the store says so in words
        paths.make()
    instance = OneInstance(paths.data)
    if not instance.claim():
        raise ShopError(ErrorCode.STORE_IN_USE)
    expects = "sale" if paths.store.exists() else "first_run"
    application = Application(_Loader(paths, settings, wanted), wanted, size, instance, expects)
    application.when_ready(GarbageWatch(application).keep_what_is_there)
    application.when_ready(lambda: sys.setswitchinterval(_TURN_S))
    return application


class _Loader:
    """What `Application` calls behind the painted window, again when the person asks to try again."""

    def __init__(self, paths: Paths, settings: SettingsFile, preferences: Preferences) -> None:
        self._paths = paths
        self._settings = settings
        self._preferences = preferences
        self._log: Log | None = None

    def __call__(self) -> Loaded:
        from pos.app.shop import Shop
        from pos.services.shop import needs_set_up
        from pos.ui.shell.loaded import Loaded

        self._log = self._log or _start_log(self._paths)
        shop = Shop(self._paths, self._settings, self._preferences)
        if not shop.rehearsal:
            # what a power cut left of one
            shop.end_rehearsal()
        said = (*_trouble_of(shop.settings_trouble), *shop.updates.told(), *shop.provisioning.begin())

        def close() -> None:
            shop.close()
            if self._log is not None:
                self._log.close()

        return Loaded(
            till=shop.till,
            backstage=shop,
            sync_once=None if shop.rehearsal else shop.sync_once,
            print_once=shop.print_once,
            keep=shop.keep,
            attach=shop.attach,
            close=close,
            tidy=shop.tidy,
            stopping=shop.stop,
            first_screen="first_run" if needs_set_up(shop.till.store.read) else "sale",
            say=said,
            wait_once=None if shop.rehearsal else shop.wait_once,
            update_once=shop.update_once if shop.updates.state().known_program else None,
            preferences=shop.preferences if shop.provisioning.applied else None,
        )


def _trouble_of(settings: ShopError | None) -> tuple[tuple[str, str], ...]:
    if settings is None:
        return ()
    from pos.ui.messages import error_sentence

    return (("fault", error_sentence(settings)),)


def _machine(data: Path | None) -> tuple[Paths, SettingsFile]:
    paths = find_paths(str(data) if data else None)
    return paths, SettingsFile(paths.settings)


def _overrides(preferences: Mapping[str, object] | None) -> dict[str, Any]:
    return dict(preferences or {})


def _start_log(paths: Paths) -> Log | None:
    """None where it cannot be written: a till without a log is better than none, and the store will say what is wrong."""
    from pos.config.logging import start_logging

    try:
        return start_logging(paths.logs)
    except ShopError as error:
        _log.warning("no log: %s", error.fields)
        return None
