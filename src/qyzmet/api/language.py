"""The language of what a program is told: Kazakh unless it asks for another one of ours."""

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from qyzmet.text.languages import LANGS, Lang


def wanted(request: HttpRequest) -> Lang:
    """The first of our languages in `Accept-Language`, else Kazakh."""
    try:
        asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    except ValueError:  # longer than any browser makes it
        asked = ()
    for code, _ in asked:
        for lang in LANGS:
            if code.split("-")[0] == lang:
                return lang
    return "kk"
