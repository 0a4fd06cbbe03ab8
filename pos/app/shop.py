"""The open shop: store, line and paper behind one till, as the workers, the screens and the command line use them.

Owns which part is made when, and the shop's ends; owns no rule and no window.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos.config.paths import Paths
from pos.config.settings import SettingsFile
from pos.domain.errors import ShopError
from pos.services.preferences import Preferences

if TYPE_CHECKING:
    from pos.config.secrets import FileSecrets, KeyringSecrets
    from pos.local_db.store import SqliteStore
    from pos.printing.paper import PrinterPaper
    from pos.printing.spooler import PrintRound, Spooler
    from pos.services.ports import Rules, Till
    from pos.services.sheet_import import SheetPreview
    from pos.sync.engine import SyncEngine, SyncRound
    from pos.ui.context import PaperPicture, PrinterKind
    from pos.ui.workers import Round

_log = logging.getLogger(__name__)

_FIRST_COPY_S: Final = 120.0
"""Seconds after the start before the day's copy is made: the morning belongs to the counter."""
_COPY_EVERY_S: Final = 3_600.0
_STORE_TROUBLE_S: Final = 10.0
"""Seconds until the sync worker looks again at a store that could not be read."""
_UNPAIRED_S: Final = 900.0
"""Seconds until the sync worker looks again while there is no server: pairing wakes it."""


