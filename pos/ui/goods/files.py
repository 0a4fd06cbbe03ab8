"""Choosing a spreadsheet and a place to save one: Qt's own dialogue, with the shop's words on its buttons. Opens no file itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.services.sheet_import import FILE_KINDS
from pos.ui.language import tr
from pos.ui.widgets.files import file_dialog


def ask_for_sheet(parent: QWidget, then: Callable[[str], object]) -> QFileDialog:
    """Let a spreadsheet be chosen; `then` gets its path. Nothing happens when it is closed."""
    dialog = file_dialog(parent, tr("Pilih daftar barang"), tr("Buka"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{tr('Excel, CSV, dan sejenisnya')} ({' '.join(f'*{kind}' for kind in FILE_KINDS)})")
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_where(parent: QWidget, proposed: Path, then: Callable[[str], object]) -> QFileDialog:
    """Let a place be chosen for the refused rows; `then` gets its path, with an ending."""
    dialog = file_dialog(parent, tr("Simpan baris yang ditolak"), tr("Simpan"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters([f"Excel (*{'.xlsx'})", f"CSV (*{'.csv'})"])
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def sheet_of(data: QMimeData) -> str:
    """Path of the spreadsheet that is dragged over the window; empty when it is something else."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and Path(paths[0]).suffix.casefold() in FILE_KINDS else ""
