"""A screen reader's side of the desk, run by the system's Python, which has pyatspi: one JSON command a line in, one JSON answer out.

`{"do": "read"}` answers what can be perceived now: `[role, name, value]` of everything that shows. `{"do": "press", "name": N}` presses
what is called so, `{"do": "type", "name": N, "text": T}` writes into it. An answer is `null` when there is no such thing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found] # comes with Debian's python3-pyatspi, for the system's Python alone

_PRESSES = ("Press", "press", "Toggle", "toggle")


def shown(node: Any) -> Iterator[Any]:
    """Everything below a node that shows. What goes away while it is looked at is passed over."""
    try:
        if not node.getState().contains(pyatspi.STATE_SHOWING):
            return
        yield node
        children = list(node)
    except (RuntimeError, LookupError, pyatspi.GLib.Error):
        return
    for child in children:
        if child is not None:
            yield from shown(child)


def everything(program: str) -> list[Any]:
    """All that shows of a program's windows."""
    desktop = pyatspi.Registry.getDesktop(0)
    return [node for app in desktop if app is not None and app.name == program for window in app for node in shown(window)]


def value_of(node: Any) -> str:
    """What stands in a field; empty for what holds no text."""
    if "Text" not in pyatspi.utils.listInterfaces(node):
        return ""
    text: str = node.queryText().getText(0, -1)
    return text


def press(node: Any) -> bool:
    """Do what pressing it does; False when it cannot be pressed."""
    action = node.queryAction()
    names = [action.getName(place) for place in range(action.nActions)]
    place = next((names.index(name) for name in _PRESSES if name in names), None)
    return place is not None and bool(action.doAction(place))


def answer(told: dict[str, Any], program: str) -> object:
    """What came of one command."""
    nodes = everything(program)
    if told["do"] == "read":
        return [[node.getRoleName(), node.name, value_of(node)] for node in nodes if node.name]
    found = [node for node in nodes if node.name == told["name"] or node.name.startswith(f"{told['name']}:")]
    if not found:
        return None
    if told["do"] == "type":
        return bool(found[0].queryEditableText().setTextContents(told["text"]))
    return press(found[0])


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), sys.argv[1])), flush=True)