class Shop:
    """A shop whose store is open: the till, and everything that hangs on it. Implements `pos.ui.context.Backstage`.

    Attributes:
        till: for the verbs; made anew by `keep()`.
        preferences: in use, with what the command line put over the file.
    """

    def __init__(self, paths: Paths, settings: SettingsFile, preferences: Preferences) -> None:
        """Open the store. Imports what the window did not wait for.

        Raises:
            ShopError: STORE_*, DISK_FULL, FOLDER_READ_ONLY.
        """
        from pos.config.machine import ChosenSecrets, RandomIds, SystemClock
        from pos.local_db.store import SqliteStore
        from pos.services.ports import Till
        from pos.sync.encoding import WireEncoder

        paths.make()
        self._paths, self._settings = paths, settings
        self._clock, self._ids = SystemClock(), RandomIds()
        self.preferences = preferences
        self.secrets = ChosenSecrets(lambda: self._secrets_of(self.preferences.secrets_in_file))
        self._store: SqliteStore = SqliteStore.open(paths.store, self._clock, self._ids, paths.copies)
        self.till = Till(self._store, self._clock, self._ids, _paper(preferences), WireEncoder(), _rules(preferences))
        self._spooler: Spooler | None = None
        self._engine: tuple[str, SyncEngine] | None = None
        self._sync_error: ShopError | None = None
        self._next_copy = self._clock.monotonic() + _FIRST_COPY_S
        self._wake_sync: Callable[[], None] = _nothing
        self._wake_print: Callable[[], None] = _nothing

    @property
    def settings_trouble(self) -> ShopError | None:
        """SETTINGS_BROKEN when the settings had to be put aside at the start."""
        return self._settings.trouble

    def keep(self, preferences: Preferences) -> Till:
        """Save the settings; the same shop with other paper and rules.

        Raises:
            ShopError: DISK_FULL, FOLDER_READ_ONLY; nothing is changed then.
        """
        self._settings.save(preferences)
        self.preferences = preferences
        self.till = replace(self.till, paper=_paper(preferences), rules=_rules(preferences))
        return self.till

    def attach(self, wake_sync: Callable[[], None], wake_print: Callable[[], None]) -> None:
        """The workers run: waking them means something from now on."""
        self._wake_sync, self._wake_print = wake_sync, wake_print

    def tidy(self) -> None:
        self._store.tidy()

    def stop(self) -> None:
        """The till is closing: a job in hand has a few seconds left."""
        if self._spooler is not None:
            self._spooler.stop()

    def close(self) -> None:
        """Nobody may be using it any more."""
        self._store.close()

    # --- the workers' work --------------------------------------------------------------------------------------

    def sync_once(self) -> Round:
        """One piece of the sync worker's work, in its thread; and the day's copy, which nobody shall wait for."""
        from pos.ui.workers import Round

        self._copy_of_the_day()
        try:
            shop = self._store.read.shop()
        except ShopError as error:
            self._sync_error = error
            return Round(next_in=_STORE_TROUBLE_S, error=error)
        if not shop.device:
            self._sync_error = None
            return Round(next_in=_UNPAIRED_S)
        result: SyncRound = self._line(shop.central_url).run_once()
        self._sync_error = result.error
        return Round(result.changed, result.new_orders, result.next_in, result.error)

    def print_once(self) -> Round:
        """One piece of the print worker's work, in its thread."""
        from pos.printing.spooler import Spooler
        from pos.printing.transports import open_transport
        from pos.ui.workers import Round

        if self._spooler is None:
            self._spooler = Spooler(self._store, self._clock, open_transport, lambda: self.preferences.printer_address)
        result: PrintRound = self._spooler.run_once()
        return Round(result.changed, (), result.next_in, result.error)

    def _line(self, url: str) -> SyncEngine:
        """The engine for the server that the shop is paired with; made anew when that changes."""
        from random import SystemRandom

        from pos.sync.client import CentralClient
        from pos.sync.engine import SyncEngine

        engine = self._engine
        if engine is None or engine[0] != url:

            def connect() -> CentralClient:
                # a new one each time: a client keeps the keys that it has read, and pairing changes them
                return CentralClient(url, self.secrets, self._clock, self._ids)

            engine = self._engine = url, SyncEngine(self._store, self._clock, self._ids, connect, SystemRandom().random)
        return engine[1]

    def _copy_of_the_day(self) -> None:
        """Not while the till starts, and no more often than it can fail."""
        if self._clock.monotonic() < self._next_copy:
            return
        self._next_copy = self._clock.monotonic() + _COPY_EVERY_S
        try:
            self._store.copy_of_the_day()
        except ShopError as error:
            # a full disk is said by the health page; the copy is tried again
            _log.warning("no copy of the day: %s %s", error.code, error.fields)

    # --- backstage ----------------------------------------------------------------------------------------------

    def pair(self, url: str, code: str) -> str:
        from socket import gethostname

        from pos.sync.enrolment import pair

        name = pair(self._store, self.secrets, self._clock, self._ids, url, code, gethostname()[:60])
        self._engine = None
        self._wake_sync()
        return name

    def draw_paper(self, data: bytes) -> PaperPicture:
        from pos.printing.drawing import draw
        from pos.printing.profiles import profile_named
        from pos.ui.context import PaperPicture

        return PaperPicture(*draw(data, profile_named(self.preferences.printer_profile)))

    def sync_now(self, asked: bool = False) -> None:
        engine = self._engine
        if asked and engine is not None:
            engine[1].hurry()
        self._wake_sync()

    def print_now(self) -> None:
        self._wake_print()

    def read_sheet(self, path: str, progress: Callable[[int, int], bool]) -> SheetPreview | None:
        from pos.services.sheet_import import JudgeRules, preview_sheet

        rules = JudgeRules(wholesale_from=self.preferences.wholesale_from)
        return preview_sheet(path, self._store.read.codes_in_use().get, known_name=self._named(), rules=rules, progress=progress)

    def last_sync_error(self) -> ShopError | None:
        return self._sync_error

    def printer_state(self) -> str:
        if not self.preferences.printer_address:
            return "none"
        return self._spooler.state if self._spooler else "ready"

    def printer_profiles(self) -> tuple[PrinterKind, ...]:
        from pos.printing.profiles import PROFILES
        from pos.ui.context import PrinterKind

        return tuple(PrinterKind(name, profile.paper_mm, profile.columns) for name, profile in PROFILES.items())

    def copy_now(self) -> str:
        target = self._paths.copies / f"shop-{time.strftime('%Y%m%d-%H%M%S')}.db"
        self._store.copy(target)
        return target.name

    def move_keys(self, in_file: bool) -> None:
        from pos.config.secrets import move_secrets
        from pos.sync.client import DEVICE_KEY, REFRESH_TOKEN
        from pos.sync.enrolment import NEXT_KEY

        names = (DEVICE_KEY, REFRESH_TOKEN, NEXT_KEY)
        if in_file and not self._store.read.line().paired:
            # a machine without a keyring has nothing there to move, and cannot be asked
            return
        move_secrets(names, self._secrets_of(not in_file), self._secrets_of(in_file))

    def _secrets_of(self, in_file: bool) -> KeyringSecrets | FileSecrets:
        from pos.config.secrets import open_secrets

        return open_secrets(replace(self.preferences, secrets_in_file=in_file), self._paths, self._ids)

    def _named(self) -> Callable[[str], str | None]:
        """Goods by their name in lower case, read once, when the first row without a code asks."""
        from pos.services.views import GoodsFilter

        names: dict[str, str] = {}

        def find(name: str) -> str | None:
            if not names:
                read = self._store.read
                rows = read.goods(GoodsFilter.ALL, "", 0, read.goods_total(GoodsFilter.ALL, ""))
                names.update((row.name.casefold(), row.product_uid) for row in rows)
            return names.get(name)

        return find


def _paper(preferences: Preferences) -> PrinterPaper:
    from pos.printing.paper import PrinterPaper
    from pos.printing.profiles import profile_named

    profile = profile_named(preferences.printer_profile)
    return PrinterPaper(profile, preferences.paper_language, preferences.receipt_footer, preferences.printer_address)


def _rules(preferences: Preferences) -> Rules:
    from pos.domain.money import RoundingDirection
    from pos.domain.sale import CashRounding
    from pos.services.ports import Rules

    rounding = CashRounding(preferences.rounding_step, RoundingDirection(preferences.rounding_direction))
    return Rules(rounding=rounding, wholesale_from=preferences.wholesale_from)


def _nothing() -> None:
    """Before the workers run there is nobody to wake."""
