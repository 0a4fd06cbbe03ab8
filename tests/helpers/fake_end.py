"""One till's end of the line to a server in the same process, with faults that a test orders. Knows nothing of what the server answers."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from pos.domain.errors import ErrorCode, ShopError
from pos.sync import protocol as wire


class Fault(Enum):
    """What happens to one round trip."""

    NONE = auto()
    REQUEST_LOST = auto()
    ANSWER_LOST = auto()
    """After the server's commit."""
    SENT_TWICE = auto()


class Server(Protocol):
    """What answers at the other end of a FakeEnd."""

    def sync(self, device: str, request: wire.SyncRequest) -> wire.SyncAnswer: ...

    def recover(self, device: str, request: wire.RecoveryRequest) -> wire.RecoveryAnswer: ...


class FakeEnd:
    """`pos.sync.central.Central` of one device. Faults come in the order they were put; then all is well. Everything crosses as bytes."""

    def __init__(self, central: Server, device: str, *faults: Fault | Exception) -> None:
        self.central = central
        self.device = device
        self.faults: list[Fault | Exception] = list(faults)
        self.requests: list[wire.SyncRequest] = []
        self.recoveries: list[wire.RecoveryRequest] = []
        self.closed = 0

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        sent = wire.decode(wire.encode(request), wire.SyncRequest)
        self.requests.append(sent)
        fault = self.faults.pop(0) if self.faults else Fault.NONE
        if isinstance(fault, Exception):
            raise fault
        if fault is Fault.REQUEST_LOST:
            raise ShopError(ErrorCode.NO_LINE, reason="test")
        answer = self.central.sync(self.device, sent)
        if fault is Fault.SENT_TWICE:
            answer = self.central.sync(self.device, sent)
        if fault is Fault.ANSWER_LOST:
            raise ShopError(ErrorCode.NO_LINE, reason="test")
        return wire.decode(wire.encode(answer), wire.SyncAnswer)

    def recover(self, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
        sent = wire.decode(wire.encode(request), wire.RecoveryRequest)
        self.recoveries.append(sent)
        return wire.decode(wire.encode(self.central.recover(self.device, sent)), wire.RecoveryAnswer)

    def close(self) -> None:
        self.closed += 1
