"""The open shop: store, line and paper behind one till, as the workers, the screens and the command line use them.

Owns which part is made when, and the shop's ends; owns no rule and no window.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.app.copies import Copies
from pos.app.late import late, load_now
from pos.app.papers import Papers
from pos.app.printing import Printing
from pos.app.provisioning import Provisioning
from pos.app.scales import Scales
from pos.app.updates import Updates, running_program
from pos.config.autostart import Autostart
from pos.config.paths import Paths
from pos.config.settings import SettingsFile
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind
from pos.services.preferences import Preferences

if TYPE_CHECKING:
    from pos.config.secrets import FileSecrets, KeyringSecrets
    from pos.domain.papers import HelpCard
    from pos.domain.qris_request import IssuedQr
    from pos.local_db.store import SqliteStore
    from pos.printing.spooler import PrintRound
    from pos.services.ports import Rules, Till, Wire
    from pos.services.ports.counter import Scale
    from pos.services.sheet_import import SheetPreview
    from pos.services.views import CopiesState, CopyFacts
    from pos.ui.context import PaperPicture, PrinterKind
    from pos.ui.workers import Round

_log = logging.getLogger(__name__)

_LOG_LINES = 60
"""Of the log that goes into a diagnosis."""


class Shop:
    """A shop whose store is open: the till, and everything that hangs on it. Implements `pos.ui.context.Backstage`.

    Attributes:
        till: for the verbs; made anew by `keep()`.
        preferences: in use, with what the command line put over the file.
        rehearsal: this is the copy that a rehearsal plays on.
    """

    def __init__(self, paths: Paths, settings: SettingsFile, preferences: Preferences) -> None:
        """Open the store. Imports what the window did not wait for.

        Raises:
            ShopError: STORE_*, DISK_FULL, FOLDER_READ_ONLY.
        """
        from pos.app.line import Line
        from pos.config.machine import ChosenSecrets, RandomIds, SystemClock
        from pos.local_db.store import SqliteStore
        from pos.services.ports import Till
        from pos.services.rehearsal import is_rehearsal
        from pos.sync.clock import HybridClock

        paths.make()
        self._paths, self._settings = paths, settings
        self._clock, self._ids = HybridClock(SystemClock()), RandomIds()
        self.preferences = preferences
        self.papers = Papers(paths)
        self.secrets = ChosenSecrets(lambda: self._secrets_of(self.preferences.secrets_in_file))
        self._store: SqliteStore = SqliteStore.open(paths.store, self._clock, self._ids, paths.copies)
        self.rehearsal = self.papers.rehearsal = is_rehearsal(self._store.read)
        rules = _rules(preferences, self.rehearsal)
        paper, wire = late(lambda: self.papers.paper(preferences)), late(_wire)
        self.till = Till(self._store, self._clock, self._ids, paper, wire, rules)
        self.printers = Printing(self._store, self._clock, self.papers, lambda: self.preferences)
        self._clock.knows(self._store.read.line().last_success_at)
        mirror = lambda: self.preferences.mirror_folder  # noqa: E731 -- as it is when it is asked for
        self.line = Line(self._store, self.secrets, self._clock, self._ids, lambda: self.till, mirror, rehearsal=self.rehearsal)
        self.copies = Copies(self._store, paths, self._clock, lambda: self.preferences.copy_folder)
        self._scales = Scales(self._clock)
        self._autostart = Autostart(paths)
        self.provisioning = Provisioning(self, paths)
        program = None if self.rehearsal else running_program(paths)
        self.updates = Updates(paths, self._clock, lambda: self.preferences, self._server, program)
        self._wake_print: Callable[[], None] = _nothing
        self._carried_on = self._too_old = False

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
        other_printers = preferences.printers != self.preferences.printers
        self.preferences = preferences
        self.till = replace(self.till, paper=self.papers.paper(preferences), rules=_rules(preferences, self.rehearsal))
        if other_printers:
            self._wake_print()
        return self.till

    def attach(self, wake_sync: Callable[[], None], wake_print: Callable[[], None], wake_update: Callable[[], None]) -> None:
        """The workers run: waking them means something from now on."""
        self.updates.attach(wake_update)
        self._wake_print = wake_print
        self.line.attach(wake_sync)
        self.printers.attach(wake_print)

    def tidy(self) -> None:
        self._store.tidy()

    def stop(self) -> None:
        """The till is closing: jobs in hand have a few seconds left."""
        self.updates.stop()
        self.line.stop()
        self.printers.stop()

    def close(self) -> None:
        """Nobody may be using it any more."""
        self.updates.close()
        self.line.close()
        self._scales.close()
        self.printers.close()
        self._store.close()

    # --- the workers' work --------------------------------------------------------------------------------------

    def sync_once(self) -> Round:
        """One piece of the sync worker's work, in its thread; the day's copy, which nobody shall wait for; a pairing that waits. The first
        one carries through what a power cut left of a list of goods."""
        self._carry_on()
        self.copies.work()
        return self.provisioning.work() or self._line_once()

    def _line_once(self) -> Round:
        """A server that wants a newer program makes the till look for one at once."""
        done = self.line.once()
        too_old = done.error is not None and done.error.code is ErrorCode.PROGRAM_TOO_OLD
        if too_old and not self._too_old:
            self.updates.look_now()
        self._too_old = too_old
        return done

    def _carry_on(self) -> None:
        """Tried again with the next piece where the store cannot: a full disk must stop neither the line nor a sale."""
        if self._carried_on:
            return
        from pos.services.imports.taking import finish_imports

        try:
            finish_imports(self.till)
        except ShopError as error:
            _log.warning("a list of goods waits to be carried through: %s %s", error.code, error.fields)
            return
        self._carried_on = True

    def wait_once(self) -> Round:
        """One piece of the wait worker's work, in its thread: a long poll, where the line holds it."""
        return self.line.wait_once()

    def update_once(self) -> Round:
        """One piece of the update worker's work, in its thread."""
        return self.updates.once()

    def print_once(self) -> Round:
        """One piece of the print worker's work, in its thread. The first one loads what the first sale will need."""
        from pos.ui.workers import Round

        load_now(self.till.paper, self.till.wire)

        result: PrintRound = self.printers.once()
        return Round(result.changed, (), result.next_in, result.error)

    # --- backstage ----------------------------------------------------------------------------------------------

    def pair(self, url: str, code: str) -> str:
        return self.line.pair(url, code)

    def issue_qr(self, uid: str, amount: int, reference: str) -> IssuedQr:
        return self.line.issue_qr(uid, amount, reference)

    def draw_paper(self, data: bytes, printer: str = "") -> PaperPicture:
        return self.printers.draw(data, printer)

    def sample_paper(self, preferences: Preferences, kind: DocumentKind) -> PaperPicture:
        return self.papers.sample(preferences, kind, self._store)

    def take_logo(self, source: str, progress: Callable[[int, int], bool]) -> str:
        return self.papers.take_logo(source, progress, self.preferences.paper_logo)

    def page_logo(self) -> str:
        return self.papers.page_logo(self.preferences.paper_logo)

    def sync_now(self, asked: bool = False) -> None:
        self.line.sync_now(asked)

    def help_card(self) -> HelpCard:
        from pos import __version__
        from pos.domain.papers import HelpCard

        return HelpCard(self.preferences.till_name, self.preferences.support, __version__)

    def print_now(self) -> None:
        self._wake_print()

    def read_sheet(self, path: str, progress: Callable[[int, int], bool]) -> SheetPreview | None:
        from pos.services.imports.columns import remembered_columns
        from pos.services.sheet_import import JudgeRules, preview_sheet

        rules = JudgeRules(wholesale_from=self.preferences.wholesale_from)
        read, remembered = self._store.read, remembered_columns(self._store.read)
        known = read.codes_in_use().get
        return preview_sheet(path, known, known_name=self._named(), rules=rules, progress=progress, remembered=remembered)

    def last_sync_error(self) -> ShopError | None:
        return self.line.last_error()

    def printer_state(self) -> str:
        return self.printers.state()

    def printer_profiles(self) -> tuple[PrinterKind, ...]:
        return self.printers.kinds()

    def scale(self) -> Scale | None:
        return self._scales.of(self.preferences)

    def scale_ports(self) -> tuple[str, ...]:
        from pos.devices.scale import ports

        return ports()

    def copy_now(self) -> str:
        target = self._paths.copies / f"shop-{time.strftime('%Y%m%d-%H%M%S')}.db"
        self._store.copy(target)
        return target.name

    def copies_state(self) -> CopiesState:
        return self.copies.state()

    def lay_copy_elsewhere(self) -> None:
        self.copies.lay_elsewhere()

    def seal_copy(self, target: str, passphrase: str) -> None:
        self.copies.seal(Path(target), passphrase)

    def lay_copy_ready(self, path: str, passphrase: str) -> CopyFacts:
        from pos.services.line import refuse_while_unsent

        # what the server has not heard is in no copy of yesterday
        refuse_while_unsent(self.till)
        return self.copies.lay_ready(Path(path), passphrase)

    def autostart(self) -> bool | None:
        return None if self.rehearsal else self._autostart.on

    def set_autostart(self, on: bool) -> None:
        self._autostart.set(on)

    def log_lines(self) -> tuple[str, ...]:
        from pos.config.bare_log import bare_lines

        return bare_lines(self._paths.logs, _LOG_LINES)

    def save_diagnosis(self, target: str, text: str) -> None:
        from pos.config.files import replace_file

        if not Path(target).parent.is_dir():
            # a stick that was pulled out: a folder of its name on this disk is no stick
            raise ShopError(ErrorCode.DIAGNOSIS_NO_PLACE)
        replace_file(Path(target), text.encode("utf-8"))

    def lay_rehearsal(self) -> str:
        from pos.app.rehearsal import lay_ready

        if self.rehearsal:
            raise ShopError(ErrorCode.REHEARSAL)
        return str(lay_ready(self.till, self._store, self._paths, self.preferences))

    def end_rehearsal(self) -> None:
        from pos.app.rehearsal import throw_away

        throw_away(self._paths)

    def move_keys(self, in_file: bool) -> None:
        from pos.config.secrets import move_secrets
        from pos.sync.client import DEVICE_KEY, REFRESH_TOKEN
        from pos.sync.enrolment import NEXT_KEY

        names = (DEVICE_KEY, REFRESH_TOKEN, NEXT_KEY)
        if in_file and not self._store.read.line().paired:
            # a machine without a keyring has nothing there to move, and cannot be asked
            return
        move_secrets(names, self._secrets_of(not in_file), self._secrets_of(in_file))

    def _server(self) -> str:
        """The server's address, as far as it is known."""
        return self._store.read.shop().central_url or self.preferences.central_url

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


