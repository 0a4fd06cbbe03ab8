"""What screens and the command line ask of updates: how far one is, looking for it, taking it from a stick, and when it is put in.

Values and a protocol; `pos.app` implements it. All of it may be called from a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pos.domain.errors import ShopError
from pos.domain.update import Stage, Update, Wanted


@dataclass(frozen=True, slots=True)
class UpdateState:
    """How updates are on this till.

    Attributes:
        version: of the program that runs.
        update: the one that is known, if any.
        here: bytes of its file that are here while it is loaded.
        looked_at: UTC ms when the server was last asked and answered; 0 never.
        error: what was met at the last look.
        stale: the manifest is past its day.
        known_program: this program can be brought up to date from here; a source tree cannot.
    """

    version: str
    update: Update
    here: int = 0
    looked_at: int = 0
    error: ShopError | None = None
    stale: bool = False
    known_program: bool = True

    @property
    def is_ready(self) -> bool:
        return self.update.stage is Stage.READY


class UpdateDesk(Protocol):
    """Updates, but for their worker."""

    def state(self) -> UpdateState: ...

    def look_now(self) -> None:
        """Ask the server for a newer program now; what comes of it is in `state`."""
        ...

    def want(self, wanted: Wanted) -> None:
        """A person has said when it is put in; one that is not here yet is fetched. Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        ...

    def take_from(self, folder: str, progress: Callable[[int, int], bool]) -> str:
        """Take a newer program from a folder with a manifest (a stick). Returns its version; empty when this till has it already, or
        the work was stopped.

        Raises:
            ShopError: UPDATE_MISSING, UPDATE_UNREADABLE, UPDATE_FORGED, UPDATE_OLDER, UPDATE_OTHER_MACHINE, UPDATE_TOO_FAR,
                UPDATE_DAMAGED; DISK_FULL, FOLDER_READ_ONLY. Nothing is changed then.
        """
        ...
