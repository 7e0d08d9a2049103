"""Whether an answer may be published, and as what: consent and publishing are steps, the text is the answer masked."""

from collections.abc import Iterable
from typing import Any

from qyzmet.cases.masking import Secret, mask
from qyzmet.cases.models import Case, Draft, Inquiry, Party
from qyzmet.text.languages import Lang, known
from qyzmet.text.refusal import Refused

MOST_HIDDEN = 100
"""Phrases that an official may take out besides."""
MOST_LETTERS = 200
"""Letters of such a phrase."""


def agreed(codes: Iterable[str]) -> bool:
    """Whether who asked agrees to publication, by the codes of the case's steps in their order."""
    return _last(codes, ("agree_publication", "revoke_publication")) == "agree_publication"


def standing(codes: Iterable[str]) -> bool:
    """Whether the answer is published now, by the codes of the case's steps in their order."""
    return _last(codes, ("publish", "unpublish", "revoke_publication")) == "publish"


def _last(codes: Iterable[str], wanted: tuple[str, ...]) -> str:
    return next((code for code in reversed(list(codes)) if code in wanted), "")


def codes_of(case: Case) -> list[str]:
    """Codes of the case's steps in their order."""
    return list(case.steps.order_by("n").values_list("code", flat=True))


def masked_texts(case: Case, hide: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Question and answer as they would be published. `Refused("no_draft")` where nothing was answered."""
    draft = Draft.objects.filter(case=case, stage="signed").order_by("-n").first()
    if draft is None or case.is_accusation:
        raise Refused("no_draft")
    hidden = _hidden(hide)
    secrets = [_secret(party) for party in case.parties.order_by("n") if not _is_newsroom(case, party)]
    spoken, answered = known(case.language), known(draft.language)

    def masked(text: str, lang: Lang) -> str:
        return mask(text, lang, secrets=secrets, hide=hidden)

    return [
        {"part": "question", "lang": spoken, "title": masked(case.subject, spoken), "text": masked(case.text, spoken)},
        {"part": "answer", "lang": answered, "title": "", "text": masked(_answer(draft), answered)},
    ]


def _hidden(hide: Iterable[str]) -> list[str]:
    phrases = [one.strip() for one in hide if one.strip()]
    if len(phrases) > MOST_HIDDEN or any(len(one) > MOST_LETTERS for one in phrases):
        raise Refused("too_much_hidden", kind="input", limit=MOST_HIDDEN, letters=MOST_LETTERS)
    return phrases


def _answer(draft: Draft) -> str:
    numbers = sorted((int(n) for n in draft.answers), key=int)
    answers = [draft.answers[str(n)].get("text", "") for n in numbers]
    return "\n\n".join(filter(None, [draft.facts.strip(), *answers, draft.ground.strip()]))


def _secret(party: Party) -> Secret:
    return Secret(
        party.name,
        party.is_company,
        numbers=(party.iin, party.bin, party.phone),
        addresses=(party.address, party.residence),
        emails=(party.email,),
    )


def _is_newsroom(case: Case, party: Party) -> bool:
    """A newsroom's own name is said with what is published; it agreed to that."""
    return party.n == 1 and Inquiry.objects.filter(case=case).exists()


def asked_by(case: Case) -> str:
    """The newsroom that asked; '' for anybody else."""
    return Inquiry.objects.filter(case=case).values_list("newsroom__name", flat=True).first() or ""
