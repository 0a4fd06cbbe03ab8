"""The till of a neighbourhood shop. See docs/architecture.md for the rooms of this house."""

__version__ = "0.1.0"
