"""Catatan kegiatan: what was done at the till, by whom and when; searched, checked, never changed. Owns no entry."""
