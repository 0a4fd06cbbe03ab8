"""Who works here: taken on, changed, given a PIN, signed in. One verb a function, each in the audit log. Owns no screen."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import GRANTABLE, MOST_USERS, Act, Approval, Role, User, clean_name
from pos.services.permission import may
from pos.services.pins import hash_pin, match_pin
from pos.services.ports import AuditEntry, Till, UnitOfWork

CASHIER_MAY: Final = "cashier_may"
"""Name of the store's setting of what cashiers may: JSON list of `Act` values."""
OUTSIDE: Final = "komputer ini"
"""Who did it, in the audit log, when it was done from a command line and nobody was signed in."""


def add_user(till: Till, name: str, role: Role, pin: str = "", approval: Approval | None = None) -> User:
    """Take somebody on. The first one with a PIN must be an owner: from then on roles count.

    Raises:
        ShopError: NEEDS_ROLE, USER_NAME_EMPTY, USER_NAME_TAKEN, USER_TOO_MANY, PIN_SHAPE, PIN_EASY, LAST_OWNER.
    """
    actor = may(till, Act.USERS, approval)
    users = till.store.read.users()
    kept = _free_name(users, clean_name(name))
    if len(users) >= MOST_USERS:
        raise ShopError(ErrorCode.USER_TOO_MANY, most=MOST_USERS)
    hashed = hash_pin(pin) if pin else ""
    user = User(till.ids.new(), kept, role, bool(hashed), True, 1 + max((known.place for known in users), default=-1))
    _keep_an_owner([*users, user])
    now = till.clock.now()
    with till.store.begin() as work:
        work.put_user(user, now)
        if hashed:
            work.set_pin(user.uid, hashed)
        _tell(work, now, actor, "user_added", user.uid)
        work.commit()
    return user


def add_learner(till: Till, work: UnitOfWork, now: int, name: str) -> None:
    """Somebody without a PIN for the copy of a rehearsal, and nobody signed in: whoever learns chooses that tile. Nobody is asked."""
    user = User(till.ids.new(), name, Role.CASHIER, False, True, 1 + max((known.place for known in till.store.read.users()), default=-1))
    work.put_user(user, now)
    _tell(work, now, OUTSIDE, "user_added", user.uid)
    work.sign_in("", "")


def add_first_owner(till: Till, name: str, pin: str) -> User:
    """The owner's first PIN, at set-up or later: taken on and signed in. Raises like `add_user`."""
    user = add_user(till, name, Role.OWNER, pin)
    with till.store.begin() as work:
        _sign_in(till, work, user)
        work.commit()
    return user


def change_user(till: Till, user: User, approval: Approval | None = None) -> User:
    """Another name, role, place, or whether they still work here; the PIN stays.

    Raises:
        ShopError: NEEDS_ROLE, USER_NOT_FOUND, USER_NAME_EMPTY, USER_NAME_TAKEN, USER_TOO_MANY, LAST_OWNER.
    """
    actor = may(till, Act.USERS, approval)
    users = till.store.read.users(gone=True)
    before = _known(users, user.uid)
    others = [known for known in users if known.uid != user.uid and known.active]
    changed = replace(user, name=_free_name(others, clean_name(user.name)), has_pin=before.has_pin)
    if changed.active and len(others) >= MOST_USERS:
        raise ShopError(ErrorCode.USER_TOO_MANY, most=MOST_USERS)
    _keep_an_owner([*others, changed] if changed.active else others)
    now, signed = till.clock.now(), till.store.read.signed()
    with till.store.begin() as work:
        work.put_user(changed, now)
        _tell(work, now, actor, "user_changed", user.uid)
        if signed.user_uid == user.uid:
            # who is gone is not signed in any more; a new name is on the next struk
            work.sign_in(user.uid if changed.active else "", changed.name if changed.active else "")
        work.commit()
    return changed


def set_pin(till: Till, user_uid: str, pin: str, approval: Approval | None = None) -> None:
    """Another PIN for somebody; empty takes it away. What they tried wrong so far is forgotten.

    Raises:
        ShopError: NEEDS_ROLE, USER_NOT_FOUND, PIN_SHAPE, PIN_EASY, LAST_OWNER.
    """
    actor = may(till, Act.USERS, approval)
    users = till.store.read.users()
    user = _known(users, user_uid)
    hashed = hash_pin(pin) if pin else ""
    _keep_an_owner([replace(known, has_pin=bool(hashed)) if known.uid == user.uid else known for known in users])
    _keep_pin(till, user_uid, hashed, actor)


