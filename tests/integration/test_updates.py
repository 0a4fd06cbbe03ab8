"""A till finds a newer program on its server or on a stick, fetches it while it sells, and says so: real sockets, a real central."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from central.world import Settings
from pos.app.updates import Updates
from pos.config.paths import Paths, find_paths
from pos.config.update_journal import UpdateJournal
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.update import Stage, Update, Wanted, Why
from pos.installing.manifest import MANIFEST
from pos.installing.program import OwnProgram
from pos.installing.signing import KEYS_VARIABLE
from pos.local_db.store import SqliteStore
from pos.services.preferences import Preferences
from pos.sync import download
from pos.sync.transport import Timeouts, Transport
from tests.helpers.central import City
from tests.helpers.officers import AT, Office
from tests.helpers.paired_tills import PairedTill
from tests.helpers.releases import RUN, UpdateServer, lay
from tests.helpers.tills import HandClock, sell, stock_up
from tests.helpers.update_machine import UpdateMachine

DATA = b"program " * 20_000
DAY_MS = 86_400_000
HOURS_6 = 6 * 3_600.0


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()
    monkeypatch.setenv(KEYS_VARIABLE, str(made.trusted_by(tmp_path / "keys.json")))
    return made


class Following:
    """A till of version 0.1.0 that follows a server; `later` lets hours go by."""

    def __init__(self, folder: Path, url: str = "", **preferences: str) -> None:
        self.paths: Paths = find_paths(str(folder))
        self.paths.make()
        self.clock = HandClock(AT)
        self.preferences = replace(Preferences(), **preferences)  # type: ignore[arg-type]
        self.url = url
        self.begin()

    def begin(self) -> None:
        """A till of the same folder opens."""
        program = OwnProgram(self.paths.data / "program")
        program.platform = RUN
        clock, pace = self.clock, 1 << 40
        self.updates = Updates(self.paths, clock, lambda: self.preferences, lambda: self.url, program, "0.1.0", pace)

    def later(self) -> tuple[str, ...]:
        """The next look's time has come; what was said."""
        self.clock.pass_by(HOURS_6 + 1)
        return tuple(sentence for _, sentence in self.updates.once().say)

    @property
    def update(self) -> Update:
        return self.updates.state().update


@pytest.fixture
def shelf(tmp_path: Path, office: Office) -> Path:
    return lay(tmp_path / "www", office, "0.2.0", DATA)


@pytest.fixture
def server(shelf: Path) -> Iterator[UpdateServer]:
    with UpdateServer({f"/updates/{file.name}": file.read_bytes() for file in shelf.iterdir()}) as made:
        yield made


@pytest.fixture
def follow(tmp_path: Path) -> Iterator[Callable[..., Following]]:
    made: list[Following] = []

    def till(url: str = "", **preferences: str) -> Following:
        made.append(Following(tmp_path / f"toko {len(made)}", url, **preferences))
        return made[-1]

    yield till
    for each in made:
        each.updates.close()


def publish(server: UpdateServer, shelf: Path) -> None:
    server.files = {f"/updates/{file.name}": file.read_bytes() for file in shelf.iterdir()}


def test_nothing_is_asked_in_the_morning_and_then_it_comes_by_itself(server: UpdateServer, follow: Callable[..., Following]) -> None:
    till = follow(server.url)
    assert till.updates.once().next_in == pytest.approx(180.0)
    assert server.asked == []
    assert till.later() == ("Pembaruan siap. Versi 0.2.0 dipasang sendiri waktu program ditutup.",)
    assert (till.update.stage, till.update.version) == (Stage.READY, "0.2.0")
    assert (till.paths.updates / till.update.name).read_bytes() == DATA
    assert till.later() == (), "once it is here nothing more is said"
    assert [asked.path for asked in server.asked].count(f"/updates/{till.update.name}") == 1


