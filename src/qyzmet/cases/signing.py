"""How an official signs. The law wants the official's own certificate (Digital Code 49(2), 62(6))."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from qyzmet.bodies.models import Person
from qyzmet.cases.models import Paper
from qyzmet.text.refusal import Refused


@dataclass(frozen=True)
class Signature:
    """What a provider gives back."""

    kind: str
    """upload | demo."""
    paper: Paper | None = None


class Provider(Protocol):
    """A way to sign. `text` is the hex SHA-256 of what is signed."""

    def sign(self, *, text: str, signer: Person, paper: Paper | None) -> Signature:
        """Sign, or raise `Refused` with what is missing."""
        ...


class Upload:
    """The file as the official signed it elsewhere, with the own certificate or by hand and scanned."""

    def sign(self, *, text: str, signer: Person, paper: Paper | None) -> Signature:
        """Take the uploaded file; `Refused` without one."""
        if paper is None:
            raise Refused("signed_file_needed", kind="input")
        return Signature("upload", paper)


class Demo:
    """A press of a button. Every letter signed so says that it is a demonstration and has no legal force."""

    def sign(self, *, text: str, signer: Person, paper: Paper | None) -> Signature:
        """Sign for show; `Refused` outside a demo."""
        if not settings.DEMO:
            raise Refused("demo_signature_outside_demo")
        return Signature("demo")


PROVIDERS: dict[str, Provider] = {"upload": Upload(), "demo": Demo()}


def provider(code: str) -> Provider:
    """The provider of that code; `Refused` if there is none."""
    if code not in PROVIDERS:
        raise Refused("unknown_signature", kind="input")
    return PROVIDERS[code]


def available() -> list[str]:
    """Codes of the providers this installation offers."""
    return [code for code in PROVIDERS if code != "demo" or settings.DEMO]
