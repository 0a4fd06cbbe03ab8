"""What `pos.app` brings into the window: the open shop, and what is done with it while it is open. A frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.services.ports import Till
    from pos.services.preferences import Preferences
    from pos.ui.context import Backstage
    from pos.ui.workers import Round


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the loader brings, once, behind the painted window.

    Attributes:
        sync_once, print_once, wait_once, update_once: one piece of a worker's work, called in its thread; None for no worker.
        keep: preferences were changed: save them and give the till with new paper and rules. Raises ShopError.
        attach: called with (wake_sync, wake_print, wake_update) once the workers run.
        close: called once, when window and workers are gone.
        tidy: called when nobody touched the till for half a minute.
        stopping: called once before the workers are waited for: what takes long has a few seconds left.
        first_screen: `first_run` where the shop was never set up.
        say: (kind, sentence) toasts at the start.
        preferences: settings that came with the shop; None for those that the window was made with.
    """

    till: Till
    backstage: Backstage
    sync_once: Callable[[], Round] | None
    print_once: Callable[[], Round] | None
    keep: Callable[[Preferences], Till]
    attach: Callable[[Callable[[], None], Callable[[], None], Callable[[], None]], None]
    close: Callable[[], None]
    tidy: Callable[[], None] | None = None
    stopping: Callable[[], None] | None = None
    first_screen: str = "sale"
    say: tuple[tuple[str, str], ...] = ()
    wait_once: Callable[[], Round] | None = None
    update_once: Callable[[], Round] | None = None
    preferences: Preferences | None = None
