"""The interface itself: what it is called, how it reads, how it says no, and all its addresses."""

from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from qyzmet.api import endpoints, handlers
from qyzmet.api.problems import MEDIA_TYPE
from qyzmet.api.reading import JsonParser

PREFIX = "/api/v1/"
DESCRIPTION = (
    "Filing, following and working on appeals. JSON in UTF-8. Times are ISO 8601; names come in Kazakh, Russian and "
    "English; the language of a problem's message is chosen by Accept-Language (kk, ru, en). "
    "How to use it, with examples: docs/reference/api.md."
)


class Face(NinjaAPI):
    """Describes problems under their own media type; describes itself once a process."""

    @cache  # noqa: B019 - there is one for the life of the process
    def described(self) -> OpenAPISchema:
        """The description of every address."""
        schema = super().get_openapi_schema(path_prefix=PREFIX)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
        return schema

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        """What ninja serves as openapi.json."""
        return self.described()

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function that answers."""
        return operation.view_func.__name__


def build() -> Face:
    """The interface with its addresses."""
    face = Face(
        title="Qyzmet", version="1", description=DESCRIPTION, docs_url=None, parser=JsonParser(), urls_namespace="api"
    )
    handlers.install(face)
    for router in endpoints.ROUTERS:
        face.add_router("", router)
    return face


api = build()
