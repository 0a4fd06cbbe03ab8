"""What the header says of the till's state: which pills, in which words and colour, and where a tap leads. Draws nothing.

Every pill is icon, word and colour, never colour alone (counter.md, rule 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.business_day import business_day
from pos.domain.cash_session import CashSession
from pos.domain.errors import ErrorCode, ShopError
from pos.services.views import LineState
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.moments import DAY_MS, clock_text, date_text, span_text
from pos.ui.tones import Tone as Tone

_HOUR: Final = 3_600_000
_SENDING: Final = "health#line"
CLOCK_LIMIT_MS: Final = 5 * 60_000
"""Off by more than this and the clock is said to be wrong (sync.md)."""
_PLAIN_OUTAGE: Final = frozenset({ErrorCode.NO_LINE, ErrorCode.CENTRAL_UNREADABLE, ErrorCode.CENTRAL_REFUSED})


@dataclass(frozen=True, slots=True)
class PillState:
    """One pill.

    Attributes:
        key: which pill: clock, line, unsent, printer, orders, session, update.
        short: its words where the window is narrow; empty leaves it out there.
        goes_to: key of the screen that a tap opens.
        tip: the whole sentence, for the tip and the screen reader.
    """

    key: str
    icon: str
    text: str
    short: str
    tone: Tone
    goes_to: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pills are made of, read at one moment. `printer`: `none`, `ready`, `busy` or `trouble`. `now` UTC ms.

    Attributes:
        day_cutoff: minutes after midnight until which it is still the business day before.
        update: version of a newer program that waits to be put in; empty for none.
    """

    line: LineState
    line_error: ShopError | None
    printer: str
    new_orders: int
    session: CashSession | None
    now: int
    day_cutoff: int = 0
    update: str = ""


def pills(facts: Facts) -> tuple[PillState, ...]:
    """The pills from left to right; one that has nothing to say is left out."""
    line, paper = (_line(facts), _unsent(facts)), _printer(facts.printer)
    every = (_clock(facts), *line, paper, _orders(facts.new_orders), _session(facts), _update(facts.update))
    return tuple(pill for pill in every if pill is not None)


def _clock(facts: Facts) -> PillState | None:
    """Only where it is wrong: struks carry its time."""
    off = abs(facts.line.clock_offset)
    if off <= CLOCK_LIMIT_MS or not facts.line.last_success_at:
        return None
    tip = tr("Jam komputer berbeda {span} dari jam server. Betulkan tanggal dan jamnya.", span=span_text(off))
    return PillState("clock", "clock-alert", tr("Jam salah"), tr("Jam salah"), Tone.FAULT, _SENDING, tip)


def _line(facts: Facts) -> PillState:
    if not facts.line.paired:
        text = tr("Belum tersambung")
        return PillState(
            "line", "unplug", text, tr("Sambungkan"), Tone.QUIET, "settings#central", tr("Toko ini belum tersambung ke e-Peken.")
        )
    error = facts.line_error
    if error is None:
        return PillState("line", "wifi", tr("Daring"), tr("Daring"), Tone.GOOD, _SENDING)
    if error.code in _PLAIN_OUTAGE:
        return PillState("line", "wifi-off", tr("Luring"), tr("Luring"), Tone.WAITING, _SENDING, error_sentence(error))
    return PillState("line", "wifi-off", tr("Cek sambungan"), tr("Cek sambungan"), Tone.FAULT, _SENDING, error_sentence(error))


def _unsent(facts: Facts) -> PillState | None:
    line = facts.line
    if not line.paired:
        return None
    held = line.refused + line.quarantined + line.aside
    if held:
        text = tr("{n} tertahan", n=held)
        return PillState("unsent", "triangle-alert", text, text, Tone.FAULT, _SENDING, tr("Ada kiriman yang perlu dilihat."))
    if line.waiting == 0:
        return PillState("unsent", "cloud-check", tr("Semua terkirim"), "", Tone.GOOD, _SENDING)
    age = facts.now - line.oldest_waiting_at if line.oldest_waiting_at else 0
    text = tr("{n} belum terkirim", n=line.waiting)
    tip = tr("Yang paling lama menunggu: {age}.", age=span_text(age))
    late = age > DAY_MS
    said = f"{text} · {span_text(age)}" if age >= _HOUR else text
    return PillState("unsent", "cloud-upload", said, said if late else text, Tone.FAULT if late else Tone.WAITING, _SENDING, tip)


def _printer(state: str) -> PillState:
    if state == "ready":
        return PillState("printer", "printer", tr("Printer siap"), tr("Printer"), Tone.GOOD, "printers")
    if state == "busy":
        return PillState("printer", "printer", tr("Mencetak"), tr("Mencetak"), Tone.INFORMATION, "printers")
    if state == "trouble":
        tip = tr("Ada cetakan yang belum keluar.")
        return PillState("printer", "printer-x", tr("Cek printer"), tr("Cek printer"), Tone.FAULT, "printers", tip)
    return PillState("printer", "printer", tr("Tanpa printer"), "", Tone.QUIET, "printers#devices", tr("Pilih printer di Printer."))


def _orders(new_orders: int) -> PillState | None:
    if not new_orders:
        return None
    short = tr("{n} pesanan", n=new_orders)
    return PillState("orders", "shopping-bag", tr("{n} pesanan baru", n=new_orders), short, Tone.NEXT, "orders")


def _session(facts: Facts) -> PillState:
    session = facts.session
    if session is None:
        return PillState("session", "clock", tr("Kasir belum buka"), "", Tone.WAITING, "drawer")
    opened = business_day(session.opened_at, facts.day_cutoff)
    if opened < business_day(facts.now, facts.day_cutoff):
        text = tr("Buka sejak {day}", day=date_text(session.opened_at))
        tip = tr("Kasir masih buka dari hari sebelumnya. Hitung laci dan tutup dulu.")
        return PillState("session", "clock-alert", text, tr("Tutup kasir"), Tone.WAITING, "drawer", tip)
    return PillState("session", "clock", tr("Kasir buka {at}", at=clock_text(session.opened_at)), "", Tone.QUIET, "drawer")


def _update(version: str) -> PillState | None:
    """Only once it is here: what is fetched is nobody's concern at the counter."""
    if not version:
        return None
    tip = tr("Versi {version} dipasang sendiri waktu program ditutup.", version=version)
    return PillState("update", "download", tr("Pembaruan siap"), "", Tone.INFORMATION, "health#update", tip)
