"""The X and the Z report as a document: what should be in the drawer line by line, what was in it, and what the day came to. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.document import BOLD, LARGE, Bar, Block, Cut, Document, Pair, Rule, Text
from pos.domain.drawer_report import DrawerLine, DrawerReport, Tally, TenderTotal
from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.printing.figures import moment
from pos.printing.parts import BREATH, GAP, House, titled


def drawer_report(report: DrawerReport, house: House, copy: int = 0) -> Document:
    """The report. Without a number it is an X: the drawer is open, nothing is counted yet."""
    words = house.words.report
    return (
        *titled(house, words.x if report.number is None else words.z.format(report.number), copy),
        Rule("="),
        *_when(report, house),
        Rule(),
        Text(words.drawer, style=BOLD),
        *(_line(line, house) for line in report.lines),
        Rule(),
        Pair(words.expected, format_rupiah(report.expected), BOLD),
        *_counted(report, house),
        Rule("="),
        *_turnover(report, house),
        Rule(),
        Text(words.tenders, style=BOLD),
        *(_tender(total, house) for total in report.tenders),
        *_tally(words.by_hand, report.by_hand),
        Rule(),
        Pair(words.made, moment(report.at)),
        Cut(),
    )


def _when(report: DrawerReport, house: House) -> Iterator[Block]:
    words = house.words.report
    if report.day:
        yield Pair(words.day, _day(report.day))
    yield Pair(words.opened, moment(report.opened_at))
    yield Pair(words.closed, words.so_far if report.closed_at is None else moment(report.closed_at))
    if report.cashiers:
        yield Text(words.cashiers.format(", ".join(report.cashiers)))


def _day(day: str) -> str:
    """`2026-11-25` as `25/11/2026`."""
    return "/".join(reversed(day.split("-")))


def _line(line: DrawerLine, house: House) -> Block:
    """What it is and, where it is more than one, how often. Cash without a sale says its reason: the sign says which way it went."""
    words = house.words.report
    name = words.reasons.get(line.label, line.label) if line.label else words.kinds[line.kind]
    return Pair(f"{name} ({line.count})" if line.count > 1 else name, format_figure(line.amount))


def _counted(report: DrawerReport, house: House) -> Iterator[Block]:
    """What was in the drawer, note by note, and what that is against what should be."""
    words, difference = house.words.report, report.difference
    if report.counted is None or difference is None:
        return
    yield Pair(words.counted, format_rupiah(report.counted), BOLD)
    yield GAP
    yield Bar(_verdict(difference, house))
    if report.notes:
        yield GAP
        yield Text(words.notes, style=BOLD)
        for note, count in report.notes:
            yield Pair(f"{count} x {format_figure(note)}", format_figure(note * count))


def _verdict(difference: Rupiah, house: House) -> str:
    words = house.words.report
    if difference == 0:
        return words.exact
    return (words.short if difference < 0 else words.over).format(format_rupiah(abs(difference)))


def _turnover(report: DrawerReport, house: House) -> Iterator[Block]:
    words = house.words.report
    yield Pair(words.sales, format_figure(report.sales))
    yield from _tally(words.voids, report.voids)
    yield from _tally(words.refunds, report.refunds)
    for name, amount in ((words.discounts, report.discounts), (words.rounding, report.rounding), (words.titipan, report.titipan)):
        if amount:
            yield Pair(name, format_figure(amount))
    yield BREATH
    yield Pair(words.turnover, format_rupiah(report.turnover), LARGE)
    yield BREATH


def _tender(total: TenderTotal, house: House) -> Block:
    name = house.words.struk.tenders.get(total.tender, total.tender)
    return Pair(f"{name} ({total.count})", format_figure(total.amount))


def _tally(name: str, tally: Tally) -> Iterator[Block]:
    if tally.count:
        yield Pair(name.format(format_figure(tally.count)), format_figure(tally.amount))
