"""A second PostgreSQL beside the first: a base backup that lies there, or a standby that follows until its line is cut."""

from __future__ import annotations

import atexit
import os
import pwd
import tempfile
import threading
from pathlib import Path

import psycopg

from tests.helpers.postgres import PostgresServer

_PATIENCE = 200


class CopyOfServer(PostgresServer):
    """Made by pg_basebackup of a server that runs. A standby (`follows`) is started at once, a backup when it is needed."""

    def __init__(self, of: PostgresServer, *, follows: bool) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="epeken-pg-"))
        self._as = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._data = self._folder / "data"
        self._made = 0
        atexit.register(self.close)
        words = ("--write-recovery-conf",) if follows else ()
        self._run("pg_basebackup", "-D", str(self._data), "-h", str(of._folder), "-U", "postgres", "-c", "fast", "--no-sync", *words)
        if follows:
            self.start()

    def catch_up(self, with_: PostgresServer) -> None:
        """Wait until everything that the other has committed is here, too."""
        with psycopg.connect(with_._conninfo("postgres")) as there, psycopg.connect(self._conninfo("postgres"), autocommit=True) as here:
            row = there.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
            assert row is not None
            pause = threading.Event()
            for _ in range(_PATIENCE):
                if here.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", (row[0],)).fetchone() == (True,):
                    return
                pause.wait(0.05)
        raise AssertionError("the standby does not catch up")

    def stop_following(self) -> None:
        """Its line to the first is cut: from now on it lags."""
        with (self._data / "postgresql.auto.conf").open("a") as file:
            file.write("primary_conninfo = ''\n")
        self._run("pg_ctl", "-D", str(self._data), "reload")
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as here:
            pause = threading.Event()
            for _ in range(_PATIENCE):
                if here.execute("SELECT count(*) FROM pg_stat_wal_receiver").fetchone() == (0,):
                    return
                pause.wait(0.05)
        raise AssertionError("the standby follows still")

    def promote(self) -> None:
        """It is the first now; returns when it takes writes."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "promote")
