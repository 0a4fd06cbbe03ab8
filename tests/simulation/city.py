"""The city, step by step: something happens to somebody, tills that are due talk, and now and then the faults end and all must come right.

Owns what may happen and when; what must hold is in `invariants`.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from central.world import HOUR, Settings
from pos.sync import protocol as wire
from pos.sync import snapshot
from pos.sync.engine import MEET_EVERY_S
from pos.sync.transport import Answer
from tests.simulation import faults as kinds
from tests.simulation.books import feed_place
from tests.simulation.counter import SHELF, PlayedTill, shelf_product
from tests.simulation.faults import Faults
from tests.simulation.line import Fate, Letter, Line
from tests.simulation.office import Office
from tests.simulation.records import Records, hold
from tests.simulation.street import Buyer
from tests.simulation.times import YEAR_MS, CityTime, TillClock

ROUNDS: Final = 80
"""Rounds in which a till with a healthy line must have nothing left to say or to hear, before and after a day has passed."""
NIGHTS: Final = 2
"""Days that may pass meanwhile: a till mends itself by reading afresh once a day at most."""
LONGEST_WAIT_S: Final = 3_700.0
"""No wait of an engine is longer: a retry that never fires is the fault that others have."""
MOST_TILLS: Final = 6
_SETTLED: Final = "SELECT id FROM outbox WHERE payload <> x'' AND state IN ('applied', 'refused', 'quarantined')"
_TELLABLE: Final = "SELECT id FROM outbox WHERE payload <> x''"
PAGES: Final = (2, 5, 250)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Files that are made once: an empty store, an empty central; and where the central of the present play lies."""

    store: Path
    central: Path
    live: Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A till's file of an earlier hour."""

    till: PlayedTill
    file: Path
    secrets: dict[str, str]


def told_in(store: Path) -> set[str]:
    """Operations that a till's file can still tell."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as raw:
        return {row[0] for row in raw.execute(_TELLABLE)}


def told_on_server(database: Path) -> set[str]:
    """Operations that a central's file has."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as raw:
        return {row[0] for row in raw.execute("SELECT id FROM operation")}


