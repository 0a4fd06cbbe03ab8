"""A shop's spreadsheet, from file to verdicts: reading, columns, cells, judging, exporting. `pos.services.sheet_import` is its door.

Owns no store: what is known is asked through a callable, and what comes out are drafts for `pos.services.goods.import_drafts`.
"""
