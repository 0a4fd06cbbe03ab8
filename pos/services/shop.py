"""Who the shop is on its own paper: name, address and who stands at the counter, set by the shop itself until the server tells."""

from __future__ import annotations

from pos.services.ports import AuditEntry, Till

_LONGEST = 60


def set_identity(till: Till, name: str, address: str, cashier: str) -> None:
    """Keep the names that struks carry; blanks around them go, longer ones are cut at 60 letters.

    Raises:
        ShopError: DISK_FULL, FOLDER_READ_ONLY.
    """
    kept = {key: value.strip()[:_LONGEST] for key, value in {"name": name, "address": address, "cashier": cashier}.items()}
    with till.store.begin() as work:
        work.set_shop(**kept)
        work.audit([AuditEntry(till.clock.now(), kept["cashier"], "shop_named", "")])
        work.commit()
