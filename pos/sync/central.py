"""What the engine needs of e-Peken: one call. The client implements it; a bridge to another server would be another implementation."""

from __future__ import annotations

from typing import Protocol

from pos.sync.protocol import SyncAnswer, SyncRequest


class SnapshotNeeded(Exception):  # noqa: N818 -- no failure: the server's way to say "begin again from the start of the feed"
    """The cursor is older than the server's tombstones (410). The outbox is not concerned."""


class Central(Protocol):
    """The other end."""

    def sync(self, request: SyncRequest) -> SyncAnswer:
        """One round trip.

        Raises:
            ShopError: NO_LINE, TLS_FAILED, CLOCK_WRONG, CENTRAL_REFUSED, CENTRAL_UNREADABLE, DEVICE_REVOKED, PROGRAM_TOO_OLD, NOT_PAIRED,
                NO_KEYRING. Whether the server took the request is not known after any of them but NOT_PAIRED.
                Field `retry_after` (seconds) when the server named a time.
            SnapshotNeeded: the cursor is too old.
        """
        ...
