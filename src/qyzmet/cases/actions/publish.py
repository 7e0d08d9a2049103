"""What becomes public on the page of a body: an answer, if who asked agrees; a statement of the body's head."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from qyzmet.bodies.models import Body
from qyzmet.cases import publication, seen
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Publication, Step
from qyzmet.cases.move import Move, begin
from qyzmet.cases.of_the_city import keep_row, statement_content, withdrawal_content
from qyzmet.text.clean import control_characters, one_line, tidy
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Missing, Refused

TITLE, TEXT = 200, 20_000
"""Characters of a statement."""


@transaction.atomic
def agree_publication(case: Case, *, by: Actor, at: datetime) -> Step:
    """Who asked agrees that question and answer may be published without their personal data.

    `Refused("accusation_not_published")` where the case is about somebody's conduct: there never is such a consent.
    """
    move = begin(case, "agree_publication", by=by, at=at)
    if publication.agreed(publication.codes_of(move.case)):
        raise Refused("publication_agreed_already")
    return move.finish()


@transaction.atomic
def revoke_publication(case: Case, *, by: Actor, at: datetime) -> Step:
    """Who asked takes the consent back, at any time and without a reason; what was published is erased at once."""
    move = begin(case, "revoke_publication", by=by, at=at)
    if not publication.agreed(publication.codes_of(move.case)):
        raise Refused("publication_not_agreed")
    _erase(move, "")
    return move.finish()


@transaction.atomic
def publish(case: Case, *, hide: Sequence[str], seen: str, by: Actor, at: datetime) -> Step:
    """The head publishes the answer as it stands masked.

    `hide`: words to take out besides; nothing can be put in. `seen`: `fingerprint` of the text that was read and
    confirmed; `Refused("publication_not_seen")` if another one would be published.
    """
    move = begin(case, "publish", by=by, at=at)
    codes = publication.codes_of(move.case)
    if not publication.agreed(codes):
        raise Refused("publication_not_agreed")
    if publication.standing(codes):
        raise Refused("published_already")
    texts = publication.masked_texts(move.case, hide)
    if fingerprint(texts) != seen:
        raise Refused("publication_not_seen", kind="input")
    move.hashes |= {one["part"]: sha(one["text"]) for one in texts}
    step = move.finish()
    Publication.objects.create(
        body=move.case.body, case=move.case, texts=texts, asked_by=publication.asked_by(move.case), published_at=at,
        published_by=by.person,
    )  # fmt: skip
    return step


def fingerprint(texts: Sequence[Mapping[str, str]]) -> str:
    """Tells whether two masked texts are the same."""
    return sha("\x00".join(f"{one['lang']}\x00{one['title']}\x00{one['text']}" for one in texts))


@transaction.atomic
def unpublish(case: Case, *, reason: str, by: Actor, at: datetime) -> Step:
    """The head takes the answer down; its words are erased from what the public reads."""
    move = begin(case, "unpublish", by=by, at=at)
    if not publication.standing(publication.codes_of(move.case)):
        raise Refused("not_published")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    _erase(move, reason)
    return move.finish(note=tidy(reason))


def _erase(move: Move, reason: str) -> None:
    kept = Publication.objects.filter(case=move.case, withdrawn_at=None)
    kept.update(texts=[], asked_by="", withdrawn_at=move.at, reason=one_line(reason)[:500])


@transaction.atomic
def make_statement(*, body: Body, texts: Mapping[str, tuple[str, str]], by: Actor, at: datetime) -> Publication:
    """A statement of the body on its page, with a row of its own in the public log.

    `texts`: language -> title and text; Kazakh is needed.
    """
    _speaks(body, by, at)
    kept = [
        {"part": "statement", "lang": lang, "title": _clean(title, TITLE), "text": _clean(text, TEXT)}
        for lang, (title, text) in sorted(texts.items(), key=lambda one: LANGS.index(one[0]))
        if title.strip() or text.strip()
    ]
    if not kept or kept[0]["lang"] != "kk" or not all(one["title"] and one["text"] for one in kept):
        raise Refused("statement_texts", kind="input")
    row = keep_row(statement_content(body, kept), at=at)
    return Publication.objects.create(body=body, texts=kept, published_at=at, published_by=by.person, entry=row)


def _clean(text: str, limit: int) -> str:
    if bad := control_characters(text):
        raise Refused("control_characters", kind="input", found=" ".join(bad))
    if len(tidy(text)) > limit:
        raise Refused("text_too_long", kind="input", limit=limit, given=len(tidy(text)))
    return tidy(text)


@transaction.atomic
def withdraw_statement(publication_id: int, *, reason: str, by: Actor, at: datetime) -> Publication:
    """Take a statement down, with a reason; its words are erased, the row stays, and the log has the withdrawal."""
    found = Publication.objects.select_for_update().filter(pk=publication_id, case=None, withdrawn_at=None).first()
    if found is None:
        raise Missing
    _speaks(found.body, by, at)
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    found.texts, found.withdrawn_at, found.reason = [], at, one_line(reason)[:500]
    found.gone_entry = keep_row(withdrawal_content(found.body, found.reason), at=at, after=found.entry)
    found.save()
    return found


def _speaks(body: Body, by: Actor, at: datetime) -> None:
    """Only the head of a body speaks for it; for everybody else there is nothing."""
    if by.kind != "official" or not seen.reader(by.person, local(at).date()).has(body.pk, "head"):
        raise Missing
