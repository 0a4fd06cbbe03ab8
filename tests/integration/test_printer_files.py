"""Printers that are files: devices, pipes, and plain files; and the addresses that people set."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Evidence, Seen, Why
from pos.printing.transports import FileTransport, NetworkTransport, ScreenTransport, deadline_of, open_transport
from pos.printing.transports.screen import KEPT


def test_papers_are_collected_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "struk.bin"
    transport = open_transport(f"file:{file}")
    assert transport.reach() is None
    assert transport.send(b"first", 1).whole
    handed = transport.send(b"second", 1)
    assert (handed.bytes, handed.whole, handed.confirmed) == (6, True, False)
    assert file.read_bytes() == b"firstsecond"


def test_a_device_that_is_missing_is_not_made_into_a_file() -> None:
    transport = FileTransport(Path("/dev/epeken-no-such-printer"))
    assert transport.send(b"struk", 1).bytes == 0
    assert transport.reach() == Evidence(Seen.NOT_FOUND, why=Why.MISSING)
    assert not Path("/dev/epeken-no-such-printer").exists()


def test_a_missing_folder_or_a_folder_takes_nothing(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "where", tmp_path):
        handed = FileTransport(path).send(b"struk", 1)
        assert (handed.bytes, handed.whole) == (0, False)
        assert handed.evidence.seen in (Seen.NOT_FOUND, Seen.NOT_CONNECTED)


def test_a_full_disk_took_nothing_and_says_so() -> None:
    handed = FileTransport(Path("/dev/full")).send(b"struk", 1)
    assert (handed.bytes, handed.whole) == (0, False)
    assert handed.evidence.why is Why.FULL


def test_a_pipe_without_a_reader_takes_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    assert FileTransport(pipe).send(b"struk", 1).bytes == 0


def test_a_device_that_hangs_is_given_up_in_time(tmp_path: Path) -> None:
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        handed = FileTransport(pipe).send(b"x" * 1_000_000, 0.3)
        assert 0 < handed.bytes < 1_000_000
        assert handed.evidence == Evidence(Seen.HUNG, handed.bytes, 1_000_000)
        closing = FileTransport(pipe).send(b"x", 30, give_up=lambda: True)
        assert closing.evidence == Evidence(Seen.TILL_CLOSED, 0, 1)
    finally:
        os.close(reader)


def test_a_slow_device_gets_everything(tmp_path: Path) -> None:
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    got = bytearray()

    def read() -> None:
        with pipe.open("rb", buffering=0) as device:
            while piece := device.read(1_000):
                got.extend(piece)

    device = threading.Thread(target=read)
    keep = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    device.start()
    assert FileTransport(pipe).send(b"y" * 300_000, 20).whole
    device.join(10)
    os.close(keep)
    assert bytes(got) == b"y" * 300_000


def test_the_screen_keeps_the_last_papers() -> None:
    screen = ScreenTransport()
    for number in range(KEPT + 5):
        assert open_transport("screen:", screen).send(b"%d" % number, 1).whole
    assert screen.papers[0] == b"5"
    assert len(screen.papers) == KEPT


def test_addresses_are_read_as_people_set_them() -> None:
    assert isinstance(open_transport("tcp://192.168.1.50:9100"), NetworkTransport)
    assert isinstance(open_transport("tcp://printer-depan"), NetworkTransport)
    assert isinstance(open_transport("tcp://[::1]:9100"), NetworkTransport)
    assert isinstance(open_transport("screen:"), ScreenTransport)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "printer",
        "tcp://",
        "tcp://a b:9100",
        "tcp://a:99999",
        "file:",
        "usb:1",
        "serial:",
        "cups:",
        "windows:",
        "tcp://a..b:9100",
        "tcp://é:9100",
        "file:/dev/usb\0lp0",
    ],
)
def test_what_is_no_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(ShopError) as refused:
        open_transport(address)
    assert refused.value.code is ErrorCode.PRINTER_NOT_FOUND


def test_a_long_paper_has_more_time_than_a_short_one() -> None:
    assert deadline_of(1_000) == 11.0
    assert deadline_of(26_000) == 36.0
