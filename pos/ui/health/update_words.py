"""What is said of updates: what there is, how far it is, what came of it. Pure: reads values, draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.update import Stage, Update, Why
from pos.services.update_desk import UpdateState
from pos.ui.health.rows import HealthRow, State, size_text
from pos.ui.language import language, later, tr
from pos.ui.messages import error_sentence
from pos.ui.moments import moment_text

_WHY: Final[Mapping[Why, str]] = {
    Why.DOES_NOT_RUN: later("Program barunya tidak mau jalan di komputer ini."),
    Why.DATA_NOT_WELL: later("Program barunya menemukan data yang tidak cocok."),
    Why.BROKEN_OFF: later("Komputernya mati di tengah pemasangan, tiga kali."),
}


def outcome(update: Update, version: str) -> tuple[tuple[str, str], ...]:
    """What came of the last closing, as toasts: (kind, sentence). `version`: of the program that runs."""
    if update.stage is Stage.APPLIED:
        return (("good", tr("Kasir sudah diperbarui. Sekarang versi {version}.", version=update.version)),)
    if update.stage is Stage.ROLLED_BACK:
        return (("fault", rolled_back(update, version)),)
    if update.why is Why.NO_ROOM:
        return (("fault", tr("Pembaruan belum dipasang. Disk hampir penuh; hapus berkas yang tidak perlu, lalu tutup kasir lagi.")),)
    if update.why is Why.BY_HAND:
        return (("info", by_hand(update)),)
    if update.why is Why.DAMAGED:
        return (("info", tr("Pembaruan belum dipasang. Berkasnya berubah setelah diambil, jadi dibuang; nanti diambil lagi.")),)
    return ()


def rolled_back(update: Update, version: str) -> str:
    """That the old program goes on, and why."""
    said = tr("Pembaruan {new} dibatalkan. Kasir tetap versi {version}, data toko seperti sebelumnya.", new=update.version, version=version)
    return f"{said} {tr(_WHY[update.why])}" if update.why in _WHY else said


def by_hand(update: Update) -> str:
    """That the system wants an administrator."""
    command = f"sudo apt install ./{update.name}"
    return tr("Pembaruan {version} siap. Petugas memasangnya dengan {command} di folder updates.", version=update.version, command=command)


def found(version: str) -> tuple[tuple[str, str], ...]:
    """That there is one, where the owner wants to be asked."""
    return (("info", tr("Ada versi baru. Versi {version} bisa diambil di Kesehatan, Pembaruan.", version=version)),)


def ready(version: str) -> tuple[tuple[str, str], ...]:
    """That it is here."""
    return (("info", tr("Pembaruan siap. Versi {version} dipasang sendiri waktu program ditutup.", version=version)),)


def row_of(state: UpdateState) -> HealthRow:
    """How far it is, as a row of the page."""
    update = state.update
    title = tr("Versi {version}", version=update.version) if update.version else tr("Versi baru")
    said = _SAID.get(update.stage, _nothing)(state)
    return HealthRow("update", "download", title, *said)


def _nothing(state: UpdateState) -> tuple[State, str, str]:
    if not state.known_program:
        sentence = tr("Program ini jalan dari kode sumbernya, jadi diperbarui dari sana juga.")
        return State.UNKNOWN, tr("Tidak dari sini"), sentence
    if state.error is not None:
        return State.WAITING, tr("Belum bisa dicek"), error_sentence(state.error)
    if not state.looked_at:
        return State.UNKNOWN, tr("Belum dicek"), tr("Dicek sendiri beberapa kali sehari, kalau ada sambungan.")
    return State.GOOD, tr("Sudah terbaru"), tr("Dicek {at}.", at=moment_text(state.looked_at))


def _found(state: UpdateState) -> tuple[State, str, str]:
    size = size_text(state.update.size)
    if state.error is not None:
        return State.WAITING, tr("Menunggu"), f"{error_sentence(state.error)} {tr('Dilanjutkan sendiri dari yang sudah ada.')}"
    return State.WAITING, tr("Ada yang baru"), tr("Besarnya {size}. Jualan tetap bisa selama diambil.", size=size)


def _loading(state: UpdateState) -> tuple[State, str, str]:
    if state.error is not None:
        return _found(state)
    share = 100 * state.here // max(1, state.update.size)
    sentence = tr("{here} dari {size}. Jualan tetap bisa.", here=size_text(state.here), size=size_text(state.update.size))
    return State.WAITING, tr("Diambil {share}%", share=share), sentence


def _ready(state: UpdateState) -> tuple[State, str, str]:
    if state.update.why is Why.BY_HAND:
        return State.WAITING, tr("Perlu petugas"), by_hand(state.update)
    if state.update.why is Why.NO_ROOM:
        return State.FAULT, tr("Disk penuh"), tr("Belum muat. Hapus berkas yang tidak perlu, lalu tutup kasir lagi.")
    return State.GOOD, tr("Siap"), tr("Sudah diperiksa. Dipasang waktu program ditutup, setelah salinan data dibuat; kira-kira satu menit.")


def _applied(state: UpdateState) -> tuple[State, str, str]:
    return State.GOOD, tr("Terpasang"), _nothing(state)[2]


def _rolled_back(state: UpdateState) -> tuple[State, str, str]:
    return State.FAULT, tr("Tidak jadi dipasang"), rolled_back(state.update, state.version)


_SAID: Final = {
    Stage.FOUND: _found,
    Stage.LOADING: _loading,
    Stage.READY: _ready,
    Stage.APPLYING: _ready,
    Stage.APPLIED: _applied,
    Stage.ROLLED_BACK: _rolled_back,
}


def notes_of(update: Update) -> str:
    """What is new, in the language in use."""
    notes = update.notes or {}
    return notes.get(language()) or notes.get("id", "")
