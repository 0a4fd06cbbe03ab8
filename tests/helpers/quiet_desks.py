"""The line, the printers and the updates of a shop that has none: what screens ask of them has an answer, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Approval
from pos.domain.update import Update, Wanted
from pos.services.line_desk import ShownGrant
from pos.services.line_views import LineQuality, MirrorState
from pos.services.paper_views import FoundPrinter, PrinterChecked, PrinterNow
from pos.services.ports import Paper
from pos.services.preferences import PrinterChoice
from pos.services.update_desk import UpdateState
from tests.helpers.shops import PlainPaper


class QuietLine:
    """`services.line_desk.LineDesk` of a till that was never paired."""

    def start_grant(self, url: str) -> ShownGrant:
        raise ShopError(ErrorCode.NO_LINE)

    def poll_grant(self) -> tuple[str, float]:
        return "", 60.0

    def end_grant(self) -> None:
        return None

    def leave(self, approval: Approval | None = None) -> None:
        raise ShopError(ErrorCode.NOT_PAIRED)

    def let_go(self, folder: str, approval: Approval | None = None) -> int:
        raise ShopError(ErrorCode.NOT_PAIRED)

    def ask_history(self) -> None:
        return None

    def quality(self) -> LineQuality:
        return LineQuality()

    def mirror_state(self) -> MirrorState:
        return MirrorState()

    def mirror_now(self, folder: str = "") -> int:
        raise ShopError(ErrorCode.NOT_PAIRED)

    def send_aside_again(self, operation: str) -> None:
        return None

    def export_aside(self, operation: str, target: str) -> None:
        return None


class QuietPrinters:
    """`services.ports.paper.PrinterDesk` of a shop whose printers are never asked."""

    def now(self, ref: str) -> PrinterNow:
        return PrinterNow()

    def check(self, address: str, thorough: bool = False) -> PrinterChecked:
        return PrinterChecked(None, False, ())

    def find(self, progress: Callable[[int, int], bool]) -> list[FoundPrinter]:
        return []

    def find_at(self, host: str) -> FoundPrinter | None:
        return None

    def paper_on(self, printer: PrinterChoice) -> Paper:
        return PlainPaper()

    def set_up_page(self, printer: PrinterChoice) -> bytes:
        return b""

    def pages(self, printer: PrinterChoice) -> list[tuple[str, int]]:
        return []

    def fitting(self, printer: PrinterChoice) -> list[PrinterChoice]:
        return []


class QuietUpdates:
    """`services.update_desk.UpdateDesk` of a till that nobody brings up to date."""

    def state(self) -> UpdateState:
        return UpdateState("0.1.0", Update(), known_program=False)

    def look_now(self) -> None:
        return None

    def want(self, wanted: Wanted) -> None:
        return None

    def take_from(self, folder: str, progress: Callable[[int, int], bool]) -> str:
        return ""
