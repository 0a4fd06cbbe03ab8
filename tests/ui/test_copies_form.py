"""Salinan in Pengaturan: a second place, a copy under a passphrase, and a copy put back that the next start takes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.ui.settings.copies_form import CopiesForm
from pos.ui.settings.passphrase import PassphraseDialog
from tests.helpers.counter_window import settle, wait_until
from tests.helpers.shops import SHELF, sell
from tests.helpers.stage import Stage, stage

INDOMIE = "089686010947"
PASSPHRASE = "empat kata yang mudah"


@pytest.fixture
def shop(tmp_path: Path, qapp: QApplication) -> Iterator[Stage]:
    with stage(tmp_path / "toko") as here:
        put_catalogue(here.context.till, SHELF)
        open_session(here.context.till, 100_000)
        sell(here.context.till, INDOMIE)
        yield here


@pytest.fixture
def form(shop: Stage) -> Iterator[CopiesForm]:
    form = CopiesForm(shop.context)
    form.resize(700, 500)
    form.show()
    yield form
    form.close()
    form.deleteLater()


def done(form: CopiesForm) -> None:
    wait_until(lambda: form._working is None and form.restoring._reading is None, "the work is done")
    settle()


def dialog() -> PassphraseDialog:
    [found] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PassphraseDialog) and widget.isVisible()]
    return found


def test_a_second_folder_gets_the_days_copy_at_once_and_says_where(shop: Stage, form: CopiesForm, tmp_path: Path) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    assert form._where.text() == "Salinan hanya ada di komputer ini."
    shop.shop.copies._store.copy_of_the_day()
    form._place(str(stick))
    done(form)
    assert list(stick.glob("e-Peken POS/toko/day-*.db"))
    assert form._where.text().startswith(f"Salinan kedua di {stick}")
    assert shop.context.preferences.copy_folder == str(stick)


def test_a_stick_that_is_not_there_is_said_in_red_with_the_way_on(shop: Stage, form: CopiesForm, tmp_path: Path) -> None:
    shop.shop.copies._store.copy_of_the_day()
    form._place(str(tmp_path / "dicabut"))
    done(form)
    assert "Colokkan lagi flashdisk-nya" in form._where.text()
    form.forget.click()
    done(form)
    assert form._where.text() == "Salinan hanya ada di komputer ini."


def test_a_copy_under_a_passphrase_is_put_back_with_it_by_the_next_start(shop: Stage, form: CopiesForm, tmp_path: Path) -> None:
    target = tmp_path / "salinan.epk"
    form._ask_passphrase(str(target))
    asked = dialog()
    for field in asked._fields:
        field.setText(PASSPHRASE)
    asked.go_on.click()
    done(form)
    assert target.exists()
    assert "sudah jadi" in form.note.sentence
    sell(shop.context.till, INDOMIE)
    form.restoring.restore(str(target))
    done(form)
    asked = dialog()
    asked._fields[0].setText(PASSPHRASE)
    asked.go_on.click()
    done(form)
    assert "1 nota" in form.note.sentence
    assert form.restoring.leave.isVisible()
    assert len(shop.context.till.store.read.sales("", 0, 10)) == 2, "nothing is changed under the open till"
    shop.shop.close()
    with stage(tmp_path / "toko") as again:
        assert len(again.context.till.store.read.sales("", 0, 10)) == 1


def test_two_passphrases_that_differ_are_said_and_a_short_one_too(shop: Stage, form: CopiesForm, tmp_path: Path) -> None:
    form._ask_passphrase(str(tmp_path / "salinan.epk"))
    asked = dialog()
    asked._fields[0].setText(PASSPHRASE)
    asked._fields[1].setText(PASSPHRASE + "!")
    asked.go_on.click()
    assert "belum sama" in asked.note.sentence
    for field in asked._fields:
        field.setText("pendek")
    asked.go_on.click()
    assert "terlalu pendek" in asked.note.sentence
    assert asked.isVisible()
    asked.cancel.click()
    assert not (tmp_path / "salinan.epk").exists()


def test_what_is_no_copy_is_refused_in_words(form: CopiesForm, tmp_path: Path) -> None:
    (tmp_path / "foto.db").write_bytes(b"\x89PNG" + bytes(4_000))
    form.restoring.restore(str(tmp_path / "foto.db"))
    done(form)
    assert "bukan salinan toko" in form.note.sentence
    assert not form.restoring.leave.isVisible()
