"""Lists of goods into the shop and out of it again: what a list would do, taking it in, taking it back. Files are `pos.services.sheets`'.

A list is written down before any of its goods is touched, row by row with what was there before; one small transaction then says that it
is taken, and its goods follow in portions that sales go between. See docs/decisions.
"""
