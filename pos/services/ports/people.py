"""People, the drawer and the audit log, as protocols: what screens read and verbs write of them. Owns no behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Mapping
    from typing import Any

    from pos.domain.cash_movement import CashMovement
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.people import Signed, Tries, User
    from pos.services.people_views import AuditRow, AuditSearch, CashFlow, DrawerCount, ZRow


class PeopleQueries(Protocol):
    """Who works here, and what was done."""

    def users(self, gone: bool = False) -> list[User]:
        """Those that work here, in the order of their tiles; with `gone` also those that do not any more, at the end."""
        ...

    def signed(self) -> Signed:
        """Who is at the counter, and whether PINs count here at all. One statement."""
        ...

    def pin_hash(self, user_uid: str) -> str:
        """Empty without a PIN, or when there is no such active user."""
        ...

    def pin_tries(self, user_uid: str) -> Tries: ...

    def audit(self, search: AuditSearch, offset: int, limit: int) -> list[AuditRow]:
        """Newest first."""
        ...

    def audit_names(self) -> list[str]:
        """Everybody who stands in the audit log."""
        ...

    def audit_head(self) -> tuple[int, str]:
        """(entries, hash of the last one): written down elsewhere, they prove that no entry before was changed or taken away."""
        ...


class DrawerQueries(Protocol):
    """What is in the drawer, and what was."""

    def drawer_report(self, session_uid: str, at: int) -> DrawerReport | None:
        """The sums of a session's facts as they stand, without a Z number. `at` UTC ms, for the report to carry."""
        ...

    def z_report(self, number: int) -> DrawerReport | None:
        """As it was when the drawer was closed."""
        ...

    def z_reports(self, offset: int, limit: int) -> list[ZRow]:
        """Newest first."""
        ...

    def cash_movements(self, session_uid: str) -> list[CashMovement]:
        """Oldest first."""
        ...

    def last_count(self) -> DrawerCount | None:
        """The last time that the open drawer was counted by note."""
        ...

    def cash_since(self, count_uid: str) -> list[CashFlow]:
        """What went through the drawer since a count: sales in their order, then cash in and out."""
        ...


class PeopleWork(Protocol):
    """People: what verbs write."""

    def put_user(self, user: User, at: int) -> None:
        """Insert, or change name, role, active and place; the PIN stays."""
        ...

    def person_state(self, user_uid: str) -> Mapping[str, Any]:
        """What the audit log keeps of a person after a change, and the check compares; without the PIN."""
        ...

    def set_pin(self, user_uid: str, pin_hash: str) -> None:
        """Another PIN, or none ("")."""
        ...

    def book_try(self, user_uid: str, tries: Tries) -> None: ...

    def sign_in(self, user_uid: str, name: str) -> None:
        """From now on facts carry this name; an empty uid: nobody of the list."""
        ...

    def add_cash_movement(self, movement: CashMovement) -> None: ...

    def add_drawer_count(self, count: DrawerCount) -> None: ...

    def next_z(self) -> int:
        """Number of the next Z report; taken only if this unit of work commits."""
        ...

    def add_z_report(self, report: DrawerReport) -> None: ...
