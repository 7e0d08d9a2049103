"""How long the calendar still lasts: whoever runs the house is told in good time to add the next year."""

from datetime import date


def calendar_warning(today: date) -> list[str]:
    """What is to be said on that day, in the three languages; nothing while the calendar lasts long enough."""
    from django.conf import settings

    from qyzmet.cases.rules import rules
    from qyzmet.law.sentences import long_date, say
    from qyzmet.law.words import LANGS

    last = rules().calendar.last
    days = (last - today).days
    if days >= settings.CALENDAR_DAYS:
        return []
    said = {"days": max(days, 0), "year": last.year + 1}
    return [say("error", "calendar_ends_soon", lang, last=long_date(last, lang), **said) for lang in LANGS]
