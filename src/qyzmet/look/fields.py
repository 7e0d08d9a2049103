"""What a template needs to draw one bound field: which markup, which identifiers, which words."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qyzmet.look.forms import DayWidget
from qyzmet.text.languages import known
from qyzmet.text.numbers import grouped

KINDS: list[tuple[type[forms.Widget], str]] = [
    (DayWidget, "day"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "radios"),
    (forms.Textarea, "area"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.HiddenInput, "hidden"),
]
FORMS = ("one", "few", "many", "other")
OWN_ATTRIBUTES = ("id", "class", "name", "value", "rows", "cols", "placeholder", "required")


def kind(field: BoundField) -> str:
    """The name of the markup in `look/parts/field_*.html`."""
    widget = field.field.widget
    return next((name for widget_type, name in KINDS if isinstance(widget, widget_type)), "text")


def first_id(field: BoundField) -> str:
    """Where the error summary leads: the first control of the field."""
    return f"{field.auto_id}_0" if kind(field) == "day" else str(field.auto_id)


def context(field: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    """Everything `look/parts/field.html` uses; `options` are the arguments of the tag."""
    errors = list(field.errors)
    hint = options.pop("hint", field.help_text)
    described = [f"{field.auto_id}-hint"] if hint else []
    described += [f"{field.auto_id}-error"] if errors else []
    drawn = kind(field)
    counter = _counter(field) if drawn == "area" and options.pop("count", False) else None
    described += [f"{field.auto_id}-info"] if counter else []
    return {
        "field": field,
        "kind": drawn,
        "part": f"look/parts/field_{drawn}.html",
        "id": field.auto_id,
        "name": field.html_name,
        "value": field.value(),
        "label": options.pop("label", field.label),
        "hint": hint,
        "errors": errors,
        "described_by": " ".join(described),
        "attributes": _attributes(field, drawn),
        **_split(field, _choices(field) if drawn in ("radios", "checkboxes", "select") else [], options),
        "parts": _day_parts(field) if drawn == "day" else [],
        "counter": counter,
        **options,
    }


def _counter(field: BoundField) -> dict[str, Any] | None:
    """The words of a counter of characters; every plural form has the same, so that no language bends a noun."""
    limit = getattr(field.field, "max_length", None)
    if not limit:
        return None
    left, over = _("Characters left: {count}"), _("Characters too many: {count}")
    said = {"under": left.replace("{count}", "%{count}"), "over": over.replace("{count}", "%{count}")}
    words = {f"data-i18n.characters-{side}-limit.{form}": text for side, text in said.items() for form in FORMS}
    words["data-i18n.characters-at-limit"] = _("No characters left")
    words["data-maxlength"] = limit
    return {"attributes": words, "limit": grouped(limit, known(get_language() or "kk"))}


def _attributes(field: BoundField, drawn: str) -> dict[str, Any]:
    widget = field.field.widget
    attributes = {name: value for name, value in widget.attrs.items() if name not in OWN_ATTRIBUTES}
    if drawn == "text":
        attributes["type"] = getattr(widget, "input_type", "text") or "text"
        if attributes["type"] in ("number", "email"):
            attributes.setdefault("spellcheck", "false")
    attributes.pop("maxlength", None)  # a long text is answered with words, not cut off while it is pasted
    return attributes


def _choices(field: BoundField) -> list[dict[str, Any]]:
    """Choices as flat rows with identifiers: the first has the id of the field itself."""
    raw = field.value()
    chosen = {str(one) for one in (raw if isinstance(raw, list | tuple | set) else [raw]) if one is not None}
    hints, langs = getattr(field.field.widget, "hints", {}), getattr(field.field.widget, "langs", {})
    rows: list[dict[str, Any]] = []
    for number, (value, label) in enumerate(getattr(field.field, "choices", [])):
        if value == "" and kind(field) != "select":
            continue
        key = "" if value is None else str(value)
        rows.append(
            {
                "id": f"{field.auto_id}-{number}" if rows else field.auto_id,
                "value": key,
                "label": label,
                "hint": hints.get(key),
                "lang": langs.get(key),
                "chosen": key in chosen,
            }
        )
    return rows


def _split(field: BoundField, rows: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
    """The choices, those folded away apart; `unfold` of the options: a value because of which they are shown."""
    widget, unfold = field.field.widget, options.pop("unfold", "")
    away = [row for row in rows if row["value"] in getattr(widget, "folded", ())]
    return {
        "choices": [row for row in rows if row not in away],
        "folded": away,
        "folded_words": getattr(widget, "folded_words", ""),
        "unfolded": any(row["chosen"] or row["value"] == unfold for row in away),
    }


def _day_parts(field: BoundField) -> list[dict[str, Any]]:
    value = field.value()
    if not isinstance(value, list | tuple):
        value = DayWidget().decompress(value)
    names = ("day", "month", "year")
    return [
        {
            "id": f"{field.auto_id}_{i}",
            "name": f"{field.html_name}_{i}",
            "part": part,
            "value": value[i] if value[i] is not None else "",
        }
        for i, part in enumerate(names)
    ]
