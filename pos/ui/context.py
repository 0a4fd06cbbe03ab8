"""What every screen is given: the till, the settings, the theme, and ways to act, tell and move on. Owns no widget.

Screens never reach into each other: they act on the till, announce a `Changed`, and ask to be taken somewhere by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.printing import DocumentKind
from pos.services.line_desk import LineDesk
from pos.services.ports import Till
from pos.services.ports.counter import Scale
from pos.services.ports.paper import PrinterDesk
from pos.services.preferences import Preferences
from pos.services.update_desk import UpdateDesk
from pos.services.views import CopiesState, CopyFacts
from pos.ui.theme.pictures import photos_from

if TYPE_CHECKING:
    from pos.domain.papers import HelpCard
    from pos.domain.people import Approval
    from pos.domain.qris_request import IssuedQr

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """Paper drawn from a job's bytes: 8-bit grey, row by row, `width` dots a row."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True, slots=True)
class PrinterKind:
    """A profile of `pos.printing.profiles` as a person chooses it: paper width in mm, letters a line, what people call it."""

    name: str
    paper_mm: int
    columns: int
    title: str = ""


class Backstage(Protocol):
    """What lies outside `ui` and `services`, handed in by `pos.app`. All of it may be called from a worker thread."""

    def pair(self, url: str, code: str) -> str:
        """Enrol this till with a one-time code; returns the shop's name. Raises ShopError PAIRING_*, NO_LINE, NO_KEYRING ..."""
        ...

    @property
    def line(self) -> LineDesk:
        """The line besides syncing: pairing by a shown code, leaving, the stick, what was set aside."""
        ...

    @property
    def printers(self) -> PrinterDesk:
        """The shop's printers as devices."""
        ...

    @property
    def updates(self) -> UpdateDesk:
        """Newer programs."""
        ...

    def draw_paper(self, data: bytes, printer: str = "") -> PaperPicture:
        """The bytes of a print job as its printer (a `ref`) would put them on paper; without one as the printer of receipts would."""
        ...

    def sample_paper(self, preferences: Preferences, kind: DocumentKind) -> PaperPicture:
        """A paper of this shop as it would be with other settings, dot for dot. Raises ShopError STORE_*."""
        ...

    def take_logo(self, source: str, progress: Callable[[int, int], bool]) -> str:
        """Make the shop's picture out of an image file; its name for `Preferences.paper_logo`, empty when it was stopped. Slow.

        Raises:
            ShopError: LOGO_UNREADABLE, LOGO_TOO_LARGE, LOGO_EMPTY; DISK_FULL, FOLDER_READ_ONLY.
        """
        ...

    def page_logo(self) -> str:
        """Path of the shop's picture for pages; empty where there is none."""
        ...

    def issue_qr(self, uid: str, amount: int, reference: str) -> IssuedQr:
        """A QRIS code that the server issues for an amount; the same `uid` again gives the same one. Slow.

        Raises:
            ShopError: NO_LINE, NOT_PAIRED, CENTRAL_REFUSED ...
        """
        ...

    def sync_now(self, asked: bool = False) -> None:
        """Wake the sync worker. `asked`: a person asked for just that, and a line that has failed is tried without waiting for its turn."""
        ...

    def print_now(self) -> None:
        """Wake the print worker."""
        ...

    def help_card(self) -> HelpCard:
        """What the card of help says of this till."""
        ...

    def read_sheet(self, path: str, progress: Callable[[int, int], bool]) -> object:
        """A `services.sheets` preview of a spreadsheet."""
        ...

    def last_sync_error(self) -> ShopError | None: ...

    def printer_state(self) -> str:
        """`none`, `ready`, `busy`, `trouble`: what the last job or probe told."""
        ...

    def printer_profiles(self) -> tuple[PrinterKind, ...]:
        """The kinds of printers that paper can be laid out for."""
        ...

    def scale(self) -> Scale | None:
        """The scale of this machine; None where no port is set."""
        ...

    def scale_ports(self) -> tuple[str, ...]:
        """Serial ports of this machine, those with something at them first."""
        ...

    def copy_now(self) -> str:
        """Make a checked copy of the store beside it; returns its file's name.

        Raises:
            ShopError: DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED.
        """
        ...

    def copies_state(self) -> CopiesState:
        """Where the day's copies lie a second time, and what is wrong with that place."""
        ...

    def lay_copy_elsewhere(self) -> None:
        """Lay the newest copy in the second place now; what becomes of it is in `copies_state`."""
        ...

    def seal_copy(self, target: str, passphrase: str) -> None:
        """A checked copy of now that only the passphrase opens.

        Raises:
            ShopError: COPY_PASSPHRASE_SHORT, COPY_PLACE_MISSING; DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED.
        """
        ...

    def lay_copy_ready(self, path: str, passphrase: str) -> CopyFacts:
        """Check a copy and lay it ready: the next start takes it in.

        Raises:
            ShopError: STILL_UNSENT; COPY_NOT_A_SHOP, COPY_DAMAGED, COPY_PASSPHRASE_WRONG, STORE_NEWER; DISK_FULL, FOLDER_READ_ONLY.
        """
        ...

    @property
    def rehearsal(self) -> bool:
        """Whether this is only a rehearsal: every page says so."""
        ...

    def autostart(self) -> bool | None:
        """Whether the till opens when this user signs in; None where that is not this program's to set."""
        ...

    def set_autostart(self, on: bool) -> None:
        """Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        ...

    def log_lines(self) -> tuple[str, ...]:
        """The last lines of the log that can be given away, the newest last."""
        ...

    def save_diagnosis(self, target: str, text: str) -> None:
        """Write a diagnosis to a file. Raises ShopError DIAGNOSIS_NO_PLACE, DISK_FULL, FOLDER_READ_ONLY."""
        ...

    def lay_rehearsal(self) -> str:
        """Copy the shop for a rehearsal; returns the folder that a till is opened on. Slow.

        Raises:
            ShopError: STORE_IN_USE while one is being played, REHEARSAL in one; DISK_FULL, FOLDER_READ_ONLY, STORE_DAMAGED.
        """
        ...

    def end_rehearsal(self) -> None:
        """Throw away what is left of one."""
        ...

    def move_keys(self, in_file: bool) -> None:
        """Move this till's keys to a file, or back to the keyring, before the preference says so.

        Raises:
            ShopError: NO_KEYRING, DISK_FULL, FOLDER_READ_ONLY.
        """
        ...


class UiContext(QObject):
    """Handed to every screen and dialog.

    Signals:
        changed(Changed): something was changed by an action or a worker; screens reload what concerns them.
        go(str): take me to a screen by its key (`sale`, `orders`, `goods`, `history`, `health`, `settings`, `first_run`), or to a part of
            it (`settings#printer`).
        preferences_changed(): theme, language, size or printer changed.
        told(str, str): say something in a toast: (kind `good`, `info`, `fault`, sentence).
        offered(str, str, str, object): the same with one way on: (title, sentence, word of its button, what the button calls).
        sound(str): `accepted`, `unknown`, `error`, `new_order`.
        customer(object): what a screen of the customer's own is to show: a Basket, the QrisRequest whose money is waited for, the Sale that
            was made, or None for the basket again.

    Attributes:
        approval: given last for settings; it counts for a moment, so that not every one of them asks for a PIN.
    """

    changed = Signal(object)
    go = Signal(str)
    preferences_changed = Signal()
    told = Signal(str, str)
    offered = Signal(str, str, str, object)
    sound = Signal(str)
    customer = Signal(object)

    def __init__(self, till: Till, preferences: Preferences, backstage: Backstage) -> None:
        super().__init__()
        self.till = till
        self.preferences = preferences
        self.backstage = backstage
        self.approval: Approval | None = None
        photos_from(lambda name: self.till.store.read.picture(name))

    def set_till(self, till: Till) -> None:
        """After the printer or a rule was changed: the same store with other paper or rules."""
        self.till = till


class Screen(QWidget):
    """One room of the till. Subclasses fill the questions below; the shell asks them.

    Signals:
        clear_changed(): `clear_right` answers otherwise from now on.
    """

    clear_changed = Signal()
    key = ""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.context = context

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what `changed` concerns; everything for None. Called when shown and when something changed."""

    def open_part(self, part: str) -> None:
        """Show a part of the room (`go("settings#printer")`); a room without parts has nothing to do."""

    def part_shown(self) -> str:
        """The part that `open_part` would bring one back to; empty in a room without parts."""
        return ""

    def scanned(self, code: str) -> bool:
        """A scanner burst arrived while this screen shows. True when it was taken; else the sale screen gets it."""
        return False

    def retranslate(self) -> None:
        """Set every word anew after the language changed."""

    def clear_right(self) -> int:
        """Pixels at the right edge where no toast may stand."""
        return 0

    def toasts_between(self) -> tuple[QWidget, QWidget] | None:
        """Under and above what of it toasts stand while all else has to stay free; None where the lower right will do."""
        return None

    def orders_wait(self) -> bool:
        """Whether the toast of a new order waits: something that must not be covered is being done."""
        return False

    def help_text(self) -> str:
        """What F1 says about this screen, in the language in use."""
        return ""
