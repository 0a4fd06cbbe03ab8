"""A newer program fetched over a line that breaks, lies and forgets: in the end the right file is there, or none."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.sync.download import Download, Wanted
from pos.sync.transport import Timeouts, Transport
from tests.helpers.releases import Served, UpdateServer, head, listed
from tests.helpers.shops import SteppingClock

DATA = random.Random(7).randbytes(300_000)
OTHER = random.Random(8).randbytes(300_000)
NAME = "epeken-pos_0.2.0_x86_64.run"


class Fetching:
    """A till's download of one file, tried again as its worker would, with what the server called it remembered."""

    def __init__(self, server: UpdateServer, folder: Path) -> None:
        file = listed(NAME, DATA)
        self.wanted = Wanted(f"{server.url}/{NAME}", NAME, file.size, file.sha256)
        self.folder, self.validator = folder, ""
        self.paused: list[float] = []
        self.stop_at = -1
        self.line = Transport(SteppingClock(), "epeken-pos/0.1.0", Timeouts(2.0, 2.0, 30.0))

    def once(self) -> bool:
        return Download(self.line, self.wanted, self.folder, self.pause, self.validator, self.remember, pace=100_000).run()

    def pause(self, seconds: float) -> bool:
        self.paused.append(seconds)
        return len(self.paused) == self.stop_at

    def remember(self, validator: str) -> None:
        self.validator = validator

    def until_here(self, tries: int = 20) -> int:
        for number in range(1, tries):
            try:
                if self.once():
                    return number
            except ShopError as error:
                if error.code is not ErrorCode.NO_LINE:
                    raise
        raise AssertionError("it never came")

    def refused(self) -> ErrorCode:
        with pytest.raises(ShopError) as refused:
            self.once()
        return refused.value.code

    @property
    def file(self) -> Path:
        return self.folder / NAME


@pytest.fixture
def server() -> Iterator[UpdateServer]:
    with UpdateServer({f"/{NAME}": DATA}) as made:
        yield made


@pytest.fixture
def till(server: UpdateServer, tmp_path: Path) -> Iterator[Fetching]:
    made = Fetching(server, tmp_path / "updates")
    yield made
    made.line.close()


def sent(server: UpdateServer) -> list[int]:
    """Where each request wanted the file to begin."""
    return [int(asked.headers.get("range", "bytes=0-")[6:-1]) for asked in server.asked]


def test_it_goes_on_where_the_line_broke_and_fetches_no_byte_twice(server: UpdateServer, till: Fetching) -> None:
    server.breaks, server.break_after = 5, 50_000
    assert till.until_here() == 6
    assert till.file.read_bytes() == DATA
    begins = sent(server)
    assert begins == sorted(begins)
    assert begins[-1] >= 5 * 32_768, "what had come was kept"
    assert {asked.headers.get("if-range") for asked in server.asked[1:]} == {'"1"'}
    assert {asked.headers["accept-encoding"] for asked in server.asked} == {"identity"}


def test_a_power_cut_between_two_pieces_costs_nothing_but_them(server: UpdateServer, till: Fetching, tmp_path: Path) -> None:
    till.stop_at = 4
    assert not till.once()
    after = Fetching(server, till.folder)
    after.validator = till.validator
    assert after.once()
    assert after.file.read_bytes() == DATA
    assert sent(server)[1] == 4 * 32_768
    after.line.close()


def test_the_pace_is_bounded_by_a_rest_after_each_piece(till: Fetching) -> None:
    assert till.once()
    assert sum(till.paused) == pytest.approx(len(DATA) / 100_000)


def test_a_server_that_knows_no_ranges_sends_all_of_it_again(server: UpdateServer, till: Fetching) -> None:
    server.ranges, server.breaks, server.break_after = False, 2, 100_000
    assert till.until_here() == 3
    assert till.file.read_bytes() == DATA


def test_a_server_that_calls_its_file_nothing_is_gone_on_with_and_checked_at_the_end(server: UpdateServer, till: Fetching) -> None:
    server.etag, server.breaks, server.break_after = None, 1, 100_000
    assert till.until_here() == 2
    assert till.file.read_bytes() == DATA