class City:
    """One play's. To be closed."""

    def __init__(self, folder: Path, blanks: Blanks, seed: int, faults: Faults | None = None) -> None:
        self.dice = random.Random(seed)
        self.time = CityTime()
        self.folder = folder
        self.records = Records()
        self.faults = faults or kinds.drawn(self.dice)
        self.page = self.dice.choice(PAGES)
        self.protocol = wire.PROTOCOL_VERSION
        self.steps = 0
        self.story: list[str] = []
        self._blanks = blanks
        self._places = 0
        self._snapshots: list[Snapshot] = []
        self.tills: list[PlayedTill] = []
        self.buyers: list[Buyer] = []
        self.office = Office(
            blanks.live, blanks.central, self.time, Settings(pay_within=HOUR, accept_within=4 * HOUR, pickup_within=3 * HOUR)
        )

    # --- setting up ------------------------------------------------------------------------------------------------------

    def found(self) -> None:
        """Shops with their tills and goods, buyers, and a first backup."""
        for number in range(self.dice.choice((1, 1, 2))):
            shop = self.office.new_shop(f"Toko {number}")
            held = self.records.shop(shop)
            held.server_key = self.office.world.keys.public
            held.goods |= {shelf_product(shop, item).uid for item in range(SHELF)}
            for _ in range(self.dice.choice((1, 2))):
                self._add_till(shop)
            self.tills[-1].stock_up()
        for name in ("Rina Wati", "Budi Santoso"):
            self.buyers.append(Buyer(name, self.office.new_buyer(name), self.dice, self._ask))
        self.calm()
        self._begin_orders()
        self.office.back_up()
        self._let_loose()

    def _begin_orders(self) -> None:
        """Some orders are under way when the first fault comes, each as far as it has come: a period is short for a whole one."""
        for buyer in self.buyers:
            for shop in self.records.shops:
                buyer.begin(shop)
        for _ in range(self.dice.choice((0, 1, 2))):
            self.calm()
            for till in self.tills:
                till.attempt(till.take_care_of_orders)
        self.calm()

    def _add_till(self, shop: str) -> PlayedTill:
        place = self._place()
        place.mkdir()
        shutil.copy(self._blanks.store, place / "shop.db")
        return self._till(place, shop)

    def _till(self, place: Path, shop: str) -> PlayedTill:
        clock = TillClock(self.time)
        line = Line(self.time, self.dice, self._ask, lambda *_: None, protocol=self.protocol, page=self.page)
        till = PlayedTill(place.name, shop, place, clock, line, self.dice)
        clock.till = till
        line.heard = lambda letter, answer: self._heard(till, letter, answer)
        self.tills.append(till)
        return till

    def _heard(self, till: PlayedTill, letter: Letter, answer: Answer) -> None:
        def devices() -> list[str]:
            rows = self.office.rows("SELECT d.uid FROM device d JOIN shop s ON s.id = d.shop WHERE s.uid = ?", till.shop)
            return [row[0] for row in rows]

        till.head = self.records.heard(till.shop, till.store.read.shop().device, devices, letter, answer) or till.head

    def _place(self) -> Path:
        self._places += 1
        return self.folder / f"till-{self._places}"

    def _ask(self, letter: Letter) -> Answer:
        return self.office.ask(letter)

    # --- a step ----------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Time passes, one thing happens, and whoever is due talks."""
        self.steps += 1
        self.time.pass_by(self.dice.choice((0.5, 3, 10, 30, 60, 60, 300)))
        for till in self.tills:
            till.line.arrive()
        till = self.dice.choice(self.tills)
        if self.dice.random() < self.faults.death:
            self.dice.choice(self.tills).effects.die_after(self.dice.randrange(14))
        moves = self._moves()
        move = self.dice.choices([move for move, _ in moves], [weight for _, weight in moves])[0]
        name = getattr(move, "__qualname__", "").rpartition(".")[2].strip("_")
        self.tell(f"{name} {till.name}")
        move(till)
        self._talk()
        for each in self.tills:
            each.effects.spare()
            self.look_at(each)

    def _moves(self) -> list[tuple[Callable[[PlayedTill], object], int]]:
        def by(verb: Callable[[PlayedTill], object]) -> Callable[[PlayedTill], object]:
            def done(till: PlayedTill) -> None:
                till.attempt(lambda: verb(till))

            done.__qualname__ = verb.__qualname__
            return done

        odd = self.faults
        return [
            (by(PlayedTill.sell), 24),
            (by(PlayedTill.change_goods), 5),
            (by(PlayedTill.move_stock), 3),
            (by(PlayedTill.take_back), 3),
            (by(PlayedTill.move_cash), 2),
            (by(PlayedTill.close_drawer), 2),
            (by(PlayedTill.take_care_of_orders), 16),
            (self._is_tidied, 2),
            (by(PlayedTill.is_hurried), 4),
            (self._buyer_wishes, 8),
            (self._buyer_goes_on, 18),
            (self._buyer_comes, 10),
            (self._snapshot, 4 if odd.restore else 0),
            (self._goes_down, odd.outage),
            (self._clock_jumps, odd.clock),
            (self._disk_fills_up, odd.full_disk),
            (self._is_cloned, odd.clone if len(self.tills) < MOST_TILLS else 0),
            (self._is_restored, odd.restore),
            (self._server_is_put_back, odd.put_back),
            (self._server_is_backed_up, 2 if odd.put_back else 0),
            (self._server_is_restarted, odd.restart),
            (self._is_revoked, odd.revoke),
            (self._tells_the_unknown, odd.unknown),
            (self._tells_too_much, odd.too_much),
            (self._server_is_updated, odd.newer_server),
            (self._is_updated, 2 if odd.newer_server else 0),
            (self._sleeps, odd.long_sleep),
            (self._buyer_comes_late, odd.late_buyer),
            (self._wakes_in_another_year, odd.another_year),
        ]

    def _talk(self) -> None:
        """Tills that are due, in any order, a few rounds each."""
        due = [till for till in self.tills if till.due_at <= self.time.seconds]
        self.dice.shuffle(due)
        for till in due:
            for _ in range(self.dice.choice((1, 1, 2, 4))):
                if till.due_at > self.time.seconds:
                    break
                lived = till.attempt(till.sync)
                self.tell(f"    {till.name} talks{'' if lived else ' and dies'}: {till.last}; {till.stands}")
                if not lived:
                    break
            if till.wants_a_code and self.dice.random() < 0.3:
                till.attempt(lambda till=till: till.pair(self.office.new_code(till.shop)))  # type: ignore[misc]

    # --- what happens to tills -----------------------------------------------------------------------------------------------

    def _buyer_wishes(self, till: PlayedTill) -> None:
        self.dice.choice(self.buyers).wish(till.shop)

    def _buyer_goes_on(self, _: PlayedTill) -> None:
        self.dice.choice(self.buyers).go_on()

    def _buyer_comes(self, till: PlayedTill) -> None:
        """With a code on the phone, to one of the shop's tills."""
        wish = self.dice.choice(self.buyers).with_code(till.shop)
        if wish is not None:
            till.attempt(lambda: till.hand_over(wish.code))

    def _buyer_comes_late(self, till: PlayedTill) -> None:
        """The line is down, the order's time runs out meanwhile, and the buyer stands there with a code that is good."""
        wish = self.dice.choice(self.buyers).with_code(till.shop)
        if wish is None:
            return
        till.line.down_until = self.time.seconds + 5 * 3_600
        self.time.pass_by(4 * 3_600)
        till.attempt(lambda: till.hand_over(wish.code))

    def _goes_down(self, till: PlayedTill) -> None:
        till.line.down_until = self.time.seconds + self.dice.choice((60, 600, 7_200))

    def _clock_jumps(self, till: PlayedTill) -> None:
        till.machine.skew_ms = self.dice.choice((0, 600_000, -3_600_000, 10 * YEAR_MS, -10 * YEAR_MS))

    def _wakes_in_another_year(self, till: PlayedTill) -> None:
        """Its battery is dead, there is no line yet, and somebody buys."""
        till.machine.skew_ms = self.dice.choice((10, -10, -3)) * YEAR_MS
        till.line.down_until = self.time.seconds + 600
        till.restart()
        till.attempt(till.sell)

    def _disk_fills_up(self, till: PlayedTill) -> None:
        if self.dice.random() < 0.5:
            till.store.fill_up()
        else:
            till.store.make_room()

    def _snapshot(self, till: PlayedTill) -> None:
        place = self._place()
        till.copy(place)
        self._snapshots.append(Snapshot(till, place / "shop.db", dict(till.secrets.kept)))

    def _is_cloned(self, till: PlayedTill) -> None:
        """Someone copies the data folder to another machine, and both go on; the keys come along, or they do not."""
        place = self._place()
        till.copy(place)
        clone = self._till(place, till.shop)
        self.tell(f"    {clone.name} is the copy")
        clone.machine.skew_ms = till.machine.skew_ms
        if self.dice.random() < 0.7:
            clone.secrets.kept = dict(till.secrets.kept)
        clone.told = set(till.told)
        clone.head = till.head

    def _is_restored(self, _: PlayedTill) -> None:
        if not self._snapshots:
            return
        snapshot = self.dice.choice(self._snapshots)
        if self._would_be_the_last_copy(told_in(snapshot.file), self._told_by_others(snapshot.till), told_on_server(self.office.file)):
            return
        self.tell(f"    {snapshot.till.name} goes back to {snapshot.file.parent.name}")
        snapshot.till.put_back(snapshot.file, snapshot.secrets if self.dice.random() < 0.3 else None)
        self.note_losses()

    def _told_by_others(self, but: PlayedTill | None) -> set[str]:
        """Operations that tills can still tell."""
        return {row[0] for till in self.tills if till is not but for row in till.rows(_TELLABLE)}

    def _would_be_the_last_copy(self, *kept: set[str]) -> bool:
        """Whether what the server has had once would be nowhere any more. One file that comes back loses nothing that was told; what a
        second one in its place may lose is nobody's to promise."""
        self.records.told |= told_on_server(self.office.file)
        return not self.records.told <= set[str]().union(*kept)

    def _is_tidied(self, till: PlayedTill) -> None:
        """The till forgets what was acknowledged long ago. Not while a server that was put back has still to hear of it: it has 35 days."""
        if self.records.told <= told_on_server(self.office.file):
            till.attempt(till.tidy)

    def _is_revoked(self, till: PlayedTill) -> None:
        device = till.store.read.shop().device
        if device:
            self.office.revoke(till.shop, device)

    def _tells_the_unknown(self, till: PlayedTill) -> None:
        operation = till.ids.new()
        self.records.shop(till.shop).unknown.add(operation)
        till.attempt(lambda: till.tell_the_unknown(operation))

    def _tells_too_much(self, till: PlayedTill) -> None:
        operation = till.ids.new()
        self.records.shop(till.shop).too_much.add(operation)
        till.attempt(lambda: till.tell_too_much(operation))

    def _is_updated(self, till: PlayedTill) -> None:
        till.line.protocol = self.protocol
        till.restart()

    def _sleeps(self, _: PlayedTill) -> None:
        """Everybody is away for days or months; the operator's timers run."""
        self.time.pass_by(86_400 * self.dice.choice((1, 3, 40, 200)))
        self.office.tidy()

    # --- what happens to the server ------------------------------------------------------------------------------------------

    def _server_is_put_back(self, _: PlayedTill) -> None:
        backup = self.office.backup(self.dice.randrange(3))
        if backup is None or self._would_be_the_last_copy(self._told_by_others(None), told_on_server(backup)):
            return
        self.office.put_back(backup)
        self.tell(f"    to {backup.name}")
        self.records.life = self.office.life
        self.note_losses()

    def _server_is_backed_up(self, _: PlayedTill) -> None:
        self.office.back_up()

    def _server_is_restarted(self, _: PlayedTill) -> None:
        self.office.restart()

    def _server_is_updated(self, _: PlayedTill) -> None:
        self.protocol += 1
        self.office.ask_for_a_newer_program(self.protocol)

    # --- the faults end --------------------------------------------------------------------------------------------------------

    def calm(self) -> None:
        """No further fault, and everybody gets what they wait for: lines, room, updates, codes. Then time passes until all is quiet."""
        self.tell("the faults end")
        for till in self.tills:
            till.line.fates, till.line.weights, till.line.down_until = (Fate.FAIR,), (1,), 0.0
            till.line.protocol = self.protocol
            till.effects.spare()
            till.store.make_room()
            for _, letter in sorted(till.line.late, key=lambda item: item[0]):
                self.office.ask(letter)
            till.line.late.clear()
        for buyer in self.buyers:
            buyer.losing = 0.0
        # each till shows itself before it is called quiet
        self.time.pass_by(MEET_EVERY_S)
        for _ in range(NIGHTS + 1):
            if self._comes_to_rest():
                return
            self.time.pass_by(90_000)
        hold(13, False, f"the tills do not come to rest: {[self.state_of(till) for till in self.tills]}")

    def _comes_to_rest(self) -> bool:
        most = {till.name: till.rounds + ROUNDS for till in self.tills}
        while True:
            till = min(self.tills, key=lambda each: each.due_at)
            late = max(self.tills, key=lambda each: each.due_at)
            hold(13, late.due_at <= self.time.seconds + LONGEST_WAIT_S, f"{late.name} wants to wait until {late.due_at}")
            self.time.pass_by(max(0.0, till.due_at - self.time.seconds))
            if till.wants_a_code:
                till.pair(self.office.new_code(till.shop))
            till.sync()
            self.tell(f"    {till.name} talks: {till.last}; {till.stands}")
            if all(each.rounds >= most[each.name] - ROUNDS + 3 for each in self.tills) and all(map(self._rests, self.tills)):
                return True
            if till.rounds >= most[till.name]:
                return False

    def _rests(self, till: PlayedTill) -> bool:
        read = till.store.read
        line, position = read.line(), read.position()
        timeline, feed_seq, *digest = self.office.rows(
            "SELECT timeline, feed_seq, products, movements, on_hand, open_orders FROM shop WHERE uid = ?", till.shop
        )[0]
        at_end = position.cursor.split(".")[0] == timeline and feed_place(position.cursor) == str(feed_seq)
        same = list(read.digest()[:4]) == digest and line.digest_ok
        return at_end and same and not line.waiting and not till.wants_a_code and not snapshot.goes_on(read)

    def _let_loose(self) -> None:
        """The faults begin again."""
        for till in self.tills:
            till.line.fates, till.line.weights = self.faults.fates, self.faults.weights
        for buyer in self.buyers:
            buyer.losing = self.faults.losing

    def go_on(self) -> None:
        self._let_loose()

    def tell(self, what: str) -> None:
        """A line of the story, for whoever plays a seed again."""
        self.story.append(f"{self.time.seconds:9.1f} {what}")

    # --- the records -----------------------------------------------------------------------------------------------------------

    def look_at(self, till: PlayedTill) -> None:
        """Note what a till has sold since it was looked at, and that all it has told anyone of is there."""
        rows = till.rows("SELECT id, uid, number, total FROM sale WHERE id > ? ORDER BY id", till.seen_to)
        if rows:
            till.seen_to = rows[-1][0]
            self.records.sales_seen(till.shop, (row[1:] for row in rows), till.name)
            till.held.update(row[1] for row in rows)
        missing = till.told - till.held
        hold(1, not missing, f"{till.name} has lost {sorted(missing)} that it had sold")
        self._look_at_settled(till)
        self.records.shop(till.shop).orders |= {row[0] for row in till.rows("SELECT uid FROM online_order")}

    def _look_at_settled(self, till: PlayedTill) -> None:
        """What a till calls settled, the central has had: looked at as soon as it is called so, for what comes later may hide it."""
        known = self.records.shop(till.shop).settled
        new = {row[0] for row in till.rows(_SETTLED)} - known
        there = {key for key in new if self.office.rows("SELECT 1 FROM operation WHERE id = ?", key)}
        hold(11, new <= there, f"{till.name} calls settled what the server has never heard of: {sorted(new - there)}")
        known |= new

    def note_losses(self) -> None:
        """An older file has come back somewhere: what was never told, and is in no outbox now, nobody can tell any more."""
        for till in self.tills:
            self.look_at(till)
        there = self._told_by_others(None) | told_on_server(self.office.file)
        for held in self.records.shops.values():
            held.gone |= held.sold.keys() - there

    def state_of(self, till: PlayedTill) -> str:
        """How far a till is from rest, in a line."""
        read = till.store.read
        position, line, shop = read.position(), read.line(), read.shop()
        there = self.office.rows("SELECT products, movements, on_hand, open_orders, feed_seq FROM shop WHERE uid = ?", till.shop)[0]
        stands = f"{till.name} {shop.device[-4:]} epoch {position.epoch}, acked {position.acked_seq} of {position.last_seq}"
        feed = f"feed {feed_place(position.cursor)} of {there[4]}, digest {read.digest()[:4]} beside {there[:4]}"
        return f"{stands}, {line.waiting} waiting, {feed}, reads afresh {snapshot.goes_on(read)}, wants a code {till.wants_a_code}"

    def close(self) -> None:
        for till in self.tills:
            till.stop()
        self.office.close()
