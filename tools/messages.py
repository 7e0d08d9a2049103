"""The words of pages: `compile` makes .mo files, `check` finds what lacks words, `stub ROOM` adds empty entries.

A message used in a room stands in that room's catalogue; what `look` has serves every room.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

import django
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src/qyzmet"
LANGUAGES = {
    "kk": "nplurals=2; plural=(n!=1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%\{\w+\}|\{\w*\}")
Key = tuple[str, str | None]


def rooms() -> list[str]:
    return sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def used(room: str) -> dict[Key, str]:
    """Every message of the room's Python and templates, with the place of its first use."""
    found: dict[Key, str] = {}
    for path in sorted((SOURCE / room).rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "kz" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for line, key in _messages(path):
            found.setdefault(key, f"{path.relative_to(SOURCE)}:{line}")
    return found


def _messages(path: Path) -> Iterator[tuple[int, Key]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # what is left of a template is no Python; in brackets its indents at least mean nothing
        text = f"({templatize(text, origin=str(path))}\n)"
    for line, words, _, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        first = words if isinstance(words, str) else words[0]
        if first:
            yield line, (first, context)


def file_of(room: str, language: str) -> Path:
    return SOURCE / room / "locale" / language / "LC_MESSAGES/django.po"


def catalogue(room: str, language: str) -> Catalog:
    path = file_of(room, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language, abort_invalid=True)


def entries(room: str, language: str) -> dict[Key, Message]:
    return {_key(message): message for message in catalogue(room, language) if message.id}


def _key(message: Message) -> Key:
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def check() -> list[str]:
    """What is wrong, one line each."""
    needs = {room: used(room) for room in rooms()}
    wrong: list[str] = []
    for language in LANGUAGES:
        shared = entries("look", language)
        for room, messages in needs.items():
            own = entries(room, language)
            wrong += [
                f"{place}: no {language} words for {key[0]!r}"
                for key, place in messages.items()
                if key not in own and key not in shared
            ]
            wrong += [
                f"{room}/{language}: nobody uses {key[0]!r}"
                for key in own
                if key not in messages and not (room == "look" and any(key in other for other in needs.values()))
            ]
            wrong += [f"{room}/{language}: {fault}" for message in own.values() for fault in _faults(message)]
    return wrong


def _faults(message: Message) -> Iterator[str]:
    name = repr(_key(message)[0])
    if message.fuzzy:
        yield f"{name} is fuzzy"
    wanted = sorted(PLACEHOLDER.findall(_key(message)[0]))
    for words in _strings(message):
        if not words.strip():
            yield f"{name} has no words"
        elif sorted(PLACEHOLDER.findall(words)) != wanted and isinstance(message.id, str):
            yield f"{name}: other placeholders than {wanted}"


def compile_all() -> None:
    for path in sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po")):
        with path.open("rb") as source:
            read = pofile.read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as target:
            mofile.write_mo(target, read)


def stub(room: str) -> None:
    """Add what the room uses and has no entry for; take out what nobody uses; keep all words."""
    needs = used(room)
    anywhere = {key for other in rooms() for key in used(other)} if room == "look" else set(needs)
    for language, plural in LANGUAGES.items():
        shared = entries("look", language) if room != "look" else {}
        kept = {key: one for key, one in entries(room, language).items() if key in anywhere}
        wanted = [*kept, *(key for key in needs if key not in kept and key not in shared)]
        if wanted:
            file_of(room, language).parent.mkdir(parents=True, exist_ok=True)
            with file_of(room, language).open("w", encoding="utf-8") as file:
                _write(file, language, plural, [(key, kept.get(key)) for key in wanted])


def _write(file: IO[str], language: str, plural: str, rows: list[tuple[Key, Message | None]]) -> None:
    header = "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", f"Language: {language}"
    file.write('msgid ""\nmsgstr ""\n')
    for line in (*header, f"Plural-Forms: {plural}"):
        file.write(f'"{line}\\n"\n')
    for (words, context), message in rows:
        file.write("\n")
        if context:
            file.write(f"msgctxt {_quoted(context)}\n")
        file.write(f"msgid {_quoted(words)}\n")
        if message and not isinstance(message.id, str):
            file.write(f"msgid_plural {_quoted(message.id[1])}\n")
            for number, said in enumerate(_strings(message)):
                file.write(f"msgstr[{number}] {_quoted(said)}\n")
        else:
            file.write(f"msgstr {_quoted(_strings(message)[0] if message else '')}\n")


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def main(verb: str, *rest: str) -> int:
    if not settings.configured:
        settings.configure()
        django.setup()
    if verb == "compile":
        compile_all()
    elif verb == "stub":
        for room in rest or rooms():
            stub(room)
    else:
        wrong = check()
        print("\n".join(wrong) or "Every message has words in kk and ru.")
        return 1 if wrong else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
