"""A print queue of a system without the system: `transports.queue.JobQueue` that behaves as spoolers do. Owns no process."""

from __future__ import annotations

from enum import Enum, auto

from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.transports.queue import Look, Refused, Stage


class Does(Enum):
    PRINT = auto()
    LIE = auto()
    """Throws the job away and says that it is done."""
    FORGET = auto()
    """Prints, and then knows nothing of the job any more, as the Windows spooler does."""
    DROP = auto()
    """Begins and gives up."""
    HANG = auto()
    """Begins and never ends, and lets go when it is asked to."""
    PAUSED = auto()
    """Takes it and never begins."""
    STUBBORN = auto()
    """Never begins, and does not let it be taken back."""
    TAKEN_OUT = auto()
    """A person takes it out before it begins."""
    REFUSE = auto()
    SILENT = auto()
    """The service dies once it has the job."""
    SILENT_AT_ONCE = auto()
    """The service dies while it takes the job."""


class OwnQueue:
    """Attributes:
    paper: what it has printed.
    jobs: how many it was handed.
    """

    def __init__(self, does: Does) -> None:
        self.does = does
        self.paper = b""
        self.jobs = 0
        self._looks = 0
        self._taken_back = False

    def submit(self, data: bytes) -> int:
        if self.does is Does.REFUSE:
            raise Refused(Evidence(Seen.NOT_FOUND, 0, len(data), why=Why.MISSING))
        self.jobs += 1
        if self.does is Does.SILENT_AT_ONCE:
            raise OSError("the service is gone")
        if self.does in (Does.PRINT, Does.FORGET):
            self.paper += data
        elif self.does in (Does.DROP, Does.HANG):
            self.paper += data[:100]
        return self.jobs

    def look(self, job: int) -> Look:
        self._looks += 1
        if self._looks == 1:
            return Look(Stage.WAITING, begun=False)
        if self.does is Does.SILENT:
            raise OSError("the service is gone")
        begun = self.does in (Does.DROP, Does.HANG)
        if self._taken_back:
            return Look(Stage.TAKEN_OUT, begun)
        stages = {
            Does.PRINT: Stage.DONE,
            Does.LIE: Stage.DONE,
            Does.FORGET: Stage.DONE,
            Does.DROP: Stage.BROKEN,
            Does.HANG: Stage.PRINTING,
            Does.TAKEN_OUT: Stage.TAKEN_OUT,
        }
        said = (Said.PAUSED,) if self.does is Does.PAUSED else ()
        return Look(stages.get(self.does, Stage.WAITING), begun, said)

    def take_back(self, job: int) -> None:
        self._taken_back = self.does is not Does.STUBBORN
