"""Laporan: what was sold, when, of what, paid how. Shows sums of facts; computes none."""
