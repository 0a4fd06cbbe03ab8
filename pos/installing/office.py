"""The officer's office: provision files of many tills from one spreadsheet. A row that is not right costs only itself.

Owns the columns and their checks. Reads through `pos.services.sheets`; says nothing on a terminal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.errors import ErrorCode, ShopError
from pos.installing import PROVISION_FILE
from pos.installing.provision import Provision, ProvisionGoods, checked, made, plain_name
from pos.services.sheets.cells import clean
from pos.services.sheets.model import Cells
from pos.services.sheets.reading import read_sheet


class Column(StrEnum):
    """What a row of the office's spreadsheet says; several headings each."""

    UID = "uid"
    NAME = "name"
    ADDRESS = "address"
    CASHIER = "cashier"
    TILL = "till"
    CODE = "code"
    CENTRAL = "central"
    PRINTER = "printer"
    PROFILE = "profile"
    LANGUAGE = "language"
    SUPPORT = "support"
    KEYS = "keys_in_file"


_HEADINGS: Final[Mapping[str, Column]] = {
    "uid": Column.UID,
    "uid toko": Column.UID,
    "shop": Column.UID,
    "nama": Column.NAME,
    "nama toko": Column.NAME,
    "name": Column.NAME,
    "alamat": Column.ADDRESS,
    "address": Column.ADDRESS,
    "kasir": Column.CASHIER,
    "nama kasir": Column.CASHIER,
    "cashier": Column.CASHIER,
    "mesin": Column.TILL,
    "mesin kasir": Column.TILL,
    "till": Column.TILL,
    "kode": Column.CODE,
    "code": Column.CODE,
    "server": Column.CENTRAL,
    "central": Column.CENTRAL,
    "printer": Column.PRINTER,
    "jenis printer": Column.PROFILE,
    "profile": Column.PROFILE,
    "bahasa": Column.LANGUAGE,
    "language": Column.LANGUAGE,
    "bantuan": Column.SUPPORT,
    "support": Column.SUPPORT,
    "kunci di berkas": Column.KEYS,
    "keys in file": Column.KEYS,
}
NEEDED: Final = (Column.UID, Column.NAME, Column.CODE)
_YES: Final = frozenset({"ya", "y", "yes", "1", "true"})


