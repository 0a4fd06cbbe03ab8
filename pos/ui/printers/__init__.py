"""Printers: what is printed and what is known of it, the printers themselves, and setting one up."""
