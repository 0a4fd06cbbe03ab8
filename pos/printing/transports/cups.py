"""A printer behind CUPS, raw: what we froze goes through as it is. Owns the queue as a `JobQueue`, and the list of queues.

What CUPS says is kept apart from what is known: `completed` is said of jobs whose backend threw them away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, never, why_of
from pos.printing.transports.ipp import (
    CANCEL_JOB,
    GET_JOB,
    GET_PRINTER,
    GET_PRINTERS,
    NOT_FOUND,
    PRINT_JOB,
    Answer,
    Attribute,
    Exchange,
    IppError,
    Place,
    Value,
    first,
    uri,
    user,
)
from pos.printing.transports.queue import Look, Refused, Stage, through_queue

_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
_ANSWER_S: Final = 5.0
_ADDRESS: Final = re.compile(r"(?P<queue>[^\s/?#@\0]{1,127})(?:@(?P<place>/[^\s\0]+|[^\s:/@\0]+(?::\d{1,5})?))?")
_STAGES: Final = {
    3: Stage.WAITING,
    4: Stage.WAITING,
    5: Stage.PRINTING,
    6: Stage.PRINTING,
    7: Stage.TAKEN_OUT,
    8: Stage.BROKEN,
    9: Stage.DONE,
}
"""`job-state` of RFC 8011, 5.3.7. 6 is a job whose printer was stopped within it."""
_SAID: Final = {
    "media-empty": Said.PAPER_OUT,
    "media-needed": Said.PAPER_OUT,
    "media-low": Said.PAPER_LOW,
    "cover-open": Said.COVER_OPEN,
    "door-open": Said.COVER_OPEN,
    "offline": Said.OFFLINE,
    "paused": Said.PAUSED,
}
_STOPPED: Final = 5
"""`printer-state`."""
_KEYWORD, _NAME, _MIME, _URI, _INT = 0x44, 0x42, 0x49, 0x45, 0x21


@dataclass(frozen=True, slots=True)
class QueueFound:
    """A queue of CUPS. `leads_to`: the address of its printer, as CUPS knows it; `model` in its words."""

    name: str
    model: str
    leads_to: str


def cups_place() -> Place:
    """Where this machine's CUPS listens."""
    return next((Place(path) for path in _SOCKETS if Path(path).exists()), Place("localhost"))


class CupsTransport:
    """`Transport` to a queue of CUPS."""

    def __init__(self, queue: str, place: Place) -> None:
        self._queue = CupsQueue(queue, place)
        self._name, self._place = queue, place

    @property
    def device(self) -> str:
        """CUPS lets one job at a time to the printer behind a queue, whatever leads there."""
        return f"cups {self._place.host} {self._place.port} {self._name}"

    @property
    def speed(self) -> int:
        return LINE_SPEED

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        return through_queue(self._queue, data, deadline_s, give_up)

    def reach(self) -> Evidence | None:
        return self.status().trouble

    def status(self, thorough: bool = False) -> Status:
        """What CUPS says of its queue. That it says nothing is no news of the printer behind it."""
        try:
            said = self._queue.says()
        except IppError as error:
            return Status(Evidence(Seen.NOT_FOUND if error.status == NOT_FOUND else Seen.NOT_CONNECTED, why=_why(error)))
        except OSError as error:
            return Status(Evidence(Seen.NOT_CONNECTED, why=_no_service(error)))
        return Status(heard=bool(said), said=said)


