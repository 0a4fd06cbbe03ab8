"""Whose turn it is at a physical printer: an operating system's lock, shared by all tills of this machine. Owns the locks' names."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_log = logging.getLogger(__name__)


class NotOurTurn(Exception):
    """Somebody else is printing there."""


@contextmanager
def turn_at(device: str, folder: Path) -> Iterator[None]:
    """The printer for us alone, until the block ends.

    Raises:
        NotOurTurn: it is another's just now.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(lock_file(folder, device))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise NotOurTurn from None
    except OSError as error:
        # another user's lock, a temporary folder that is read-only: a shop that cannot print is worse than two tills taking turns badly
        _log.warning("no lock for the printer: %s", error.strerror)
    try:
        yield
    finally:
        lock.release()


def lock_file(folder: Path, device: str) -> Path:
    """The file whose lock is the turn at a printer (`Transport.device`)."""
    name = hashlib.sha256(device.encode("utf-8", "replace")).hexdigest()[:16]
    return folder / f"epeken-pos-printer-{name}.lock"
