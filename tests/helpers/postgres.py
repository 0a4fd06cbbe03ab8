"""Debian's PostgreSQL 15 for tests: a server of its own in a temporary folder, on a unix socket only, as user postgres when we are root."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
_PORT = 5432


class PostgresServer:
    """Started when made, stopped and removed by `close()`, or when the process that made it ends. Nothing that it holds survives, so it
    need not wait for a disk."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="epeken-pg-"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._data = self._folder / "data"
        self._made = 0
        atexit.register(self.close)
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it; returns when it answers."""
        options = {
            "listen_addresses": "''",
            "unix_socket_directories": str(self._folder),
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "60",
        }
        words = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", words, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it as an operator does (`fast`) or as a power cut does (`immediate`)."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def new_database(self) -> str:
        """An empty database; returns its name."""
        self._made += 1
        name = f"city{self._made}"
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def url(self, name: str) -> str:
        """As the central takes it."""
        return f"postgresql+psycopg://postgres@:{_PORT}/{name}?host={self._folder}"

    def close(self) -> None:
        """Stop the server and remove what it kept."""
        atexit.unregister(self.close)
        if (self._data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self._folder)

    def _conninfo(self, name: str) -> str:
        return f"host={self._folder} port={_PORT} user=postgres dbname={name}"

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [PROGRAMS / program, *words], cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **self._as
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')[-500:]}")


def empty(url: str, tables: Sequence[str]) -> None:
    """Remove all rows, children before their parents, and begin the numbers anew. Quicker than a new database for each test."""
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        connection.execute("SET lock_timeout = '10s'")
        for table in reversed(tables):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute("ALTER SEQUENCE shop_id_seq RESTART")
