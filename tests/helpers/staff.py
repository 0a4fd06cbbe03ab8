"""An owner and a cashier with their PINs, and what the log has of them."""

from __future__ import annotations

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role, User
from pos.services import people
from pos.services.people_views import AuditSearch
from pos.services.ports import Till

OWNER_PIN, CASHIER_PIN = "2580", "1357"


def staffed(till: Till) -> tuple[User, User]:
    """An owner with a PIN, and a cashier at the counter."""
    owner = people.add_first_owner(till, "Bu Sari", OWNER_PIN)
    cashier = people.add_user(till, "Sri", Role.CASHIER, CASHIER_PIN)
    people.sign_in(till, cashier.uid, CASHIER_PIN)
    return owner, cashier


def code_of(error: pytest.ExceptionInfo[ShopError]) -> ErrorCode:
    return error.value.code


def actions(till: Till) -> list[str]:
    """What was done, the latest first."""
    return [row.action for row in till.store.read.audit(AuditSearch(), 0, 1_000)]
