"""Choosing a file, a folder, or a place to save: Qt's own dialogue with the shop's words on its buttons. Opens nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look


def choose_file(parent: QWidget, title: str, kinds: Sequence[str], then: Callable[[str], object]) -> QFileDialog:
    """Let a file of these endings (`.db`) be chosen; `then` gets its path. Nothing happens when the dialogue is closed."""
    dialog = file_dialog(parent, title, tr("Buka"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{title} ({' '.join(f'*{kind}' for kind in kinds)})")
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, then: Callable[[str], object]) -> QFileDialog:
    """Let a folder be chosen; `then` gets its path."""
    dialog = file_dialog(parent, title, tr("Pilih"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def choose_place(parent: QWidget, title: str, proposed: Path, then: Callable[[str], object]) -> QFileDialog:
    """Let a place be chosen for one new file; `then` gets its path, with the ending of what was proposed."""
    dialog = file_dialog(parent, title, tr("Simpan"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(proposed.suffix.lstrip("."))
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def file_dialog(parent: QWidget, title: str, accept: str) -> QFileDialog:
    """Qt's dialogue in the shop's words, with room for whole names; it deletes itself when it is closed."""
    dialog = QFileDialog(parent, title)
    dialog.resize(QSize(look().px(900), look().px(600)).boundedTo(parent.window().size()))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, tr("Batal"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, tr("Nama berkas"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Jenis"))
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder"))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
