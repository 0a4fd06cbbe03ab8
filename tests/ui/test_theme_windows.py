"""Dialogues, toasts and paper: what stands over the work or beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.context import PaperPicture
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind
from pos.ui.widgets.dialog import Dialog, PageHeader, Scrim
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.text import Text
from pos.ui.widgets.toast import ToastStack


@pytest.fixture(autouse=True)
def _light(qapp: object) -> Iterator[None]:
    look().use("light")
    yield
    look().use("light")


def _show(qtbot: QtBot, widget: QWidget, size: QSize | None = None) -> None:
    qtbot.addWidget(widget)
    widget.resize(size or widget.sizeHint().expandedTo(QSize(8, 8)))
    widget.show()


def _pixel(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


# --- dialogues, toasts, paper ----------------------------------------------------------------------------------------


def test_a_dialogue_is_not_answered_by_a_scanner_and_closed_by_escape(qtbot: QtBot) -> None:
    window = QWidget()
    _show(qtbot, window, QSize(600, 400))
    dialog = Dialog("Simpan keranjang", window, 420)
    qtbot.addWidget(dialog)
    field = TextField("Nama")
    dialog.body.addWidget(field)
    dialog.add_button("Batal")
    dialog.add_button("Simpan", Kind.PRIMARY, accept=True)
    dialog.open()
    assert window.findChild(Scrim) is not None
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == Dialog.DialogCode.Rejected
    dialog.open()
    QTest.mouseClick(next(b for b in dialog.findChildren(ActionButton) if b.text() == "Simpan"), Qt.MouseButton.LeftButton)
    assert dialog.result() == Dialog.DialogCode.Accepted


def test_the_head_of_a_page_says_its_title(qtbot: QtBot) -> None:
    head = PageHeader("Kesehatan", "Semua yang dibutuhkan.")
    _show(qtbot, head)
    head.set_words("Pengaturan")
    assert "Pengaturan" in {label.text() for label in head.findChildren(QLabel)}


def test_a_new_order_stays_until_it_is_answered(qtbot: QtBot) -> None:
    window = QWidget()
    _show(qtbot, window, QSize(1024, 768))
    stack = ToastStack(window)
    answered: list[str] = []
    stack.show_toast("order", "Pesanan baru!", "Sri N. · Rp96.000 lunas", [("Nanti", lambda: answered.append("nanti"), False)])
    stack.show_toast("good", "Tersimpan")
    assert stack.geometry().right() <= 1024
    assert stack.geometry().bottom() <= 768
    qtbot.waitUntil(lambda: len(stack.toasts) == 1, timeout=6_000)
    QTest.mouseClick(stack.findChild(ActionButton), Qt.MouseButton.LeftButton)
    assert answered == ["nanti"]
    assert not stack.isVisible()


def test_two_toasts_are_enough_and_an_order_is_not_pushed_out(qtbot: QtBot) -> None:
    window = QWidget()
    _show(qtbot, window, QSize(1024, 768))
    stack = ToastStack(window)
    for number in range(5):
        stack.show_toast("fault", f"Pesan {number}", "Sebuah kalimat.")
    assert [toast.accessibleName() for toast in stack.toasts] == [f"Pesan {n}. Sebuah kalimat." for n in (3, 4)]
    stack.show_toast("order", "Pesanan baru!")
    stack.show_toast("good", "Tersimpan")
    assert [toast.title for toast in stack.toasts] == ["Pesanan baru!", "Tersimpan"]
    window.resize(800, 600)
    assert stack.geometry().right() <= 800
    stack.clear()
    assert stack.toasts == ()


def test_the_same_said_again_takes_the_place_of_what_was_said(qtbot: QtBot) -> None:
    window = QWidget()
    _show(qtbot, window, QSize(1024, 768))
    stack = ToastStack(window)
    stack.show_toast("fault", "Jumlah belum jelas", "“12,500” belum bisa dibaca.", passing=True)
    stack.show_toast("fault", "Jumlah belum jelas", "“abc” belum bisa dibaca.")
    assert [toast.accessibleName() for toast in stack.toasts] == ["Jumlah belum jelas. “abc” belum bisa dibaca."]
    assert not stack.pass_on(), "only what passes goes with the next thing that is done"
    assert len(stack.toasts) == 1


def test_the_citys_name_is_not_broken_at_its_hyphen(qtbot: QtBot) -> None:
    words = Text("Kode ini bukan dari e-Peken", wrap=True)
    _show(qtbot, words, QSize(230, 120))
    assert words.text() == "Kode ini bukan dari e-Peken"
    assert "e-Peken" not in QLabel.text(words)
    assert "\u2011" in QLabel.text(words)
    assert QFontMetrics(words.font()).inFontUcs4(0x2011), "and the font has it"


def test_paper_is_shown_dot_for_dot(qtbot: QtBot) -> None:
    view = PaperView()
    _show(qtbot, view, QSize(460, 300))
    dots = bytes(0 if (x * 7 + y * 3) % 5 == 0 else 255 for y in range(120) for x in range(384))
    view.set_picture(PaperPicture(384, 120, dots))
    image = view.widget().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    left, top = 24, 17
    shown = bytes(image.pixelColor(left + x, top + y).red() for y in range(120) for x in range(384))
    assert shown == dots
    view.set_picture(None)
    assert view.picture is None
