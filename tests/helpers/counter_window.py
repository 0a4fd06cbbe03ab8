"""The whole window over a real shop on disk, without workers: what a cashier sees and touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.papers import HelpCard
from pos.domain.printing import DocumentKind
from pos.domain.product import Product
from pos.domain.qris_request import IssuedQr
from pos.domain.sale import Sale
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.ports import QrisDesk, Rules, Till
from pos.services.ports.counter import Scale
from pos.services.preferences import Preferences
from pos.services.shop import set_identity
from pos.services.views import CopiesState, CopyFacts
from pos.ui.application import Application
from pos.ui.context import PaperPicture, PrinterKind
from pos.ui.drawer.screen import DrawerScreen
from pos.ui.sale.screen import SaleScreen
from pos.ui.shell.loaded import Loaded
from pos.ui.workers import Round
from tests.helpers.quiet_desks import QuietLine, QuietPrinters, QuietUpdates
from tests.helpers.scanner import Hands, WedgeScanner
from tests.helpers.shops import SHELF, open_till


@dataclass
class QuietBackstage:
    """`pos.ui.context.Backstage` of a shop without line and printer; counts who was woken."""

    syncs: int = 0
    prints: int = 0
    printer: str = "ready"
    line_error: ShopError | None = None
    weigher: Scale | None = None
    qr_desk: QrisDesk | None = None
    rehearsal: bool = False

    def pair(self, url: str, code: str) -> str:
        return "Toko"

    @property
    def line(self) -> QuietLine:
        return QuietLine()

    @property
    def printers(self) -> QuietPrinters:
        return QuietPrinters()

    @property
    def updates(self) -> QuietUpdates:
        return QuietUpdates()

    def draw_paper(self, data: bytes, printer: str = "") -> PaperPicture:
        return PaperPicture(1, 1, b"\xff")

    def sample_paper(self, preferences: Preferences, kind: DocumentKind) -> PaperPicture:
        return PaperPicture(1, 1, b"\xff")

    def take_logo(self, source: str, progress: Callable[[int, int], bool]) -> str:
        return ""

    def autostart(self) -> bool | None:
        return None

    def set_autostart(self, on: bool) -> None:
        raise ShopError(ErrorCode.FOLDER_READ_ONLY)

    def log_lines(self) -> tuple[str, ...]:
        return ()

    def save_diagnosis(self, target: str, text: str) -> None:
        raise ShopError(ErrorCode.DISK_FULL)

    def lay_rehearsal(self) -> str:
        raise ShopError(ErrorCode.DISK_FULL)

    def end_rehearsal(self) -> None:
        """There is none."""

    def page_logo(self) -> str:
        return ""

    def issue_qr(self, uid: str, amount: int, reference: str) -> IssuedQr:
        if self.qr_desk is None:
            raise ShopError(ErrorCode.NO_LINE)
        return self.qr_desk.issue(uid, amount, reference)

    def sync_now(self, asked: bool = False) -> None:
        self.syncs += 1

    def print_now(self) -> None:
        self.prints += 1

    def help_card(self) -> HelpCard:
        return HelpCard("", "", "")

    def read_sheet(self, path: str, progress: Callable[[int, int], bool]) -> object:
        return None

    def last_sync_error(self) -> ShopError | None:
        return self.line_error

    def printer_state(self) -> str:
        return self.printer

    def printer_profiles(self) -> tuple[PrinterKind, ...]:
        return ()

    def scale(self) -> Scale | None:
        return self.weigher

    def scale_ports(self) -> tuple[str, ...]:
        return ()

    def copy_now(self) -> str:
        return ""

    def copies_state(self) -> CopiesState:
        return CopiesState("", 0, None)

    def lay_copy_elsewhere(self) -> None:
        return None

    def seal_copy(self, target: str, passphrase: str) -> None:
        return None

    def lay_copy_ready(self, path: str, passphrase: str) -> CopyFacts:
        raise ShopError(ErrorCode.COPY_NOT_A_SHOP)

    def move_keys(self, in_file: bool) -> None:
        return None


@dataclass
class CounterWindow:
    """The window under a cashier's hands."""

    application: Application
    backstage: QuietBackstage
    kept: list[Preferences] = field(default_factory=list)

    @property
    def till(self) -> Till:
        return self.application.till

    @property
    def window(self) -> QWidget:
        """The dialog that is open, else the window."""
        return QApplication.activeModalWidget() or self.application.window

    @property
    def sale(self) -> SaleScreen:
        screen = self.application.screen("sale")
        assert isinstance(screen, SaleScreen)
        return screen

    @property
    def drawer(self) -> DrawerScreen:
        screen = self.application.screen("drawer")
        assert isinstance(screen, DrawerScreen)
        return screen

    def scan(self, code: str) -> None:
        """A wedge scanner, a millisecond a character, at whatever window has the focus."""
        WedgeScanner(self.window, at=_stamp()).scan(code)
        settle()

    def type(self, text: str) -> None:
        """A person's typing, handed on by the scanner's filter when it is sure."""
        hands = Hands(self.window, at=_stamp())
        hands.type(text)
        QTest.qWait(120)

    def key(self, keys: str) -> None:
        """One key or combination, as printed on its cap."""
        pressed = QKeySequence.fromString(keys)
        QTest.keySequence(self.window.windowHandle(), pressed)
        settle()

    def names(self) -> list[str]:
        """What is on the counter, on disk."""
        return [line.name for line in self.till.store.read.basket().lines]

    def quantities(self) -> list[int]:
        return [line.quantity for line in self.till.store.read.basket().lines]

    def sales(self) -> list[Sale]:
        read = self.till.store.read
        return [sale for row in read.sales("", 0, 1000) if (sale := read.sale(row.uid)) is not None]

    def toasts(self) -> list[str]:
        """What the toasts of the window say, the newest last."""
        return [toast.accessibleName() for toast in self.application.window.toasts.toasts]


