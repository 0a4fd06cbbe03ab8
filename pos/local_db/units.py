"""How the rows of a product's units are numbered. Owns that one number; knows no table."""

from __future__ import annotations

from typing import Final

UNITS_PER_PRODUCT: Final = 1024
"""A unit's row is `product id * UNITS_PER_PRODUCT + position`: a ladder lies together, and the unit that sells needs no further index."""
