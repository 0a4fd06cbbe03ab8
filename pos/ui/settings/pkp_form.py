"""Whether the shop is PKP, and on which days: since when, and until when where it is so no more. Owns the questions; keeps nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.business_day import business_day
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.context import UiContext
from pos.ui.goods.editor.dates import read_day
from pos.ui.language import later, tr
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField

_NO: Final = "no"
_YES: Final = "yes"
_LONGEST: Final = 10


class PkpForm(QWidget):
    """An answer that counts at once, from today or until yesterday, and the days themselves for whoever knows them better."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.pkp = ChoiceRow(
            later("Pengusaha Kena Pajak (PKP)"),
            [(_NO, later("bukan")), (_YES, later("ya"))],
            later("Kalau ya, Laporan menghitung PPN di dalam harga."),
        )
        self.since, self.until = TextField(), TextField()
        self.keep = ActionButton("", "check")
        self.note = Note()
        self._days = QWidget()
        days = QGridLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(look().px(8))
        for place, field in enumerate((self.since, self.until)):
            field.setMaxLength(_LONGEST)
            field.returnPressed.connect(self._keep)
            days.addWidget(field, 0, place)
        days.addWidget(self.keep, 1, 0, 1, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(16))
        for part in (self.pkp, self._days, self.note):
            box.addWidget(part)
        self.pkp.chosen.connect(self._choose)
        on_click(self.keep, self._keep)
        self.retranslate()

    def refresh(self) -> None:
        """Show what is kept; the days only of a shop that is PKP or was."""
        kept = self._context.preferences
        ended = bool(kept.pkp_until) and kept.pkp_until < self._today().isoformat()
        self.pkp.show_value(_YES if kept.pkp_since and not ended else _NO)
        self._days.setVisible(bool(kept.pkp_since))
        for field, day in ((self.since, kept.pkp_since), (self.until, kept.pkp_until)):
            if not field.hasFocus():
                field.setText(f"{date.fromisoformat(day):%d/%m/%Y}" if day else "")

    def retranslate(self) -> None:
        self.pkp.retranslate()
        self.since.set_words(tr("PKP sejak"), "01/01/2027", tr("PKP sejak"))
        self.until.set_words(tr("PKP sampai"), tr("sekarang"), tr("PKP sampai"))
        self.keep.setText(tr("Simpan tanggal"))
        self.note.retranslate()
        self.refresh()

    def _today(self) -> date:
        till = self._context.till
        return business_day(till.clock.now(), till.rules.day_cutoff)

    def _choose(self, key: str) -> None:
        self.note.clear()
        kept, today = self._context.preferences, self._today()
        if key == _YES:
            # chosen again, what was kept goes on: a gap is typed
            change(self._context, pkp_since=kept.pkp_since or today.isoformat(), pkp_until="")
        elif kept.pkp_since < today.isoformat():
            # days that had PPN keep it
            change(self._context, pkp_until=(today - timedelta(days=1)).isoformat())
        else:
            change(self._context, pkp_since="", pkp_until="")

    def _keep(self) -> None:
        since, until = self._read(self.since), self._read(self.until)
        if since is None or until is None:
            return
        if until and (not since or until < since):
            self.until.set_faulty(True)
            self._context.sound.emit("error")
            self.note.say(Tone.FAULT, tr("PKP berakhir sebelum mulai. Periksa kedua tanggalnya."))
            return
        change(self._context, pkp_since=since, pkp_until=until)
        self.note.say(Tone.GOOD, tr("Tanggal PKP tersimpan.") if since else tr("Toko ini bukan PKP."))

    def _read(self, field: TextField) -> str | None:
        """What is typed as an ISO date, empty for nothing; None where it is unclear, which is said."""
        try:
            at = read_day(field.text())
        except ShopError as error:
            field.set_faulty(True)
            self._context.sound.emit("error")
            self.note.say_error(ShopError(ErrorCode.UNCLEAR_DATE, **error.fields))
            return None
        field.set_faulty(False)
        return business_day(at).isoformat() if at else ""
