"""The right of the payment page: KEMBALI in figures for the other side of the counter, and which notes to take for it.

Owns the cashier's choice of what becomes of change that there are no coins for; the sums come from the domain.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.change_maker import ChangePlan, make_change
from pos.domain.money import NOTES, Rupiah, format_rupiah
from pos.domain.sale import Sale
from pos.domain.tendering import MOST_GIVEN_AWAY, Leftover
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.payment.take import NotesToTake, ShrinkingBar
from pos.ui.payment.words import OtherWay, kept_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import CounterBlock, Rule
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.text import Text

_PLENTY = 1_000
"""Of each note, where the coins are said to be gone and nobody counted the notes."""


class ShortChange(QWidget):
    """What becomes of change that there are no coins for.

    Signals:
        chosen(Leftover): the cashier chose; an empty one takes the choice back.
        no_coins(): the coins are gone, whatever the till believes.
    """

    chosen = Signal(object)
    no_coins = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep: Rupiah = 0
        self._round: Rupiah = 0
        self.ask = ActionButton("", "coins", kind=Kind.COUNTER)
        self.keep_button = ActionButton("", "hand-coins", kind=Kind.COUNTER)
        self.round_button = ActionButton("", "arrow-down-up", kind=Kind.COUNTER)
        self.back = ActionButton("", "undo-2", kind=Kind.COUNTER)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(8))
        for button in (self.ask, self.keep_button, self.round_button, self.back):
            row.addWidget(button, 1)
        on_click(self.ask, self.no_coins.emit)
        on_click(self.keep_button, lambda: self.chosen.emit(Leftover(titipan=self._keep)))
        on_click(self.round_button, lambda: self.chosen.emit(Leftover(rounded=self._round)))
        on_click(self.back, lambda: self.chosen.emit(Leftover()))

    def offer(self, keep: Rupiah, rounded: Rupiah, gives: Rupiah, done: Leftover, can_ask: bool) -> None:
        """Rupiah that can be kept, or be given more (`gives` in all); what was chosen already. `can_ask`: coins are thought to be there."""
        self._keep, self._round = keep, rounded
        chose = bool(done.titipan or done.rounded)
        self.keep_button.setText(tr("Titip {amount}", amount=format_rupiah(keep)))
        self.round_button.setText(tr("Kembali {amount}", amount=format_rupiah(gives)))
        self.ask.setText(tr("Receh kurang"))
        self.back.setText(tr("Batal titip") if done.titipan else tr("Batal bulatkan"))
        self.keep_button.setVisible(keep > 0 and not chose)
        self.round_button.setVisible(rounded > 0 and not chose)
        self.back.setVisible(chose)
        self.ask.setVisible(can_ask and not chose and not keep and not rounded)
        self.setVisible(chose or keep > 0 or rounded > 0 or can_ask)


class ChangeBlock(CounterBlock):
    """Before and after the sale: the giant figure never moves.

    Signals:
        finish(): SELESAI was pressed, or the next nota is wanted.

    Attributes:
        leftover: how the change is given: the notes proposed, and what the cashier chose for coins that are not there.
        titipan_allowed: the shop keeps change for customers.
        rule: the line under the giant figure; what is said meanwhile stands below it.
    """

    finish = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due: Rupiah = 0
        self._received: Rupiah = 0
        self._held: Mapping[Rupiah, int] | None = None
        self._no_coins = False
        self._partly = False
        self._done: Sale | None = None
        self._other: OtherWay | None = None
        self.leftover = Leftover()
        self.titipan_allowed = True
        self.title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_KEMBALI)
        self.rule = Rule(token=Token.TUA_BTN)
        self.take = Text("", Role.BACA, Token.DI_TUA, 600, wrap=True)
        self.notes = NotesToTake()
        self.short = ShortChange()
        self.hint = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.bar = ShrinkingBar()
        self.button = ActionButton("", "printer-check", key_of(Action.PAY), Kind.NEXT)
        on_click(self.button, self.finish.emit)
        self.short.chosen.connect(self._choose)
        self.short.no_coins.connect(self._coins_are_gone)
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self._show()

    @property
    def first_key(self) -> QWidget:
        """The uppermost key that is shown."""
        return self.short if self.short.isVisible() else self.button

    def show_money(self, due: Rupiah, received: Rupiah, held: Mapping[Rupiah, int] | None = None, partly: bool = False) -> None:
        """Before the sale: what is to be paid in cash and what was handed over.

        Args:
            held: what the drawer holds with it; None where nobody can tell.
            partly: less than is due may be taken as a part.
        """
        if (due, received) != (self._due, self._received) or self._done or self._other:
            self.leftover, self._no_coins = Leftover(), False
        self._due, self._received, self._held, self._partly = due, received, held, partly
        self._done = self._other = None
        self.bar.show_share(0)
        self._show()

    def show_other(self, other: OtherWay) -> None:
        """Before the sale: something else than cash is paid with."""
        self._other, self._done, self.leftover = other, None, Leftover()
        self.bar.show_share(0)
        self._show()

    def show_done(self, sale: Sale, back: Rupiah = 0) -> None:
        """After the sale: what goes back, and what was kept; `back`: cash that goods in exchange were worth more."""
        self._due, self._received, self._done, self._other = 0, sale.change + back, sale, None
        self._held, self._no_coins, self.leftover = None, False, Leftover()
        self._show()

    def say_short(self) -> None:
        """SELESAI was asked for too early: say so where KURANG stands, until another amount is there."""
        self.hint.setText(tr("Uangnya belum cukup. Tambah uangnya, atau kurangi barang."))
        self.hint.set_token(Token.KUNYIT)

    @property
    def enough(self) -> bool:
        """Whether what was handed over covers what is to be paid."""
        return self._received >= self._due

    # --- the change -------------------------------------------------------------------------------------------------

    @property
    def _change(self) -> Rupiah:
        """Rupiah to hand back after what the cashier chose."""
        return max(0, self._received - self._due) - self.leftover.titipan + self.leftover.rounded

    def _drawer(self) -> Mapping[Rupiah, int] | None:
        """What the drawer holds, as far as anybody knows."""
        if not self._no_coins:
            return self._held
        return {note: (self._held or {}).get(note, 0) if self._held is not None else _PLENTY for note in NOTES}

    def _plan(self) -> ChangePlan:
        return make_change(self._change, self._drawer())

    def _rounded(self, shortfall: Rupiah) -> Rupiah:
        """Rupiah that have to be given more so that the change can be made of what is there; 0 when no small sum helps."""
        change = self._received - self._due
        if not shortfall:
            return 0
        for more in range(-change % 100 or 100, MOST_GIVEN_AWAY, 100):
            if more <= self._due and not make_change(change + more, self._drawer()).shortfall:
                return more
        return 0

    def _choose(self, leftover: Leftover) -> None:
        self.leftover = leftover
        self._show()

    def _coins_are_gone(self) -> None:
        self._no_coins = True
        self._show()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        box = QVBoxLayout(self)
        side = look().px(12)
        box.setContentsMargins(side, look().px(16), side, side)
        box.setSpacing(look().px(10))
        inside = QVBoxLayout()
        inside.setContentsMargins(side, 0, side, 0)
        inside.setSpacing(look().px(8))
        inside.addWidget(self.title)
        inside.addWidget(self.amount)
        inside.addWidget(self.rule)
        inside.addWidget(self.take)
        inside.addWidget(self.notes, 1)
        inside.addWidget(self.short)
        inside.addWidget(self.hint)
        inside.addWidget(self.bar)
        box.addLayout(inside, 1)
        box.addWidget(self.button)
        self.button.setMinimumHeight(look().px(84))

    def _show(self) -> None:
        self.hint.set_token(Token.DI_TUA2)
        if self._other is not None:
            self._show_other(self._other)
        elif self._done is not None:
            self._show_done(self._done)
        else:
            self._show_cash()

    def _show_other(self, other: OtherWay) -> None:
        self.title.setText(other.title)
        self.title.set_token(Token.KUNYIT)
        self.amount.set_amount(other.amount)
        self.take.setText("")
        self.notes.show_plan(ChangePlan({}))
        self.short.hide()
        self.hint.setText(other.hint)
        self.button.setText(other.button)
        self.button.set_icon(other.icon)
        self.button.setEnabled(other.ready)

    def _show_cash(self) -> None:
        missing = self._due - self._received
        plan = self._plan() if missing < 0 else ChangePlan({})
        self.title.setText(tr("KURANG") if missing > 0 else tr("KEMBALI"))
        self.title.set_token(Token.DI_TUA2 if missing > 0 else Token.KUNYIT)
        self.amount.set_amount(missing if missing > 0 else self._change)
        self.take.setText(self._take_text(missing))
        self.notes.show_plan(plan, self._drawer())
        self._offer(plan, missing)
        self.hint.setText(tr("Pindai barang lain untuk menambahnya."))
        part = self._partly and missing > 0 and self._received > 0
        self.button.setText(tr("CATAT TUNAI") if part else tr("SELESAI"))
        self.button.set_icon("plus" if part else "printer-check")
        self.button.setEnabled(missing <= 0 or part)
        if not self.leftover.notes and not plan.shortfall:
            self.leftover = Leftover(self.leftover.titipan, "", self.leftover.rounded, tuple(plan.notes.items()))

    def _take_text(self, missing: Rupiah) -> str:
        if self.leftover.titipan:
            return tr("{amount} dititip untuk pembeli", amount=format_rupiah(self.leftover.titipan))
        if self.leftover.rounded:
            return tr("Dibulatkan {amount} untuk pembeli", amount=format_rupiah(self.leftover.rounded))
        if missing < 0:
            return tr("Ambil dari laci")
        return "" if missing else tr("Uang pas, tidak ada kembalian")

    def _offer(self, plan: ChangePlan, missing: Rupiah) -> None:
        if missing >= 0:
            self.short.hide()
            return
        rounded = self._rounded(plan.shortfall)
        gives = self._received - self._due + rounded
        keep = plan.shortfall if self.titipan_allowed else 0
        self.short.offer(keep, rounded, gives, self.leftover, not self._no_coins and self._change % 1_000 > 0)

    def _show_done(self, sale: Sale) -> None:
        self.title.setText(tr("KEMBALI"))
        self.title.set_token(Token.KUNYIT)
        self.amount.set_amount(self._received)
        kept = kept_text(sale.payments)
        self.take.setText(kept or (tr("Ambil dari laci") if self._received else tr("Uang pas, tidak ada kembalian")))
        self.notes.show_plan(_given(sale, self._received))
        self.short.hide()
        self.hint.setText(tr("Pindai barang berikutnya untuk nota baru."))
        self.button.setText(tr("NOTA BARU"))
        self.button.set_icon("plus")
        self.button.setEnabled(True)


def _given(sale: Sale, change: Rupiah) -> ChangePlan:
    """The notes that were proposed for the change of a sale; the fewest that make it, where they cannot be told any more."""
    gone = {note: -count for part in sale.payments for note, count in part.notes if count < 0}
    return ChangePlan(gone) if sum(note * count for note, count in gone.items()) == change else make_change(change)
