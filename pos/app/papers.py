"""The shop's paper: its printers, its words and its picture, as the settings say. Owns the wiring and the picture's folder; no layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.config.files import replace_file
from pos.config.paths import Paths
from pos.domain.printing import DocumentKind, PrinterRole
from pos.services.preferences import Preferences, PrinterChoice, printer_for

if TYPE_CHECKING:
    from pos.printing.device import Device
    from pos.printing.logo import Logos
    from pos.printing.paper import PrinterPaper
    from pos.services.ports import Store
    from pos.ui.context import PaperPicture

_LONGEST_SAMPLE: Final = 25
"""Lines of a struk that is shown as an example; the preview is drawn anew while someone types."""


class Papers:
    """Makes the paper of the settings in use, and shows what it would look like with others.

    Attributes:
        rehearsal: every paper says that it is none.
    """

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.data / "logo"
        self.rehearsal = False
        self._logos: tuple[str, Logos | None] = ("", None)

    def paper(self, preferences: Preferences) -> PrinterPaper:
        """The paper that the settings ask for."""
        from pos.printing.paper import PaperLook, PrinterPaper

        own = device(receipt_printer(preferences))
        roles = {role: device(printer) for role in PrinterRole if (printer := printer_for(preferences.printers, role)) is not None}
        look = PaperLook(
            preferences.paper_language,
            preferences.paper_header,
            preferences.receipt_footer,
            preferences.paper_compact,
            self._logo(preferences.paper_logo),
            self.rehearsal,
        )
        return PrinterPaper(own.profile, look=look, roles=roles, device=own)

    def take_logo(self, source: str, go_on: Callable[[int, int], bool], in_use: str = "") -> str:
        """Make the shop's picture out of an image file; returns its name for `Preferences.paper_logo`, empty when it was stopped.

        The one `in_use` stays beside it until the next one comes: the settings may not be kept.

        Raises:
            ShopError: LOGO_UNREADABLE, LOGO_TOO_LARGE, LOGO_EMPTY; DISK_FULL, FOLDER_READ_ONLY.
        """
        from pos.printing.logo import LogoFolder

        folder = LogoFolder(self._folder, replace_file)
        name = folder.take(Path(source), go_on)
        if name:
            folder.tidy({name, in_use})
        return name

    def page_logo(self, name: str) -> str:
        """Path of the picture for pages; empty where there is none."""
        from pos.printing.logo import LogoFolder

        path = LogoFolder(self._folder, replace_file).page_picture(name)
        return str(path) if path else ""

    def sample(self, preferences: Preferences, kind: DocumentKind, store: Store) -> PaperPicture:
        """A paper of this shop with these settings, dot for dot: of the last sale where there is one, else of an example.

        Raises:
            ShopError: STORE_DAMAGED, STORE_BUSY.
        """
        from pos.printing.drawing import draw
        from pos.printing.samples import sample
        from pos.ui.context import PaperPicture

        last = store.read.last_sale() if kind is DocumentKind.RECEIPT else None
        if last is not None and len(last.lines) > _LONGEST_SAMPLE:
            last = None
        paper = self.paper(preferences)
        data = sample(kind, paper, store.read.shop(), last)
        return PaperPicture(*draw(data, paper.profile_of(kind)))

    def _logo(self, name: str) -> Logos | None:
        """Read once for each name."""
        if self._logos[0] != name:
            from pos.printing.logo import LogoFolder

            self._logos = name, LogoFolder(self._folder, replace_file).read(name) if name else None
        return self._logos[1]


def receipt_printer(preferences: Preferences) -> PrinterChoice:
    """One without an address where the shop has none."""
    return printer_for(preferences.printers, PrinterRole.STRUK) or PrinterChoice("", "")


def device(printer: PrinterChoice) -> Device:
    """A printer of the settings as paper is set for it."""
    from pos.printing.device import Device
    from pos.printing.profiles import profile_of

    return Device(printer.ref, profile_of(printer), printer.address, printer.name, printer.profile if printer.address else "")
