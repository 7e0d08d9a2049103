"""Addresses under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from qyzmet.api.answers import plain
from qyzmet.api.face import api
from qyzmet.api.problems import missing

_patterns, app_name, _ = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = plain(_pattern.callback)


def nowhere(request, rest=""):  # type: ignore[no-untyped-def]
    """Any other address here: a problem, not a page."""
    return missing(request)


urlpatterns: list[URLPattern | URLResolver] = [*_patterns, path("<path:rest>", plain(nowhere))]
