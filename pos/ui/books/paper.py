"""A paper of the books on its way: to the printer, or to a file that a person chooses. Owns no paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.document import Document
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.papers import saving


def print_paper(context: UiContext, verb: Callable[[], None]) -> None:
    """Queue it and say so; what forbids it is said."""

    def queued(_done: None) -> None:
        context.backstage.print_now()
        context.changed.emit(Changed(print_jobs=True))
        context.told.emit("good", tr("Dikirim ke printer."))

    attempt(context, verb, queued)


def save_paper(context: UiContext, parent: QWidget, title: str, document: Callable[[], Document]) -> None:
    """Ask where, and write it as an A4 page off the UI thread."""
    from pos.ui.pdf.page import Page, write_document

    def chosen(path: str) -> None:
        logo = context.backstage.page_logo()
        saving.write(context, path, lambda: write_document(document(), path, Page.A4, title, logo))

    saving.ask_for_pdf(parent, title, chosen)
