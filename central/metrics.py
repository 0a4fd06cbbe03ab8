"""What Prometheus may know: how much is asked, how it went, how long it took. Owns names and labels; a label has few values, and never a
shop, a device or a person. Several processes write into files of one folder (PROMETHEUS_MULTIPROC_DIR), any of them tells of all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from pos.sync.protocol import Operation, OperationKind, OperationResult

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
OTHER: Final = "other"
_KINDS: Final = frozenset(kind.value for kind in OperationKind)
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

requests: Final = Counter("epeken_requests", "Requests answered", ["route", "status"])
seconds: Final = Histogram("epeken_request_seconds", "Time to an answer, without the time that a wait waited", ["route"], buckets=_SECONDS)
operations: Final = Counter("epeken_operations", "Operations of tills, by what became of them", ["kind", "status"])
fenced: Final = Counter("epeken_fenced_epochs", "Restored or cloned tills that were found out")
limited: Final = Counter("epeken_rate_limited", "Requests refused for their number", ["by"])
waiting: Final = Gauge("epeken_waiting", "Requests that wait for news", multiprocess_mode="livesum")
queued: Final = Gauge("epeken_queued", "Requests that wait for a thread", multiprocess_mode="livesum")


def note_operations(asked: Iterable[Operation], results: Iterable[OperationResult]) -> None:
    """Count what became of a batch."""
    for operation, result in zip(asked, results, strict=False):
        operations.labels(operation.kind if operation.kind in _KINDS else OTHER, result.status).inc()


def page() -> bytes:
    """All figures in Prometheus' text form: of every process, where there are several."""
    if FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
