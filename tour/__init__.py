"""A day at the counter, played through the real windows by another process. See docs/decisions/0002."""
