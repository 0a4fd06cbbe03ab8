"""Paper on the screen, for trying out without a printer. Owns nothing but the last papers: the store has the bytes of all."""

from __future__ import annotations

from collections import deque
from typing import Final

from pos.domain.evidence import Evidence, Seen
from pos.printing.transports.handing import LINE_SPEED, GiveUp, HandedOver, Status, never

KEPT: Final = 20


class ScreenTransport:
    """`Transport` that takes every job at once.

    Attributes:
        papers: the bytes of the last KEPT jobs, the newest last.
    """

    device = "screen"
    speed = LINE_SPEED

    def __init__(self) -> None:
        self.papers: deque[bytes] = deque(maxlen=KEPT)

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        self.papers.append(data)
        return HandedOver(Evidence(Seen.ON_SCREEN, len(data), len(data)), whole=True)

    def reach(self) -> Evidence | None:
        return None

    def status(self, thorough: bool = False) -> Status:
        return Status(heard=True)
