"""What the difference of a count is called. Pure."""

from __future__ import annotations

from pos.domain.money import Rupiah, format_rupiah
from pos.ui.language import tr


def difference_text(difference: Rupiah) -> str:
    """Counted minus expected in words: `Kurang Rp2.000`, `Lebih Rp500`, `Pas`."""
    if difference == 0:
        return tr("Pas, tidak ada selisih")
    amount = format_rupiah(abs(difference))
    return tr("Kurang {amount}", amount=amount) if difference < 0 else tr("Lebih {amount}", amount=amount)
