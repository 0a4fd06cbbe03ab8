"""A host's addresses, within a time limit: the system's own look-up waits half a minute for a name server that is not there.

The question that hangs is left behind in a thread of its own, which ends when the system gives up; meanwhile it is not asked again.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Info: TypeAlias = tuple[int, int, int, str, Any]
"""As `socket.getaddrinfo` gives it."""
Resolver: TypeAlias = Callable[[str, int], Sequence[Info]]

LOOK_UP_S: Final = 2.0


class UnknownName(Exception):
    """There is no such host, or nobody said in time (`late`)."""

    def __init__(self, late: bool) -> None:
        super().__init__(late)
        self.late = late


@dataclass(slots=True)
class _Question:
    """A name that is being looked up."""

    answered: threading.Event = field(default_factory=threading.Event)
    found: Sequence[Info] = ()


_asking: dict[tuple[str, int], _Question] = {}
_turn = threading.Lock()


def ask_system(host: str, port: int) -> Sequence[Info]:
    """The system's look-up; empty for a name that it does not know."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return ()


def look_up(host: str, port: int, seconds: float = LOOK_UP_S, resolver: Resolver = ask_system) -> Sequence[Info]:
    """The addresses of a host.

    Raises:
        UnknownName: there are none, or nobody said within `seconds`.
    """
    try:
        # figures need nobody to be asked
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        question = _ask(host, port, resolver)
    if not question.answered.wait(seconds):
        raise UnknownName(late=True)
    if not question.found:
        raise UnknownName(late=False)
    return question.found


def _ask(host: str, port: int, resolver: Resolver) -> _Question:
    """The question about this name that is on its way, or a new one."""
    name = (host, port)
    with _turn:
        question = _asking.get(name)
        if question is None:
            question = _asking[name] = _Question()
            # nothing is lost when the program ends before the system has given up
            threading.Thread(target=_answer, args=(name, question, resolver), name="host look-up", daemon=True).start()
        return question


def _answer(name: tuple[str, int], question: _Question, resolver: Resolver) -> None:
    try:
        question.found = resolver(*name)
    finally:
        with _turn:
            del _asking[name]
        question.answered.set()