class _Stamps:
    """Keyboard time stamps that only grow, far enough apart that no two bursts are one."""

    now = 1_000


def _stamp() -> int:
    _Stamps.now += 10_000
    return _Stamps.now


def wait_until(holds: Callable[[], bool], what: str, timeout_ms: int = 20_000) -> None:
    """Let time go by until something is so."""
    patience = QElapsedTimer()
    patience.start()
    while not holds():
        assert patience.elapsed() < timeout_ms, f"waited in vain: {what}"
        QTest.qWait(5)


def settle() -> None:
    """Let everything happen that is due."""
    for _ in range(3):
        QApplication.processEvents()


@contextmanager
def counter_window(
    folder: Path,
    shelf: Iterable[tuple[Product, int]] = SHELF,
    *,
    session: bool = True,
    size: tuple[int, int] = (1366, 768),
    preferences: Preferences | None = None,
    rules: Rules | None = None,
    printer: str = "kasir",
) -> Iterator[CounterWindow]:
    """A shop in `folder`: made there with its shelf and an open drawer, or the one that lies there as it is."""
    new = not (folder / "shop.db").exists()
    with open_till(folder, rules=rules, printer=printer) as till:
        if new:
            put_catalogue(till, shelf)
            set_identity(till, "Toko Sinar Jaya", "", "Bu Sari")
            if session:
                open_session(till, 200_000)
        with window_over(till, size=size, preferences=preferences) as counter:
            yield counter


@contextmanager
def window_over(
    till: Till,
    *,
    size: tuple[int, int] = (1366, 768),
    preferences: Preferences | None = None,
    sync_once: Callable[[], Round] | None = None,
    print_once: Callable[[], Round] | None = None,
) -> Iterator[CounterWindow]:
    """A window over a till that is open already; closed when the block ends."""
    backstage = QuietBackstage()
    kept: list[Preferences] = []

    def keep(changed: Preferences) -> Till:
        kept.append(changed)
        return till

    def load() -> Loaded:
        return Loaded(till, backstage, sync_once, print_once, keep, lambda sync, paper, update: None, lambda: None)

    application = Application(load, preferences or replace(Preferences(), sounds=False, reduce_motion=True), size)
    ready: list[bool] = []
    application.when_ready(lambda: ready.append(True))
    try:
        wait_until(lambda: bool(ready), "the window becomes ready")
        application.window.activateWindow()
        wait_until(application.window.isActiveWindow, "the window is the active one")
        yield CounterWindow(application, backstage, kept)
    finally:
        application.close()
        settle()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
