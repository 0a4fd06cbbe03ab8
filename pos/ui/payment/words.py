"""What the payment page says of tenders and of QRs. Pure: reads values, asks no clock and no store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from pos.domain.customer import Customer
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.qris_request import QrisRequest, QrisSource
from pos.domain.sale import Payment, Sale, Tender, TenderState
from pos.domain.tendering import Part
from pos.services.ports import Queries
from pos.ui.language import later, tr
from pos.ui.theme.tokens import Token
from pos.ui.tones import Tone

if TYPE_CHECKING:
    from pos.ui.payment.taking import Taking

TENDER_WORDS: Final[Mapping[Tender, str]] = {
    Tender.CASH: later("Tunai"),
    Tender.QRIS: later("QRIS"),
    Tender.TRANSFER: later("Transfer"),
    Tender.CREDIT: later("Bon"),
    Tender.TITIPAN: later("Titipan"),
    Tender.EXCHANGE: later("Tukar barang"),
}
ICONS: Final[Mapping[Tender, tuple[str, Token]]] = {
    Tender.CASH: ("banknote", Token.DAUN_TEKS),
    Tender.QRIS: ("qr-code", Token.NILA_TEKS),
    Tender.TRANSFER: ("landmark", Token.TINTA2),
    Tender.CREDIT: ("notebook-pen", Token.TERONG_TEKS),
    Tender.TITIPAN: ("hand-coins", Token.KUNYIT_TEKS),
    Tender.EXCHANGE: ("arrow-down-up", Token.TINTA2),
}
LETTERS: Final[Mapping[Tender, str]] = {Tender.CASH: "T", Tender.QRIS: "Q", Tender.TRANSFER: "R", Tender.CREDIT: "B"}
"""Ways to pay have letters; digits are always money (tokens.md)."""
SPLIT_LETTER: Final = "G"

_STATES: Final[Mapping[TenderState, tuple[str, Tone]]] = {
    TenderState.WAITING: (later("Menunggu"), Tone.WAITING),
    TenderState.PAID: (later("Dibayar"), Tone.GOOD),
    TenderState.CONFIRMED_BY_HAND: (later("Dilihat sendiri"), Tone.INFORMATION),
    TenderState.EXPIRED: (later("Kedaluwarsa"), Tone.FAULT),
    TenderState.PAID_LATE: (later("Terlambat"), Tone.WAITING),
}


class OtherWay(NamedTuple):
    """What stands there while something else than cash is paid with.

    Attributes:
        title: `QRIS`, `BON`; `amount` rupiah by it.
        hint: what to do now. `button`: the word of the next step; `ready`: whether it may be pressed now; `icon` its sign.
    """

    title: str
    amount: Rupiah
    hint: str
    button: str
    ready: bool
    icon: str = "printer-check"


def tender_word(tender: Tender) -> str:
    """`Tunai`"""
    return tr(TENDER_WORDS[tender])


def state_badge(state: TenderState) -> tuple[str, str, Tone]:
    """Icon, words and tone of how sure the money is."""
    icon = {TenderState.WAITING: "hourglass", TenderState.PAID: "circle-check", TenderState.EXPIRED: "clock-alert"}
    word, tone = _STATES[state]
    return icon.get(state, "badge-check"), tr(word), tone


def part_text(part: Part | Payment) -> str:
    """`QRIS Rp37.350`, with its state where nobody but a person stands for it."""
    text = f"{tender_word(part.tender)} {format_rupiah(part.amount)}"
    return f"{text} · {tr(_STATES[part.state][0])}" if part.state is TenderState.CONFIRMED_BY_HAND else text


def payments_text(payments: Iterable[Payment]) -> str:
    """`Tunai + QRIS`: each way once, in the order it was paid; change that was kept is not a way to pay."""
    ways = (part.tender for part in payments if not (part.tender is Tender.TITIPAN and part.amount < 0))
    return " + ".join(dict.fromkeys(tender_word(tender) for tender in ways))


def kept_text(payments: Iterable[Payment]) -> str:
    """`Rp300 dititip`, where change was kept; empty else."""
    kept: Rupiah = -sum(part.amount for part in payments if part.tender is Tender.TITIPAN and part.amount < 0)
    return tr("{amount} dititip", amount=format_rupiah(kept)) if kept else ""


def whose_text(request: QrisRequest) -> str:
    """Whose code it is: name and NMID, as the customer's phone shows them too."""
    return " · ".join(part for part in (request.merchant, f"NMID {request.nmid}" if request.nmid else "") if part)


def source_text(source: QrisSource) -> str:
    """Who made the code, where that is for the cashier to know."""
    if source is QrisSource.OWN:
        return tr("Kode buatan kasir: uangnya harus dilihat sendiri di aplikasi.")
    if source is QrisSource.STICKER:
        return tr("Pembeli memindai stiker toko dan mengetik jumlahnya.")
    return tr("Lunas sendiri begitu e-Peken mengabarkan uangnya masuk.")


def left_text(ms: int) -> str:
    """`4:07` of minutes and seconds that are left."""
    seconds = max(0, -(-ms // 1_000))
    return f"{seconds // 60}:{seconds % 60:02d}"


def way_lines(customer: Customer | None, owed: Rupiah) -> dict[Tender, str]:
    """The second line of each way to pay."""
    left = max(0, customer.limit - owed) if customer is not None else 0
    bon = tr("sisa batas {amount}", amount=format_rupiah(left)) if customer is not None else tr("dicatat di buku bon")
    return {
        Tender.CASH: tr("laci terbuka sendiri"),
        Tender.QRIS: tr("kode tampil ke pembeli"),
        Tender.TRANSFER: tr("ke rekening toko"),
        Tender.CREDIT: bon,
    }


def other_way(taking: Taking) -> OtherWay:
    """What the green block says while something else than cash is paid with."""
    tenders = taking.tenders
    amount = tenders.due
    if taking.waits_for_amount:
        hint = tr("Ketik berapa yang dibayar begini, lalu Lanjut.")
        return OtherWay(tender_word(tenders.tender).upper(), tenders.rest, hint, tr("LANJUT"), ready=True, icon="arrow-right")
    ready = tenders.tender is not Tender.QRIS
    if tenders.tender is Tender.QRIS:
        hint = tr("Selesai sendiri begitu uangnya masuk.")
    elif tenders.tender is Tender.CREDIT:
        ready = taking.customer is not None
        hint = tr("Tercatat di buku bon, lembar bonnya tercetak.")
    else:
        hint = tr("Tekan kalau uangnya sudah terlihat di rekening.")
    word, icon = (tr("SELESAI"), "printer-check") if tenders.pays_all else (tr("CATAT"), "plus")
    return OtherWay(tender_word(tenders.tender).upper(), amount, hint, word, ready, icon)


def back_of(read: Queries, sale: Sale) -> Rupiah:
    """Cash that went back with a sale because the goods in exchange for it were worth more."""
    for part in sale.payments:
        if part.tender is Tender.EXCHANGE and part.reference:
            for correction in read.corrections(part.reference):
                if correction.at == sale.at:
                    return -sum(paid.amount for paid in correction.payments if paid.tender is Tender.CASH)
    return 0
