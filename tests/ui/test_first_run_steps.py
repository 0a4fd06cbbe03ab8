"""The first-run guide step by step: the drawer is tried, goods come from e-Peken, and nobody is asked more than seven questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.services.preferences import one_printer
from pos.ui.first_run.drawer_page import DrawerPage
from pos.ui.first_run.screen import FirstRunScreen
from pos.ui.first_run.steps import STEPS, Step
from pos.ui.settings.changing import change
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.stage import Stage, button_of, stage


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def guide(shop: Stage, qtbot: QtBot) -> FirstRunScreen:
    screen = FirstRunScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen, 1366, 768)
    return screen


def test_the_drawer_opens_and_says_so_or_says_what_to_look_at(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.DRAWER)
    page = guide.pages[Step.DRAWER]
    assert isinstance(page, DrawerPage)
    button_of(guide, "Buka laci sekarang").click()
    assert [kind for kind, _ in shop.told] == ["fault"], "without a printer nothing opens it, which is said"
    assert not page.yes.isVisible()
    with StandInPrinter() as printer:
        change(shop.context, printers=one_printer(printer.address))
        button_of(guide, "Buka laci sekarang").click()
        shop.print_all()
        assert len(printer.jobs) == 1
    button_of(guide, "Tidak").click()
    assert "Cek kabelnya" in page.note.sentence
    assert not guide.rail.marks[Step.DRAWER].done
    button_of(guide, "Buka laci sekarang").click()
    button_of(guide, "Ya, terbuka").click()
    assert "Laci jalan" in page.note.sentence
    assert guide.rail.marks[Step.DRAWER].done


def test_goods_of_e_peken_want_a_connection_first(shop: Stage, guide: FirstRunScreen) -> None:
    guide.open_step(Step.GOODS)
    button_of(guide, "Sambungkan dulu").click()
    assert guide.step is Step.PAIR


def test_at_most_seven_questions_are_asked_and_each_can_be_asked_again(shop: Stage, guide: FirstRunScreen) -> None:
    """A step is a question to a person; with a stick's file not one is (tests/integration/test_provisioning.py)."""
    assert len(STEPS) <= 7
    asked = [guide.step]
    while guide.step is not STEPS[-1]:
        button_of(guide, "Lewati" if guide.step is not STEPS[0] else "Lanjut").click()
        asked.append(guide.step)
    assert asked == list(STEPS)
    button_of(guide, "Mulai jualan").click()
    assert shop.went == ["sale"]
    for step in STEPS:
        guide.rail.wanted.emit(step)
        assert guide.step is step
