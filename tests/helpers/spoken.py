"""A window as a screen reader is told of it: what can be acted on, what it is called, and in which order Tab goes through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QWidget

BUTTONS = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ButtonMenu)
FIELDS = (QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox)
LISTS = (QAccessible.Role.List, QAccessible.Role.Table, QAccessible.Role.Tree)
ITEMS = (QAccessible.Role.ListItem, QAccessible.Role.Cell, QAccessible.Role.TreeItem)


@dataclass(frozen=True)
class Spoken:
    """One thing of the tree. `kind`: the widget's class, or `item` for a row of a list."""

    role: QAccessible.Role
    name: str
    kind: str


def spoken(root: QWidget) -> list[Spoken]:
    """Everything that is to be seen there, from the top down, as the tree tells it."""
    found = QAccessible.queryAccessibleInterface(root)
    assert found is not None
    return list(_walk(found, top=True))


def _walk(node: QAccessibleInterface, top: bool = False) -> Iterator[Spoken]:
    if not node.isValid():
        return
    state = node.state()
    if state.invisible and not top:  # type: ignore[attr-defined] # the stubs leave the fields of a state out
        return
    thing = node.object()
    name = node.text(QAccessible.Text.Name)
    yield Spoken(node.role(), name, type(thing).__name__ if thing is not None else "item")
    for place in range(min(node.childCount(), 200)):
        child = node.child(place)
        if child is not None:
            yield from _walk(child)


def unnamed(root: QWidget) -> list[str]:
    """What can be acted on and has no name."""
    acted = (*BUTTONS, *FIELDS, *LISTS, *ITEMS)
    return [f"{each.kind} ({each.role.name})" for each in spoken(root) if each.role in acted and not each.name.strip()]


def misnamed_roles(root: QWidget) -> list[str]:
    """Widgets that a person acts on and whose role does not say so."""
    wrong = []
    kinds: tuple[tuple[type[QWidget], tuple[QAccessible.Role, ...]], ...] = (
        (QAbstractButton, BUTTONS),
        (QLineEdit, FIELDS),
        (QComboBox, FIELDS),
        (QAbstractItemView, LISTS),
    )
    for kind, roles in kinds:
        for widget in root.findChildren(kind):
            found = QAccessible.queryAccessibleInterface(widget)
            if widget.isVisibleTo(root) and found is not None and found.role() not in roles:
                wrong.append(f"{type(widget).__name__} is a {found.role().name}")
    return wrong


def tab_stops(root: QWidget) -> list[QWidget]:
    """Where Tab goes, in its order, through what is to be seen of a window now."""
    stops: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        inside = root.isAncestorOf(widget) and widget.window() is root.window()
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(root) and widget.isEnabled()
        if inside and reached and not isinstance(widget, QAbstractSlider) and not widget.visibleRegion().isEmpty():
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def steps_back(root: QWidget) -> list[str]:
    """Where Tab goes against reading: up within a column, or left within a row of the same place. What follows the last is no step."""
    stops = tab_stops(root)
    wrong = []
    for before, after in pairwise(stops):
        a, b = _place(before, root), _place(after, root)
        up = b.bottom() < a.top() and min(a.right(), b.right()) - max(a.left(), b.left()) > min(a.width(), b.width()) // 2
        same_row = min(a.bottom(), b.bottom()) - max(a.top(), b.top()) > min(a.height(), b.height()) // 2
        left = before.parentWidget() is after.parentWidget() and same_row and b.right() < a.left()
        if up or left:
            wrong.append(f"{_said(before)} -> {_said(after)}")
    return wrong


def faults(root: QWidget) -> list[str]:
    """What a screen reader could not tell, or tells in a wrong order."""
    nowhere = [] if len(tab_stops(root)) > 1 else ["Tab leads nowhere"]
    return [*unnamed(root), *misnamed_roles(root), *steps_back(root), *nowhere]


def _place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, widget.rect().topLeft()), widget.size())


def _said(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"
