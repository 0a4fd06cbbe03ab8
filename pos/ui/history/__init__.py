"""Notas of past sales: search, the paper, reprint."""