def change_own_pin(till: Till, user_uid: str, old: str, new: str) -> None:
    """Somebody's own PIN, known to nobody else. Raises ShopError PIN_WRONG, PIN_WAIT, PIN_SHAPE, PIN_EASY, USER_NOT_FOUND."""
    user = _known(till.store.read.users(), user_uid)
    match_pin(till, old, [user])
    _keep_pin(till, user_uid, hash_pin(new), user.name)


def reset_owner_pin(till: Till, pin: str, name: str = "") -> User:
    """A new PIN for the (first) owner from outside of the window, where the old one is lost; a new owner where there is none.

    Whoever may open the shop's files may do this; the audit log says that it was done, and by which way.

    Raises:
        ShopError: PIN_SHAPE, PIN_EASY, USER_NOT_FOUND when `name` is no owner's.
    """
    hashed = hash_pin(pin)
    owners = [user for user in till.store.read.users() if user.role is Role.OWNER and name in ("", user.name)]
    if not owners and name:
        raise ShopError(ErrorCode.USER_NOT_FOUND)
    now = till.clock.now()
    user = owners[0] if owners else User(till.ids.new(), till.store.read.shop().cashier or "Pemilik", Role.OWNER)
    with till.store.begin() as work:
        work.put_user(user, now)
        work.set_pin(user.uid, hashed)
        _tell(work, now, OUTSIDE, "pin_reset", user.uid)
        work.commit()
    return replace(user, has_pin=True)


def sign_in(till: Till, user_uid: str, pin: str = "") -> User:
    """Somebody comes to the counter: from now on facts carry their name. The basket stays as it is. Blocks for about 50 ms.

    Raises:
        ShopError: USER_NOT_FOUND, PIN_WRONG, PIN_WAIT with `seconds`.
    """
    user = _known(till.store.read.users(), user_uid)
    if user.has_pin:
        match_pin(till, pin, [user])
    with till.store.begin() as work:
        _sign_in(till, work, user)
        work.commit()
    return user


def set_cashier_may(till: Till, acts: Collection[Act], approval: Approval | None = None) -> None:
    """What cashiers may without asking. Raises ShopError NEEDS_ROLE."""
    actor = may(till, Act.USERS, approval)
    names = json.dumps(sorted(act.value for act in acts if act in GRANTABLE))
    with till.store.begin() as work:
        work.set_setting(CASHIER_MAY, names)
        work.audit([AuditEntry(till.clock.now(), actor, "cashier_may", "", names)])
        work.commit()


def _sign_in(till: Till, work: UnitOfWork, user: User) -> None:
    work.sign_in(user.uid, user.name)
    work.audit([AuditEntry(till.clock.now(), user.name, "signed_in", user.uid)])


def _keep_pin(till: Till, user_uid: str, hashed: str, actor: str) -> None:
    now = till.clock.now()
    with till.store.begin() as work:
        work.set_pin(user_uid, hashed)
        _tell(work, now, actor, "pin_set" if hashed else "pin_cleared", user_uid)
        work.commit()


def _tell(work: UnitOfWork, now: int, actor: str, action: str, user_uid: str) -> None:
    """What somebody is from now on: the check compares the row with the last of these entries."""
    work.audit([AuditEntry(now, actor, action, user_uid, json.dumps(dict(work.person_state(user_uid)), ensure_ascii=False))])


def _known(users: Collection[User], user_uid: str) -> User:
    for user in users:
        if user.uid == user_uid:
            return user
    raise ShopError(ErrorCode.USER_NOT_FOUND)


def _free_name(others: Collection[User], name: str) -> str:
    if any(known.name.casefold() == name.casefold() for known in others):
        raise ShopError(ErrorCode.USER_NAME_TAKEN, name=name)
    return name


def _keep_an_owner(users: Collection[User]) -> None:
    """Where roles count, somebody must be left who may everything."""
    if any(user.has_pin for user in users) and not any(user.has_pin and user.role is Role.OWNER for user in users):
        raise ShopError(ErrorCode.LAST_OWNER)
