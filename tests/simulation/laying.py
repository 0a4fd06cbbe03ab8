"""Something in the place of something else for as long as a block lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def laid_over(*replaced: tuple[object, str, object]) -> Iterator[None]:
    """(where, name, what) in the place of what is there."""
    with ExitStack() as put_back:
        for where, name, what in replaced:
            put_back.callback(setattr, where, name, getattr(where, name))
            setattr(where, name, what)
        yield
