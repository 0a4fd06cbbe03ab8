"""Which printer a job goes to: its own, or the one that stands in for it. Pure; sends nothing and knows no clock.

A stand-in takes only what fits it: the bytes are frozen for one width of paper and one set of letters. A drawer has no stand-in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from pos.domain.printing import DocumentKind
from pos.printing.profiles import Profile, profile_of
from pos.services.paper_views import PrintRow
from pos.services.preferences import PrinterChoice

Printers = Callable[[], Sequence[PrinterChoice]]
_LONGEST: Final = 4
"""Printers in a chain of stand-ins."""


def printer_called(printers: Sequence[PrinterChoice], ref: str) -> PrinterChoice | None:
    """The printer that jobs are queued under `ref` for; None when the shop has it no more."""
    return next((printer for printer in printers if printer.ref == ref), None)


def ways(row: PrintRow, printers: Sequence[PrinterChoice]) -> list[PrinterChoice]:
    """The printers that may take a job, the first choice first; none when its own is gone."""
    own = printer_called(printers, row.printer)
    if own is None:
        return []
    found = [own]
    while row.kind is not DocumentKind.DRAWER_KICK and len(found) < _LONGEST:
        after = printer_called(printers, found[-1].stand_in)
        if after is None or after in found or not fits(own, after):
            break
        found.append(after)
    return found


def fits(own: PrinterChoice, other: PrinterChoice) -> bool:
    """Whether what is frozen for one printer comes out right on another."""
    return _shape(profile_of(own)) == _shape(profile_of(other))


def _shape(profile: Profile) -> tuple[object, ...]:
    """What the bytes depend on. A cutter or a drawer that is not there is passed over."""
    return (profile.columns, profile.dots, profile.codepage, profile.table, profile.motion_units, profile.answers, profile.native_qr)
