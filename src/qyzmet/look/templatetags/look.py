"""Parts of a page; the cheat sheet is docs/howto/pages.md."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from qyzmet import law
from qyzmet.look import demo, fields, marks, words
from qyzmet.look import due as due_words
from qyzmet.text import dates
from qyzmet.text.languages import Lang, known, say
from qyzmet.text.refusal import Refused

register = template.Library()

COLOURS = {
    "registered": "blue",
    "at_challenged": "purple",
    "curing": "yellow",
    "preliminary": "yellow",
    "in_work": "turquoise",
    "hearing": "turquoise",
    "on_approval": "teal",
    "for_signature": "teal",
    "signed": "teal",
    "answered": "green",
    "satisfied": "green",
    "deemed_refused": "red",
    "returned": "orange",
}


def _lang() -> Lang:
    return known(get_language() or "kk")


@register.inclusion_tag("look/parts/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One form field. Options: label, hint, size (s m l xl: the label is the heading), width, rows, inline, count."""
    return fields.context(bound, options)


@register.inclusion_tag("look/parts/error_summary.html")
def error_summary(*forms: BaseForm | Sequence[BaseForm]) -> dict[str, Any]:
    """What is wrong in the forms (or lists of them), each with a link to its field; nothing where nothing is wrong."""
    errors: list[tuple[str, Any]] = []
    for form in chain.from_iterable([one] if isinstance(one, BaseForm) else one for one in forms):
        for bound in form:
            errors += [(f"#{fields.first_id(bound)}", said) for said in bound.errors]
        errors += [("", said) for said in form.non_field_errors()]
    return {"errors": errors}


@register.inclusion_tag("look/parts/due.html", takes_context=True)
def due(
    context: template.Context,
    on: date | None,
    status: str | None = None,
    *,
    closed: bool = False,
    stands: date | None = None,
) -> dict[str, Any]:
    """A due date in words with its mark; `closed=True` shows the date alone. `stands`: since when its clock stands."""
    if on == law.NOT_KNOWN and stands:
        return {"unknown": due_words.stands(stands, _lang())}
    if on == law.NOT_KNOWN:
        return {"unknown": due_words.unknown()}
    return {
        "on": on,
        "left": due_words.left(on, context["today"], _lang()) if on and not closed else None,
        "mark": marks.mark(status),
        "date": dates.long_date(on, _lang()) if on else "",
    }


@register.inclusion_tag("look/parts/mark.html")
def law_mark(status: str | None) -> dict[str, Any]:
    """The visible mark of a status of the law; nothing for `verified`."""
    return {"mark": marks.mark(status)}


@register.inclusion_tag("look/parts/state.html")
def state(state: Any) -> dict[str, Any]:
    """A tag for a state of a procedure (an object or a mapping with `code` and `name`)."""
    code, name = (state["code"], state["name"]) if isinstance(state, Mapping) else (state.code, state.name)
    return {"colour": COLOURS.get(code, "grey"), "words": in_language(name)}


@register.inclusion_tag("look/parts/summary.html")
def summary(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A summary list: rows with `key`, `value`, and perhaps `lang`, `href`, `action`."""
    rows = list(rows)
    return {"rows": rows, "actions": any(row.get("href") for row in rows)}


@register.inclusion_tag("look/parts/timeline.html")
def timeline(items: Iterable[Mapping[str, Any]], *, level: int = 3) -> dict[str, Any]:
    """Steps in time: items with `title`, `at` (aware), and perhaps `by`, `text`, `lang`, `href`, `action`."""
    return {"items": list(items), "level": level}


@register.inclusion_tag("look/parts/pager.html")
def pager(previous: str | None = None, next: str | None = None) -> dict[str, Any]:
    """Links to the previous and the next page by key; an address, or nothing."""
    return {"previous": previous, "next": next}


@register.inclusion_tag("look/parts/passage.html", takes_context=True)
def passage(context: template.Context, text: str, lang: str) -> dict[str, Any]:
    """A text in its own language, as it was written: `lang` stands on it, lines are kept."""
    return {"text": text, "lang": lang}


@register.inclusion_tag("look/parts/letter.html")
def letter(paragraphs: Iterable[tuple[str, str]], lang: str, *, level: int = 2) -> dict[str, Any]:
    """A letter's body, of pairs ("heading" or "text", words); `level=` of its headings."""
    return {"paragraphs": list(paragraphs), "lang": lang, "level": level}


@register.inclusion_tag("look/parts/languages.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """The three languages; the choice leads back to this page."""
    request: HttpRequest | None = context.get("request")
    back = request.get_full_path() if request and request.method == "GET" else getattr(request, "path", "/")
    address = reverse("language")
    options = context.get("languages") or []
    return {
        "current": _lang(),
        "items": [
            {"code": code, "name": name, "href": f"{address}?{urlencode({'til': code, 'next': back})}"}
            for code, name in options
        ],
    }


@register.simple_tag(takes_context=True)
def demo_logins(context: template.Context) -> list[dict[str, str]]:
    """Logins of the demo city with the codes of this moment; empty everywhere else."""
    return demo.logins(context["now"])


@register.filter
def long_date(day: date | datetime | None) -> str:
    """'2026 жылғы 15 сәуір'; a moment is shown as its day in Almaty."""
    if day is None:
        return ""
    return dates.long_date(dates.local(day).date() if isinstance(day, datetime) else day, _lang())


@register.filter
def moment(at: datetime | None) -> str:
    """Day and time in Almaty."""
    return dates.long_moment(at, _lang()) if at else ""


@register.filter
def in_language(names: Mapping[str, str] | str | None) -> str:
    """The name in the reader's language, of a mapping language -> words."""
    if names is None or isinstance(names, str):
        return names or ""
    return say(names, _lang())


@register.filter
def refusal(exc: Refused) -> str:
    """The words of a refusal."""
    return words.refusal(exc, _lang())


@register.filter
def attributes(pairs: Mapping[str, Any]) -> SafeString:
    """Mapping -> HTML attributes; True is an attribute without a value, False and None are none."""
    from django.utils.html import format_html, format_html_join

    shown = [(name, value) for name, value in pairs.items() if value not in (None, False)]
    bare = [(name,) for name, value in shown if value is True]
    return format_html(
        "{}{}",
        format_html_join("", " {}", bare),
        format_html_join("", ' {}="{}"', [(name, value) for name, value in shown if value is not True]),
    )
