"""Runs the scripts on an open connection, all or none. Alembic is imported here and nowhere else: it costs half a second."""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from central.database import POSTGRES, NotReady

_LOCK: Final = 0x65_70_65_6B_65_6E
"""Of ours alone; any number would do."""


def upgrade(connection: Connection) -> None:
    """To the newest version, within the caller's transaction.

    Raises:
        NotReady: the database is newer than the program.
    """
    if connection.dialect.name == POSTGRES:
        # several processes may start at once: the first does it, the others find it done
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise NotReady("the database was made by a newer program: install that, or take another database") from error


def newest() -> str | None:
    """The newest script's revision."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "central:migrations")
    return config