def _rules(preferences: Preferences, rehearsal: bool) -> Rules:
    from pos.domain.money import RoundingDirection
    from pos.domain.sale import CashRounding
    from pos.domain.scale_label import parse_patterns
    from pos.services.ports import Rules

    rounding = CashRounding(preferences.rounding_step, RoundingDirection(preferences.rounding_direction))
    return Rules(
        rounding=rounding,
        wholesale_from=preferences.wholesale_from,
        # in a rehearsal the drawer opens when somebody asks for it, and not by itself
        kick_drawer=not rehearsal,
        weight_step=preferences.weight_step,
        negative_stock=preferences.negative_stock,
        discount_limit=preferences.discount_limit,
        label_patterns=parse_patterns(preferences.scale_labels),
        loose_sticks=preferences.loose_sticks,
        credit_limit=preferences.credit_limit,
        credit_days=preferences.credit_days,
        titipan=preferences.titipan,
        qris_static=preferences.qris_static,
        qris_own=preferences.qris_own,
        day_cutoff=preferences.day_cutoff,
        pkp_since=preferences.pkp_since,
        pkp_until=preferences.pkp_until,
    )


def _wire() -> Wire:
    from pos.sync.encoding import WireEncoder

    return WireEncoder()


def _nothing() -> None:
    """Before the workers run there is nobody to wake."""
