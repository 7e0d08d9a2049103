"""Facts told in words: the event, the rule, the days that did not count and why, the last day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from qyzmet.law.facts import Fact
from qyzmet.law.sentences import count_words, long_date, rule_words, say, sentences, short_date


def explain(facts: Sequence[Fact], lang: str) -> list[str]:
    """One sentence a fact; days off for one reason share a sentence. What is not verified carries a mark."""
    return [_sentence(group, lang) for group in _grouped(facts)]


def _grouped(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts that share a sentence stand together, at the place of the first."""
    groups: dict[object, list[Fact]] = {}
    for number, fact in enumerate(facts):
        groups.setdefault(_company(fact) or number, []).append(fact)
    return list(groups.values())


def _company(fact: Fact) -> object:
    if fact["fact"] == "weekend":
        return "weekend"
    if fact["fact"] in ("holiday", "day_off"):
        return (fact["fact"], fact["name"]["en"], fact["date"][:4], fact["status"])
    return None


def _sentence(group: list[Fact], lang: str) -> str:
    fact = group[0]
    tell = _TELL.get(fact["fact"], _tell_day_off)
    return _marked(tell(fact, group, lang), fact, lang)


def _marked(sentence: str, fact: Fact, lang: str) -> str:
    status = fact.get("status", "verified")
    if status == "verified" or fact["fact"] in ("unsure_redaction", "calendar_unsure"):
        return sentence
    mark: str = sentences()["mark"][lang]
    return f"{sentence} {mark.format(status=_status(status, lang))}"


def _status(status: str, lang: str) -> str:
    return say("status", status, lang)


def _rule(fact: Fact, lang: str) -> str:
    return rule_words(fact["act"], fact["article"], lang)


def _tell_moment(fact: Fact, group: list[Fact], lang: str) -> str:
    moment = datetime.fromisoformat(fact["at"])
    return say("fact", fact["fact"], lang, date=long_date(moment.date(), lang), time=f"{moment:%H:%M}")


def _tell_date(fact: Fact, group: list[Fact], lang: str) -> str:
    return say("fact", fact["fact"], lang, date=long_date(date.fromisoformat(fact["date"]), lang))


def _tell_moved(fact: Fact, group: list[Fact], lang: str) -> str:
    return say("fact", fact["fact"], lang, rule=_rule(fact, lang), cutoff=fact.get("cutoff", ""))


def _tell_event(fact: Fact, group: list[Fact], lang: str) -> str:
    event = say("event", fact["event"], lang)
    if "at" not in fact:
        return say("fact", "event", lang, event=event, date=long_date(date.fromisoformat(fact["date"]), lang))
    moment = datetime.fromisoformat(fact["at"])
    when = {"date": long_date(moment.date(), lang), "time": f"{moment:%H:%M}"}
    return say("fact", "event_hour", lang, event=event, **when)


def _tell_rule(fact: Fact, group: list[Fact], lang: str) -> str:
    return say(
        "fact",
        "rule_chosen" if fact.get("chosen") else "rule",
        lang,
        name=fact["name"][lang],
        count=count_words(fact["count"], fact["unit"], lang),
        rule=_rule(fact, lang),
        since=long_date(date.fromisoformat(fact["redaction"]), lang),
    ) + (f" {fact['note'][lang]}" if fact.get("note") else "")


def _tell_plain(fact: Fact, group: list[Fact], lang: str) -> str:
    return say("fact", fact["fact"], lang)


def _tell_doubt(fact: Fact, group: list[Fact], lang: str) -> str:
    return say("fact", fact["fact"], lang, status=_status(fact["status"], lang), year=fact.get("year", ""))


def _tell_day_off(fact: Fact, group: list[Fact], lang: str) -> str:
    """Weekends, holidays, moved days: all of one group in one sentence."""
    kind = "worked_plain" if fact["fact"] == "worked" and "instead_of" not in fact else fact["fact"]
    instead = long_date(date.fromisoformat(fact["instead_of"]), lang) if "instead_of" in fact else "-"
    order: str = sentences()["order"][lang].format(order=fact["order"]) if "order" in fact else ""
    name = fact["name"][lang] if "name" in fact else ""
    return say("fact", kind, lang, dates=_dates(group, lang), name=name, instead=instead, order=order)


def _dates(group: list[Fact], lang: str) -> str:
    """'28 наурыз, 2026 жылғы 29 наурыз': the year stands once, with the last day of each year."""
    days = [date.fromisoformat(fact["date"]) for fact in group]
    following = [*days[1:], None]
    ends = [after is None or after.year != day.year for day, after in zip(days, following, strict=True)]
    return ", ".join(
        long_date(day, lang) if end else short_date(day, lang) for day, end in zip(days, ends, strict=True)
    )


def _tell_calendar(fact: Fact, group: list[Fact], lang: str) -> str:
    day = long_date(date.fromisoformat(fact["date"]), lang)
    return say("fact", "calendar_ends", lang, date=day, year=fact["year"])


def _tell_suspended(fact: Fact, group: list[Fact], lang: str) -> str:
    key = "suspended" if "to" in fact else "suspended_open"
    days = {part: long_date(date.fromisoformat(fact[part]), lang) for part in ("from", "to") if part in fact}
    name, rule = fact["name"][lang], _rule(fact, lang)
    note = f" {fact['note'][lang]}" if fact.get("note") else ""
    return say("fact", key, lang, name=name, rule=rule, since=days["from"], until=days.get("to", "")) + note


def _tell_stood(fact: Fact, group: list[Fact], lang: str) -> str:
    days = count_words(fact["days"], "calendar_days", lang)
    return say("fact", "stood", lang, days=days, date=long_date(date.fromisoformat(fact["date"]), lang))


def _tell_stood_on(fact: Fact, group: list[Fact], lang: str) -> str:
    count, until = count_words(fact["count"], fact["unit"], lang), long_date(date.fromisoformat(fact["to"]), lang)
    return say("fact", "stood_on", lang, count=count, until=until, rule=_rule(fact, lang))


def _tell_left(fact: Fact, group: list[Fact], lang: str) -> str:
    return say("fact", "still_stands", lang, count=count_words(fact["count"], fact["unit"], lang))


_TELL: dict[str, Callable[[Fact, list[Fact], str], str]] = {
    "received": _tell_moment,
    "last_moment": _tell_moment,
    "received_day": _tell_date,
    "registered": _tell_date,
    "registered_at_once": _tell_date,
    "calendar_ends": _tell_calendar,
    "start_moved": _tell_date,
    "rolled": _tell_date,
    "last_day": _tell_date,
    "late": _tell_moved,
    "arrived_off": _tell_moved,
    "event": _tell_event,
    "rule": _tell_rule,
    "first_next": _tell_plain,
    "first_same": _tell_plain,
    "backward": _tell_plain,
    "skips_holidays": _tell_plain,
    "suspended": _tell_suspended,
    "stood_on": _tell_stood_on,
    "stood": _tell_stood,
    "still_stands": _tell_left,
    "unsure_redaction": _tell_doubt,
    "calendar_unsure": _tell_doubt,
}
