"""Ways to printers: addresses, names in the network, USB names, IPP's bytes, what Windows says, and what a printer answers."""

from __future__ import annotations

import struct
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Said
from pos.printing.answers import answer_of
from pos.printing.transports import open_transport
from pos.printing.transports.cups import cups_address
from pos.printing.transports.ipp import GET_JOB, Place, decoded, encoded, first, uri
from pos.printing.transports.lookup import Info, UnknownName, look_up
from pos.printing.transports.queue import Look, Stage
from pos.printing.transports.usb import usb_printers
from pos.printing.transports.usb_names import UsbName, device_of_lp, model_of_lp, usb_name
from pos.printing.transports.winspool import WindowsTransport, job_look, windows_printers
from tests.helpers.usb_printer import PRODUCT, VENDOR, UsbPrinter


@pytest.mark.parametrize(
    ("address", "device"),
    [
        ("tcp://127.0.0.1:9100", "tcp 127.0.0.1 9100"),
        ("tcp://127.0.0.1", "tcp 127.0.0.1 9100"),
        ("serial:/dev/rfcomm0@19200", "serial /dev/rfcomm0"),
        ("serial:/dev/ttyUSB0", "serial /dev/ttyUSB0"),
        ("usb:0416:5011", "usb 0416:5011"),
        ("usb:0416:5011:A1", "usb 0416:5011:A1"),
        ("cups:struk@kantor:631", "cups kantor 631 struk"),
        ("cups:struk@/run/x.sock", "cups /run/x.sock 631 struk"),
        ("windows:POS-58 (2)", "windows pos-58 (2)"),
        ("file:/dev/usb/lp0", "file /dev/usb/lp0"),
        ("screen:", "screen"),
    ],
)
def test_an_address_names_a_physical_printer(address: str, device: str) -> None:
    assert open_transport(address).device == device


