"""What happens to a till's requests on their way. Owns the wire between one till and the office; the till's own client speaks into it.

A request crosses as bytes. What is late arrives when the till has long given it up; an answer that is late is an answer that is lost.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final
from urllib.parse import urlsplit

import msgspec
from requests.structures import CaseInsensitiveDict

from pos.domain.errors import ErrorCode, ShopError
from pos.sync import protocol as wire
from pos.sync.transport import Answer
from tests.simulation.disk import Effects
from tests.simulation.times import CityTime

ADDRESS: Final = "https://epeken.test"
TIMEOUT_S: Final = 20.0
LATEST_S: Final = 5_000
"""Seconds after which a late request still arrives."""
_KEPT: Final = 6
_LOGIN_PAGE: Final = b"<!doctype html><html><body><form>Masuk WiFi</form></body></html>"


class Fate(Enum):
    """What becomes of one request."""

    FAIR = auto()
    LOST = auto()
    """Never arrives."""
    ANSWER_LOST = auto()
    """The server has committed; the till hears nothing."""
    TWICE = auto()
    """Arrives twice; the till hears the second answer."""
    LATE = auto()
    """Arrives after the till has given it up, behind others that it sent later."""
    REPLAYED = auto()
    """Someone sends an old one of this till again, before this one."""
    WRONG_ANSWER = auto()
    """A login page, half a message, a refusal that asks to wait: something on the way answers."""
    NEWER_SERVER = auto()
    """The answer has fields, kinds and statuses that this till's program does not know."""
    ROW_LEFT_OUT = auto()
    """A page of the feed comes without one of its movements, as of a server with a fault: only sums can tell."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it crosses."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Line:
    """One till's line. `fates` and their weights are the faults it has; `down_until` in seconds of the city.

    Attributes:
        late: (moment of arrival in seconds, request).
        heard: tells what was asked and what the till was answered; set by who keeps the records.
        protocol: the version that this till's program says it speaks; `page` how many changes it asks for at most.
    """

    time: CityTime
    dice: random.Random
    office: Callable[[Letter], Answer]
    heard: Callable[[Letter, Answer], object]
    fates: tuple[Fate, ...] = (Fate.FAIR,)
    weights: tuple[int, ...] = (1,)
    down_until: float = 0.0
    protocol: int = wire.PROTOCOL_VERSION
    page: int = wire.MAX_PAGE
    late: list[tuple[float, Letter]] = field(default_factory=list)
    sent: deque[Letter] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def carry(self, letter: Letter) -> Answer:
        """The answer, if one comes. Raises ShopError NO_LINE."""
        if self.time.seconds < self.down_until:
            self.time.pass_by(1)
            raise ShopError(ErrorCode.NO_LINE, reason="down")
        fate = self.dice.choices(self.fates, self.weights)[0]
        self.time.pass_by(self.dice.choice((0.05, 0.2, 2.0)))
        if fate is Fate.REPLAYED and self.sent:
            self.office(self.dice.choice(self.sent))
        self.sent.append(letter)
        if fate is Fate.LATE:
            self.late.append((self.time.seconds + self.dice.randrange(TIMEOUT_S.__ceil__(), LATEST_S), letter))
        if fate in (Fate.LATE, Fate.LOST):
            self._give_up()
        if fate is Fate.WRONG_ANSWER:
            return self._wrong(letter)
        answer = self.office(letter)
        if fate is Fate.TWICE:
            answer = self.office(letter)
        if fate is Fate.ANSWER_LOST:
            self._give_up()
        self.heard(letter, answer)
        return _CHANGED[fate](answer) if fate in _CHANGED else answer

    def arrive(self) -> None:
        """What was late and is due arrives now; nobody waits for its answer."""
        now = self.time.seconds
        due = sorted((item for item in self.late if item[0] <= now), key=lambda item: item[0])
        self.late = [item for item in self.late if item[0] > now]
        for _, letter in due:
            self.office(letter)

    def _give_up(self) -> None:
        self.time.pass_by(TIMEOUT_S)
        raise ShopError(ErrorCode.NO_LINE, reason="timeout")

    def _wrong(self, letter: Letter) -> Answer:
        kind = self.dice.randrange(5)
        if kind == 0:
            return Answer(200, CaseInsensitiveDict({"Content-Type": "text/html"}), _LOGIN_PAGE)
        if kind == 1:
            wait = str(self.dice.choice((1, 30, 900)))
            return Answer(503, CaseInsensitiveDict({"Retry-After": wait}), b'{"code":"busy","title":"Come again later","status":503}')
        if kind == 2:
            return Answer(502, CaseInsensitiveDict(), b"<html>Bad gateway</html>")
        answer = self.office(letter)
        if kind == 3:
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        return Answer(200, answer.headers, b'{"results":[],"acked_seq":-1}')


def _of_a_newer_server(answer: Answer) -> Answer:
    """The same answer with what the next version of the protocol may bring."""
    if answer.status != 200 or not answer.body.startswith(b"{"):
        return answer
    told = msgspec.json.decode(answer.body)
    told["weather"] = {"rain": True}
    if isinstance(told.get("changes"), list) and told["changes"]:
        place = told["changes"][0]["seq"]
        told["changes"].insert(0, {"seq": place, "kind": "weather", "uid": "rain", "weather": {"mm": 12}})
    return Answer(answer.status, answer.headers, msgspec.json.encode(told))


def _with_a_row_left_out(answer: Answer) -> Answer:
    """The same page without the first of its movements."""
    if answer.status != 200 or not answer.body.startswith(b"{"):
        return answer
    told = msgspec.json.decode(answer.body)
    changes = told.get("changes") or []
    left_out = next((row for row in changes if row["kind"] == wire.ChangeKind.STOCK.value), None)
    if left_out is None:
        return answer
    changes.remove(left_out)
    return Answer(answer.status, answer.headers, msgspec.json.encode(told))


_CHANGED: Final = {Fate.NEWER_SERVER: _of_a_newer_server, Fate.ROW_LEFT_OUT: _with_a_row_left_out}
"""Answers that come otherwise than they were given."""


class PlayedTransport:
    """In the place of `pos.sync.transport.Transport`: the line, and the moments at which the till may die around a request."""

    def __init__(self, line: Line, effects: Effects) -> None:
        self._line = line
        self._effects = effects

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._send("POST", url, body, headers)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        return self._send("GET", url, b"", headers)

    def abort(self) -> None:
        """Nothing is under way while somebody else runs."""

    def close(self) -> None:
        """There is nothing to give back."""

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self._effects.moment()
        parts = urlsplit(url)
        sent = CaseInsensitiveDict(headers)
        letter = Letter(method, parts.path, parts.query, sent, self._spoken(parts.path, body))
        answer = self._line.carry(letter)
        self._effects.moment()
        return answer

    def _spoken(self, path: str, body: bytes) -> bytes:
        """The request as a program of another version, and with smaller pages, would have made it."""
        if not path.endswith("/sync"):
            return body
        asked = wire.decode(body, wire.SyncRequest)
        return wire.encode(msgspec.structs.replace(asked, protocol=self._line.protocol, page=min(asked.page, self._line.page)))
