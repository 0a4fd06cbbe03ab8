"""The first start: language, pairing, printer, scanner, goods."""
