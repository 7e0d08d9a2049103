"""How the ledger says that something does not hold."""

from typing import Any


class Invalid(ValueError):
    """A file, a text or a proof is not what its specification allows, or does not prove what it should.

    `code` is stable snake_case (its words in three languages belong to the faces); `values` fill their placeholders.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.code} ({shown})" if shown else self.code
