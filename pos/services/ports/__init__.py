"""What the verbs need from outside, as protocols. Owns no behaviour.

`local_db` implements Store, UnitOfWork and Queries; `printing` implements Paper; `sync` implements Wire and Central; `config`
implements Secrets; `app` hands them in as one `Till`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from pos.domain.product import ProductDraft
from pos.domain.sale import CashRounding
from pos.services.ports.outside import Clock, Ids, Paper, Secrets, Wire
from pos.services.ports.queries import Queries
from pos.services.ports.work import AuditEntry, NewOperation, UnitOfWork
from pos.services.views import OutboxOperation, SyncPosition


class Store(Protocol):
    """The shop's memory."""

    @property
    def read(self) -> Queries: ...

    def begin(self) -> AbstractContextManager[UnitOfWork]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The shop's own rules that verbs ask for."""

    rounding: CashRounding = field(default_factory=CashRounding)
    wholesale_from: int = 10
    print_receipts: bool = True
    kick_drawer: bool = True
    drawer_kick_ms: int = 10_000


@dataclass(frozen=True, slots=True)
class Till:
    """All that a verb needs, wired once in `pos.app`."""

    store: Store
    clock: Clock
    ids: Ids
    paper: Paper
    wire: Wire
    rules: Rules = field(default_factory=Rules)


__all__ = [
    "AuditEntry",
    "Clock",
    "Ids",
    "NewOperation",
    "OutboxOperation",
    "Paper",
    "ProductDraft",
    "Queries",
    "Rules",
    "Secrets",
    "Store",
    "SyncPosition",
    "Till",
    "UnitOfWork",
    "Wire",
]
