"""What goods cost more than was taken when they were sold in advance is told by reports: the few movements that tell it are found."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of those movements alone: it costs an ordinary sale nothing."""
    op.get_bind().exec_driver_sql("CREATE INDEX stock_movement_variance ON stock_movement (at, variance) WHERE variance != 0")


def downgrade() -> None:
    """A copy is made before each migration instead."""
    raise RuntimeError("a store is not brought back; use the copy that was made before")
