"""What the shop remembers: one SQLite file, one writer, read-only readers."""
