"""Changing what can be set. Keeps nothing: the application saves when it is told of the change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.ui.context import UiContext


def change(context: UiContext, **fields: Any) -> bool:
    """Set fields of `Preferences` and tell everyone; False and silence when they are so already."""
    changed = replace(context.preferences, **fields)
    if changed == context.preferences:
        return False
    context.preferences = changed
    context.preferences_changed.emit()
    return True
