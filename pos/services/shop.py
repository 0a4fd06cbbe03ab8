"""Who the shop is on its own paper (name, address, who stands at the counter) and whether it was set up. Told by the shop itself."""

from __future__ import annotations

from typing import Final

from pos.domain.people import Act, Approval
from pos.services.permission import may
from pos.services.ports import AuditEntry, Queries, Till
from pos.services.views import GoodsFilter

_LONGEST = 60


def set_identity(till: Till, name: str, address: str, cashier: str, approval: Approval | None = None) -> None:
    """Keep the names that struks carry, each on one line; blanks around them go, longer ones are cut at 60 letters.

    Raises:
        ShopError: NEEDS_ROLE (Act.SETTINGS), DISK_FULL, FOLDER_READ_ONLY.
    """
    actor = may(till, Act.SETTINGS, approval)
    kept = {key: " ".join(value.split())[:_LONGEST] for key, value in {"name": name, "address": address, "cashier": cashier}.items()}
    if till.store.read.users():
        # where there is a list of people, whoever signed in is the cashier
        kept["cashier"] = till.store.read.shop().cashier
    with till.store.begin() as work:
        work.set_shop(**kept)
        work.audit([AuditEntry(till.clock.now(), actor or kept["cashier"], "shop_named", "")])
        work.commit()


SET_UP: Final = "set_up"
"""Name of the store's setting that says that the first-run guide was finished."""


def finish_set_up(till: Till) -> None:
    """The shop was shown around: from now on the till opens with the counter.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY.
    """
    with till.store.begin() as work:
        work.set_setting(SET_UP, "1")
        work.commit()


def needs_set_up(read: Queries) -> bool:
    """Whether the first-run guide is to open: nobody finished it, and there is nothing yet that could be sold."""
    return read.setting(SET_UP) is None and not read.goods_counts()[GoodsFilter.ALL]