def test_an_owner_who_wants_to_be_asked_hears_of_it_and_says_when(server: UpdateServer, follow: Callable[..., Following]) -> None:
    till = follow(server.url, updates="ask")
    assert till.later() == ("Ada versi baru. Versi 0.2.0 bisa diambil di Kesehatan, Pembaruan.",)
    assert till.later() == ()
    assert till.update.stage is Stage.FOUND
    till.updates.want(Wanted.CLOSING)
    till.updates.once()
    assert (till.update.stage, till.update.wanted) == (Stage.READY, Wanted.CLOSING)


def test_it_goes_on_after_the_line_broke_and_after_the_till_was_closed(server: UpdateServer, follow: Callable[..., Following]) -> None:
    till = follow(server.url)
    server.break_after, server.breaks = 70_000, 2
    till.later()
    assert (till.update.stage, till.updates.state().here) == (Stage.LOADING, 65_536)
    first = till.updates.once()
    assert first.error is not None
    assert first.next_in == 60.0
    till.updates.close()
    till.begin()
    till.updates.once()
    assert till.update.stage is Stage.READY
    assert [asked.headers.get("range", "") for asked in server.asked][1:] == ["", "bytes=65536-", "bytes=131072-"]


def test_closing_the_till_ends_a_download_at_once_and_keeps_what_came(server: UpdateServer, follow: Callable[..., Following]) -> None:
    till = follow(server.url)
    server.between = lambda count: till.updates.stop() if count == 2 else None
    till.later()
    assert till.update.stage is Stage.LOADING
    server.between = lambda _: None
    till.updates.close()
    till.begin()
    till.updates.once()
    assert till.update.stage is Stage.READY


def test_a_file_that_is_another_one_is_thrown_away_and_asked_for_again_much_later(
    server: UpdateServer, follow: Callable[..., Following]
) -> None:
    till = follow(server.url)
    place = next(path for path in server.files if path.endswith(".run"))
    server.files[place] = DATA[:-1] + b"!"
    till.clock.pass_by(HOURS_6)
    told = till.updates.once()
    assert told.error is not None
    assert told.error.code is ErrorCode.UPDATE_DAMAGED
    assert told.next_in == HOURS_6
    server.files[place] = DATA
    till.updates.once()
    assert till.update.stage is Stage.READY


@pytest.mark.parametrize(
    ("version", "other", "code"),
    [
        ("0.1.0", {}, None),
        ("0.0.9", {}, ErrorCode.UPDATE_OLDER),
        ("0.2.0", {"platform": "deb-amd64"}, ErrorCode.UPDATE_OTHER_MACHINE),
        ("0.2.0", {"channel": "beta"}, ErrorCode.UPDATE_OTHER_MACHINE),
        ("2.0.0", {"from_version": "1.0.0"}, ErrorCode.UPDATE_TOO_FAR),
        ("2.0.0", {"from_schema": 9_000}, ErrorCode.UPDATE_TOO_FAR),
    ],
    ids=["same", "older", "other machine", "other channel", "too far", "data too old"],
)
def test_a_release_that_is_not_for_this_till_changes_nothing(
    tmp_path: Path,
    office: Office,
    server: UpdateServer,
    follow: Callable[..., Following],
    version: str,
    other: dict[str, str],
    code: ErrorCode | None,
) -> None:
    stick = lay(tmp_path / "stick", office, version, DATA, **other)
    publish(server, stick)
    till = follow(server.url)
    assert till.later() == ()
    assert till.update == Update()
    if code is None:
        assert till.updates.take_from(str(stick), lambda done, total: True) == ""
    else:
        with pytest.raises(ShopError) as refused:
            till.updates.take_from(str(stick), lambda done, total: True)
        assert refused.value.code is code
    assert not till.paths.update_state.exists()


