"""Orang: who works here, their roles and PINs, and what cashiers may without asking. Owns no rule."""
