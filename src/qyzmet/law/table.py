"""Strict reading of one TOML table: every key is asked for by name and form; what nobody asked for is an error."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from qyzmet.law.errors import LawError
from qyzmet.law.words import LANGS, Words


class Table:
    """A table at `where` (dotted) of `file`. Asking for a key marks it as known; `done` refuses the rest."""

    def __init__(self, file: str, data: dict[str, Any], where: str = "") -> None:
        self.file, self.where = file, where
        self._data, self._asked = data, set[str]()

    @classmethod
    def of(cls, path: Path) -> "Table":
        """The file as a table. LawError if it is not TOML in UTF-8."""
        file = "/".join(path.parts[-2:])
        try:
            return cls(file, tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LawError(file, str(error), "TOML, UTF-8") from error

    def error(self, key: str, allowed: str) -> LawError:
        """The error that `key` of this table is not as `allowed`."""
        return LawError(self.file, f"{self.where}.{key}".strip("."), allowed)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def keys(self) -> list[str]:
        """All keys, in the order of the file."""
        return list(self._data)

    def _get(self, key: str, kind: type | tuple[type, ...], allowed: str) -> Any:
        self._asked.add(key)
        found = self._data.get(key)
        good = isinstance(found, kind) and not (isinstance(found, bool) and kind is int)
        if not good:
            raise self.error(key, allowed)
        return found

    def text(self, key: str) -> str:
        """A text, perhaps empty."""
        found: str = self._get(key, str, '"text"')
        return found

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of the texts allowed."""
        words = " | ".join(f'"{word}"' for word in allowed)
        found: str = self._get(key, str, words)
        if found not in allowed:
            raise self.error(key, words)
        return found

    def whole(self, key: str) -> int:
        """A whole number from 1."""
        found: int = self._get(key, int, "1, 2, 3 ...")
        if found < 1:
            raise self.error(key, "1, 2, 3 ...")
        return found

    def flag(self, key: str) -> bool:
        """true or false."""
        found: bool = self._get(key, bool, "true | false")
        return found

    def day(self, key: str) -> date:
        """A date without quotes."""
        found = self._get(key, date, "2026-12-31")
        if type(found) is not date:
            raise self.error(key, "2026-12-31")
        return found

    def moment(self, key: str) -> datetime:
        """A date and a time without quotes."""
        found: datetime = self._get(key, datetime, "2026-12-31T18:30:00")
        return found

    def clock(self, key: str) -> time:
        """A time of day without quotes."""
        found: time = self._get(key, time, "18:30:00")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts, each at most once."""
        found = self._get(key, list, '["code", ...]')
        if not all(isinstance(name, str) for name in found) or len(set(found)) != len(found):
            raise self.error(key, '["code", ...], each once')
        return tuple(found)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates without quotes, in their order."""
        found = self._get(key, list, "[2021-07-01, ...]")
        if not all(type(day) is date for day in found) or sorted(set(found)) != found:
            raise self.error(key, "[2021-07-01, ...], the earliest first, each once")
        return tuple(found)

    def words(self, key: str) -> Words:
        """A text in all three languages."""
        allowed = '{ kk = "...", ru = "...", en = "..." }'
        found = self._get(key, dict, allowed)
        complete = set(found) == set(LANGS) and all(isinstance(text, str) and text.strip() for text in found.values())
        if not complete:
            raise self.error(key, allowed)
        return {lang: found[lang] for lang in LANGS}

    def table(self, key: str) -> "Table":
        """The table under the key."""
        return Table(self.file, self._get(key, dict, f"[{key}]"), f"{self.where}.{key}".strip("."))

    def tables(self, key: str) -> list["Table"]:
        """The list of tables under the key."""
        found = self._get(key, list, f"[[{key}]]")
        if not all(isinstance(one, dict) for one in found):
            raise self.error(key, f"[[{key}]]")
        where = f"{self.where}.{key}".strip(".")
        return [Table(self.file, one, f"{where}[{number}]") for number, one in enumerate(found, 1)]

    def done(self, allowed: Sequence[str] = ()) -> None:
        """LawError if a key is left that nobody asked for. `allowed`: what else might have stood here."""
        known = sorted(self._asked | set(allowed))
        for key in self._data:
            if key not in self._asked:
                raise self.error(key, "one of: " + ", ".join(known))
