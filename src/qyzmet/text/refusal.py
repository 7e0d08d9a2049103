"""How an action says no. A refusal is a code with values; its words, in three languages, are found by the faces."""

from typing import Any


class Refused(Exception):
    """What was asked cannot be done.

    `code` is stable snake_case. `kind` is "state" (the state or the rights forbid it) or "input" (what was sent
    cannot be taken). `values` fill the placeholders of the words.
    """

    def __init__(self, code: str, *, kind: str = "state", **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.code} ({shown})" if shown else self.code


class Missing(Exception):
    """Nothing the asker may see stands under this name.

    One answer for the absent and for the hidden, so that asking tells nothing.
    """
