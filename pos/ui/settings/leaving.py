"""Letting a till go from its shop, and the ways on where something is still unsent: send now, or a stick and the owner's PIN.

Owns the questions; what may be let go of is `services.line`'s to say.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.services.permission import may
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_words
from pos.ui.operations import Progress, run
from pos.ui.settings.note import Note
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.files import choose_folder
from pos.ui.widgets.text import Text


class LeaveDialog(Dialog):
    """Whether this computer is to be let go from the shop; says what stays. Accepted when it is."""

    def __init__(self, shop: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Lepas komputer ini dari {shop}?", shop=shop or tr("tokonya")), parent, width=560)
        said = (
            tr("Komputer ini tidak lagi mengirim ke e-Peken dan tidak menerima pesanan online."),
            tr("Barang, nota, dan buku utang tetap ada di sini, dan jualan tetap bisa."),
            tr("Serah terima: tutup kasir dulu, lalu buat salinan untuk pemiliknya. Nanti bisa disambungkan lagi ke toko yang sama."),
        )
        for sentence in said:
            self.body.addWidget(Text(sentence, Role.BACA, Token.TINTA2, 400, wrap=True))
        keep = self.add_button(tr("Jangan dulu"))
        on_click(keep, self.reject)
        go = self.add_button(tr("Lepas"), Kind.DANGER, "unlink")
        on_click(go, self.accept)
        keep.setFocus()


class UnsentDialog(Dialog):
    """Something is unsent: the ways on.

    Signals:
        send(): send it now.
        stick(): write it to a stick, and let go of it with the owner's PIN.
    """

    send = Signal()
    stick = Signal()

    def __init__(self, error: ShopError, parent: QWidget | None = None) -> None:
        words = error_words(error)
        super().__init__(words.title, parent, width=600)
        said = tr("Yang hanya ada di komputer ini bisa hilang. Kirim dulu; tanpa internet, tulis ke flashdisk dengan PIN pemilik.")
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        stick = self.add_button(tr("Tulis ke flashdisk"), Kind.QUIET, "usb")
        send = self.add_button(tr("Kirim sekarang"), Kind.PRIMARY, "cloud-upload")
        for button, signal in ((stick, self.stick), (send, self.send)):
            on_click(button, lambda signal=signal: self._say(signal.emit))  # type: ignore[misc]
        send.setFocus()

    def _say(self, tell: Callable[[], object]) -> None:
        self.accept()
        tell()


def ask_to_leave(context: UiContext, over: QWidget, note: Note, left: Callable[[], object]) -> LeaveDialog:
    """Ask, then let go; `left` is called when this computer is nobody's device any more."""
    dialog = LeaveDialog(context.till.store.read.shop().name, over.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.accepted.connect(lambda: with_approval(context, Act.SETTINGS, _asked(context, Act.SETTINGS), go_on, over))

    def go_on(approval: Approval | None) -> None:
        def leave(progress: Progress) -> None:
            context.backstage.line.leave(approval)
            progress(1, 1)

        run(context, leave, lambda _: gone(), lambda error: refused(error, approval))

    def refused(error: ShopError, approval: Approval | None) -> None:
        if error.code is ErrorCode.STILL_UNSENT:
            offer_ways(context, error, over, note, lambda: go_on(approval))
        else:
            note.say_error(error)

    def gone() -> None:
        note.say(Tone.GOOD, tr("Komputer ini sudah dilepas dari tokonya. Datanya tetap ada di sini."))
        context.changed.emit(Changed(shop=True, outbox=True))
        left()

    dialog.open()
    return dialog


def offer_ways(context: UiContext, error: ShopError, over: QWidget, note: Note, then: Callable[[], object]) -> UnsentDialog:
    """STILL_UNSENT with its ways on; `then` is called once the owner has let go of what is on the stick."""
    dialog = UnsentDialog(error, over.window())
    dialog.finished.connect(dialog.deleteLater)

    def send() -> None:
        context.backstage.sync_now(asked=True)
        context.go.emit("health#line")

    dialog.send.connect(send)
    dialog.stick.connect(lambda: choose_folder(over, tr("Flashdisk kiriman"), lambda folder: let_go(context, folder, over, note, then)))
    dialog.open()
    return dialog


def let_go(context: UiContext, folder: str, over: QWidget, note: Note, then: Callable[[], object]) -> None:
    """Write what is unsent to a folder and, with the owner's PIN, let go of it here."""

    def go_on(approval: Approval | None) -> None:
        def write(progress: Progress) -> int:
            written = context.backstage.line.let_go(folder, approval)
            progress(1, 1)
            return written

        run(context, write, written_to, note.say_error)

    def written_to(count: int) -> None:
        # the list of it comes out for whoever hands the till over
        context.backstage.print_now()
        context.changed.emit(Changed(print_jobs=True))
        note.say(Tone.GOOD, tr("{n} catatan ditulis ke flashdisk kiriman.", n=count))
        then()

    with_approval(context, Act.LET_GO, _asked(context, Act.LET_GO), go_on, over)


def _asked(context: UiContext, act: Act) -> Callable[[Approval | None], Approval | None]:
    def ask(approval: Approval | None) -> Approval | None:
        may(context.till, act, approval)
        return approval

    return ask
