"""Which incarnation of the server told which part of a feed.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("server", "incarnation"), ("shop", "marks")):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
