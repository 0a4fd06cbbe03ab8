"""An officer's office for tests: a key, the list of keys that tills trust, provision files, sticks. Owns no rule of theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.installing import PROVISION_FILE
from pos.installing.provision import checked, made
from pos.installing.signing import Purpose, name_of, public_text

AT = 1_795_417_500_000


@dataclass
class Office:
    """One city office with its key."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def trusted_by(self, file: Path) -> Path:
        """Write the list of keys that trusts this office, for every purpose."""
        public = self.key.public_key()
        file.write_text(json.dumps({purpose.value: {name_of(public): public_text(public)} for purpose in Purpose}))
        return file

    def stick(self, folder: Path, uid: str, central: str, code: str, **more: Any) -> Path:
        """A folder as on a stick, with the provision of one till."""
        body: dict[str, Any] = {
            "id": "f" * 32,
            "shop": {"uid": uid, "name": "Toko Sinar Jaya", "address": "Jl. Kenanga 12"},
            "till": "Kasir 1",
            "central": central,
            "code": code,
            "made_at": AT,
            "expires_at": AT + 86_400_000,
            "support": "031-5312144",
            "keys_in_file": True,
        }
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PROVISION_FILE).write_bytes(made(checked(body | more), self.key))
        return folder
