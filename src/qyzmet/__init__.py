"""Qyzmet: an open case desk for the public bodies of a city."""
