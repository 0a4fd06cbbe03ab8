"""The terminal's commands for lists of goods: in from a file, out to one. Owns their words; the parser is `pos.cli`'s."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.cli import GOOD, NOTHING_DONE, say, say_trouble
from pos.ui.language import tr

if TYPE_CHECKING:
    from pos.services.sheet_import import SheetPreview

_MOST_ROWS: Final = 200


def take_sheet(options: argparse.Namespace) -> int:
    """`import FILE`: what each row is, and the good ones into the shop."""
    from pos.app import open_backstage
    from pos.services.imports.taking import import_drafts, source_of

    with open_backstage(options.data) as shop:
        preview = shop.read_sheet(str(options.file), lambda done, total: True)
        assert preview is not None, "nobody stopped it"
        _say_verdicts(preview)
        if options.refused:
            _write_refused(preview, options.refused)
        if not preview.counts.taken:
            say_trouble(tr("Tidak ada baris yang bisa diambil."))
            return NOTHING_DONE
        if options.dry_run:
            say(tr("Hanya diperiksa, tidak ada yang disimpan."))
            return GOOD
        taken = import_drafts(shop.till, preview.takeable(), source=source_of(preview))
    say(tr("Masuk: {created} barang baru, {updated} diperbarui.", created=taken.created, updated=taken.updated))
    if taken.same:
        say(tr("{n} barang sudah begitu, tidak diubah.", n=taken.same))
    if taken.flagged:
        say(tr("{n} barang perlu dilihat: buka Barang, Perlu dilihat.", n=taken.flagged))
    return GOOD


def write_sheet(options: argparse.Namespace) -> int:
    """`export FILE`: all goods, as the import reads them."""
    from pos.app import open_backstage
    from pos.services.goods_export import export_goods

    with open_backstage(options.data) as shop:
        written = export_goods(shop.till, options.file)
    say(tr("{n} barang ditulis ke {file}.", n=written, file=options.file.name))
    return GOOD if written else NOTHING_DONE


def _say_verdicts(preview: SheetPreview) -> None:
    from pos.ui.sheet_words import reason_text

    counts = preview.counts
    say(tr("{file}: {n} baris.", file=preview.file, n=counts.total))
    for sentence, number in (
        (tr("barang baru"), counts.new),
        (tr("diperbarui"), counts.update),
        (tr("diambil, perlu dilihat"), counts.review),
        (tr("ditolak, tidak masuk"), counts.refused),
    ):
        say(f"{number:>8}  {sentence}")
    refused = preview.refused()
    for row in refused[:_MOST_ROWS]:
        reasons = " ".join(reason_text(reason) for reason in row.reasons)
        say(tr("Baris {number} ditolak: {reasons}", number=row.number, reasons=reasons))
    if len(refused) > _MOST_ROWS:
        say(tr("{n} baris lagi ditolak. Tulis semuanya dengan --refused.", n=len(refused) - _MOST_ROWS))


def _write_refused(preview: SheetPreview, file: Path) -> None:
    from pos.services.sheet_import import export_refused
    from pos.ui.sheet_words import reason_text

    written = export_refused(preview, file, reason_text, (tr("Baris"), tr("Alasan")))
    say(tr("{n} baris yang ditolak ditulis ke {file}.", n=written, file=file.name))
