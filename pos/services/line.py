"""Verbs of the line that need no line: what was set aside is sent again or taken away, edits that met are seen, and what may not be let go
of while something is unsent."""

from __future__ import annotations

import json
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import AuditEntry, Till

EXPORT_FORMAT: Final = "epeken-set-aside@1"


def refuse_while_unsent(till: Till) -> None:
    """Leaving, removing the program and putting a copy back are refused while the server has not heard everything.

    Raises:
        ShopError: STILL_UNSENT (`count`: operations that wait or were set aside).
    """
    line = till.store.read.line()
    count = line.waiting + line.aside
    if count:
        raise ShopError(ErrorCode.STILL_UNSENT, count=count)


def send_aside_again(till: Till, operation: str) -> None:
    """Tell an operation that was set aside once more, its id unchanged. Raises ShopError ASIDE_GONE when it is not there any more."""
    now = till.clock.now()
    with till.store.begin() as work:
        if not work.send_aside_again(operation):
            raise ShopError(ErrorCode.ASIDE_GONE)
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "aside_sent_again", operation)])
        work.commit()


def aside_file(till: Till, operation: str) -> bytes:
    """What was set aside, whole, as a JSON file for whoever can mend it. Raises ShopError ASIDE_GONE."""
    held = till.store.read.aside_operation(operation)
    if held is None:
        raise ShopError(ErrorCode.ASIDE_GONE)
    shop = till.store.read.shop()
    told = {
        "format": EXPORT_FORMAT,
        "shop": shop.uid,
        "device": shop.device,
        "id": held.id,
        "kind": held.kind,
        "at": held.at,
        "code": held.code,
        "payload_hash": held.payload_hash,
        "payload": held.payload.decode("utf-8", "backslashreplace"),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def see_edit(till: Till, product_uid: str, field: str) -> None:
    """A person has seen that two edits met."""
    with till.store.begin() as work:
        work.see_edit_outcome(product_uid, field)
        work.commit()