def test_a_manifest_of_another_office_is_refused_on_the_line_and_on_the_stick(
    tmp_path: Path, server: UpdateServer, follow: Callable[..., Following]
) -> None:
    stick = lay(tmp_path / "stick", Office(), "0.2.0", DATA)
    publish(server, stick)
    till = follow(server.url)
    assert till.later() == ()
    error = till.updates.state().error
    assert error is not None
    assert error.code is ErrorCode.UPDATE_FORGED
    with pytest.raises(ShopError) as refused:
        till.updates.take_from(str(stick), lambda done, total: True)
    assert refused.value.code is ErrorCode.UPDATE_FORGED
    assert till.update == Update()


def test_an_old_manifest_is_taken_and_told_to_be_old(
    tmp_path: Path, office: Office, server: UpdateServer, follow: Callable[..., Following]
) -> None:
    publish(server, lay(tmp_path / "www2", office, "0.2.0", DATA, fresh_until=AT - 30 * DAY_MS))
    till = follow(server.url)
    till.later()
    assert (till.update.stage, till.updates.state().stale) == (Stage.READY, True)


# --- from a stick -----------------------------------------------------------------------------------------------


def test_a_stick_is_copied_checked_and_may_be_pulled_out(shelf: Path, follow: Callable[..., Following]) -> None:
    till = follow()
    seen: list[tuple[int, int]] = []
    assert till.updates.take_from(str(shelf), lambda done, total: seen.append((done, total)) is None) == "0.2.0"
    assert seen[-1] == (len(DATA), len(DATA))
    shutil.rmtree(shelf)
    assert (till.update.stage, till.update.wanted) == (Stage.READY, Wanted.CLOSING)
    assert (till.paths.updates / till.update.name).read_bytes() == DATA


def test_a_stick_without_its_file_or_with_a_torn_one_changes_nothing(shelf: Path, follow: Callable[..., Following]) -> None:
    till = follow()
    file = next(shelf.glob("*.run"))

    def refusal() -> ErrorCode:
        with pytest.raises(ShopError) as refused:
            till.updates.take_from(str(shelf), lambda done, total: True)
        assert till.update == Update()
        assert list(till.paths.updates.iterdir()) == []
        return refused.value.code

    file.write_bytes(DATA[:-1])
    assert refusal() is ErrorCode.UPDATE_DAMAGED
    file.write_bytes(DATA[:-1] + b"!")
    assert refusal() is ErrorCode.UPDATE_DAMAGED
    file.write_bytes(DATA + b"!")
    assert refusal() is ErrorCode.UPDATE_DAMAGED
    file.unlink()
    assert refusal() is ErrorCode.UPDATE_MISSING
    (shelf / MANIFEST).unlink()
    assert refusal() is ErrorCode.UPDATE_MISSING


def test_stopping_the_copy_leaves_nothing(shelf: Path, follow: Callable[..., Following]) -> None:
    till = follow()
    assert till.updates.take_from(str(shelf), lambda done, total: False) == ""
    assert (till.update, list(till.paths.updates.iterdir())) == (Update(), [])


def test_a_full_disk_is_said_before_a_byte_is_fetched(
    shelf: Path, server: UpdateServer, follow: Callable[..., Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000_000})())
    till = follow(server.url)
    till.later()
    error = till.updates.state().error
    assert error is not None
    assert error.code is ErrorCode.DISK_FULL
    with pytest.raises(ShopError) as refused:
        till.updates.take_from(str(shelf), lambda done, total: True)
    assert refused.value.code is ErrorCode.DISK_FULL
    assert [asked.path for asked in server.asked] == ["/updates/manifest.json"]