class CupsQueue:
    """`JobQueue` on one queue."""

    def __init__(self, name: str, place: Place) -> None:
        self._path = f"/printers/{name}"
        self._place = place

    def submit(self, data: bytes) -> int:
        exchange = Exchange(self._place, _ANSWER_S)
        try:
            exchange.connect()
        except OSError as error:
            raise Refused(Evidence(Seen.NOT_CONNECTED, 0, len(data), why=_no_service(error))) from error
        try:
            job = exchange.ask(PRINT_JOB, self._path, [*self._printer(), user(), *_PAPER], data)
        except IppError as error:
            seen = Seen.NOT_FOUND if error.status == NOT_FOUND else Seen.NOT_CONNECTED
            raise Refused(Evidence(seen, 0, len(data), why=_why(error))) from error
        return _number(job)

    def look(self, job: int) -> Look:
        wanted = ("job-state", "job-state-reasons", "time-at-processing", "job-printer-state-message")
        attributes: list[Attribute] = [*self._printer(), (_INT, "job-id", (job,)), user(), (_KEYWORD, "requested-attributes", wanted)]
        try:
            found = Exchange(self._place, _ANSWER_S).ask(GET_JOB, self._path, attributes)
        except IppError as error:
            if error.status != NOT_FOUND:
                raise
            return Look(Stage.DONE, begun=True)
        group = found.groups[0] if found.groups else {}
        stage = _STAGES.get(_whole(first(group, "job-state")), Stage.WAITING)
        begun = stage is Stage.PRINTING or isinstance(first(group, "time-at-processing"), int)
        return Look(stage, begun, self.says() if stage is not Stage.DONE else ())

    def take_back(self, job: int) -> None:
        try:
            Exchange(self._place, _ANSWER_S).ask(CANCEL_JOB, self._path, [*self._printer(), (_INT, "job-id", (job,)), user()])
        except IppError:
            # it has ended meanwhile, or may not be taken back: a look tells
            return

    def says(self) -> tuple[Said, ...]:
        """What the queue says of its printer. Raises OSError."""
        wanted: Attribute = (_KEYWORD, "requested-attributes", ("printer-state", "printer-state-reasons"))
        found = Exchange(self._place, _ANSWER_S).ask(GET_PRINTER, self._path, [*self._printer(), user(), wanted])
        return _told(found.groups[0] if found.groups else {})

    def _printer(self) -> list[Attribute]:
        return [(_URI, "printer-uri", (uri(self._place, self._path),))]


_PAPER: Final[tuple[Attribute, ...]] = ((_NAME, "job-name", ("e-Peken",)), (_MIME, "document-format", ("application/vnd.cups-raw",)))


def cups_address(text: str) -> tuple[str, Place] | None:
    """`antrean`, `antrean@host:631` or `antrean@/run/cups/cups.sock`; None for what is none."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    place = match["place"]
    if not place:
        return match["queue"], cups_place()
    if place.startswith("/"):
        return match["queue"], Place(place)
    host, _, port = place.partition(":")
    number = int(port or 631)
    return (match["queue"], Place(host, number)) if 0 < number < 65_536 else None


def cups_queues(place: Place, timeout_s: float = _ANSWER_S) -> list[QueueFound]:
    """Every queue of a CUPS. Raises OSError where there is none."""
    wanted: Attribute = (_KEYWORD, "requested-attributes", ("printer-name", "printer-make-and-model", "device-uri"))
    try:
        found = Exchange(place, timeout_s).ask(GET_PRINTERS, "/", [user(), wanted])
    except IppError as error:
        if error.status != NOT_FOUND:
            raise
        # how CUPS says that it has none
        return []
    return [_queue_found(group) for group in found.groups if first(group, "printer-name")]


def _queue_found(group: Mapping[str, list[Value]]) -> QueueFound:
    name, model, leads = (first(group, name) for name in ("printer-name", "printer-make-and-model", "device-uri"))
    return QueueFound(str(name), str(model or ""), str(leads or ""))


def _told(group: Mapping[str, list[Value]]) -> tuple[Said, ...]:
    reasons = [str(reason) for reason in group.get("printer-state-reasons", [])]
    said = {told for reason in reasons for name, told in _SAID.items() if reason.startswith(name)}
    if first(group, "printer-state") == _STOPPED:
        said.add(Said.PAUSED)
    return tuple(each for each in Said if each in said)


def _number(answer: Answer) -> int:
    job = first(answer.groups[0], "job-id") if answer.groups else None
    if not isinstance(job, int):
        raise OSError(None, "no IPP: a job without a number")
    return job


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _why(error: IppError) -> Why:
    if error.status == NOT_FOUND:
        return Why.MISSING
    return Why.DENIED if error.status >> 16 in (401, 403) or error.status in (0x0401, 0x0402, 0x0403) else Why.OTHER


def _no_service(error: OSError) -> Why:
    return Why.NO_SPOOLER if why_of(error) in (Why.REFUSED, Why.MISSING) else why_of(error)
