"""Changes to the shop's list of printers. Pure: values in, values out; keeps nothing and shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.printing import PrinterRole
from pos.services.preferences import PrinterChoice

Printers = tuple[PrinterChoice, ...]


def with_printer(printers: Printers, printer: PrinterChoice) -> Printers:
    """The list with a printer put in the place of the one that jobs call the same, or at its end. A role has one printer: what this one
    takes, the others lose."""
    others = tuple(_without_roles(each, printer.roles) if each.ref != printer.ref else printer for each in printers)
    return others if any(each.ref == printer.ref for each in printers) else (*others, printer)


def without_printer(printers: Printers, ref: str) -> Printers:
    """The list without a printer; nobody is stood in for by it any more."""
    return tuple(replace(each, stand_in="") if each.stand_in == ref else each for each in printers if each.ref != ref)


def changed_address(printer: PrinterChoice, address: str) -> PrinterChoice:
    """The same printer at another address: its papers go with it."""
    return replace(printer, address=address, key=printer.ref)


def with_answers(printer: PrinterChoice, learned: PrinterChoice) -> PrinterChoice:
    """A printer with what the three questions about its set-up page told, and nothing else of `learned`."""
    return replace(printer, columns=learned.columns, dots=learned.dots, codepage=learned.codepage, table=learned.table)


def free_name(printers: Sequence[PrinterChoice], wanted: str) -> str:
    """A name that no printer has yet: `Kasir`, `Kasir 2`."""
    names = {printer.name for printer in printers}
    return next(name for name in (wanted, *(f"{wanted} {number}" for number in range(2, len(names) + 3))) if name not in names)


def free_roles(printers: Sequence[PrinterChoice]) -> tuple[PrinterRole, ...]:
    """What a new printer is for: receipts where nobody prints them, else nothing until it is said."""
    return () if any(PrinterRole.STRUK in printer.roles for printer in printers) else (PrinterRole.STRUK,)


def _without_roles(printer: PrinterChoice, taken: Sequence[PrinterRole]) -> PrinterChoice:
    return replace(printer, roles=tuple(role for role in printer.roles if role not in taken))
