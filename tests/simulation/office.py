"""The central behind a counter of bytes: asked, restarted, put back to an older file, updated to a newer program.

Real are its routes, their work, its database (a file of SQLite) and its rules; left out are the socket and the threads before them.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from requests.structures import CaseInsensitiveDict
from sqlalchemy import exc

from central import buyers, enrolment, shops
from central.goods import forget_tombstones
from central.opening import open_world
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, nonce
from central.tokens import bearer
from central.web import bodies
from central.web.route import Call, Route
from central.web.routes import ROUTES
from central.world import DAY, Settings, World
from pos.local_db.upkeep import PAYLOAD_DAYS
from pos.sync.transport import Answer
from tests.helpers.central import SeenChance
from tests.simulation.line import ADDRESS, Letter
from tests.simulation.times import CityTime

_PLACES: Final = tuple(
    (route, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path))) for route in ROUTES if route.path.startswith("/v1/")
)


class Office:
    """One central. `life` counts how often it was put back: what was promised in an earlier life may be forgotten."""

    def __init__(self, file: Path, blank: Path, time: CityTime, settings: Settings) -> None:
        """`file`: where its database lies; `blank`: an empty one of the newest shape."""
        self.time = time
        self.settings = settings
        self.life = 0
        self.file = file
        self._backups: list[Path] = []
        self._made_at: dict[Path, int] = {}
        self._chance = SeenChance()
        file.parent.mkdir(exist_ok=True)
        shutil.copy(blank, self.file)
        self._open()

    def _open(self) -> None:
        self.world: World = open_world(f"sqlite:///{self.file}", self.settings, self.time, self._chance)
        self._reader = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, isolation_level=None)

    # --- at its door ---------------------------------------------------------------------------------------------------

    def ask(self, letter: Letter) -> Answer:
        """What the central answers to these bytes. A fault of it is not caught: it ends the play."""
        for route, place in _PLACES:
            found = place.fullmatch(letter.path)
            if found is not None and route.method == letter.method:
                return self._served(route, letter, found.groupdict())
        raise AssertionError(f"nobody asks for {letter.method} {letter.path}")

    def _served(self, route: Route, letter: Letter, path: dict[str, str]) -> Answer:
        try:
            response = bodies.answer(self._work(route, letter, path), packs=False)
        except Refusal as refused:
            response = bodies.refusal(refused, route.who.scheme)
        headers = CaseInsensitiveDict({name: value for name, value in response.headers.items()})
        if route.who.is_till:
            headers["DPoP-Nonce"] = nonce(self.world.keys, self.time.now(), self.settings.nonce_s)
        return Answer(response.status_code, headers, bytes(response.body))

    def _work(self, route: Route, letter: Letter, path: dict[str, str]) -> Any:
        if len(letter.body) > bodies.MAX_BODY:
            raise Refusal(ProblemCode.BODY_TOO_LARGE)
        message = bodies.read_message(letter.body, route.request) if route.request is not None else None
        asked = Asked(
            method=letter.method,
            url=ADDRESS + letter.path,
            proof=letter.headers.get("DPoP", ""),
            access_token=bearer(letter.headers.get("Authorization", ""), route.who.scheme),
            address="10.0.0.1",
        )
        try:
            told = route.work(self.world, Call(asked, message, path, dict(parse_qsl(letter.query)), ADDRESS))
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            raise Refusal(ProblemCode.BUSY, retry_after=5) from error
        if isinstance(told, Refusal):
            raise told
        return told

    # --- what happens to it ------------------------------------------------------------------------------------------------

    def restart(self) -> None:
        """Killed and started: what it had in memory is gone."""
        self.close()
        self._open()

    def back_up(self) -> None:
        target = self.file.with_name(f"backup-{len(self._backups)}.db")
        self._made_at[target] = self.time.now()
        with closing(sqlite3.connect(self.file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        self._backups.append(target)

    def backup(self, which: int) -> Path | None:
        """The one that many before the newest, of those that are young enough: what tills have told they keep for PAYLOAD_DAYS."""
        young = [file for file in self._backups if self.time.now() - self._made_at[file] < PAYLOAD_DAYS * DAY]
        return young[-1 - which % len(young)] if young else None

    def put_back(self, backup: Path) -> None:
        """It has lost its disk, and an operator takes a backup. It does not know that it was put back."""
        self.close()
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()
        shutil.copy(backup, self.file)
        self.life += 1
        self._open()

    def ask_for_a_newer_program(self, protocol: int) -> None:
        """From now on older programs are not fed."""
        self.settings = replace(self.settings, min_protocol=protocol)
        self.restart()

    def tidy(self) -> None:
        """What an operator's timer does: old tombstones and tokens go."""
        with self.world.database.write() as connection:
            forget_tombstones(connection, self.time.now() - 180 * DAY)
            shops.forget_tokens(connection, self.time.now())

    # --- what an officer does ----------------------------------------------------------------------------------------------

    def new_shop(self, name: str) -> str:
        with self.world.database.write() as connection:
            return shops.add_shop(self.world, connection, name, "Jl. Kenanga 12", 0)

    def new_code(self, shop: str) -> str:
        with self.world.database.write() as connection:
            return enrolment.new_code(self.world, connection, shops.find_shop(connection, shop))

    def new_buyer(self, name: str) -> str:
        """The buyer's token."""
        with self.world.database.write() as connection:
            return buyers.add_buyer(self.world, connection, name, "081234563841", "ASN")

    def revoke(self, shop: str, device: str) -> None:
        with self.world.database.write() as connection:
            try:
                shops.revoke(self.world, connection, shops.find_shop(connection, shop), device)
            except shops.NotFound:
                # a central that was put back has never heard of it
                return

    # --- what is in it ---------------------------------------------------------------------------------------------------------

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a question to its database gives."""
        return self._reader.execute(query, values).fetchall()

    def close(self) -> None:
        self._reader.close()
        self.world.database.close()
