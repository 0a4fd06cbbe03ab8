"""Stok: goods in, goods counted, cards, and what to buy."""
