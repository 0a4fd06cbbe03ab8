"""A job that goes through a print queue of the system (CUPS, the Windows spooler). Owns what is known of it then; a queue is a `JobQueue`.

A queue says "completed" of jobs that were never printed, so nothing that it says is more than *handed over*. What it does not begin with in
time is taken back, so that it is not printed tomorrow morning by itself.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, Protocol

from pos.domain.evidence import Asks, Evidence, Said, Seen, Why
from pos.printing.transports.handing import GiveUp, HandedOver, why_of

_log = logging.getLogger(__name__)

LOOK_S: Final = 0.2
"""Seconds between two looks at a job."""


class Stage(Enum):
    """How far a queue says a job is."""

    WAITING = auto()
    PRINTING = auto()
    DONE = auto()
    """Or gone from the queue, which is what the Windows spooler does with what is done."""
    TAKEN_OUT = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a job. `begun`: the queue has begun with it at some time, as far as it says."""

    stage: Stage
    begun: bool
    said: tuple[Said, ...] = field(default=())


class Refused(Exception):
    """A queue did not take a job: not a byte of it."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(str(evidence))
        self.evidence = evidence


class JobQueue(Protocol):
    """One queue. Its methods raise OSError when the print service does not answer."""

    def submit(self, data: bytes) -> int:
        """Hand a job over; returns its number.

        Raises:
            Refused: it has not taken it. Any OSError means that it may have.
        """
        ...

    def look(self, job: int) -> Look: ...

    def take_back(self, job: int) -> None:
        """Ask the queue to forget the job. Whether it did is seen by looking."""
        ...


@dataclass(slots=True)
class _Course:
    """One job's way through a queue."""

    queue: JobQueue
    size: int
    job: int = 0
    begun: bool = False
    said: tuple[Said, ...] = ()

    def look(self) -> Stage:
        seen = self.queue.look(self.job)
        self.begun = self.begun or seen.begun
        self.said = seen.said or self.said
        return seen.stage

    def ended(self, seen: Seen, sent: int, why: Why = Why.NONE, asks: Asks | None = None) -> HandedOver:
        return HandedOver(Evidence(seen, sent, self.size, self.said, why, asks))


def through_queue(queue: JobQueue, data: bytes, deadline_s: float, give_up: GiveUp) -> HandedOver:
    """Hand a job to a queue and see what it says becomes of it."""
    until = time.monotonic() + deadline_s
    course = _Course(queue, len(data))
    try:
        course.job = queue.submit(data)
    except Refused as refused:
        return HandedOver(refused.evidence)
    except OSError as error:
        _log.info("a print queue did not answer whether it took a job: %s", error)
        return course.ended(Seen.QUEUE_BROKEN, len(data), why_of(error))
    try:
        return _followed(course, until, give_up)
    except OSError as error:
        _log.info("a print queue does not say any more what became of a job: %s", error)
        return course.ended(Seen.QUEUE_BROKEN, len(data), Why.NO_SPOOLER)


def _followed(course: _Course, until: float, give_up: GiveUp) -> HandedOver:
    while True:
        stage = course.look()
        if stage not in (Stage.WAITING, Stage.PRINTING):
            return _over(course, stage)
        closing = give_up()
        if closing or time.monotonic() >= until:
            return _taken_back(course, closing)
        time.sleep(LOOK_S)


def _over(course: _Course, stage: Stage) -> HandedOver:
    if stage is Stage.DONE:
        evidence = Evidence(Seen.QUEUE_DONE, course.size, course.size, course.said)
        return HandedOver(evidence, whole=True)
    if course.begun:
        return course.ended(Seen.QUEUE_BROKEN, course.size)
    if stage is Stage.TAKEN_OUT:
        # a person did that, in the system's own window: it is not put in again behind his back
        return course.ended(Seen.QUEUE_HELD, 0, asks=Asks.TAKEN_OUT)
    return course.ended(Seen.QUEUE_HELD, 0)


def _taken_back(course: _Course, closing: bool) -> HandedOver:
    """The job's time is over: out of the queue with it. Nothing was sent only if the queue never began with it and now says so."""
    course.queue.take_back(course.job)
    stage = course.look()
    if stage is Stage.DONE:
        return _over(course, stage)
    if stage is Stage.TAKEN_OUT and not course.begun:
        return course.ended(Seen.QUEUE_HELD, 0)
    return course.ended(Seen.TILL_CLOSED if closing else Seen.HUNG, course.size)
