"""Why a witness or a monitor cannot start."""


class Refusal(Exception):
    """`code` has words in `words.toml`; `values` fill them."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, {name: str(value) for name, value in values.items()}
