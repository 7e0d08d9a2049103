"""What was found, in sentences for a person who has never seen a log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from qyzmet.cli.proofs.days import OPENING, Day
from qyzmet.cli.proofs.judge import MISSING, Fork, Found
from qyzmet.law import Law
from qyzmet.law.sentences import rule_words
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.receipt import Receipt
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.ledger.verdict import Problem, Seen, StepVerdict
from qyzmet.ledger.words import say
from qyzmet.text.dates import ALMATY, long_date, long_moment
from qyzmet.text.languages import Lang


def moment(at: datetime | int, lang: Lang) -> str:
    """A moment, or POSIX seconds, on the clock of Almaty; the number itself where no calendar reaches."""
    try:
        found = datetime.fromtimestamp(at, UTC) if isinstance(at, int) else at
        return long_moment(found if found.tzinfo else found.replace(tzinfo=ALMATY), lang)
    except (OverflowError, ValueError, OSError):
        return str(at)


def wrong(invalid: Invalid, lang: Lang) -> str:
    """The words of what does not hold; days are written out."""
    values = {name: long_date(one, lang) if isinstance(one, date) else one for name, one in invalid.values.items()}
    return say(invalid.code, lang, **values)


def _step_names(law: Law) -> Mapping[str, Mapping[str, str]]:
    names: dict[str, Mapping[str, str]] = {}
    for procedure in law.procedures.values():  # the general part, where it names a step, speaks for all procedures
        for step in procedure.steps.values():
            if procedure.abstract or step.code not in names:
                names[step.code] = step.name
    return names


def event(law: Law, step: StepVerdict, lang: Lang) -> str:
    """What happened; the code itself where the law has no name for it."""
    if step.content is None:
        return say("verify_inside", lang)
    code = str(step.content.get("event", ""))
    return _step_names(law).get(code, {}).get(lang, code)


def told(found: Found, law: Law, lang: Lang, now: datetime) -> list[str]:
    """All lines about one file, without the verdict."""
    lines = []
    if not found.trusted:
        lines.append(say("verify_key_from_file", lang))
    if found.verdict and isinstance(found.given.value, Receipt):
        lines.append(say("verify_case", lang, case=found.verdict.case, count=len(found.verdict.steps)))
        for step in found.verdict.steps:
            lines.append(
                say("verify_step", lang, n=step.n, event=event(law, step, lang), at=moment(step.leaf.at, lang))
            )
            lines += [f"   {line}" for line in _step(found, step, lang, now)]
        lines.append(say("verify_ends", lang, n=len(found.verdict.steps)))
        texts = found.given.value.texts
        if texts and not any(one.invalid.code.startswith("text_") for one in found.problems):
            lines.append(say("verify_texts", lang, count=len(texts)))
    else:
        lines += _bare(found, lang, now)
    return lines + [_problem(one, lang) for one in found.problems]


def _problem(one: Problem, lang: Lang) -> str:
    words = wrong(one.invalid, lang)
    return ("• " if one.invalid.code == MISSING else "✗ ") + (
        say("verify_problem", lang, n=one.step, words=words) if one.step else words
    )


def _step(found: Found, step: StepVerdict, lang: Lang, now: datetime) -> Iterable[str]:
    content = step.content or {}
    if content.get("event") == OPENING:
        yield from _received(content, lang)
    yield from _due(content, lang)
    if step.n in found.dates:
        yield day_words(found.dates[step.n], lang)
    if step.seen and step.index is not None:
        yield _entered(step.index, step.seen, lang)
        yield seen_by(found, step.seen, lang)
    elif step.promise:
        yield from _promised(step.promise.origin, step.promise.by, lang, now)
    else:
        yield say("verify_not_in_log", lang)


def _entered(index: int, seen: Seen, lang: Lang) -> str:
    return say("verify_in_log", lang, index=index, size=seen.checkpoint.size, log=seen.log.name)


def _received(content: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    try:
        yield say("verify_received", lang, at=moment(datetime.fromisoformat(content["received_at"]), lang))
    except (KeyError, TypeError, ValueError):
        return


def _due(content: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    try:
        day = long_date(date.fromisoformat(content["due_on"]), lang)
    except (KeyError, TypeError, ValueError):
        return
    yield say("verify_due", lang, day=day, rule=_rules(str(content.get("rule") or ""), lang) or "–")


def _rules(text: str, lang: Lang) -> str:
    """'TC 195(1)2; TC 196(1)2' in words: the rule of the term, then those for which its clock stood."""
    named = (one.partition(" ") for one in text.split("; "))
    return "; ".join(rule_words(act, article, lang) for act, _, article in named)


def day_words(day: Day, lang: Lang) -> str:
    """Whether the due date follows from its rule."""
    why = day.why.said(lang) if day.why else say("verify_due_rule_unknown", lang)
    on = long_date(day.on, lang) if day.on else ""
    return say(f"verify_due_{day.said}", lang, day=on, n=day.n, why=why)


def seen_by(found: Found, seen: Seen, lang: Lang) -> str:
    """Which independent witnesses saw it."""
    if not found.trusted:
        return say("verify_witnesses_unknown", lang)
    if not seen.witnesses:
        return say("verify_city_only", lang)
    names = "; ".join(f"{name} ({moment(time, lang)})" for name, time in seen.witnesses)
    return say("verify_seen", lang, count=len(seen.witnesses), of=len(found.policy.witnesses), names=names)


def _promised(origin: str, by: int, lang: Lang, now: datetime) -> Iterable[str]:
    yield say("verify_promised", lang, log=origin, by=moment(by, lang))
    if now.timestamp() > by:
        yield say("verify_promise_over", lang)


def _bare(found: Found, lang: Lang, now: datetime) -> Iterable[str]:
    """A proof, a promise or a checkpoint that came as a file of its own."""
    value = found.given.value
    if found.promise and found.proved:
        yield say("verify_promise_kept", lang)
    elif found.promise:
        yield from _promised(found.promise.origin, found.promise.by, lang, now)
    if not found.seen:
        return
    if isinstance(value, TlogProof):
        yield _entered(value.index, found.seen, lang)
        yield say("verify_entry_given" if found.proved else "verify_entry_unknown", lang)
        if value.extra is not None:
            yield say("verify_extra", lang, count=len(value.extra))
    else:
        yield say("verify_head", lang, origin=found.seen.checkpoint.origin, size=found.seen.checkpoint.size)
        yield say("verify_signed_by", lang, name=found.seen.log.name)
    yield seen_by(found, found.seen, lang)


def forked(split: Sequence[Fork], lang: Lang) -> list[str]:
    """The proof of each fork: both notes."""
    lines: list[str] = []
    for one in split:
        head = one.one.checkpoint
        lines += ["✗ " + say("fork", lang, origin=head.origin, size=head.size), say("verify_fork_notes", lang)]
        lines += [f"----\n{note.rstrip()}" for note in one.notes] + ["----"]
    return lines
