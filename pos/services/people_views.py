"""What screens and verbs read of people, the drawer and the audit log: frozen rows. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Rupiah


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry of the audit log.

    Attributes:
        details: JSON.
        hash: the chain's head after it.
        about: number of the nota (as people say it), or name of the person, goods, customer or supplier that it is about; else empty.
            The log itself holds no such name: it is looked up now.
    """

    id: int
    at: int
    actor: str
    action: str
    subject: str
    details: str
    hash: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class AuditWord:
    """A word that is looked for: anywhere in an entry, or in what its action is called on the screen (`actions`: those that are)."""

    text: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """What the log is asked for. Moments UTC ms, `until` not included; 0 = no bound.

    Attributes:
        words: all of them have to be found.
        actor: only what this one did.
        sales: also every sale: there are hundreds a day, and each stands in the history.
    """

    words: tuple[AuditWord, ...] = ()
    actor: str = ""
    since: int = 0
    until: int = 0
    sales: bool = False


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """A drawer counted by note. `pieces`: (denomination, how many)."""

    uid: str
    session_uid: str
    at: int
    cashier: str
    total: Rupiah
    pieces: tuple[tuple[Rupiah, int], ...]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Cash that came and went in one go.

    Attributes:
        notes: (denomination, how many more are in the drawer since), as far as the counter knew; empty where it did not.
    """

    received: Rupiah
    change: Rupiah
    notes: tuple[tuple[Rupiah, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ZRow:
    """A row of the Z reports."""

    number: int
    session_uid: str
    at: int
    cashier: str
    expected: Rupiah
    counted: Rupiah
    turnover: Rupiah