class Wrong(StrEnum):
    """What is wrong with a row."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    CODE_TWICE = "code_twice"
    TILL_TWICE = "till_twice"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that no file was made of.

    Attributes:
        number: of the spreadsheet, from 1.
        column: heading of the field, or a field of the file as `shop.uid`.
    """

    number: int
    wrong: Wrong
    column: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that do not say otherwise.

    Attributes:
        goods: a list of goods that is laid beside each file; None for none.
        valid_ms: how long the server lets the codes live.
    """

    central: str = ""
    support: str = ""
    goods: Path | None = None
    valid_ms: int = 86_400_000


@dataclass(slots=True)
class Outcome:
    """What came of a spreadsheet: files by row, and the rows that were left out."""

    files: list[Path] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def make_files(
    sheet: Path, write: Callable[[str, bytes], Path], key: Ed25519PrivateKey, now: int, new_id: Callable[[], str], defaults: Defaults
) -> Outcome:
    """One signed file a row, each in a folder of its own (`SHOP-UID8/TILL/provision.json`), which is what goes on a stick.

    Args:
        write: keeps a file under its path below the office's folder, whole or not at all, and tells where it lies.
        now: UTC ms.

    Raises:
        ShopError: SHEET_* of the reading; SHEET_NO_COLUMNS without the columns that are needed (`NEEDED`); DISK_FULL, FOLDER_READ_ONLY.
    """
    goods = _read(defaults.goods) if defaults.goods is not None else b""
    office = _Office(key, now, new_id, defaults, _goods(defaults.goods, goods))
    outcome = Outcome()
    for number, row in _rows(sheet):
        told = office.provision(row)
        if isinstance(told, Provision):
            outcome.files.append(_write(write, told, office, goods))
        else:
            outcome.bad.append(BadRow(number, *told))
    return outcome


def _rows(sheet: Path) -> Iterator[tuple[int, dict[Column, str]]]:
    """Rows with something in them, by their number in the spreadsheet."""
    rows = read_sheet(sheet).pages[0].rows
    start, columns = _headings(sheet, rows)
    for number, cells in enumerate(rows[start:], start=start + 1):
        row = {column: clean(cells[place]) for column, place in columns.items() if place < len(cells)}
        if any(row.values()):
            yield number, row


def _headings(sheet: Path, rows: tuple[Cells, ...]) -> tuple[int, dict[Column, int]]:
    seen: Cells = ()
    for number, cells in enumerate(rows[:20], start=1):
        found: dict[Column, int] = {}
        for place, cell in enumerate(cells):
            column = _HEADINGS.get(" ".join(cell.split()).casefold())
            if column is not None:
                found.setdefault(column, place)
        if all(column in found for column in NEEDED):
            return number, found
        seen = seen or tuple(cell for cell in cells if cell.strip())
    raise ShopError(ErrorCode.SHEET_NO_COLUMNS, file=sheet.name, headers=", ".join(seen)[:200])


class _Office:
    """Turns rows into provisions; remembers what earlier rows said."""

    def __init__(
        self, key: Ed25519PrivateKey, now: int, new_id: Callable[[], str], defaults: Defaults, goods: ProvisionGoods | None
    ) -> None:
        self.key = key
        self._now, self._new_id, self._defaults, self._goods = now, new_id, defaults, goods
        self._codes: set[str] = set()
        self._tills: set[tuple[str, str]] = set()

    def provision(self, row: dict[Column, str]) -> Provision | tuple[Wrong, str]:
        empty = next((column for column in NEEDED if not row.get(column)), None)
        if empty is not None:
            return Wrong.EMPTY, empty.value
        try:
            found = checked(self._body(row))
        except ValueError as error:
            return Wrong.UNREADABLE, _field_of(error)
        code, till = found.code.replace("-", ""), (found.shop.uid, plain_name(found.till))
        if code in self._codes:
            return Wrong.CODE_TWICE, Column.CODE.value
        if till in self._tills:
            return Wrong.TILL_TWICE, Column.TILL.value
        self._codes.add(code)
        self._tills.add(till)
        return found

    def _body(self, row: dict[Column, str]) -> dict[str, object]:
        body: dict[str, object] = {
            "id": self._new_id(),
            "shop": {
                "uid": row[Column.UID].lower().replace("-", ""),
                "name": row[Column.NAME],
                "address": row.get(Column.ADDRESS, ""),
                "cashier": row.get(Column.CASHIER, ""),
            },
            "till": row.get(Column.TILL) or "Kasir 1",
            "central": row.get(Column.CENTRAL) or self._defaults.central,
            "code": "".join(row[Column.CODE].split()).upper(),
            "made_at": self._now,
            "expires_at": self._now + self._defaults.valid_ms,
            "language": row.get(Column.LANGUAGE, "").lower() or "id",
            "support": row.get(Column.SUPPORT) or self._defaults.support,
            "keys_in_file": row.get(Column.KEYS, "").casefold() in _YES,
        }
        if row.get(Column.PRINTER):
            body["printer"] = {"address": row[Column.PRINTER], "profile": row.get(Column.PROFILE) or "generic58"}
        if self._goods is not None:
            body["goods"] = {"file": self._goods.file, "sha256": self._goods.sha256}
        return body


def _field_of(error: ValueError) -> str:
    """`... - at `$.shop.uid`` says which field; else the words before the colon do."""
    text = str(error)
    return text.rpartition("`$.")[2].rstrip("`") if "`$." in text else text.partition(":")[0]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ShopError(ErrorCode.SHEET_NOT_FOUND, file=file.name) from error


def _goods(file: Path | None, data: bytes) -> ProvisionGoods | None:
    return None if file is None else ProvisionGoods(file.name, hashlib.sha256(data).hexdigest())


def _write(write: Callable[[str, bytes], Path], provision: Provision, office: _Office, goods: bytes) -> Path:
    place = f"{plain_name(provision.shop.name)}-{provision.shop.uid[:8]}/{plain_name(provision.till)}"
    if provision.goods is not None:
        write(f"{place}/{provision.goods.file}", goods)
    return write(f"{place}/{PROVISION_FILE}", made(provision, office.key))
