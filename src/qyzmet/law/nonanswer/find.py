"""The rules. Each looks at a letter before it is approved and says where, which sentence, and nothing about truth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qyzmet.law.nonanswer.data import Data
from qyzmet.law.nonanswer.masks import greets, masked, name_beginnings, paragraph_hash, paragraphs
from qyzmet.law.nonanswer.words import begins, capitals, cited, numbers, says, sentences, shared, states, stem

RULES = ("formula", "no_fact", "no_ground", "bare_denial", "copied")
SHOWN = 300
"""Characters of a sentence that a finding carries."""


@dataclass(frozen=True)
class Letter:
    """What an answer says, and what it answers to."""

    language: str
    appeal: str
    """Text, subject and questions of the appeal."""
    appeal_language: str
    facts: str
    ground: str
    answers: Mapping[str, str]
    """Where (a field of the draft) -> the text written there; without those that are joined to another."""
    names: tuple[str, ...] = ()
    """Of the parties."""
    adverse: bool = False
    copies: Mapping[str, int] = field(default_factory=dict)
    """Hash of a paragraph -> how many other answers of the body have it."""

    @property
    def parts(self) -> dict[str, str]:
        """The parts an official writes in own words, by field."""
        return {"facts": self.facts, **self.answers}


@dataclass(frozen=True)
class Finding:
    """`rule` that found it, `where` (a field of the draft), the `sentence`; `count` of other answers with it."""

    rule: str
    where: str
    sentence: str
    count: int = 0


def find(letter: Letter, data: Data) -> list[Finding]:
    """Everything in the letter that looks like no answer; empty for most."""
    asked = _Asked(letter, data)
    formulas = list(_formulas(letter, asked, data))
    rest = [*_no_fact(letter, asked, data)] if not formulas else []
    return [*formulas, *rest, *_no_ground(letter, data), *_bare_denial(letter, data), *_copied(letter, data)]


class _Asked:
    """The stems of the appeal, and what stands in a sentence beyond phrases of office."""

    def __init__(self, letter: Letter, data: Data) -> None:
        self.letter, self.data = letter, data
        self.office = tuple({one for phrase in data.formulas for one in phrase}) + data.filler
        self.names = name_beginnings(letter.names, data)
        self.stems = self.content(letter.appeal, letter.appeal_language)

    def formula(self, sentence: str) -> bool:
        """Whether the sentence only says that the appeal was dealt with; the subject repeated adds nothing."""
        words = self.data.fold(sentence).split()
        said = [phrase for phrase in self.data.formulas if says(words, phrase)]
        covered = tuple(one for phrase in said for one in phrase) + self.data.filler + self.names
        left = [word for word in words if len(word) > 1 and not begins(word, covered)]
        if said:
            left = [word for word in left if not word[0].isdigit() and not begins(word, self.data.dates)]
            left = [word for word in left if stem(word, self.letter.language, self.data) not in self.stems]
        return greets(sentence, self.data) or not left

    def content(self, text: str, lang: str) -> set[str]:
        """Stems and numbers of the text, without words of office, names of the parties and numbers of articles."""
        found, hollow = set(), (*self.office, *self.names)
        for sentence in sentences(text):
            words = self.data.fold(sentence).split()
            found |= numbers(words, self.data)
            plain = (word for word in words if len(word) > 1 and not word[0].isdigit())
            found |= {stem(w, lang, self.data) for w in plain if not begins(w, hollow)}
        return found


def _formulas(letter: Letter, asked: _Asked, data: Data) -> Iterator[Finding]:
    """An answer in which every sentence only says that the appeal was considered."""
    parts = letter.answers or {"facts": letter.facts}
    for where, text in parts.items():
        said = [one for one in sentences(text) if not greets(one, data)]
        if said and all(asked.formula(one) for one in said):
            yield Finding("formula", where, said[0][:SHOWN])


def _no_fact(letter: Letter, asked: _Asked, data: Data) -> Iterator[Finding]:
    """Nothing of the letter stands in the appeal, and nothing of an answer in the facts that were found."""
    facts = asked.content(letter.facts, letter.language)
    answers = asked.content("\n".join(letter.answers.values()), letter.language)
    if not any(text.strip() for text in letter.parts.values()):
        return
    if shared(facts | answers, asked.stems) or shared(answers, facts):
        return
    where, text = next((part for part in letter.answers.items() if part[1].strip()), ("facts", letter.facts))
    yield Finding("no_fact", where, next(iter(sentences(text)), "")[:SHOWN])


def _no_ground(letter: Letter, data: Data) -> Iterator[Finding]:
    """A refusal that names no act and no article."""
    refused = next(iter(_saying(letter, data.refusals, data)), None)
    text = "\n".join([letter.ground, *letter.parts.values()])
    if (refused or letter.adverse) and not cited(text, data):
        yield Finding("no_ground", "ground", (refused[1] if refused else letter.ground)[:SHOWN])


def _bare_denial(letter: Letter, data: Data) -> Iterator[Finding]:
    """What the person says is denied, and no number, date or name in the letter shows how that was found."""
    denied = next(iter(_saying(letter, data.denials, data)), None)
    if denied and not any(_specific(one, data) for text in letter.parts.values() for one in sentences(text)):
        yield Finding("bare_denial", denied[0], denied[1][:SHOWN])


def _saying(letter: Letter, phrases: tuple[tuple[str, ...], ...], data: Data) -> Iterator[tuple[str, str]]:
    for where, text in letter.parts.items():
        for one in sentences(text):
            if any(states(data.fold(one).split(), phrase) for phrase in phrases):
                yield where, one


def _specific(sentence: str, data: Data) -> bool:
    names = {word for word in capitals(sentence, data) if not begins(word, (*data.filler, *data.cites))}
    return bool(names or numbers(data.fold(sentence).split(), data)) and not greets(sentence, data)


def _copied(letter: Letter, data: Data) -> Iterator[Finding]:
    """Most of the letter stands, but for names, numbers and dates, in as many other answers as rules.toml says."""
    words, copied, first = 0, 0, None
    for where, text in letter.parts.items():
        for paragraph in paragraphs(text):
            length = len(masked(paragraph, letter.names, data))
            count = letter.copies.get(paragraph_hash(paragraph, letter.names, data), 0)
            words += length
            if count >= data.others:
                copied += length
                first = first or Finding("copied", where, sentences(paragraph)[0][:SHOWN], count)
    if first and copied * 100 >= words * data.share_percent:
        yield first
