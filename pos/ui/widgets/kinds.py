"""How strong a button is and what that looks like, as data. Owns no widget."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pos.ui.theme.tokens import Token

TOUCH: Final = 48
"""Pixels: the least height and width of anything a finger presses."""


class Kind(StrEnum):
    """How strong a button is. Strong only when pressing it now is right."""

    QUIET = "quiet"
    """Card with an edge: the ordinary one."""
    FILL = "fill"
    """Pale fill without an edge: quick amounts."""
    SOFT = "soft"
    """Pale green: the next step, not yet right to press."""
    PRIMARY = "primary"
    """Green: the step of this panel."""
    NEXT = "next"
    """Turmeric: the one next step of the screen, never two."""
    DANGER = "danger"
    """Takes something away."""
    COUNTER = "counter"
    """Stands on the green counter."""
    FLAT = "flat"
    """No ground until it is under the pointer."""


class Paint(NamedTuple):
    """What a kind is painted with; None leaves it out."""

    fill: Token | None
    edge: Token | None
    ink: Token
    sign: Token


PAINTS: Final[dict[Kind, Paint]] = {
    Kind.QUIET: Paint(Token.KERTAS, Token.GARIS_KUAT, Token.TINTA, Token.TINTA),
    Kind.FILL: Paint(Token.TEKAN, None, Token.TINTA, Token.TINTA),
    Kind.SOFT: Paint(Token.DAUN_MUDA, None, Token.DAUN_TEKS, Token.DAUN_TEKS),
    Kind.PRIMARY: Paint(Token.DAUN, None, Token.DI_DAUN, Token.DI_DAUN),
    Kind.NEXT: Paint(Token.KUNYIT, None, Token.DI_KUNYIT, Token.DI_KUNYIT),
    Kind.DANGER: Paint(Token.KERTAS, Token.GARIS_KUAT, Token.BATA_TEKS, Token.BATA_TEKS),
    Kind.COUNTER: Paint(Token.TUA_BTN, None, Token.DI_TUA, Token.DI_TUA),
    Kind.FLAT: Paint(None, None, Token.TINTA, Token.TINTA2),
}
OFF: Final = Paint(Token.CEKUNG, Token.GARIS, Token.TINTA3, Token.TINTA3)
"""A kind while it cannot be pressed."""
OFF_PAINTS: Final[dict[Kind, Paint]] = {
    # what stands on the counter stays part of it
    Kind.NEXT: Paint(Token.TUA_BTN, None, Token.DI_TUA2, Token.DI_TUA2),
    Kind.COUNTER: Paint(Token.DAUN_TUA, Token.TUA_BTN, Token.DI_TUA2, Token.DI_TUA2),
    Kind.FLAT: Paint(None, None, Token.TINTA3, Token.TINTA3),
}
