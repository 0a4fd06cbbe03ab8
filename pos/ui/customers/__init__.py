"""Customers and their books: who owes what, since when, and paying it back."""