def test_a_disk_that_fills_up_in_the_middle_is_said_and_it_goes_on_once_there_is_room(
    server: UpdateServer, follow: Callable[..., Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    till = follow(server.url)
    with monkeypatch.context() as patch:
        patch.setattr(download, "_SETTLE", 100_000)
        patch.setattr(download, "_settle", full)
        till.later()
    error = till.updates.state().error
    assert error is not None
    assert (error.code, till.update.stage) == (ErrorCode.DISK_FULL, Stage.LOADING)
    till.updates.once()
    assert till.update.stage is Stage.READY
    assert server.asked[-1].headers["range"] == "bytes=131072-"


# --- what came of it --------------------------------------------------------------------------------------------


def test_what_came_of_the_last_closing_is_said_once(follow: Callable[..., Following]) -> None:
    till = follow()
    journal = UpdateJournal(till.paths.updates)
    journal.keep(Update(Stage.ROLLED_BACK, "0.2.0", before="0.1.0", why=Why.DOES_NOT_RUN))
    till.begin()
    [(kind, sentence)] = till.updates.told()
    assert kind == "fault"
    assert sentence.startswith("Pembaruan 0.2.0 dibatalkan. Kasir tetap versi 0.1.0, data toko seperti sebelumnya.")
    assert till.updates.told() == ()
    till.begin()
    assert till.updates.told() == ()


def test_one_that_did_not_stand_the_trial_is_tried_again_only_when_somebody_says_so(
    server: UpdateServer, follow: Callable[..., Following]
) -> None:
    till = follow(server.url)
    till.later()
    known = till.update
    UpdateJournal(till.paths.updates).keep(replace(known, stage=Stage.ROLLED_BACK, why=Why.DOES_NOT_RUN, tries=3))
    till.begin()
    assert till.later() == ()
    assert till.update.stage is Stage.ROLLED_BACK
    till.updates.want(Wanted.CLOSING)
    till.updates.once()
    assert (till.update.stage, till.update.tries) == (Stage.READY, 0)


# --- with the city ----------------------------------------------------------------------------------------------


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The till's side is what is shown here; one kind of database is enough."""
    shutil.copy(sqlite_template, tmp_path / "city.db")
    return f"sqlite:///{tmp_path / 'city.db'}"


def test_the_reference_central_serves_updates_with_ranges(
    shelf: Path, city_with: Callable[[Settings], City], follow: Callable[..., Following]
) -> None:
    city = city_with(Settings(updates=str(shelf)))
    till = follow(city.url)
    till.paths.updates.mkdir()
    till.later()
    assert till.update.stage is Stage.READY
    # what a till had half of, it goes on with
    again = follow(city.url)
    name, half = till.update.name, len(DATA) // 2
    again.paths.updates.mkdir()
    (again.paths.updates / f"{name}.part").write_bytes(DATA[:half])
    UpdateJournal(again.paths.updates).keep(replace(till.update, stage=Stage.LOADING))
    again.begin()
    again.updates.once()
    assert (again.paths.updates / name).read_bytes() == DATA
    line = Transport(again.clock, "epeken-pos/0.1.0", Timeouts())
    with line.stream(f"{city.url}/updates/{name}", {"Range": f"bytes={half}-"}) as answer:
        assert (answer.status, b"".join(answer.pieces)) == (206, DATA[half:])
        tag = answer.headers["ETag"]
    assert not tag.startswith("W/")
    with line.stream(f"{city.url}/updates/{name}", {"Range": f"bytes={half}-", "If-Range": '"another"'}) as answer:
        assert answer.status == 200, "another file is sent whole"
    line.close()


def test_what_goes_back_is_what_the_city_knows_and_needs_no_new_epoch(tmp_path: Path, city_with: Callable[[Settings], City]) -> None:
    city = city_with(Settings())
    shop = city.shop()
    till = PairedTill(tmp_path / "toko")
    till.pair(city.url, city.code(shop))
    goods = stock_up(till.till)
    sell(till.till, goods[0])
    till.settle()
    sell(till.till, goods[1])
    epoch = till.till.store.read.shop().epoch
    assert till.waiting
    till.close()
    machine = UpdateMachine(tmp_path, "not well at home")
    assert machine.close().stage is Stage.ROLLED_BACK
    assert city.summary(shop)["sales"] == 1, "nothing was told meanwhile"
    till.start()
    till.settle()
    assert till.till.store.read.shop().epoch == epoch
    assert city.summary(shop)["sales"] == 2
    assert isinstance(till.till.store, SqliteStore)
    assert till.till.store.read.check() == []
    till.close()
