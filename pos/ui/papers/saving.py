"""Where a PDF or a workbook is saved: Qt's own dialogue with the shop's words, and what is told afterwards. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import run
from pos.ui.widgets.files import choose_place


def ask_for_pdf(parent: QWidget, name: str, then: Callable[[str], object]) -> QFileDialog:
    """Let a place for a PDF be chosen; `then` gets its path. `name`: proposed, without ending."""
    return choose_place(parent, tr("Simpan PDF"), _in_documents(f"{file_name(name)}.pdf"), then)


def ask_for_book(parent: QWidget, title: str, name: str, then: Callable[[str], object]) -> QFileDialog:
    """Let a place for a workbook be chosen; `then` gets its path. `title`: of the dialogue; `name`: proposed, without ending."""
    return choose_place(parent, title, _in_documents(f"{file_name(name)}.xlsx"), then)


def _in_documents(name: str) -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)) / name


def write(context: UiContext, path: str, work: Callable[[], int], then: Callable[[], object] = lambda: None) -> None:
    """Let `work` write the file off the UI thread, and say where it is."""

    def written(_pages: int) -> None:
        context.told.emit("good", tr("{file} tersimpan", file=Path(path).name))
        then()

    run(context, lambda _progress: work(), written)


def file_name(text: str) -> str:
    """Words as a file's name on any system."""
    return "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in text).strip(" .")[:80] or "epeken"
