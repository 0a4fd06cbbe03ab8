"""Wire types within limits: the same shapes, whose numbers and texts can be kept. The decoder checks them as it reads.

A message is first read by its narrow twin, which costs nothing over reading it at all; why one was refused is found out afterwards.
"""

from __future__ import annotations

import functools
import operator
import types
import typing
from typing import Annotated, Any, Final

import msgspec

from pos.sync.protocol import Wire

MAX_NUMBER: Final = 2**53
"""Beyond it not every reader of JSON holds an integer, and sums could overflow."""
MAX_TEXT: Final = 4_000
MAX_AMOUNT: Final = 999_999_999_999
"""Rupiah and base units; the till's own limit."""

_NUMBER: Final = Annotated[int, msgspec.Meta(ge=-MAX_NUMBER, le=MAX_NUMBER)]
_TEXT: Final = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
_made: dict[type[Any], type[Any]] = {}


def narrow(kind: type[Wire]) -> type[Any]:
    """The twin of a wire type: a subclass of it whose every number and text is within limits, and all that it holds."""
    found = _made.get(kind)
    if found is None:
        hints = typing.get_type_hints(kind)
        fields: list[Any] = []
        for field in msgspec.structs.fields(kind):
            shape = _within(hints[field.name])
            fields.append((field.name, shape) if field.default is msgspec.NODEFAULT else (field.name, shape, field.default))
        found = msgspec.defstruct(kind.__name__, fields, bases=(kind,), frozen=True, kw_only=True, omit_defaults=True)
        _made[kind] = found
    return found


def _within(shape: Any) -> Any:
    if shape is int:
        return _NUMBER
    if shape is str:
        return _TEXT
    if isinstance(shape, type) and issubclass(shape, Wire):
        return narrow(shape)
    parts = tuple(part if part is Ellipsis else _within(part) for part in typing.get_args(shape))
    if typing.get_origin(shape) is tuple:
        return types.GenericAlias(tuple, parts)
    if typing.get_origin(shape) in (typing.Union, types.UnionType):
        return functools.reduce(operator.or_, parts)
    return shape
