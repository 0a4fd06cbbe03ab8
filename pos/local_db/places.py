"""Where a store may lie: on a disk of this computer. Network folders and folders that a cloud service copies are refused.

SQLite's locks and its WAL need one machine's memory; a copying service takes the file and its WAL at different moments (sync.md, The
local store). Judged by the kind of file system and by the names such services give their folders.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

_NETWORK: Final = re.compile(
    r"nfs4?|cifs|smb[23]|smbfs|ncpfs|afs|coda|ceph|glusterfs|lustre|beegfs|gfs2?|ocfs2|davfs|webdav"
    r"|fuse\.(?:sshfs|rclone|gvfsd-fuse|davfs2?|glusterfs|s3fs|smbnetfs|curlftpfs|kio-fuse|google-drive-ocamlfuse|onedriver|insync|dropbox)"
)
"""Kinds of file systems that are another machine's, as Linux names them."""
_CLOUD: Final = re.compile(
    r"(?:dropbox|one ?drive|google ?drive|my drive|drive saya|icloud ?drive|com~apple~clouddocs|nextcloud|owncloud|pclouddrive|megasync)"
    r"(?: ?[-(].*)?",
    re.IGNORECASE,
)
"""OneDrive - Toko Jaya, Dropbox (Personal)."""
_DRIVE_REMOTE: Final = 4
_MOUNTS: Final = Path("/proc/self/mounts")
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def refuse_far_places(folder: Path) -> None:
    """Raises ShopError STORE_ON_NETWORK (`folder`: the part that gave it away) unless the folder is this computer's own."""
    place = folder.resolve()
    if cloud := next((part for part in place.parts if _CLOUD.fullmatch(part)), ""):
        raise ShopError(ErrorCode.STORE_ON_NETWORK, folder=cloud)
    kind = _windows_kind(place) if sys.platform == "win32" else file_system(place, _mounts())
    if _NETWORK.fullmatch(kind):
        raise ShopError(ErrorCode.STORE_ON_NETWORK, folder=kind)


def file_system(place: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on, by the lines of /proc/self/mounts; "" where they do not say."""
    found, kind = Path(), ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), parts[1]))
        # a later line covers an earlier one at the same point
        if (point == place or point in place.parents) and len(point.parts) >= len(found.parts):
            found, kind = point, parts[2]
    return kind


def _mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        # no Linux: nothing is known, and only names are judged
        return ""


def _windows_kind(place: Path) -> str:
    if place.drive.startswith("\\\\"):
        return "cifs"
    import ctypes

    windows = getattr(ctypes, "windll")  # noqa: B009 -- only there on Windows
    return "cifs" if windows.kernel32.GetDriveTypeW(f"{place.drive}\\") == _DRIVE_REMOTE else ""
