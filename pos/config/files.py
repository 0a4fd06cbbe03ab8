"""Small files written whole or not at all, and what a disk says translated to the shop's errors. Knows no content."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})


@contextmanager
def disk_errors() -> Iterator[None]:
    """Run file calls; an OSError comes out as ShopError DISK_FULL, or FOLDER_READ_ONLY for anything else that forbids writing."""
    try:
        yield
    except OSError as error:
        code = ErrorCode.DISK_FULL if error.errno in _FULL else ErrorCode.FOLDER_READ_ONLY
        raise ShopError(code, detail=error.strerror or "") from error


def replace_file(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file so that after a power cut either the old or the new content is there, never half of one.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY; the old file is untouched then.
    """
    fresh = path.with_name(path.name + ".new")
    with disk_errors():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(fresh, data, mode)
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _write(path: Path, data: bytes, mode: int) -> None:
    # made anew with its mode, so that no moment exists in which others could read it
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
