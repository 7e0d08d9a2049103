"""The desk of the hall, whose actions write the rows that are looked at here."""

from tests.cases.conftest import desk

__all__ = ["desk"]