def test_another_file_in_the_middle_is_noticed_and_begun_anew(server: UpdateServer, till: Fetching) -> None:
    server.breaks, server.break_after = 1, 100_000
    with pytest.raises(ShopError):
        till.once()
    server.files[f"/{NAME}"], server.etag = OTHER, '"2"'
    assert till.refused() is ErrorCode.UPDATE_DAMAGED
    assert list(till.folder.iterdir()) == []
    server.files[f"/{NAME}"], server.etag = DATA, '"3"'
    assert till.once()
    assert till.file.read_bytes() == DATA


def test_another_file_under_the_same_name_and_tag_is_found_out_by_its_digest(server: UpdateServer, till: Fetching) -> None:
    server.breaks, server.break_after = 1, 100_000
    with pytest.raises(ShopError):
        till.once()
    server.files[f"/{NAME}"] = OTHER
    assert till.refused() is ErrorCode.UPDATE_DAMAGED
    assert list(till.folder.iterdir()) == []
    server.files[f"/{NAME}"] = DATA
    assert till.once()


def raw(body: bytes, length: int, status: str = "200 OK", **more: str) -> Callable[[Served], bytes]:
    return lambda _: head(status, length, **more) + body


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (raw(DATA, len(DATA) + 1), ErrorCode.UPDATE_DAMAGED),
        (raw(DATA[:-1], len(DATA) - 1), ErrorCode.UPDATE_DAMAGED),
        (raw(DATA[:-1], len(DATA)), ErrorCode.NO_LINE),
        (lambda _: b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + DATA + b"more", ErrorCode.UPDATE_DAMAGED),
        (lambda _: b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + DATA[:-9], ErrorCode.NO_LINE),
        (raw(OTHER, len(OTHER)), ErrorCode.UPDATE_DAMAGED),
        (raw(b"", 0, "404 Not Found"), ErrorCode.CENTRAL_REFUSED),
        (raw(b"", 0, "302 Found", Location="http://127.0.0.1:9/x"), ErrorCode.CENTRAL_REFUSED),
        (raw(b"", 0, "416 Range Not Satisfiable"), ErrorCode.UPDATE_DAMAGED),
        (raw(DATA, len(DATA), "206 Partial Content", **{"Content-Range": f"bytes 5-{len(DATA)}/{len(DATA)}"}), ErrorCode.UPDATE_DAMAGED),
        (raw(DATA, len(DATA), "206 Partial Content", **{"Content-Range": "bytes 0-299999/400000"}), ErrorCode.UPDATE_DAMAGED),
        (raw(DATA, len(DATA), **{"Content-Encoding": "gzip"}), ErrorCode.UPDATE_DAMAGED),
        (lambda _: b"SSH-2.0-OpenSSH\r\n", ErrorCode.CENTRAL_UNREADABLE),
    ],
    ids=[
        "longer",
        "shorter",
        "cut",
        "endless",
        "ends early",
        "other file",
        "gone",
        "elsewhere",
        "no range",
        "place",
        "total",
        "gzip",
        "ssh",
    ],
)
def test_a_server_that_lies_is_believed_in_nothing(
    server: UpdateServer, till: Fetching, answer: Callable[[Served], bytes], code: ErrorCode
) -> None:
    server.answer = answer
    assert till.refused() is code
    assert not till.file.exists()
    server.answer = None
    assert till.once(), "and once it is itself again the file comes"
    assert till.file.read_bytes() == DATA


def test_a_part_that_is_too_long_or_of_something_else_is_begun_anew(server: UpdateServer, till: Fetching) -> None:
    till.folder.mkdir()
    (till.folder / f"{NAME}.part").write_bytes(OTHER + b"more")
    assert till.once()
    assert till.file.read_bytes() == DATA


def test_a_full_disk_is_said_and_what_came_stays(till: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    from pos.sync import download

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "_SETTLE", 65_536)
    monkeypatch.setattr(download, "_settle", full)
    with pytest.raises(OSError, match="No space"):
        till.once()
    monkeypatch.undo()
    assert till.once()
    assert till.file.read_bytes() == DATA
