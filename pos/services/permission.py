"""Who may do what: asked by the verbs themselves, so that no screen can forget to. Owns no rule of a role (`domain.people`)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import APPROVAL_MS, Act, Approval, Role, User, may_do
from pos.services.pins import match_pin
from pos.services.ports import AuditEntry, Till


def may(till: Till, act: Act, approval: Approval | None = None) -> str:
    """Ask before an act. Gives the name for its audit entry: of who is at the counter, or of who approved.

    A shop in which nobody has a PIN (one person) may everything. An approval counts for its own act, for a moment.

    Raises:
        ShopError: NEEDS_ROLE with `act` (an `Act` value) and `role` (OWNER or OFFICER): somebody's PIN has to be asked for.
    """
    signed = till.store.read.signed()
    if not signed.guarded or may_do(signed.role, act, signed.cashier_may):
        return signed.name
    if approval is not None and _counts(till, act, approval):
        return approval.name
    raise ShopError(ErrorCode.NEEDS_ROLE, act=act.value, role=Role.OWNER.value)


def may_now(till: Till, act: Act) -> bool:
    """Whether whoever is at the counter may do it without asking anybody: for a button that says so beforehand."""
    signed = till.store.read.signed()
    return not signed.guarded or may_do(signed.role, act, signed.cashier_may)


def approvers(till: Till, act: Act) -> list[User]:
    """Whose PIN opens an act, in the order of their tiles."""
    return [user for user in till.store.read.users() if user.has_pin and may_do(user.role, act, frozenset())]


def approve(till: Till, act: Act, pin: str, user_uid: str = "") -> Approval:
    """Somebody who may do the act stands for it with their PIN. Blocks for about 50 ms.

    Args:
        user_uid: whose PIN it is; empty for anybody's who may.

    Raises:
        ShopError: PIN_WRONG; PIN_WAIT with `seconds`; NEEDS_ROLE when nobody here may.
    """
    users = [user for user in approvers(till, act) if not user_uid or user.uid == user_uid]
    if not users:
        raise ShopError(ErrorCode.NEEDS_ROLE, act=act.value, role=Role.OWNER.value)
    user = match_pin(till, pin, users)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    with till.store.begin() as work:
        work.audit([AuditEntry(now, user.name, "approved", act.value, json.dumps({"for": cashier}))])
        work.commit()
    return Approval(act, user.uid, user.name, now)


def change_settings(till: Till, names: Sequence[str], approval: Approval | None = None) -> None:
    """Ask before settings are changed, and keep in the audit log that they were: which, not to what.

    Raises:
        ShopError: NEEDS_ROLE (Act.SETTINGS).
    """
    actor = may(till, Act.SETTINGS, approval)
    with till.store.begin() as work:
        work.audit([AuditEntry(till.clock.now(), actor, "settings_changed", "", json.dumps({"fields": ", ".join(names)}))])
        work.commit()


def _counts(till: Till, act: Act, approval: Approval) -> bool:
    """Whether an approval is for this, given just now, by somebody who still may."""
    if approval.act is not act or abs(till.clock.now() - approval.at) > APPROVAL_MS:
        return False
    return any(user.uid == approval.user_uid for user in approvers(till, act))
