"""Logging in to the desk: three languages, a second factor, no other door of allauth."""

import json
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word 7"


@pytest.fixture
def official() -> Any:
    return get_user_model().objects.create_user(
        "asem", PASSWORD, surname="Нұрғали", given="Әсем", patronymic="", added_at=timezone.now()
    )


def log_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": "asem", "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def test_the_page_is_kazakh_and_shows_no_demo_logins(client: Client) -> None:
    html = client.get(reverse("account_login")).content.decode()
    assert '<html lang="kk"' in html
    assert "Құпиясөз" in html
    assert "Демонстрацияға арналған" not in html


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Логин немесе құпиясөз қате."), ("ru", "Неверный логин или пароль."), ("en", "are not correct")],
)
def test_a_wrong_password_is_told_in_the_language_of_the_page(
    client: Client, official: Any, lang: str, words: str
) -> None:
    client.cookies["qyzmet_til"] = lang
    assert words in log_in(client, "wrong").content.decode()


@pytest.mark.parametrize(
    ("lang", "login", "password"),
    [
        ("kk", "Логиніңізді енгізіңіз", "Құпиясөзіңізді енгізіңіз"),
        ("ru", "Введите логин", "Введите пароль"),
        ("en", "Enter your login", "Enter your password"),
    ],
)
def test_an_empty_field_is_named(client: Client, lang: str, login: str, password: str) -> None:
    client.cookies["qyzmet_til"] = lang
    page = client.post(reverse("account_login"), {}).content.decode()
    assert page.count(login) == page.count(password) == 2, "once above the form, once at the field"


def test_the_right_password_opens_the_desk(client: Client, official: Any) -> None:
    assert log_in(client).headers["Location"] == "/desk/"


def test_many_wrong_passwords_are_slowed_down(client: Client, official: Any) -> None:
    for _ in range(6):
        log_in(client, "wrong")
    assert "тым көп әрекет" in log_in(client).content.decode()


def test_with_a_second_factor_the_password_is_not_enough(client: Client, official: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(official, secret)
    assert log_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "Алты цифрды енгізіңіз" in client.post(reverse("mfa_authenticate"), {"code": ""}).content.decode()
    assert "Код қате." in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).headers["Location"] == "/desk/"


def test_the_secret_is_not_in_clear_in_the_database(official: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(official, secret)
    assert secret not in json.dumps(Authenticator.objects.get().data)


def test_a_second_factor_is_set_up_right_after_logging_in(client: Client, official: Any) -> None:
    log_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert done.status_code == 302
    assert Authenticator.objects.filter(user=official, type="totp").exists()


def test_later_the_password_is_asked_again(client: Client, official: Any) -> None:
    log_in(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    page = client.get(reverse("mfa_activate_totp"))
    assert page.headers["Location"].startswith(reverse("account_reauthenticate"))
    again = {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
    page = client.post(reverse("account_reauthenticate"), again, follow=True)
    assert "data:image/svg+xml" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_change_password"]
)
def test_other_doors_do_not_exist(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_demo_shows_logins_and_codes(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA = True, tmp_path
    secret = generate_totp_secret()
    one = {"login": "bas", "role": "басшы", "password": "demo-word", "totp_secret": secret}
    (tmp_path / "demo-logins.json").write_text(json.dumps([one]))
    html = client.get(reverse("account_login")).content.decode()
    assert "demo-word" in html
    assert code_of(secret) in html
    assert "тек демонстрация көрсетеді" in html
