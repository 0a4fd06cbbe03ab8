"""The disk under SQLite, watched: every sync that the database asks for, and a disk that says that it is full.

A VFS (sqlite.org, "The SQLite OS Interface") that hands everything on to the system's own, around the functions of open files. Loaded into
the very library that the sqlite3 module uses, and made the default while a test wants it, so the store under test is opened as always.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_OK: Final = 0
_FULL: Final = 13
_POINTER: Final = ctypes.c_void_p
_OPEN: Final = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, _POINTER)
_WRITE: Final = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, ctypes.c_int, ctypes.c_int64)
_SYNC: Final = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", _POINTER),
        ("zName", ctypes.c_char_p),
        ("pAppData", _POINTER),
        ("xOpen", _POINTER),
        ("others", _POINTER * 15),
    )


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("xClose", _POINTER),
        ("xRead", _POINTER),
        ("xWrite", _POINTER),
        ("xTruncate", _POINTER),
        ("xSync", _POINTER),
        ("others", _POINTER * 13),
    )


class WatchedDisk:
    """What happens on the disk. `full` set makes every write fail as on a disk without room.

    Attributes:
        syncs: names of the files that were synced, in order.
    """

    def __init__(self) -> None:
        self.syncs: list[str] = []
        self.full = False
        self._library = _sqlite_library()
        self._library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._system: Any = self._library.sqlite3_vfs_find(None).contents
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        # whatever C may call has to live as long as the process
        self._kept: list[object] = []
        self._vfs = _Vfs.from_buffer_copy(self._system)
        self._vfs.zName = b"watched"
        self._vfs.pNext = None
        self._open_below = _OPEN(self._system.xOpen)
        self._vfs.xOpen = self._c(_OPEN(self._open))

    def _c(self, function: Any) -> Any:
        self._kept.append(function)
        return ctypes.cast(function, _POINTER)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        result: int = self._open_below(vfs, name, file, flags, out)
        methods = ctypes.cast(file, ctypes.POINTER(_POINTER))
        if result == _OK and methods[0]:
            self._names[file] = Path(ctypes.string_at(name).decode()).name if name else ""
            methods[0] = ctypes.cast(ctypes.pointer(self._watched(methods[0])), _POINTER).value
        return result

    def _watched(self, address: int) -> _Methods:
        """The functions of a kind of file, with ours before those that write and sync."""
        if address not in self._methods:
            below = _Methods.from_address(address)
            write, sync = _WRITE(below.xWrite), _SYNC(below.xSync)
            self._kept += [write, sync]
            methods = _Methods.from_buffer_copy(below)

            def on_write(file: int, data: int, size: int, offset: int) -> int:
                return _FULL if self.full else int(write(file, data, size, offset))

            def on_sync(file: int, flags: int) -> int:
                self.syncs.append(self._names[file])
                return int(sync(file, flags))

            methods.xWrite, methods.xSync = self._c(_WRITE(on_write)), self._c(_SYNC(on_sync))
            self._methods[address] = methods
        return self._methods[address]

    @contextmanager
    def in_use(self) -> Iterator[WatchedDisk]:
        """Files that are opened in the block are watched for as long as they are open."""
        self.syncs.clear()
        self.full = False
        assert self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == _OK
        try:
            yield self
        finally:
            self.full = False
            self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))


def _sqlite_library() -> ctypes.CDLL:
    """The library that the sqlite3 module has loaded: its own file where it is linked in, else the system's."""
    import _sqlite3

    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    loaded = {line.split()[-1] for line in maps.splitlines() if "/libsqlite3.so" in line}
    return ctypes.CDLL(min(loaded, default=_sqlite3.__file__))


_DISK: Final[list[WatchedDisk]] = []


def watched_disk() -> WatchedDisk:
    """The one of this process."""
    if not _DISK:
        _DISK.append(WatchedDisk())
    return _DISK[0]
