"""An X or Z report on the screen: what should be in the drawer line by line, what was counted, what was sold. Owns no sum."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.drawer_report import DrawerReport, Tally
from pos.domain.money import format_rupiah
from pos.ui.drawer.words import difference_text, line_text, report_span, tender_text
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Rule
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text


class ReportView(QWidget):
    """Sections of rows, one below the other; as high as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, look().px(10), 0)
        self._box.setSpacing(look().px(4))
        self.sections: list[Rows] = []

    def show_report(self, report: DrawerReport) -> None:
        """Another report."""
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.sections = []
        self._box.addWidget(Text(report_span(report), Role.BACA, Token.TINTA2, 400, wrap=True))
        for title, rows in sections(report):
            self._add(title, rows)
        self._box.addStretch(1)

    def words(self) -> str:
        """All that it says, as a screen reader reads it."""
        return "\n".join(section.accessibleName() for section in self.sections)

    def _add(self, title: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._box.addSpacing(look().px(6))
        self._box.addWidget(Rule(dashed=True))
        self._box.addSpacing(look().px(4))
        if title:
            self._box.addWidget(Text(title, Role.SUB))
        shown = Rows()
        shown.show_rows(rows)
        shown.setAccessibleName(f"{title}: {shown.accessibleName()}" if title else shown.accessibleName())
        self.sections.append(shown)
        self._box.addWidget(shown)


def sections(report: DrawerReport) -> list[tuple[str, list[Row]]]:
    """Title and rows of each part."""
    return [
        (tr("Yang seharusnya di laci"), _drawer(report)),
        (tr("Hitungan"), _counted(report)),
        (tr("Penjualan"), _sales(report)),
        (tr("Cara bayar"), [Row(f"{tender_text(each.tender)} ({each.count})", format_rupiah(each.amount)) for each in report.tenders]),
        ("", _remarks(report)),
    ]


def _drawer(report: DrawerReport) -> list[Row]:
    rows = [Row(line_text(line), format_rupiah(line.amount)) for line in report.lines]
    return [*rows, Row(tr("Uang seharusnya"), format_rupiah(report.expected), strong=True)]


def _counted(report: DrawerReport) -> list[Row]:
    if report.counted is None:
        return []
    rows = [Row(f"{format_rupiah(note)} × {count}", format_rupiah(note * count)) for note, count in report.notes]
    rows.append(Row(tr("Uang dihitung"), format_rupiah(report.counted), strong=True))
    return [*rows, Row(difference_text(report.difference or 0), "", strong=True)]


def _sales(report: DrawerReport) -> list[Row]:
    rows = [Row(tr("{n} nota", n=report.sales), format_rupiah(report.turnover), strong=True)]
    for words, tally in ((tr("Nota dibatalkan"), report.voids), (tr("Retur"), report.refunds)):
        rows += _tally(words, tally)
    for words, amount in ((tr("Potongan"), -report.discounts), (tr("Pembulatan"), report.rounding)):
        if amount:
            rows.append(Row(words, format_rupiah(amount)))
    return rows


def _remarks(report: DrawerReport) -> list[Row]:
    """What somebody should look at."""
    rows = _tally(tr("Dinyatakan masuk oleh kasir"), report.by_hand)
    if report.titipan:
        rows.append(Row(tr("Titipan kembalian"), format_rupiah(report.titipan)))
    return rows


def _tally(words: str, tally: Tally) -> list[Row]:
    return [Row(f"{words} ({tally.count})", format_rupiah(tally.amount))] if tally.count else []
