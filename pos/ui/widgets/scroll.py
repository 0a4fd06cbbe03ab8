"""Scrolling by finger. Owns no content."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QScroller


def touch_scroll(area: QAbstractScrollArea) -> None:
    """Let a finger push the content of a list or an area; the mouse and its wheel work as before."""
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)


def bare_list(view: QListView) -> None:
    """A list of rows of one height that lies on a card: no frame or ground of its own, pushed by a finger."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.viewport().setAutoFillBackground(False)
    touch_scroll(view)
