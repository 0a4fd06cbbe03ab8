"""How things are, from the store and from backstage onto the header and the rail. Owns no words: those are `pills`'."""

from __future__ import annotations

from pos.ui.context import UiContext
from pos.ui.shell.pills import Facts, pills
from pos.ui.shell.window import ShellWindow


def show_state(window: ShellWindow, context: UiContext) -> int:
    """Shop, cashier, pills, the count on the rail, and that it is a rehearsal. Returns how many new orders nobody has seen."""
    till, backstage = context.till, context.backstage
    if backstage.rehearsal:
        from pos.ui.rehearsal.band import wear_band

        wear_band(window)
    read = till.store.read
    shop, unseen = read.shop(), read.unseen_orders()
    updates = backstage.updates.state()
    facts = Facts(
        read.line(),
        backstage.last_sync_error(),
        backstage.printer_state(),
        unseen,
        read.session(),
        till.clock.now(),
        till.rules.day_cutoff,
        updates.update.version if updates.is_ready else "",
    )
    window.header.show_shop(shop.name, shop.cashier)
    window.header.show_pills(pills(facts))
    window.show_count("orders", unseen)
    return unseen
