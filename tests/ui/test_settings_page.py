"""The settings page: what is chosen applies at once, is kept on disk, and what cannot be is said in its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos import __version__
from pos.domain.papers import HelpCard
from pos.domain.printing import DocumentKind, PrintState
from pos.services.preferences import Preferences
from pos.ui.language import set_language
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.typed import pairing_code, printer_address
from pos.ui.theme.look import look
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

_SECTIONS = ("shop", "look", "printer", "receipt", "money", "central")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> SettingsScreen:
    screen = SettingsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    return screen


def _on_disk(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "config" / "settings.toml").read_text(encoding="utf-8"))


def test_a_choice_of_look_applies_at_once_and_is_kept(shop: Stage, page: SettingsScreen, tmp_path: Path) -> None:
    page.open_section("look")
    for words in ("Gelap", "Besar", "Mati", "Kurangi gerak", "English"):
        button_of(page, words).click()
    chosen = shop.context.preferences
    assert (chosen.theme, chosen.text_scale, chosen.sounds, chosen.reduce_motion, chosen.language) == ("dark", 125, False, True, "en")
    kept = _on_disk(tmp_path)
    assert (kept["theme"], kept["text_scale"], kept["sounds"], kept["language"]) == ("dark", 125, False, "en")


def test_choosing_what_is_chosen_already_changes_nothing(shop: Stage, page: SettingsScreen, tmp_path: Path) -> None:
    page.open_section("look")
    button_of(page, "Terang").click()
    assert not (tmp_path / "config" / "settings.toml").exists()


def test_the_page_speaks_another_language_without_being_made_anew(page: SettingsScreen) -> None:
    set_language("en")
    page.retranslate()
    page.open_section("printer")
    assert "Print the test page" in words_of(page)
    assert page.printer.address.accessibleName() == "Printer address"


def test_a_typed_printer_address_is_kept_in_its_full_form(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    page.printer.address.setText(" 192.168.1.50 ")
    assert page.printer.apply()
    assert page.printer.address.text() == "tcp://192.168.1.50:9100"
    assert shop.context.preferences.printers[0].address == "tcp://192.168.1.50:9100"
    assert shop.context.till.paper.printer == shop.context.preferences.printers[0].ref


def test_an_address_that_is_none_is_said_in_its_place_and_not_kept(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    page.printer.address.setText("di meja kasir")
    button_of(page, "Cetak halaman tes").click()
    assert "Printer tidak ketemu" in page.printer.note.sentence
    assert shop.context.preferences.printers == ()
    assert shop.told == []


def test_the_test_page_comes_out_of_a_real_printer(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    with StandInPrinter() as printer:
        page.printer.address.setText(printer.address)
        button_of(page, "Cetak halaman tes").click()
        assert "menunggu printer" in page.printer.note.sentence
        shop.print_all()
        assert len(printer.jobs) == 1
    assert "terkirim ke printer" in page.printer.note.sentence
    assert [job.state for job in shop.shop.till.store.read.print_jobs(5)] == [PrintState.SENT]


def test_a_printer_that_is_not_there_is_said_below_the_button(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    page.printer.address.setText("tcp://127.0.0.1:9")
    button_of(page, "Cetak halaman tes").click()
    shop.print_all()
    assert "Nyalakan printer" in page.printer.note.sentence


def test_paper_on_the_screen_needs_no_printer(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    button_of(page, "Kertas di layar").click()
    button_of(page, "Cetak halaman tes").click()
    shop.print_all()
    assert shop.context.preferences.printers[0].address == "screen:"
    assert "terkirim" in page.printer.note.sentence


def test_rounding_of_cash_is_a_rule_of_the_till_at_once(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("money")
    assert not page.money.direction.isEnabled()
    button_of(page, "Rp500").click()
    button_of(page, "Terdekat").click()
    rounding = shop.context.till.rules.rounding
    assert (rounding.step, rounding.direction.value) == (500, "nearest")


def test_from_how_many_on_wholesale_counts(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("money")
    page.money.wholesale.setText("6")
    page.money.wholesale.editingFinished.emit()
    assert shop.context.till.rules.wholesale_from == 6


def test_the_shops_names_are_kept_and_stand_on_its_paper(shop: Stage, page: SettingsScreen) -> None:
    page.shop.name.setText("  Toko Sinar Jaya ")
    page.shop.address.setText("Jl. Kenanga 12")
    page.shop.cashier.setText("Bu Siti")
    button_of(page, "Simpan").click()
    kept = shop.shop.till.store.read.shop()
    assert (kept.name, kept.address, kept.cashier) == ("Toko Sinar Jaya", "Jl. Kenanga 12", "Bu Siti")


def test_the_keys_do_not_move_to_a_keyring_that_is_not_there(shop: Stage, page: SettingsScreen, qtbot: QtBot) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())
    shop.shop.secrets.set("device_key", "abc")
    page.open_section("central")
    button_of(page, "Brankas kunci komputer").click()
    qtbot.waitUntil(lambda: "tempat aman" in page.keys.note.sentence, timeout=10_000)
    assert shop.context.preferences.secrets_in_file
    assert page.keys.place.current() == "file"
    assert shop.shop.secrets.get("device_key") == "abc"


def test_a_pill_that_leads_to_a_part_of_the_page_opens_it(page: SettingsScreen) -> None:
    page.open_part("printer")
    assert page.printer.address.isVisible()
    page.open_part("nowhere")
    assert page.printer.address.isVisible()


def test_the_guide_can_be_opened_again(shop: Stage, page: SettingsScreen) -> None:
    button_of(page, "Buka pemandu awal").click()
    assert shop.went == ["first_run"]


def test_the_page_fits_both_windows_and_every_field_has_a_name(page: SettingsScreen) -> None:
    for section in _SECTIONS:
        page.open_section(section)
        least = page.minimumSizeHint()
        assert least.width() <= 1024, section
        assert least.height() <= 704, section
    assert nameless(page) == []


def test_the_page_fits_at_large_text(shop: Stage, qtbot: QtBot) -> None:
    look().use("light", 125)
    try:
        screen = SettingsScreen(shop.context)
        qtbot.addWidget(screen)
        shop.show(screen)
        assert screen.minimumSizeHint().width() <= 1270
        assert screen.minimumSizeHint().height() <= 704
    finally:
        look().use("light", 100)


def test_help_is_about_this_page(page: SettingsScreen) -> None:
    assert "Halaman tes" in page.help_text()


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("192.168.1.50", "tcp://192.168.1.50:9100"),
        ("printer.lokal:9101", "tcp://printer.lokal:9101"),
        ("tcp://10.0.0.7:9100", "tcp://10.0.0.7:9100"),
        ("/dev/usb/lp0", "file:/dev/usb/lp0"),
        ("screen:", "screen:"),
        ("", ""),
    ],
)
def test_an_address_is_read_as_it_is_typed(typed: str, full: str) -> None:
    assert printer_address(typed) == full


def test_a_code_is_read_as_it_is_typed() -> None:
    assert pairing_code(" k7m2 9pxq ") == "K7M2-9PXQ"


def test_the_name_of_the_computer_and_the_support_number_are_kept_when_the_field_is_left(page: SettingsScreen, tmp_path: Path) -> None:
    page.computer.till_name.setText(" Kasir depan ")
    page.computer.till_name.editingFinished.emit()
    page.computer.support.setText("031-1234567")
    page.computer.support.editingFinished.emit()
    kept = _on_disk(tmp_path)
    assert (kept["till_name"], kept["support"]) == ("Kasir depan", "031-1234567")


def test_the_help_card_is_printed_with_the_number_that_was_just_typed(shop: Stage, page: SettingsScreen) -> None:
    page.open_section("printer")
    button_of(page, "Kertas di layar").click()
    page.open_section("counter")
    page.computer.support.setFocus()
    page.computer.support.setText("031-1234567")
    button_of(page, "Cetak kartu bantuan").click()
    assert shop.told == [("good", "Kartu bantuan dicetak.")]
    till = shop.context.till
    (job,) = [job for job in till.store.read.print_jobs() if job.kind is DocumentKind.HELP_CARD]
    data = till.store.read.print_job(job.id)
    assert data is not None
    assert data.data == till.paper.help_card(HelpCard("", "031-1234567", __version__), till.store.read.shop())


def test_every_setting_of_this_machine_has_its_place_on_the_page() -> None:
    """A new setting without a control would be one that nobody can change; whoever adds one says here where it is."""
    known = {
        "language", "theme", "text_scale", "sounds", "reduce_motion", "printers", "paper_language",
        "paper_header", "paper_logo", "paper_compact",
        "receipt_footer", "central_url", "rounding_step", "rounding_direction", "wholesale_from", "secrets_in_file",
        "weight_step", "negative_stock", "discount_limit", "loose_sticks", "scale_labels", "scale_port", "scale_speed", "scale_frame",
        "lock_after_minutes", "day_cutoff", "customer_display", "keys",
        "pkp_since", "pkp_until", "till_name", "support",
        "credit_limit", "credit_days", "titipan", "qris_static", "qris_own", "copy_folder", "mirror_folder",
        # on the health room's page of updates, and in a provision file
        "updates", "update_url",
    }  # fmt: skip
    assert set(Preferences.__dataclass_fields__) == known
