"""The page of a witness for people: whom it watches, how far it saw each log, and when. Three languages on one page."""

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from qyzmet.ledger.strict import base64_of
from qyzmet.text.languages import LANGS, Lang
from qyzmet.watch.words import say

if TYPE_CHECKING:
    from qyzmet.watch.witness.witness import Witness

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}"
    "code{overflow-wrap:anywhere}section{border-top:1px solid #b1b4b6;margin-top:2rem}.fork{color:#942514}"
)


def page(witness: "Witness") -> str:
    """The whole page, in Kazakh, Russian and English. A fork stands before what was seen."""
    name = escape(witness.key.public.name)
    parts = "".join(f'<section lang="{lang}">{_section(witness, lang)}</section>' for lang in LANGS)
    return (
        f'<!DOCTYPE html><html lang="{LANGS[0]}"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><main><h1>{name}</h1>{parts}</main></body></html>"
    )


def _section(witness: "Witness", lang: Lang) -> str:
    paragraphs = [f"<p>{escape(say('page_what', lang))}</p>"]
    for kept in witness.memory.forks():
        words = say("page_fork", lang, origin=kept.origin, size=kept.size, at=_moment(kept.found_at))
        notes = escape((kept.first + b"\n" + kept.second).decode(errors="replace"))
        paragraphs.append(f'<p class="fork"><strong>{escape(words)}</strong></p><pre>{notes}</pre>')
    heads = {head.origin: head for head in witness.memory.heads()}
    for origin in sorted(witness.logs):
        head = heads.get(origin)
        words = say("page_unseen", lang, origin=origin)
        if head:
            root = base64_of(head.root)
            words = say("page_head", lang, origin=origin, size=head.size, root=root, at=_moment(head.time))
        paragraphs.append(f"<p>{escape(words)}</p>")
    paragraphs.append(f"<p>{escape(say('page_key', lang))}<br><code>{escape(str(witness.key.public))}</code></p>")
    return "".join(paragraphs)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
