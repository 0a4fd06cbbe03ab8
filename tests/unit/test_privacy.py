"""A buyer's own words are kept without the numbers of a person, by the till and by the central alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central.privacy import without_numbers as by_the_central
from pos.domain.privacy import without_numbers as by_the_till
from pos.sync import protocol as wire
from pos.sync.encoding import order_from_wire


@pytest.fixture(params=[by_the_till, by_the_central], ids=["till", "central"])
def without_numbers(request: pytest.FixtureRequest) -> Callable[[str], str]:
    function: Callable[[str], str] = request.param
    return function


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("WA saya 081234563841 ya", "WA saya ****3841 ya"),
        ("telp +62 812-3456-3841", "telp ****3841"),
        ("62 812 3456 3841, titip satpam", "****3841, titip satpam"),
        ("NIK 3578012345678901", "NIK ****"),
        ("nik 3578 0123 4567 8901.", "nik ****."),
        ("NIP 198506122010011003", "NIP ****"),
        ("NIP 19850612 201001 1 003", "NIP ****"),
    ],
)
def test_a_persons_number_in_a_note_is_not_kept(without_numbers: Callable[[str], str], written: str, kept: str) -> None:
    assert without_numbers(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "kecap botol kaca",
        "ambil jam 16.30, lantai 2",
        "gula 500 g, beras 5 kg",
        "kode 8998100000025",
        "uang pas Rp103.000",
        "blok 08 no 12",
    ],
)
def test_what_a_shop_packs_by_stays(without_numbers: Callable[[str], str], written: str) -> None:
    assert without_numbers(written) == written


def test_a_server_that_tells_too_much_of_a_buyer_is_not_believed() -> None:
    told = wire.WireOrder(
        uid="a1" * 16,
        number="1000",
        status="placed",
        version=1,
        buyer="Rina 081234563841",
        buyer_phone4="081234563841",
        buyer_kind="ASN",
        lines=(),
        total=0,
        paid=True,
        placed_at=1,
        deadline_at=1,
        slot_from=1,
        slot_to=1,
        note="WA 0812-3456-3841",
    )
    kept = order_from_wire(told)
    assert (kept.buyer, kept.buyer_phone4, kept.note) == ("Rina ****3841", "3841", "WA ****3841")
