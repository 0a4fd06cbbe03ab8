"""Looking for printers and asking them how they are: on real ports, with a CUPS of its own, and with a stand-in for libusb."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.app import open_backstage
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Evidence, Said, Seen, Why
from pos.printing.discovery import cups_printers, find_at, find_printers, lp_printers, serial_ports, usb_devices, windows_queues
from pos.printing.transports import Transport, open_transport
from pos.printing.transports.cups import cups_queues
from pos.printing.transports.handing import Status
from pos.printing.transports.ipp import Place
from pos.printing.transports.usb import UsbTransport
from pos.printing.transports.usb_names import UsbName
from pos.printing.turns import turn_at
from pos.services.paper_views import FoundPrinter, PrinterChecked
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.private_cups import Behaviour, private_cups
from tests.helpers.serial_printer import serial_printer
from tests.helpers.usb_printer import PRODUCT, VENDOR, UsbPrinter

WELL = {1: 0x12, 2: 0x12, 4: 0x12}
NO_PAPER = {1: 0x1A, 2: 0x12 | 0x20, 4: 0x12 | 0x6C}


def yes(done: int, total: int) -> bool:
    return True


# --- how a printer is -------------------------------------------------------------------------------------------


def test_a_printer_that_answers_is_well_or_says_what_is_not() -> None:
    with StandInPrinter(Fault.MUTE, status=WELL) as printer:
        assert open_transport(printer.address).status() == Status(heard=True)
        printer.status = NO_PAPER
        assert open_transport(printer.address).status() == Status(heard=True, said=(Said.OFFLINE, Said.PAPER_OUT, Said.PAPER_LOW))


def test_a_mute_printer_is_not_known_to_be_well() -> None:
    with StandInPrinter(Fault.MUTE) as printer:
        assert open_transport(printer.address).status() == Status(heard=False)


def test_a_printer_that_closes_at_once_is_not_known_to_be_well() -> None:
    with StandInPrinter(Fault.FIN) as printer:
        assert not open_transport(printer.address).status().heard


def test_a_printer_that_talks_without_being_asked_answers_nothing_by_it() -> None:
    with StandInPrinter(Fault.STATUS) as printer:
        assert open_transport(printer.address).status() == Status(heard=False)


def test_a_printer_that_is_not_there_says_why() -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        assert open_transport(printer.address).status() == Status(Evidence(Seen.NOT_CONNECTED, why=Why.REFUSED))


def test_a_printer_that_tells_when_it_has_printed_is_found_out_with_nothing_to_print() -> None:
    with StandInPrinter(Fault.FENCE, status=WELL) as printer:
        assert open_transport(printer.address).status(thorough=True) == Status(heard=True, confirms=True)
        assert not open_transport(printer.address).status().confirms, "it is asked only when that is wanted"
    with StandInPrinter(Fault.MUTE, status=WELL) as printer:
        assert open_transport(printer.address).status(thorough=True) == Status(heard=True)


def test_a_printer_on_a_serial_line_answers_too(tmp_path: Path) -> None:
    with serial_printer(tmp_path) as printer:
        assert open_transport(printer.address).status() == Status(heard=False)
        printer.status = WELL
        assert open_transport(printer.address).status() == Status(heard=True)
        assert open_transport(printer.address).reach() is None
    assert open_transport(printer.address).status().trouble == Evidence(Seen.NOT_FOUND, why=Why.MISSING)


def test_a_usb_printer_is_let_go_after_it_was_asked() -> None:
    machine = UsbPrinter()
    assert UsbTransport(UsbName(VENDOR, PRODUCT), machine).status() == Status(heard=False)
    assert (machine.claims, machine.released, machine.kernel_driver) == (1, 1, True)


def test_a_plain_file_says_nothing_of_itself(tmp_path: Path) -> None:
    assert open_transport(f"file:{tmp_path / 'paper'}").status() == Status(heard=False)
    assert open_transport(f"file:{tmp_path / 'no' / 'paper'}").status().trouble == Evidence(Seen.NOT_FOUND, why=Why.MISSING)
    assert open_transport("screen:").status() == Status(heard=True)


@pytest.mark.parametrize(("behaviour", "said"), [(Behaviour.ACCEPT, ()), (Behaviour.PAUSED, (Said.PAUSED,))])
def test_a_queue_says_what_is_wrong_and_never_that_the_printer_is_well(behaviour: Behaviour, said: tuple[Said, ...]) -> None:
    with private_cups(behaviour) as cups:
        assert open_transport(cups.address).status() == Status(heard=bool(said), said=said)
        assert open_transport(f"cups:tidak-ada@127.0.0.1:{cups.port}").reach() == Evidence(Seen.NOT_FOUND, why=Why.MISSING)
    assert open_transport(cups.address).reach() == Evidence(Seen.NOT_CONNECTED, why=Why.NO_SPOOLER)


def test_the_shop_asks_a_printer_only_when_it_is_its_turn(tmp_path: Path) -> None:
    with StandInPrinter(Fault.MUTE, status=WELL) as printer, open_backstage(tmp_path) as shop:
        assert shop.printers.check(printer.address) == PrinterChecked(None, heard=True, said=())
        with turn_at(open_transport(printer.address).device, shop.printers.locks), pytest.raises(ShopError) as busy:
            shop.printers.check(printer.address)
        assert busy.value.code is ErrorCode.PRINTER_BUSY


# --- looking for printers -----------------------------------------------------------------------------------------


def test_port_9100_is_found_at_an_address_that_was_typed() -> None:
    with StandInPrinter() as printer:
        assert find_at("127.0.0.1", printer.port) == FoundPrinter(printer.address, "127.0.0.1")
        printer.wait_until(lambda: printer.ended == 1)
        assert printer.jobs == [], "it was sent nothing"
    with StandInPrinter(Fault.REFUSE) as off:
        assert find_at("127.0.0.1", off.port) is None
    with pytest.raises(ShopError):
        find_at("di meja depan")


def test_the_queues_of_cups_are_found() -> None:
    with private_cups(Behaviour.ACCEPT) as cups:
        for place in (Place("127.0.0.1", cups.port), Place(str(cups.path))):
            (queue,) = cups_queues(place)
            assert (queue.name, queue.leads_to.partition(":")[0], bool(queue.model)) == ("struk", "epeken", True)
        cups.do("lpadmin", "-x", "struk")
        assert cups_queues(Place("127.0.0.1", cups.port)) == [], "a CUPS without queues says so in its own way"
    with pytest.raises(OSError, match=r".*"):
        cups_queues(Place("127.0.0.1", cups.port), 1.0)


def test_a_source_that_is_not_there_has_no_printers_and_stops_no_other() -> None:
    def broken() -> list[FoundPrinter]:
        raise ConnectionRefusedError

    def twice() -> list[FoundPrinter]:
        return [FoundPrinter("usb:0416:5011", "POS58"), FoundPrinter("usb:0416:5011", "POS58 again"), FoundPrinter("screen:", "Layar")]

    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert [printer.name for printer in find_printers(progress, [broken, twice])] == ["POS58", "Layar"]
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert find_printers(lambda done, total: False, [twice]) == [], "a person has enough of it"


def test_what_this_machine_tells_of_its_printers_can_be_printed_on() -> None:
    """Whatever is plugged in here: each source answers, and what it tells is an address."""
    for source in (lp_printers, usb_devices, windows_queues, serial_ports):
        for printer in source():
            transport: Transport = open_transport(printer.address)
            assert transport.device
            assert printer.name
    try:
        found = cups_printers()
    except OSError:
        found = []
    assert all(printer.address.startswith("cups:") for printer in found)


def test_a_device_of_the_systems_driver_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "lp0").write_text("a file")
    assert lp_printers((str(tmp_path),)) == []
