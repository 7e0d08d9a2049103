"""Addresses under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt

from qyzmet.api.answers import plain
from qyzmet.api.face import api
from qyzmet.api.problems import missing

_patterns, app_name, _ = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = csrf_exempt(plain(_pattern.callback))  # no cookie is read here, and no form is ours


def nowhere(request, rest=""):  # type: ignore[no-untyped-def]
    """Any other address here: a problem, not a page."""
    return missing(request)


urlpatterns: list[URLPattern | URLResolver] = [*_patterns, path("<path:rest>", csrf_exempt(plain(nowhere)))]
