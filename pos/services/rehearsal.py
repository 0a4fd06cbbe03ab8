"""A rehearsal: a new cashier learns on a copy of the shop, which is thrown away. Owns the mark by which a store is known to be one.

The mark lies in the store itself, so that no start, no command and no putting back can take it for the shop.
"""

from __future__ import annotations

from typing import Final

from pos.domain.printing import PrintState
from pos.services.people import add_learner
from pos.services.ports import Queries, Till

MARK: Final = "rehearsal"
"""Name of the store's setting."""
PREFIX: Final = "LATIHAN"
"""Of the numbers of its notas."""
CASHIER: Final = "Kasir latihan"
_MOST_JOBS: Final = 10_000


def is_rehearsal(read: Queries) -> bool:
    """Whether a store is the copy of a rehearsal."""
    return read.setting(MARK) is not None


def make_rehearsal(till: Till) -> None:
    """Turn a copy of the shop into that of a rehearsal: nobody's device, known to no server, without a job for a printer, and with somebody
    on the list of people who needs no PIN where others do.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY.
    """
    now, read = till.clock.now(), till.store.read
    guarded, jobs = read.signed().guarded, read.open_print_rows(_MOST_JOBS)
    with till.store.begin() as work:
        work.set_setting(MARK, str(now))
        work.set_shop(uid="", device="", server_key="", central_url="", paired_at=0, cursor="", prefix=PREFIX)
        for job in jobs:
            # they are the shop's own, and come out of its printer, once
            work.set_print_state(job.id, PrintState.EXPIRED, now, "")
        if guarded:
            add_learner(till, work, now, CASHIER)
        work.commit()
