"""The frame of pages, the language switch, and the pages for what went wrong."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from qyzmet.look import views
from qyzmet.look.errors import ErrorMiddleware
from qyzmet.text.refusal import Missing, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "Бет табылмады"), ("ru", "Страница не найдена"), ("en", "Page not found")]
)
def test_a_missing_page_says_so_in_the_language_of_the_reader(client: Client, lang: str, words: str) -> None:
    client.cookies["qyzmet_til"] = lang
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert words in response.content.decode()
    assert response.headers["Content-Language"] == lang


def test_the_browser_is_not_asked_for_a_language(client: Client) -> None:
    assert 'lang="kk"' in client.get("/no-such-page/", headers={"accept-language": "ru"}).content.decode()


def test_the_switch_keeps_the_choice_and_comes_back(client: Client) -> None:
    response = client.get(reverse("language"), {"til": "ru", "next": "/desk/login/?next=/desk/"})
    assert response.headers["Location"] == "/desk/login/?next=/desk/"
    assert client.cookies["qyzmet_til"].value == "ru"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_the_switch_leads_to_no_foreign_address(client: Client, back: str) -> None:
    assert client.get(reverse("language"), {"til": "ru", "next": back}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.get(reverse("language"), {"til": "xx"})
    assert "qyzmet_til" not in client.cookies


def test_nothing_inline_is_allowed_by_the_policy(client: Client) -> None:
    policy = client.get("/no-such-page/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def raising(exc: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise exc

    return view


@pytest.mark.parametrize(
    ("exc", "status", "words"),
    [
        (Missing(), 404, "Бет табылмады"),
        (Refused("not_your_role"), 409, "рөліңізге берілмеген"),
        (Refused("no_text", kind="input"), 422, "Мәтінді жазыңыз"),
    ],
)
def test_what_an_action_raised_becomes_a_page(rf: RequestFactory, exc: Exception, status: int, words: str) -> None:
    answer = ErrorMiddleware(raising(exc)).process_exception(rf.get("/"), exc)
    assert answer is not None
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_other_errors_are_left_to_django(rf: RequestFactory) -> None:
    assert ErrorMiddleware(raising(KeyError())).process_exception(rf.get("/"), KeyError()) is None


@pytest.mark.parametrize(
    ("view", "status"), [(views.bad_request, 400), (views.forbidden, 403), (views.too_many, 429), (views.broken, 500)]
)
def test_each_error_has_a_page(rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse], status: int) -> None:
    assert view(rf.get("/")).status_code == status
