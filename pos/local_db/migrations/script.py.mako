"""${message}."""

from __future__ import annotations

from alembic import op

revision = "${up_revision}"
down_revision = "${down_revision}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "op.execute('')"}


def downgrade() -> None:
    """A store is not brought back: a copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
