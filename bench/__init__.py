"""Measurements: how fast, on which data. Never part of the tests; `docs/bench.md` says what was found."""