@pytest.mark.parametrize(
    "address",
    ["serial:ttyUSB0", "serial:/dev/tty@x", "serial:/dev/tty@12", "usb:16:5011", "usb:", "cups:a b", "cups:struk@host:99999", "lpt:1",
     "cups:struk@", "windows: ", "windows:" + "x" * 300, "serial:/dev/tty\0", "COM3"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ShopError) as refused:
        open_transport(address)
    assert refused.value.code is ErrorCode.PRINTER_NOT_FOUND


def test_a_line_is_as_fast_as_its_baud() -> None:
    assert open_transport("serial:/dev/ttyS9@115200").speed == 11_520
    assert open_transport("serial:/dev/ttyS9").speed == 960
    assert open_transport("tcp://127.0.0.1").speed == 1_000


# --- names in the network -------------------------------------------------------------------------------------------


def test_figures_need_no_name_server() -> None:
    def nobody(host: str, port: int) -> list[Info]:
        raise AssertionError("asked")

    assert look_up("192.168.1.50", 9100, 0.0, nobody)[0][4] == ("192.168.1.50", 9100)
    assert look_up("::1", 9100, 0.0, nobody)[0][4][:2] == ("::1", 9100)


def test_a_name_server_that_does_not_answer_is_not_waited_for_and_not_asked_twice() -> None:
    asked, may_answer = [], threading.Event()

    def slow(host: str, port: int) -> list[Info]:
        asked.append(host)
        may_answer.wait(10)
        return [(2, 1, 6, "", ("10.0.0.9", port))]

    for _ in range(3):
        with pytest.raises(UnknownName) as late:
            look_up("printer-depan", 9100, 0.05, slow)
        assert late.value.late
    assert asked == ["printer-depan"]
    may_answer.set()
    assert look_up("printer-depan", 9100, 5.0, slow)[0][4] == ("10.0.0.9", 9100)


def test_a_name_that_nobody_has_is_said_at_once() -> None:
    with pytest.raises(UnknownName) as unknown:
        look_up("printer-depan", 9100, 5.0, lambda host, port: [])
    assert not unknown.value.late


# --- USB ------------------------------------------------------------------------------------------------------------


def test_a_usb_name_is_read_as_it_is_written() -> None:
    assert usb_name("0416:5011") == UsbName(0x0416, 0x5011)
    assert usb_name("04B8:0E27:X7") == UsbName(0x04B8, 0x0E27, "X7")
    assert str(UsbName(0x0416, 0x5011, "X7")) == "0416:5011:X7"
    for wrong in ("416:5011", "0416-5011", "0416:5011:a b", "0416:5011:", "zzzz:5011"):
        assert usb_name(wrong) is None


def test_the_systems_own_driver_and_libusb_lead_to_one_printer(tmp_path: Path) -> None:
    device = tmp_path / "devices" / "1-2"
    (device / "1-2:1.0").mkdir(parents=True)
    for name, text in {
        "idVendor": "0416\n",
        "idProduct": "5011\n",
        "serial": "A1\n",
        "manufacturer": "Zjiang\n",
        "product": "POS58\n",
    }.items():
        (device / name).write_text(text)
    (tmp_path / "lp0").mkdir()
    (tmp_path / "lp0" / "device").symlink_to(device / "1-2:1.0")
    assert device_of_lp("/dev/usb/lp0", tmp_path) == "usb 0416:5011:A1" == open_transport("usb:0416:5011:A1").device
    assert model_of_lp("/dev/usb/lp0", tmp_path) == "Zjiang POS58"
    assert device_of_lp("/dev/usb/lp1", tmp_path) == model_of_lp("/dev/usb/lp1", tmp_path) == ""


def test_only_devices_with_a_printers_interface_are_printers() -> None:
    assert [str(printer.name) for printer in usb_printers(UsbPrinter())] == [f"{VENDOR:04x}:{PRODUCT:04x}"]
    assert usb_printers(UsbPrinter(printer_class=8)) == []


# --- IPP ------------------------------------------------------------------------------------------------------------


def test_a_question_to_cups_is_written_as_the_standard_says() -> None:
    asked = encoded(GET_JOB, [(0x45, "printer-uri", ("ipp://localhost/printers/x",)), (0x21, "job-id", (7,))])
    assert asked[:9] == b"\x01\x01\x00\x09\x00\x00\x00\x01\x01"
    assert b"\x47\x00\x12attributes-charset\x00\x05utf-8" in asked
    assert b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07" in asked
    assert asked[-1:] == b"\x03"
    assert b"\x44\x00\x00\x00\x01b" in encoded(GET_JOB, [(0x44, "k", ("a", "b"))]), "further values have no name"
    assert uri(Place("/run/x"), "/printers/x") == "ipp://localhost:631/printers/x"


def test_an_answer_of_cups_is_read() -> None:
    def attribute(tag: int, name: str, raw: bytes) -> bytes:
        return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw

    answer = (
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x01"
        + attribute(0x47, "attributes-charset", b"utf-8")
        + b"\x02"
        + attribute(0x21, "job-id", struct.pack(">i", 12))
        + attribute(0x23, "job-state", struct.pack(">i", 9))
        + attribute(0x44, "job-state-reasons", b"none")
        + attribute(0x44, "", b"more")
        + attribute(0x13, "time-at-processing", b"")
        + attribute(0x22, "b", b"\x01")
        + attribute(0x31, "date", b"\x07\xe0")
        + b"\x03"
    )
    found = decoded(answer)
    assert (found.status, len(found.groups)) == (0, 1)
    (job,) = found.groups
    assert (first(job, "job-id"), first(job, "job-state"), first(job, "time-at-processing"), first(job, "nothing")) == (12, 9, None, None)
    assert (job["job-state-reasons"], first(job, "b"), first(job, "date")) == (["none", "more"], True, b"\x07\xe0")


@given(st.binary(max_size=80))
@settings(max_examples=300)
def test_what_is_no_answer_is_an_error_of_the_line_and_not_a_bug(data: bytes) -> None:
    try:
        decoded(data)
    except OSError:
        return


def test_a_queue_of_another_machine_has_its_place() -> None:
    assert cups_address("struk@kantor:8631") == ("struk", Place("kantor", 8631))
    assert cups_address("struk@kantor") == ("struk", Place("kantor", 631))
    found = cups_address("struk")
    assert found is not None
    assert found[0] == "struk"
    assert cups_address("stru/k") is None


# --- Windows --------------------------------------------------------------------------------------------------------


def test_what_windows_says_of_a_job_is_never_more_than_it_knows() -> None:
    assert job_look(None) == Look(Stage.DONE, begun=True)
    assert job_look(0x80) == Look(Stage.DONE, begun=True)
    assert job_look(0) == Look(Stage.WAITING, begun=False)
    assert job_look(0x10) == Look(Stage.PRINTING, begun=True)
    assert job_look(0x01 | 0x20) == Look(Stage.WAITING, False, (Said.PAUSED, Said.OFFLINE))
    assert job_look(0x100) == Look(Stage.TAKEN_OUT, begun=False)
    assert job_look(0x10 | 0x04 | 0x40) == Look(Stage.TAKEN_OUT, True, (Said.PAPER_OUT,))


def test_elsewhere_than_on_windows_there_are_no_printers_of_windows() -> None:
    assert windows_printers() == []
    handed = WindowsTransport("Struk").send(b"struk", 1.0)
    assert (handed.bytes, handed.whole) == (0, False)


# --- what a printer answers -----------------------------------------------------------------------------------------


def test_an_answer_about_a_printers_state_is_read_by_its_bits() -> None:
    assert answer_of(1, 0x12) == ()
    assert answer_of(1, 0x1A) == (Said.OFFLINE,)
    assert answer_of(2, 0x12 | 0x04 | 0x20) == (Said.COVER_OPEN, Said.PAPER_OUT)
    assert answer_of(2, 0x12 | 0x40) == (Said.FAULT,)
    assert answer_of(4, 0x12 | 0x0C) == (Said.PAPER_LOW,)
    assert answer_of(4, 0x12 | 0x6C) == (Said.PAPER_LOW, Said.PAPER_OUT)
    assert answer_of(4, 0x00) is None, "silence and noise are no answer"
    assert answer_of(1, 0xFF) is None
