"""What an officer far away is told of a till: figures, codes and versions, and nothing of a person. Pure.

Owns what is in it and its two forms: text, and a code that fits a QR. Every value is of a kind that is known to be harmless; nothing is
taken out of something larger. The shop's name is not in it either: many a shop is called by its owner's.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.services.line_views import LineQuality
from pos.services.preferences import PrinterChoice
from pos.services.views import LineState, StoreHealth

CODE: Final = "EPKD1:"
"""Begins what the QR holds; behind it zlib in base64url."""
MOST_CODE: Final = 1_000
"""Letters of a code that a phone reads from a till's screen (QR version 24 at level M)."""
_MOST_TEXT: Final = 100_000
_HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that is told.

    Attributes:
        at: UTC ms.
        program: versions, as (what, which).
        device: the first signs of what the server calls this till; empty for none.
        rows: state of each row of the health page, by its key.
        failed_checks: None where the database was not looked through.
        line_error: of the last try; empty for none.
        jobs: print jobs of each state that is not final.
        log: lines of the log that can be given away, the newest last.
    """

    at: int
    program: Sequence[tuple[str, str]]
    device: str
    rows: Mapping[str, str]
    failed_checks: Sequence[str] | None
    line: LineState
    line_error: str
    quality: LineQuality
    store: StoreHealth
    printers: Sequence[PrinterChoice]
    jobs: Mapping[str, int]
    people: int
    settings: Mapping[str, str]
    log: Sequence[str]


def as_text(told: Diagnosis, lines: int = 60) -> str:
    """The file that is saved; `lines` of the log at most."""
    last = told.log[max(0, len(told.log) - lines) :]
    return "\n".join((*_head(told), *_line(told), *_paper(told), *_store(told), "log:", *last))


def as_code(told: Diagnosis) -> str:
    """The same for a QR, with as many of the last lines of the log as fit."""
    for lines in (30, 20, 12, 8, 5, 3, 1, 0):
        packed = base64.urlsafe_b64encode(zlib.compress(as_text(told, lines).encode("utf-8"), 9)).decode("ascii").rstrip("=")
        if len(CODE) + len(packed) <= MOST_CODE:
            break
    return CODE + packed


def read_code(code: str) -> str:
    """The text of a code. Raises ShopError DIAGNOSIS_UNREADABLE."""
    packed = "".join(code.split()).removeprefix(CODE)
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), _MOST_TEXT)
        if not unpacker.eof:
            raise ValueError("cut short, or longer than any diagnosis")
        return data.decode("utf-8")
    except (binascii.Error, ValueError, zlib.error) as error:
        raise ShopError(ErrorCode.DIAGNOSIS_UNREADABLE) from error


def file_name(told: Diagnosis) -> str:
    """What the file is called on a stick."""
    return f"diagnostik-{told.device or 'baru'}-{datetime.fromtimestamp(told.at / 1000, UTC):%Y%m%d-%H%M}.txt"


def _head(told: Diagnosis) -> list[str]:
    checks = "-" if told.failed_checks is None else " ".join(told.failed_checks) or "well"
    return [
        f"at {datetime.fromtimestamp(told.at / 1000, UTC):%Y-%m-%d %H:%M:%SZ}",
        f"device {told.device or '-'}",
        *(f"{what} {which}" for what, which in told.program),
        "health " + " ".join(f"{key}={state}" for key, state in told.rows.items()),
        f"checks {checks}",
        "settings " + " ".join(f"{key}={value}" for key, value in told.settings.items()),
    ]


def _line(told: Diagnosis) -> list[str]:
    line, quality = told.line, told.quality
    waited = (told.at - line.oldest_waiting_at) // _HOUR_MS if line.oldest_waiting_at else 0
    heard = (told.at - line.last_success_at) // _HOUR_MS if line.last_success_at else -1
    return [
        f"line paired={int(line.paired)} waiting={line.waiting} oldest_h={waited} heard_h={heard} error={told.line_error or '-'}"
        f" refused={line.refused} quarantined={line.quarantined} aside={line.aside} unreadable={line.unreadable} same={int(line.digest_ok)}"
        f" clock_ms={line.clock_offset}",
        f"quality ms={quality.round_trip_ms} tried={quality.tried} failed={quality.failed} sent={quality.sent_bytes}"
        f" received={quality.received_bytes} per_s={quality.bytes_per_second} waits={int(quality.waits)}",
    ]


def _paper(told: Diagnosis) -> list[str]:
    jobs = " ".join(f"{state}={count}" for state, count in told.jobs.items() if count) or "-"
    return [*(_printer(printer) for printer in told.printers), f"jobs {jobs}"]


def _printer(printer: PrinterChoice) -> str:
    """By which way it hangs and what it is; neither its name nor where it stands."""
    way, _, rest = printer.address.partition(":")
    kind = f"{way}:{rest}" if way == "usb" and len(rest) <= 9 else way
    roles = ",".join(role.value for role in printer.roles)
    return (
        f"printer {kind} {printer.profile} columns={printer.columns} dots={printer.dots} page={printer.codepage or '-'}/{printer.table}"
        f" answers={int(printer.answers)} roles={roles or '-'}"
    )


def _store(told: Diagnosis) -> list[str]:
    store = told.store
    copied = (told.at - store.last_copy_at) // _HOUR_MS if store.last_copy_at else -1
    return [
        f"store kb={store.size_bytes // 1_000} free_mb={store.free_bytes // 1_000_000} schema={store.schema} journal={store.journal}"
        f" products={store.products} sales={store.sales} people={told.people} copied_h={copied}",
    ]
