"""PINs: hashed with Argon2id, tried one at a time, and never quicker than a person types. Owns what a wrong one costs.

A try is booked before it is judged, and kept: neither killing the till nor restarting the machine nor turning its clock gives another
one for free. Holds no PIN and writes none down; the log and the audit log only know that one was wrong.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Tries, User, check_pin
from pos.services.ports import AuditEntry, Till

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME_COST, MEMORY_KIB, LANES = 2, 19_456, 1
"""OWASP's second recommendation for Argon2id; about 50 ms on an old counter PC."""


def hash_pin(pin: str) -> str:
    """What is kept of a new PIN. Raises ShopError PIN_SHAPE, PIN_EASY."""
    return _hasher().hash(check_pin(pin))


def match_pin(till: Till, pin: str, users: Sequence[User]) -> User:
    """The one of `users` whose PIN it is. Blocks for about 50 ms a user.

    Raises:
        ShopError: PIN_WRONG; PIN_WAIT with `seconds` when none of them may be tried yet.
    """
    uptime = round(till.clock.monotonic() * 1_000)
    with till.store.begin() as work:
        before = {user.uid: till.store.read.pin_tries(user.uid) for user in users}
        open_now = [user for user in users if not before[user.uid].wait_ms(uptime)]
        if not open_now:
            wait = min((tries.wait_ms(uptime) for tries in before.values()), default=0)
            raise ShopError(ErrorCode.PIN_WAIT, seconds=-(-wait // 1_000))
        for user in open_now:
            work.book_try(user.uid, Tries(before[user.uid].failures + 1, uptime))
        work.commit()
    found = next((user for user in open_now if verify(till.store.read.pin_hash(user.uid), pin)), None)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    with till.store.begin() as work:
        if found is None:
            work.audit([_wrong(now, cashier, user, before[user.uid].failures + 1) for user in open_now])
        else:
            for user in open_now:
                work.book_try(user.uid, Tries() if user.uid == found.uid else before[user.uid])
        work.commit()
    if found is None:
        raise ShopError(ErrorCode.PIN_WRONG)
    return found


def verify(kept: str, pin: str) -> bool:
    """Whether a PIN is the one that was kept. What is no PIN at all is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if not kept or not pin.isascii() or not pin.isdigit():
        return False
    try:
        return _hasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False


def _wrong(now: int, cashier: str, user: User, failures: int) -> AuditEntry:
    return AuditEntry(now, cashier, "pin_wrong", user.uid, json.dumps({"failures": failures, "name": user.name}))


def _hasher() -> PasswordHasher:
    # brings a C library with it: not before somebody types a PIN
    from argon2 import PasswordHasher, Type

    return PasswordHasher(TIME_COST, MEMORY_KIB, LANES, type=Type.ID)
