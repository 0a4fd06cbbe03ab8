"""The page of updates: what is said at each step, who may say that it goes in, and that a sale is never asked anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.config.update_journal import UpdateJournal
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.update import Stage, Update, Wanted, Why
from pos.installing.program import OwnProgram
from pos.installing.signing import KEYS_VARIABLE
from pos.services import people
from pos.services.update_desk import UpdateState
from pos.ui.health.screen import HealthScreen
from pos.ui.health.update_words import outcome, row_of
from pos.ui.language import set_language
from pos.ui.shell.pills import Facts, pills
from pos.ui.tones import Tone
from tests.helpers.counter_window import wait_until
from tests.helpers.officers import Office
from tests.helpers.releases import lay
from tests.helpers.stage import Stage as Scene
from tests.helpers.stage import button_of, nameless, stage, words_of

NOTES = {"id": "Cari barang lebih cepat.", "en": "Goods are found faster."}
READY = Update(Stage.READY, "0.2.0", name="x.run", size=43_000_000, sha256="0" * 64, notes=NOTES, told=True)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A till that was installed by its `.run`, with an update that is ready."""
    monkeypatch.setattr("pos.app.shop.running_program", lambda paths: OwnProgram(paths.data / "program"))
    UpdateJournal(tmp_path / "updates").keep(READY)
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def page(shop: Scene, qtbot: QtBot) -> HealthScreen:
    screen = HealthScreen(shop.context)
    qtbot.addWidget(screen)
    screen.open_part("update")
    shop.show(screen)
    return screen


def test_what_is_ready_says_when_it_goes_in_and_what_is_new(page: HealthScreen) -> None:
    said = words_of(page)
    assert {"Versi 0.1.0", "Versi 0.2.0", "Siap", NOTES["id"]} <= set(said)
    assert any("Dipasang waktu program ditutup" in words for words in said)
    assert nameless(page) == []
    set_language("en")
    page.retranslate()
    assert {"Ready", NOTES["en"]} <= set(words_of(page))


def test_close_put_in_open_again_is_one_button_which_closes_the_window(page: HealthScreen, shop: Scene, qtbot: QtBot) -> None:
    button_of(page, "Tutup, pasang, buka lagi").click()
    wait_until(lambda: not page.isVisible(), "the window is closed")
    assert shop.shop.updates.state().update.wanted is Wanted.NOW


def test_a_cashier_is_asked_for_the_owners_pin_first(page: HealthScreen, shop: Scene) -> None:
    people.add_first_owner(shop.shop.till, "Bu Sari", "2580")
    sri = people.add_user(shop.shop.till, "Sri", people.Role.CASHIER, "1357")
    people.sign_in(shop.shop.till, sri.uid, "1357")
    button_of(page, "Tutup, pasang, buka lagi").click()
    assert page.isVisible()
    assert shop.shop.updates.state().update.wanted is Wanted.NOT_ASKED


def test_the_next_step_is_the_one_yellow_button(page: HealthScreen, shop: Scene) -> None:
    parts = page.update_page

    def shown() -> list[str]:
        return [button.text() for button in (parts.look_again, parts.fetch, parts.restart) if button.isVisible()]

    assert shown() == ["Tutup, pasang, buka lagi"]
    shop.context.preferences = replace(shop.context.preferences, updates="ask")
    journal = UpdateJournal(shop.shop.updates._journal.folder)
    shop.shop.updates._update = journal.keep(replace(READY, stage=Stage.FOUND))
    page.refresh()
    assert shown() == ["Ambil dan pasang"]
    parts.fetch.click()
    assert shop.shop.updates.state().update.wanted is Wanted.CLOSING
    assert shown() == ["Cek sekarang"]


def test_a_stick_is_taken_from_the_page(
    page: HealthScreen, shop: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    office = Office()
    monkeypatch.setenv(KEYS_VARIABLE, str(office.trusted_by(tmp_path / "keys.json")))
    stick = lay(tmp_path / "stick", office, "0.3.0", b"program", OwnProgram(tmp_path).platform)
    page.update_page.take_from(str(stick))
    wait_until(lambda: "disalin dan diperiksa" in page.note.sentence, "the stick is taken")
    assert shop.shop.updates.state().update.version == "0.3.0"
    page.update_page.take_from(str(tmp_path / "nowhere"))
    wait_until(lambda: "Pembaruan tidak ketemu" in page.note.sentence, "no such stick")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (UpdateState("0.1.0", Update(), known_program=False), "Tidak dari sini"),
        (UpdateState("0.1.0", Update()), "Belum dicek"),
        (UpdateState("0.1.0", Update(), looked_at=1), "Sudah terbaru"),
        (UpdateState("0.1.0", Update(), error=ShopError(ErrorCode.NO_LINE)), "Belum bisa dicek"),
        (UpdateState("0.1.0", replace(READY, stage=Stage.FOUND)), "Ada yang baru"),
        (UpdateState("0.1.0", replace(READY, stage=Stage.LOADING), here=21_500_000), "Diambil 50%"),
        (UpdateState("0.1.0", replace(READY, stage=Stage.LOADING), error=ShopError(ErrorCode.NO_LINE)), "Menunggu"),
        (UpdateState("0.1.0", READY), "Siap"),
        (UpdateState("0.1.0", replace(READY, why=Why.BY_HAND)), "Perlu petugas"),
        (UpdateState("0.1.0", replace(READY, why=Why.NO_ROOM)), "Disk penuh"),
        (UpdateState("0.2.0", replace(READY, stage=Stage.APPLIED)), "Terpasang"),
        (UpdateState("0.1.0", replace(READY, stage=Stage.ROLLED_BACK)), "Tidak jadi dipasang"),
    ],
)
def test_every_step_has_its_word(state: UpdateState, word: str) -> None:
    assert row_of(state).word == word


@pytest.mark.parametrize("why", Why)
def test_whatever_kept_it_out_is_said_in_words(why: Why) -> None:
    [(kind, sentence)] = outcome(replace(READY, stage=Stage.ROLLED_BACK, why=why), "0.1.0")
    assert (kind, "{" in sentence) == ("fault", False)
    assert "Kasir tetap versi 0.1.0" in sentence


def test_the_header_has_a_quiet_pill_only_when_it_is_ready(shop: Scene) -> None:
    read, now = shop.shop.till.store.read, shop.shop.till.clock.now()
    facts = Facts(read.line(), None, "none", 0, None, now)
    assert "update" not in [pill.key for pill in pills(facts)]
    pill = pills(replace(facts, update="0.2.0"))[-1]
    assert (pill.key, pill.tone, pill.goes_to) == ("update", Tone.INFORMATION, "health#update")
