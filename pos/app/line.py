"""The line of one open shop: engine, long poll, mirror and pairing, as the workers and the screens use them.

Owns when each is made and which thread may call it; the rules are `pos.sync`'s. Implements `services.line_desk.LineDesk`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.services.line_desk import ShownGrant
from pos.services.line_views import LineQuality, MirrorState
from pos.services.ports import Ids, Secrets
from pos.sync.clock import HybridClock

if TYPE_CHECKING:
    from pos.domain.qris_request import IssuedQr
    from pos.local_db.store import SqliteStore
    from pos.services.ports import Till
    from pos.sync.client import Access, CentralClient
    from pos.sync.engine import SyncEngine, SyncRound
    from pos.sync.enrolment import DeviceGrant
    from pos.sync.mirror import Mirror
    from pos.ui.workers import Round

_log = logging.getLogger(__name__)

_STORE_TROUBLE_S: Final = 10.0
"""Seconds until the sync worker looks again at a store that could not be read."""
_UNPAIRED_S: Final = 900.0
"""Seconds until a worker looks again while there is no server: pairing wakes it."""
_WAIT_S: Final = 55
"""Seconds of a long poll: below a minute, after which many a router forgets a quiet connection."""
_WAIT_SPARE_S: Final = 15.0
_REST_S: Final = 90.0
"""Seconds that a quiet shop rests between two long polls: an idle day stays below a megabyte."""
_ALL: Final = 1_000_000
UNSENT_FILE: Final = "belum-terkirim.csv"
"""Name of the list of what is unsent, beside it on the stick."""
_LOOK_S: Final = 5.0
"""Seconds until the wait worker looks again whether a long poll may stand."""


class Line:
    """`once` is called by the sync worker, `wait_once` by the wait worker, the others by whoever."""

    def __init__(
        self,
        store: SqliteStore,
        secrets: Secrets,
        clock: HybridClock,
        ids: Ids,
        till: Callable[[], Till],
        mirror_place: Callable[[], str],
        *,
        rehearsal: bool = False,
    ) -> None:
        """`till`: as it is now; `mirror_place`: folder of the outbox's mirror as the preferences name it now, empty for none; `rehearsal`:
        there is no line at all, and whatever would use one is refused."""
        from pos.sync.meter import LineMeter

        self._store, self._secrets, self._clock, self._ids, self._till = store, secrets, clock, ids, till
        self._mirror_place, self._rehearsal = mirror_place, rehearsal
        self._meter = LineMeter()
        self._engine: tuple[str, SyncEngine] | None = None
        self._clients: list[CentralClient] = []
        self._waiter: tuple[str, CentralClient] | None = None
        self._grant: DeviceGrant | None = None
        self._grant_lock = threading.Lock()
        self._mirror: Mirror | None = None
        self._access: tuple[str, Access] | None = None
        self._asked = threading.Event()
        self._due = 0.0
        self._for_the_stick = False
        self._stopping = False
        self._error: ShopError | None = None
        self._wake: Callable[[], None] = _nothing

    def attach(self, wake: Callable[[], None]) -> None:
        """The sync worker runs: waking it means something from now on."""
        self._wake = wake

    def stop(self) -> None:
        """The till is closing: nobody waits for an answer any more. From any thread."""
        self._stopping = True
        for client in list(self._clients):
            client.abort()

    def close(self) -> None:
        """The workers are gone."""
        if self._engine is not None:
            self._engine[1].close()
        if self._waiter is not None:
            self._waiter[1].close()

    # --- the sync worker ---------------------------------------------------------------------------------------------

    def once(self) -> Round:
        """One piece of the sync worker's work: a round of the engine when it is due or something happened; and the stick."""
        from pos.ui.workers import Round

        try:
            shop = self._store.read.shop()
        except ShopError as error:
            self._error = error
            return Round(next_in=_STORE_TROUBLE_S, error=error)
        if not shop.device:
            self._error = None
            return Round(next_in=_UNPAIRED_S)
        left = self._due - self._clock.monotonic()
        if self._for_the_stick and left > 0 and not self._asked.is_set():
            # woken to look after the stick alone: the line is not due yet, and may need its rest
            found = Round(next_in=left, error=self._error)
        else:
            self._asked.clear()
            told: SyncRound = self._line(shop.central_url).run_once()
            self._error, self._due = told.error, self._clock.monotonic() + told.next_in
            found = Round(told.changed, told.new_orders, told.next_in, told.error, told.lost_steps)
        mirror = self._outbox_mirror()
        mirror.work()
        sooner = mirror.next_in(found.next_in)
        self._for_the_stick = sooner < found.next_in
        return replace(found, next_in=min(found.next_in, sooner))

    def sync_now(self, asked: bool) -> None:
        """Something happened; `asked`: a person wants it now, whatever the line did before."""
        if asked and self._engine is not None:
            self._engine[1].hurry()
        self._asked.set()
        self._wake()

    def last_error(self) -> ShopError | None:
        return self._error

    def _line(self, url: str) -> SyncEngine:
        """The engine for the server that the shop is paired with; made anew when that changes."""
        from random import SystemRandom

        from pos.sync.engine import SyncEngine

        if self._engine is None or self._engine[0] != url:
            connect = lambda: self._client(url)  # noqa: E731 -- anew each time: keys change
            engine = SyncEngine(self._store, self._clock.machine, self._ids, connect, SystemRandom().random, self._clock.heard)
            self._engine = url, engine
        return self._engine[1]

    def _client(self, url: str, read_s: float = 0.0) -> CentralClient:
        from pos.sync.client import Access, CentralClient
        from pos.sync.transport import Timeouts

        self._refuse_in_rehearsal()
        device = self._store.read.shop().device
        if self._access is None or self._access[0] != device:
            self._access = device, Access()
        access = self._access[1]
        timeouts = Timeouts(read=read_s, whole=read_s) if read_s else None
        client = CentralClient(
            url, self._secrets, self._clock.machine, self._ids, timeouts=timeouts, device=device, access=access, meter=self._meter
        )
        self._clients = [*self._clients[-3:], client]
        if self._stopping:
            client.abort()
        return client

    # --- the wait worker -----------------------------------------------------------------------------------------------

    def wait_once(self) -> Round:
        """One long poll, where the line holds: news wake the sync worker at once. Nothing is told by it, and nothing lost without it."""
        from pos.ui.workers import Round

        engine = self._engine
        if engine is None or self._stopping or not engine[1].may_wait:
            self._stand(waits=False)
            return Round(next_in=_LOOK_S)
        cursor, began = self._store.read.position().cursor, self._clock.monotonic()
        try:
            self._stand(waits=True)
            told = self._wait_client(engine[0]).wait(cursor, _WAIT_S)
        except ShopError as error:
            # a line that holds no long poll is asked now and then, as before
            self._stand(waits=False)
            _log.info("no long poll: %s %s", error.code.value, error.fields)
            return Round(next_in=_REST_S)
        if told.changed and not self._stopping:
            self.sync_now(asked=False)
            return Round(next_in=_LOOK_S)
        # one that ended early was sent away: another of this till's took its place, or the server stops
        early = self._clock.monotonic() - began < _WAIT_S / 2
        return Round(next_in=_REST_S if early else self._rest())

    def _stand(self, *, waits: bool) -> None:
        self._meter.waits = waits
        if self._engine is not None:
            self._engine[1].pace.waits = waits

    def _rest(self) -> float:
        """Seconds until the next long poll: none with open orders or while the shop is busy."""
        from pos.sync.pace import NIGHT_S, is_night

        engine = self._engine
        if self._store.read.digest()[3] or (engine is not None and not engine[1].pace.is_quiet(self._clock.monotonic())):
            return 0.0
        return NIGHT_S if is_night(self._clock.now()) else _REST_S

    def _wait_client(self, url: str) -> CentralClient:
        if self._waiter is None or self._waiter[0] != url:
            self._waiter = url, self._client(url, _WAIT_S + _WAIT_SPARE_S)
        return self._waiter[1]

    # --- what screens ask ------------------------------------------------------------------------------------------------

    def pair(self, url: str, code: str, name: str = "", expected: str = "") -> str:
        """Redeem a one-time code; see `pos.sync.enrolment.pair`. `name`: of this till; empty for the machine's own."""
        from pos.sync.enrolment import pair

        self._refuse_in_rehearsal()
        name = pair(self._store, self._secrets, self._clock.machine, self._ids, url, code, name or _own_name(), expected=expected)
        self._paired()
        return name

    def start_grant(self, url: str) -> ShownGrant:
        from pos.sync.enrolment import DeviceGrant

        self._refuse_in_rehearsal()
        with self._grant_lock:
            self._end_grant()
            grant = DeviceGrant(self._store, self._secrets, self._clock.machine, self._ids, url, _own_name())
            try:
                told = grant.start()
            except ShopError:
                grant.close()
                raise
            self._grant = grant
        return ShownGrant(
            told.user_code,
            told.verification_uri,
            told.verification_uri_complete or told.verification_uri,
            grant.seconds_left,
            grant.interval,
        )

    def poll_grant(self) -> tuple[str, float]:
        with self._grant_lock:
            if self._grant is None:
                raise ShopError(ErrorCode.GRANT_EXPIRED)
            name = self._grant.poll()
            interval = self._grant.interval
            if name:
                self._end_grant()
        if name:
            self._paired()
        return name, interval

    def end_grant(self) -> None:
        with self._grant_lock:
            self._end_grant()

    def leave(self, approval: Approval | None = None) -> None:
        from pos.services.line import refuse_while_unsent
        from pos.services.permission import may
        from pos.sync.enrolment import leave

        self._refuse_in_rehearsal()
        may(self._till(), Act.SETTINGS, approval)
        refuse_while_unsent(self._till())
        leave(self._store, self._secrets, self._clock, on_stick=True)
        self._paired()

    def let_go(self, folder: str, approval: Approval | None = None) -> int:
        from pos.config.files import replace_file
        from pos.services.line import let_go, print_unsent, unsent_list, unsent_text
        from pos.services.permission import may

        self._refuse_in_rehearsal()
        actor = may(self._till(), Act.LET_GO, approval)
        written = self.mirror_now(folder)
        told = unsent_list(self._till(), self._name(), actor)
        replace_file(self._outbox_mirror().folder_in(folder) / UNSENT_FILE, unsent_text(told).encode("utf-8"))
        aside = self._store.read.set_aside(_ALL)
        for row in aside:
            # beside what is unsent, for the officer: no request and no mirror carries these
            self.export_aside(row.id, str(self._outbox_mirror().folder_in(folder) / f"disisihkan-{row.id[:8]}.json"))
        # on paper before it is let go of: what was let go of and never listed would be nobody's
        print_unsent(self._till(), told)
        let_go(self._till(), approval)
        return written + len(aside)

    def ask_history(self) -> None:
        from pos.sync.recovery import want_shop

        want_shop(self._store, self._clock.now())
        self.sync_now(asked=True)

    def issue_qr(self, uid: str, amount: int, reference: str) -> IssuedQr:
        """A QR that the server issues; see `pos.sync.desk`."""
        from pos.sync.desk import CentralDesk

        url = self._store.read.shop().central_url
        if not url:
            raise ShopError(ErrorCode.NOT_PAIRED)
        return CentralDesk(lambda: self._client(url), self._clock.here).issue(uid, amount, reference)

    def quality(self) -> LineQuality:
        return self._meter.quality(self._clock.now())

    def mirror_state(self) -> MirrorState:
        return self._outbox_mirror().state()

    def mirror_now(self, folder: str = "") -> int:
        self._refuse_in_rehearsal()
        return self._outbox_mirror().write(folder)

    def send_aside_again(self, operation: str) -> None:
        from pos.services.line import send_aside_again

        send_aside_again(self._till(), operation)
        self.sync_now(asked=True)

    def export_aside(self, operation: str, target: str) -> None:
        from pos.config.files import replace_file
        from pos.services.line import aside_file

        self._refuse_in_rehearsal()
        replace_file(Path(target), aside_file(self._till(), operation))

    def _name(self) -> str:
        """Whose list it is: what the server calls this till begins so."""
        return self._store.read.shop().device[:8]

    def _refuse_in_rehearsal(self) -> None:
        """Nothing of a rehearsal gets to a server or onto a stick."""
        if self._rehearsal:
            raise ShopError(ErrorCode.REHEARSAL)

    def _outbox_mirror(self) -> Mirror:
        if self._mirror is None:
            from pos.sync.mirror import Mirror

            self._mirror = Mirror(self._store, self._secrets, self._clock, self._mirror_place)
        return self._mirror

    def _end_grant(self) -> None:
        if self._grant is not None:
            self._grant.close()
            self._grant = None

    def _paired(self) -> None:
        """Another pairing: other keys, another server, another mirror."""
        self._engine = self._waiter = None
        self._asked.set()
        self._wake()


def _own_name() -> str:
    from socket import gethostname

    return gethostname()[:60]


def _nothing() -> None:
    """Before the worker runs there is nobody to wake."""
