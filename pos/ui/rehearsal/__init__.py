"""A rehearsal as it is seen: where it begins, and the band over every page that says what it is."""
