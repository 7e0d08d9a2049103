"""A person at the portal: fills in the pages one after another, as a browser would."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

ANSWERS: dict[str, dict[str, Any]] = {
    "what": {"what": "Ауладағы су құбыры жарылды"},
    "kind": {"kind": "application"},
    "body": {"body": "water"},
    "about": {"about": "nobody"},
    "text": {"text": "Ауладағы су құбыры жарылды. Қашан жөнделеді?", "language": "kk"},
    "files": {},
    "who": {"who": "person"},
    "person": {"name": "Асанова Гүлнар Серікқызы", "iin": "880703400129"},
    "contacts": {
        "address": "Абай көшесі, 5",
        "email": "gulnar@qala.example",
        "phone": "+7 700 000 00 00",
        "consent": "on",
    },
    "how": {"how": "page", "answer_language": "kk"},
    "signature": {"signature": "unsigned"},
}


class Walker:
    """One browser. `go()` answers all pages; `change` replaces answers, None leaves a page out."""

    def __init__(self, lang: str = "kk") -> None:
        self.client = Client()
        self.client.cookies["qyzmet_til"] = lang

    def go(self, **change: dict[str, Any] | None) -> Walker:
        for page, given in (ANSWERS | change).items():
            if given is not None:
                response = self.answer(page, given)
                assert response.status_code == 302, (page, text(response))
        return self

    def answer(self, page: str, given: dict[str, Any], query: str = "") -> Any:
        return self.client.post(f"/appeal/{page}/{query}", given)

    def read(self, page: str) -> str:
        return text(self.client.get(f"/appeal/{page}/"))

    def send(self) -> tuple[str, str]:
        """Number and code of the appeal that was sent."""
        response = self.client.post("/appeal/check/", {})
        assert response.status_code == 302, text(response)
        shown = text(self.client.get("/appeal/sent/"))
        number = re.search(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)
        code = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", shown)
        assert number and code, shown
        return number[0], code[0]

    def open(self, number: str, code: str) -> Any:
        return self.client.post("/follow/", {"number": number, "code": code})


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]
