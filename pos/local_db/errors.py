"""The one table from the database's and the disk's errors to the shop's. No foreign error leaves this room."""

from __future__ import annotations

import errno
import sqlite3
from types import TracebackType
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

_DATABASE: Final = {
    "SQLITE_FULL": ErrorCode.DISK_FULL,
    "SQLITE_READONLY": ErrorCode.FOLDER_READ_ONLY,
    "SQLITE_CANTOPEN": ErrorCode.FOLDER_READ_ONLY,
    "SQLITE_PERM": ErrorCode.FOLDER_READ_ONLY,
    "SQLITE_BUSY": ErrorCode.STORE_BUSY,
    "SQLITE_LOCKED": ErrorCode.STORE_BUSY,
    "SQLITE_CORRUPT": ErrorCode.STORE_DAMAGED,
    "SQLITE_NOTADB": ErrorCode.STORE_DAMAGED,
    # no room for the index of the WAL, which lies in a file of its own
    "SQLITE_IOERR_SHMSIZE": ErrorCode.DISK_FULL,
    "SQLITE_IOERR": ErrorCode.STORE_DAMAGED,
}
"""By the beginning of SQLite's own name of the error (its extended names add what the system said), the first that fits."""

_DISK: Final = {
    errno.ENOSPC: ErrorCode.DISK_FULL,
    errno.EDQUOT: ErrorCode.DISK_FULL,
    # a stick whose file system takes no file as large as that (FAT32)
    errno.EFBIG: ErrorCode.DISK_FULL,
    errno.EROFS: ErrorCode.FOLDER_READ_ONLY,
    errno.EACCES: ErrorCode.FOLDER_READ_ONLY,
    errno.EPERM: ErrorCode.FOLDER_READ_ONLY,
    errno.ENOTDIR: ErrorCode.FOLDER_READ_ONLY,
}


def shop_error(error: BaseException) -> ShopError | None:
    """The known failure behind an error of SQLite or the disk; None for a bug."""
    if isinstance(error, OSError):
        code = _DISK.get(error.errno or 0)
        return ShopError(code, detail=errno.errorcode.get(error.errno or 0, "")) if code else None
    name: str = getattr(error, "sqlite_errorname", None) or ""
    for beginning, code in _DATABASE.items():
        if name.startswith(beginning):
            return ShopError(code, detail=name)
    return None


class translated:
    """Run calls of the database or the disk; known failures come out as ShopError, bugs as they are.

    A class with a verb's name: as a generator it cost three times as much, several times a sale.
    """

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, (sqlite3.Error, OSError)):
            known = shop_error(error)
            if known is not None:
                raise known from error
