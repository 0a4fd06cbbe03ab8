"""Changing what can be set, by who may. Keeps nothing: the application saves when it is told of the change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from pos.domain.people import Act, Approval
from pos.services.permission import change_settings
from pos.ui.context import UiContext
from pos.ui.lock.approve import with_approval

ANYBODYS: Final = frozenset({"language", "theme", "text_scale", "sounds", "reduce_motion", "central_url"})
"""What whoever stands there may have as they like it; and an address that means nothing without a code for it."""


def change(context: UiContext, **fields: Any) -> bool:
    """Set fields of `Preferences` and tell everyone; False and silence when they are so already.

    Where roles count, what is not anybody's own taste asks for a PIN in place, once for a while. Until it is given nothing is changed
    (False).
    """
    changed = replace(context.preferences, **fields)
    if changed == context.preferences:
        return False
    if set(fields) <= ANYBODYS:
        _apply(context, fields)
        return True

    def allowed(approval: Approval | None) -> Approval | None:
        used = approval or context.approval
        change_settings(context.till, sorted(fields), used)
        return used

    def apply(used: Approval | None) -> None:
        context.approval = used
        _apply(context, fields)

    # where it is refused, every form shows again what is kept
    return with_approval(context, Act.SETTINGS, allowed, apply, otherwise=context.preferences_changed.emit)


def _apply(context: UiContext, fields: dict[str, Any]) -> None:
    context.preferences = replace(context.preferences, **fields)
    context.preferences_changed.emit()
