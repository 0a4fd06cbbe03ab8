"""A provision file applied: the till is ready with no question asked, and pairs as soon as there is a line. Owns the order of steps.

The file lies in the data folder (`take` lays it there from a stick) until the till is paired, and goes then: it holds the one-time code.
Every step may be broken off and done again. What is wrong with a file costs a sentence and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from pos.config.files import replace_file
from pos.config.paths import Paths
from pos.domain.errors import ErrorCode, ShopError
from pos.installing import PROVISION_FILE as FILE

if TYPE_CHECKING:
    from pos.app.shop import Shop
    from pos.installing.provision import Provision
    from pos.ui.workers import Round

_log = logging.getLogger(__name__)

Said: TypeAlias = tuple[tuple[str, str], ...]
"""(kind, sentence) toasts."""

_REFUSED: Final = ".refused"
_AGAIN_S: Final = 30.0
"""Seconds between two tries to pair: a few hundred bytes each, while the shop sells."""
_CODE_IS_NONE: Final = frozenset(
    {
        ErrorCode.PAIRING_CODE_WRONG,
        ErrorCode.PAIRING_CODE_USED,
        ErrorCode.PAIRING_CODE_EXPIRED,
        ErrorCode.PAIRING_OTHER_SHOP,
    }
)
"""The server's last word on a code: it is of no use to anybody."""


class Provisioning:
    """The provision of one open shop. `begin` is called behind the painted window, `work` by the sync worker.

    Attributes:
        applied: this start has changed the settings.
    """

    def __init__(self, shop: Shop, paths: Paths) -> None:
        self._shop, self._file = shop, paths.data / FILE
        self._waiting: Provision | None = None
        self._due = 0.0
        self.applied = False

    def begin(self) -> Said:
        """Apply the file that lies in the data folder; nothing where there is none. Returns what is to be said."""
        if not self._file.exists():
            return ()
        try:
            provision = self._read()
        except ShopError as error:
            self._put_aside()
            return (_sentence(error),)
        try:
            return self._begin(provision)
        except ShopError as error:
            # a full disk and the like: the file stays, the next start goes on with it
            _log.warning("the provision was not applied: %s %s", error.code, error.fields)
            return (_sentence(error),)

    def work(self) -> Round | None:
        """Pair, when that still waits and its turn has come. None when there was nothing to do."""
        provision, clock = self._waiting, self._shop.till.clock
        if provision is None or clock.monotonic() < self._due:
            return None
        from pos.domain.changed import Changed
        from pos.ui.workers import Round

        if self._paired:
            self._forget()
            return None
        trouble = self._pair(provision)
        if trouble is None:
            self._forget()
            return Round(Changed(shop=True), next_in=0.0, say=(_paired_words(provision),))
        if trouble.code in _CODE_IS_NONE:
            self._forget()
            return Round(next_in=0.0, error=trouble, say=(_sentence(trouble),))
        self._due = clock.monotonic() + _AGAIN_S
        return Round(next_in=_AGAIN_S, error=trouble)

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _begin(self, provision: Provision) -> Said:
        from pos.services.shop import needs_set_up

        if self._paired:
            fresh = needs_set_up(self._shop.till.store.read)
            said = self._furnish(provision) if fresh else ()
            self._forget()
            return said
        if not needs_set_up(self._shop.till.store.read):
            # somebody waits to sell: the line is the worker's
            self._waiting = provision
            return self._furnish(provision)
        self._secrets_place(provision)
        trouble = self._pair(provision)
        if trouble is not None and trouble.code in _CODE_IS_NONE:
            self._forget()
            return (_sentence(trouble),)
        said = self._furnish(provision)
        if trouble is None:
            self._forget()
            return (*said, _paired_words(provision))
        self._waiting, self._due = provision, self._shop.till.clock.monotonic() + _AGAIN_S
        return (*said, _waits_words(trouble))

    @property
    def _paired(self) -> bool:
        from pos.sync.taking import TURNED_AWAY

        read = self._shop.till.store.read
        device = read.shop().device
        return bool(device) and read.setting(TURNED_AWAY) != device

    def _read(self) -> Provision:
        """Raises ShopError PROVISION_UNREADABLE, PROVISION_FORGED, PROVISION_OTHER_SHOP."""
        provision = read_trusted(self._file)
        known = self._shop.till.store.read.shop()
        if known.uid and known.uid != provision.shop.uid:
            raise ShopError(ErrorCode.PROVISION_OTHER_SHOP, shop=provision.shop.name)
        return provision

    def _pair(self, provision: Provision) -> ShopError | None:
        try:
            self._shop.line.pair(provision.central, provision.code, provision.till, provision.shop.uid)
        except ShopError as error:
            _log.info("the provision's pairing: %s %s", error.code, error.fields)
            return error
        return None

    def _secrets_place(self, provision: Provision) -> None:
        """Where the keys go is settled before the first one is made."""
        if provision.keys_in_file and not self._shop.preferences.secrets_in_file:
            self._shop.keep(replace(self._shop.preferences, secrets_in_file=True))
            self.applied = True

    def _furnish(self, provision: Provision) -> Said:
        """Fill in what is still empty here; a shop that sells already keeps its own."""
        from pos.services.papers import print_help_card
        from pos.services.shop import finish_set_up, needs_set_up, set_identity

        fresh = needs_set_up(self._shop.till.store.read)
        self._settings(provision, fresh)
        if fresh:
            known = self._shop.till.store.read.shop()
            told = provision.shop
            set_identity(self._shop.till, known.name or told.name, known.address or told.address, known.cashier or told.cashier)
        said = self._goods(provision)
        if fresh:
            if self._shop.preferences.printers:
                print_help_card(self._shop.till, self._shop.help_card(), provision.id)
            finish_set_up(self._shop.till)
        return said

    def _settings(self, provision: Provision, fresh: bool) -> None:
        from pos.services.preferences import one_printer

        mine, printer = self._shop.preferences, provision.printer
        wanted = replace(
            mine,
            language=provision.language if fresh else mine.language,
            printers=mine.printers or (one_printer(printer.address, printer.profile) if printer is not None else ()),
            central_url=mine.central_url or provision.central,
            till_name=mine.till_name or provision.till,
            support=mine.support or provision.support,
            update_url=mine.update_url or provision.updates,
            secrets_in_file=mine.secrets_in_file or provision.keys_in_file,
        )
        if wanted != mine:
            self._shop.keep(wanted)
            self.applied = True

    def _goods(self, provision: Provision) -> Said:
        """The list beside the file, for a shop without goods; a list that is not right costs only itself."""
        from pos.installing.provision import goods_file
        from pos.services.imports.taking import import_drafts, source_of
        from pos.services.views import GoodsFilter

        if self._shop.till.store.read.goods_counts()[GoodsFilter.ALL]:
            return ()
        try:
            listed = goods_file(self._file, provision)
            preview = self._shop.read_sheet(str(listed), lambda done, total: True) if listed is not None else None
            if preview is None:
                return ()
            taken = import_drafts(self._shop.till, preview.takeable(), source=source_of(preview))
        except ShopError as error:
            return (_sentence(error),)
        return (_goods_words(taken.created, preview.counts.refused),)

    def _put_aside(self) -> None:
        """A file that is not this till's is not asked about at every start; a person may look at it."""
        with suppress(OSError):
            self._file.replace(self._file.with_name(FILE + _REFUSED))

    def _forget(self) -> None:
        """The code was used, or is of no use: it lies nowhere on this machine any more."""
        self._waiting = None
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def read_trusted(file: Path) -> Provision:
    """A provision file, judged by the keys of this program. Raises ShopError PROVISION_MISSING, _UNREADABLE, _FORGED."""
    from pos.installing.provision import read_provision
    from pos.installing.signing import NotSigned, trusted_keys

    try:
        keys = trusted_keys()
    except NotSigned as error:
        raise ShopError(ErrorCode.PROVISION_FORGED, file=file.name) from error
    return read_provision(file, keys)


