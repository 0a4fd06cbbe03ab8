"""What screens and the command line ask of the line besides syncing: pairing by a shown code, leaving, the stick, what was set aside.

Values and a protocol; `pos.app` implements it. All of it may be called from a worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pos.domain.people import Approval
from pos.services.line_views import LineQuality, MirrorState


@dataclass(frozen=True, slots=True)
class ShownGrant:
    """A code that an officer approves.

    Attributes:
        code: to read aloud (`BCDF-GHJK`).
        place: where the officer types it; `qr` is the same with the code in it, for a camera.
        seconds: until it is over; `interval` seconds between two looks.
    """

    code: str
    place: str
    qr: str
    seconds: float
    interval: float


class LineDesk(Protocol):
    """The line, but for its worker."""

    def start_grant(self, url: str) -> ShownGrant:
        """Get a code to show. Blocking.

        Raises:
            ShopError: ALREADY_PAIRED, NO_KEYRING, NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED, CENTRAL_UNREADABLE.
        """
        ...

    def poll_grant(self) -> tuple[str, float]:
        """(the shop's name once it was approved, empty before; seconds until the next look). Blocking.

        Raises:
            ShopError: GRANT_EXPIRED, GRANT_DENIED, PAIRING_OTHER_SHOP, CENTRAL_REFUSED, CENTRAL_UNREADABLE; DISK_FULL ...
        """
        ...

    def end_grant(self) -> None:
        """Nobody waits for the code any more."""
        ...

    def leave(self, approval: Approval | None = None) -> None:
        """This till is nobody's device any more; everything that it knows stays.

        Raises:
            ShopError: NEEDS_ROLE (Act.SETTINGS); STILL_UNSENT (`count`) unless its owner has let it go; NOT_PAIRED, NO_KEYRING ...
        """
        ...

    def let_go(self, folder: str, approval: Approval | None = None) -> int:
        """Write what is unsent, and what was set aside, to a stick, and let go of it here: leaving, removing the program and putting a
        copy back are not refused for it any more. The list of it comes out of the printer, and lies on the stick. Returns how many
        operations lie there now.

        Raises:
            ShopError: NEEDS_ROLE (Act.LET_GO) before anything is written; as `mirror_now`.
        """
        ...

    def ask_history(self) -> None:
        """This computer stands in for one that is gone: let the shop's sales of the last weeks come back."""
        ...

    def quality(self) -> LineQuality: ...

    def mirror_state(self) -> MirrorState: ...

    def mirror_now(self, folder: str = "") -> int:
        """Write what is unsent to the stick, or to another folder; returns how many operations. Raises ShopError MIRROR_MISSING,
        NOT_PAIRED, NO_KEYRING, DISK_FULL, FOLDER_READ_ONLY."""
        ...

    def send_aside_again(self, operation: str) -> None:
        """What was set aside is told once more. Raises ShopError ASIDE_GONE."""
        ...

    def export_aside(self, operation: str, target: str) -> None:
        """Write what was set aside to a file, for the officer. Raises ShopError ASIDE_GONE, DISK_FULL, FOLDER_READ_ONLY."""
        ...
