"""The one view."""

import json

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from bench.floor.models import Slip


def keep(request: HttpRequest) -> JsonResponse:
    """One INSERT."""
    given = json.loads(request.body)
    slip = Slip._default_manager.create(kind=given["kind"], text=given["text"], at=timezone.now())
    return JsonResponse({"number": slip.pk}, status=201)


urlpatterns = [path("api/v1/appeals", keep)]