def take(place: Path, paths: Paths, keep: Callable[[Path, bytes], None] = replace_file) -> Provision:
    """Lay the provision of a stick (`place`: the file or its folder), and its goods, into the data folder; the next start applies it.

    The file goes from the stick, where that can be written: its code is for one till.

    Raises:
        ShopError: PROVISION_MISSING, PROVISION_UNREADABLE, PROVISION_FORGED; DISK_FULL, FOLDER_READ_ONLY.
    """
    from pos.installing.provision import file_in, goods_file

    source = file_in(place)
    provision = read_trusted(source)
    paths.make()
    with suppress(ShopError):
        # a list that is not there, or another one, is said when the file is applied
        listed = goods_file(source, provision)
        if listed is not None:
            keep(paths.data / listed.name, listed.read_bytes())
    keep(paths.data / FILE, source.read_bytes())
    if source.resolve() != (paths.data / FILE).resolve():
        with suppress(OSError):
            source.unlink()
    return provision


def _sentence(error: ShopError) -> tuple[str, str]:
    from pos.ui.messages import error_sentence

    return "fault", error_sentence(error)


def _paired_words(provision: Provision) -> tuple[str, str]:
    from pos.ui.language import tr

    return "good", tr("Tersambung ke e-Peken. {shop} siap jualan dan menerima pesanan.", shop=provision.shop.name)


def _waits_words(trouble: ShopError) -> tuple[str, str]:
    from pos.ui.language import tr
    from pos.ui.messages import error_words

    return "info", tr("Siap jualan. Sambungan ke e-Peken menyusul sendiri. ({why})", why=error_words(trouble).title)


def _goods_words(taken: int, refused: int) -> tuple[str, str]:
    from pos.ui.language import tr

    if refused:
        return "info", tr("{n} barang masuk. {refused} baris ditolak; lihat di Barang, Impor.", n=taken, refused=refused)
    return "good", tr("{n} barang masuk. Tinggal pindai dan jual.", n=taken)
