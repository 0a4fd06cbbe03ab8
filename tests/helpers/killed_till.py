"""A till's sync process that dies of SIGKILL right after the server's answer came and before a word of it is written.

`python -m tests.helpers.killed_till FOLDER`
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from pos.sync.central import Central
from pos.sync.engine import SyncEngine
from pos.sync.protocol import RecoveryAnswer, RecoveryRequest, SyncAnswer, SyncRequest
from tests.helpers.paired_tills import PairedTill


class Deadly:
    """`Central` that kills its own process once the answer is here."""

    def __init__(self, central: Central) -> None:
        self._central = central

    def sync(self, request: SyncRequest) -> SyncAnswer:
        self._central.sync(request)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    def recover(self, request: RecoveryRequest) -> RecoveryAnswer:
        return self._central.recover(request)

    def close(self) -> None:
        self._central.close()


if __name__ == "__main__":
    till = PairedTill(Path(sys.argv[1]))
    SyncEngine(till.till.store, till.clock, till.till.ids, lambda: Deadly(till.connect()), lambda: 0.5).run_once()
