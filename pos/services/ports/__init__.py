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
from pos.domain.scale_label import LabelPattern
from pos.services.ports.outside import Clock, Ids, Paper, Secrets, Wire
from pos.services.ports.paying import QrisDesk
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
    credit_limit: int = 0
    """Rupiah that a new customer may owe; the owner says otherwise for each."""
    credit_days: int = 30
    """Days until a new customer's debt is due; 0 = no date."""
    titipan: bool = True
    """Change that cannot be given may be kept for the customer."""
    qris_static: str = ""
    """The shop's own static code as text; empty when it is not set."""
    qris_own: bool = False
    """The till makes QRs for an amount from that code where no server issues them. Nobody tells it whether they were paid."""
    weight_step: int = 5
    """Grams or millilitres that sales for an amount go by."""
    negative_stock: bool = True
    """Goods are sold that are not on the shelf by what the till knows; else only with Act.NEGATIVE_STOCK."""
    discount_limit: int = 1_000
    """Hundredths of a percent off a line that need no Act.DISCOUNT."""
    label_patterns: tuple[LabelPattern, ...] = ()
    day_cutoff: int = 0
    """Minutes after midnight until which it is still the day before."""
    pkp_since: str = ""
    """ISO date from which the shop is PKP; empty where it is not, as most are."""
    pkp_until: str = ""
    """ISO date of the last day on which it is; empty while no end is known."""
    loose_sticks: bool = False
    """Cigarettes are sold by the stick (PP 28/2024 art. 434 forbids it: off unless the owner says so)."""


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
    "QrisDesk",
    "Queries",
    "Rules",
    "Secrets",
    "Store",
    "SyncPosition",
    "Till",
    "UnitOfWork",
    "Wire",
]
