"""What can be set on this machine: values only. `pos.config` keeps them in a file; screens show and change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pos.domain.printing import PrinterRole


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer of this shop.

    Attributes:
        name: what the shop calls it (`Kasir`, `Gudang`); shown, never looked up by.
        address: `tcp://host:9100`, `serial:/dev/rfcomm0`, `usb:0416:5011`, `cups:queue`, `windows:name`, `file:/path`, `screen:`.
        profile: name of a profile of `pos.printing.profiles`.
        roles: what it prints; a role that no printer has goes to the one of receipts.
        key: what jobs are queued under: it stays when the name or the address changes. Empty is the address.
        columns, dots: letters a line and dots across where they are not the profile's; 0 = the profile's.
        codepage, table: likewise the code page (a Python codec) and its number for `ESC t`; empty = the profile's.
        answers: its set-up found that it tells when a job is printed.
        stand_in: key of the printer that takes over where this one was not sent a byte; empty for none.
    """

    name: str
    address: str
    profile: str = "generic58"
    roles: tuple[PrinterRole, ...] = (PrinterRole.STRUK,)
    key: str = ""
    columns: int = 0
    dots: int = 0
    codepage: str = ""
    table: int = 0
    answers: bool = False
    stand_in: str = ""

    @property
    def ref(self) -> str:
        """What jobs are queued under."""
        return self.key or self.address


def printer_for(printers: tuple[PrinterChoice, ...], role: PrinterRole) -> PrinterChoice | None:
    """The printer of a role; that of receipts where the role has none; the first where nobody has receipts; None without printers."""
    wanted = next((printer for printer in printers if role in printer.roles), None)
    receipts = next((printer for printer in printers if PrinterRole.STRUK in printer.roles), None)
    return wanted or receipts or (printers[0] if printers else None)


def one_printer(address: str, profile: str = "generic58") -> tuple[PrinterChoice, ...]:
    """The printers of a shop that has one, which prints everything; none for an empty address."""
    return (PrinterChoice("Kasir", address, profile),) if address else ()


@dataclass(frozen=True, slots=True)
class Preferences:
    """One machine's settings.

    Attributes:
        language: `id` or `en`.
        theme: `light`, `dark` or `system`.
        text_scale: percent, 100 or 125.
        printers: the shop's printers, in the order that a person sees.
        till_name: what the shop's list of tills calls this one; empty for the machine's own name.
        support: number of the city's support, as it is dialled; on the help card.
        rounding_step: rupiah of cash rounding, 0 = none; `rounding_direction` down, nearest or up.
        wholesale_from: units from which a wholesale price without a quantity of its own counts.
        paper_header: the shop's own words below its name on paper; each line of it is a line. `receipt_footer` at the end, likewise.
        paper_logo: name of the picture that `Backstage.take_logo` stored, empty for none.
        paper_compact: papers leave out what is air.
        weight_step: grams or millilitres that sales for an amount go by (`Rp5.000` of gula).
        negative_stock: goods are sold that are not on the shelf by what the till knows.
        discount_limit: hundredths of a percent off that a cashier may give without the owner.
        scale_labels: patterns of `pos.domain.scale_label` with `;` between them, empty for none.
        scale_port, scale_speed, scale_frame: serial port of the scale (`COM3`, `/dev/ttyUSB0`; empty for none), its baud, and its frame as
            its manual writes it (`8N1`, `7E1`).
        loose_sticks: cigarettes are sold by the stick.
        copy_folder: where the day's copy is laid a second time (a stick, another folder); empty = nowhere.
        lock_after_minutes: minutes without a hand on the till until it locks, 0 = never; only where somebody has a PIN.
        day_cutoff: minutes after midnight until which it is still the business day before.
        pkp_since, pkp_until: ISO dates of the first and last day on which the shop is PKP and reports tell its PPN; empty where it is
            not, and while no end is known.
        customer_display: `off`, `screen` (on a second screen, where there is one) or `window` (to try it on one).
        keys: keys that are not the usual ones, as `pos.ui.keys` writes them (`pay=F8;hold=F6`).
        credit_limit, credit_days: rupiah that a new customer may owe, and days until it is due.
        titipan: change that cannot be given may be kept for the customer.
        qris_static: the shop's own static QRIS code as text. qris_own: the till makes QRs for an amount from it.
        mirror_folder: where the outbox is mirrored (a stick, another folder); empty = nowhere.
        updates: a newer program is fetched and put in at closing time by itself (`auto`), or when somebody asks for it (`ask`).
        update_url: address of the manifest of newer programs; empty for the server's own.
        secrets_in_file: the owner agreed to keep keys in a 0600 file because this machine has no keyring.
    """

    language: str = "id"
    theme: str = "light"
    text_scale: int = 100
    sounds: bool = True
    reduce_motion: bool = False
    printers: tuple[PrinterChoice, ...] = ()
    paper_language: str = "id"
    receipt_footer: str = "Terima kasih"
    paper_header: str = ""
    paper_logo: str = ""
    paper_compact: bool = False
    central_url: str = ""
    till_name: str = ""
    support: str = ""
    rounding_step: int = 0
    rounding_direction: str = "down"
    wholesale_from: int = 10
    credit_limit: int = 0
    credit_days: int = 30
    titipan: bool = True
    qris_static: str = ""
    qris_own: bool = False
    secrets_in_file: bool = False
    copy_folder: str = ""
    mirror_folder: str = ""
    weight_step: int = 5
    negative_stock: bool = True
    discount_limit: int = 1_000
    scale_labels: str = ""
    scale_port: str = ""
    scale_speed: int = 9_600
    scale_frame: str = "8N1"
    loose_sticks: bool = False
    lock_after_minutes: int = 10
    day_cutoff: int = 0
    pkp_since: str = ""
    pkp_until: str = ""
    customer_display: str = "off"
    keys: str = ""
    updates: str = "auto"
    update_url: str = ""


class PreferencesFile(Protocol):
    """Where preferences are kept."""

    def load(self) -> Preferences: ...

    def save(self, preferences: Preferences) -> None:
        """Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        ...
