"""The parts of a page, drawn as templates draw them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from qyzmet.look.due import left
from qyzmet.look.forms import DayField, HintedChoices


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the paper", max_length=50)
    text = forms.CharField(label="Text", widget=forms.Textarea, max_length=100)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "First"), ("b", "Second")], widget=HintedChoices(hints={"b": "The other"})
    )
    several = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="I agree")
    body = forms.ChoiceField(choices=[("", "-"), ("1", "One")])
    paper = forms.FileField(required=False)
    day = DayField(label="Day")
    kept = forms.CharField(widget=forms.HiddenInput)


def draw(source: str, lang: str = "en", **context: object) -> str:
    with translation.override(lang):
        return Template(source).render(Context(context))


def weekday(day: date) -> bool:
    return day.weekday() < 5


FRIDAY = date(2026, 4, 17)


@pytest.mark.parametrize(
    ("on", "lang", "words", "tone"),
    [
        (FRIDAY, "en", "today is the last day", "soon"),
        (date(2026, 4, 20), "en", "1 working day left", "soon"),
        (date(2026, 4, 21), "kk", "2 жұмыс күні қалды", "soon"),
        (date(2026, 4, 28), "ru", "осталось: 7 рабочих дней", "calm"),
        (date(2026, 4, 18), "en", "1 day left", "soon"),
        (date(2026, 4, 15), "ru", "просрочено на 2 рабочих дня", "late"),
        (date(2026, 4, 16), "kk", "мерзім өткеніне 1 жұмыс күні болды", "late"),
    ],
)
def test_due_in_words(on: date, lang: str, words: str, tone: str) -> None:
    with translation.override(lang):
        assert left(on, FRIDAY, lang, weekday) == (words, tone)  # type: ignore[arg-type]


def test_a_far_day_is_counted_in_days() -> None:
    with translation.override("en"):
        assert left(FRIDAY + timedelta(days=400), FRIDAY, "en", weekday).words == "400 days left"


def test_a_text_field_ties_hint_and_error_to_the_control() -> None:
    form = Everything({})
    html = draw("{% field form.name width=20 %}", form=form)
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert "govuk-input--width-20" in html
    assert "govuk-form-group--error" in html


def test_typed_text_comes_back_escaped() -> None:
    form = Everything({"name": '"><script>', "text": "<b>\nline"})
    html = draw("{% field form.name %}{% field form.text %}", form=form)
    assert "<script>" not in html
    assert "&lt;b&gt;\nline</textarea>" in html


def test_a_password_never_comes_back() -> None:
    class Secret(forms.Form):
        word = forms.CharField(widget=forms.PasswordInput)

    assert "hunter2" not in draw("{% field form.word %}", form=Secret({"word": "hunter2"}))


def test_radios_have_hints_and_the_summary_leads_to_the_first() -> None:
    form = Everything({"several": ["y"]})
    html = draw("{% error_summary form %}{% field form.kind %}{% field form.several %}", form=form)
    assert 'href="#id_kind"' in html
    assert 'id="id_kind" name="kind"' in html
    assert 'id="id_kind-1-item-hint"' in html
    assert 'value="y" checked' in html


def test_a_day_in_three_boxes() -> None:
    form = Everything({"day_0": "27", "day_1": "3", "day_2": "2026"})
    assert form.fields["day"].clean(["27", "3", "2026"]) == date(2026, 3, 27)
    html = draw("{% field form.day %}", form=form)
    assert 'name="day_2" type="text" inputmode="numeric" value="2026"' in html


@pytest.mark.parametrize("typed", [["31", "2", "2026"], ["x", "1", "2026"], ["1", "", "2026"]])
def test_a_day_that_is_none_is_an_error(typed: list[str]) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def test_every_kind_of_field_is_drawn() -> None:
    form = Everything()
    html = draw("{% for one in form %}{% field one count=True %}{% endfor %}", form=form)
    for expected in (
        "govuk-textarea",
        "govuk-radios",
        "govuk-checkboxes",
        "govuk-select",
        'type="file"',
        'type="hidden"',
    ):
        assert expected in html
    assert 'data-maxlength="100"' in html
    assert "%{count}" in html


def test_marks_only_where_the_source_is_weak() -> None:
    assert draw('{% law_mark "verified" %}').strip() == ""
    assert "secondary source" in draw('{% law_mark "secondary" %}')


def test_timeline_and_summary_carry_the_language_of_passages() -> None:
    items = [{"title": "Filed", "at": datetime(2026, 4, 15, 13, 5, tzinfo=UTC), "text": "Сәлем", "lang": "kk"}]
    html = draw("{% timeline items %}", items=items)
    assert "15 April 2026, 18:05" in html
    assert 'lang="kk"' in html
    assert "<dd" in draw("{% summary rows %}", rows=[{"key": "Who", "value": "A\nB"}])


def test_pages_by_key() -> None:
    assert draw("{% pager %}").strip() == ""
    assert 'rel="next"' in draw('{% pager next="?after=1" %}')


def test_the_name_in_the_language_of_the_reader() -> None:
    names = {"kk": "орган", "ru": "орган власти", "en": "body"}
    assert draw("{{ names|in_language }}", "ru", names=names) == "орган власти"


def test_a_due_date_with_its_mark_on_the_shipped_calendar() -> None:
    html = draw('{% due on "secondary" %}', on=date(2026, 4, 15), today=FRIDAY)
    assert "overdue by 2 working days" in html
    assert '<time datetime="2026-04-15">15 April 2026</time>' in html
    assert "secondary source" in html
    assert "overdue" not in draw("{% due on closed=True %}", on=date(2026, 4, 15))
