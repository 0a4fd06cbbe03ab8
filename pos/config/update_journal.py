"""How far an update is, written down so that a power cut finds it again. Owns the file and the folder that it lies in; decides nothing."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from pos.config.files import replace_file
from pos.domain.update import Stage, Update, Wanted, Why

_log = logging.getLogger(__name__)

_FILE: Final = "state.json"
_LOCK: Final = "lock"
_MAX_BYTES: Final = 64 * 1024


class UpdateJournal:
    """The one update that a till knows of. A step that was written is there after a power cut."""

    def __init__(self, folder: Path) -> None:
        """`folder`: as `Paths.updates`."""
        self.folder = folder
        self.file = folder / _FILE

    @property
    def lock(self) -> Path:
        """Held by whoever puts an update in."""
        return self.folder / _LOCK

    def load(self) -> Update:
        """What was written last; none where nothing was, or where it cannot be read."""
        try:
            data = self.file.read_bytes()
            if len(data) > _MAX_BYTES:
                raise ValueError("no journal is that long")
            return _read(json.loads(data))
        except FileNotFoundError:
            return Update()
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _log.warning("the journal of updates cannot be read: %s", error)
            return Update()

    def keep(self, update: Update) -> Update:
        """Write it down; it is on the disk when this returns. Raises ShopError DISK_FULL, FOLDER_READ_ONLY."""
        replace_file(self.file, json.dumps(asdict(update), ensure_ascii=False, indent=1).encode())
        return update


def _read(told: dict[str, Any]) -> Update:
    known = {field.name: told[field.name] for field in fields(Update) if field.name in told}
    known["stage"] = Stage(known.get("stage", Stage.NONE))
    known["wanted"] = Wanted(known.get("wanted", Wanted.NOT_ASKED))
    known["why"] = Why(known.get("why", Why.NOTHING))
    known["failed_before"] = tuple(map(str, known.get("failed_before", ())))
    wrong = [
        field.name
        for field in fields(Update)
        if field.name in known and type(field.default) in (str, int, bool) and type(known[field.name]) is not type(field.default)
    ]
    if wrong:
        raise ValueError(f"of another kind: {wrong}")
    return Update(**known)
