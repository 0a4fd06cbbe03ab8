"""How a column of the central is made: types and names that every table module uses. Holds no tables."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Text

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
ID: Final = BigInteger().with_variant(Integer, "sqlite")


def words(name: str) -> Column[str]:
    """A text; empty is none."""
    return Column(name, Text, nullable=False)


def number(name: str) -> Column[int]:
    """An integer of 64 bits; 0 is none where the name does not say otherwise."""
    return Column(name, BigInteger, nullable=False)


def raw(name: str) -> Column[bytes]:
    """Bytes as they came."""
    return Column(name, LargeBinary, nullable=False)


def key_words(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def key_number(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def of_shop() -> Column[int]:
    """First in every key, so that the tables partition by shop."""
    return key_number("shop")
