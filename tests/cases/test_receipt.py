"""The receipt of a case: promised at once, proved by the log, seen by witnesses; closed where the body acts within."""

import errno
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qyzmet.cases import actions, queries
from qyzmet.journal import log
from qyzmet.journal.actions import note_key_change
from qyzmet.journal.cosign import cosign
from qyzmet.journal.models import Promise
from qyzmet.journal.promises import WITHIN
from qyzmet.journal.signer.wire import Down
from qyzmet.journal.store import Folder
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.keys import COSIGNATURE, signing_key
from qyzmet.ledger.note import cosign as cosigned
from qyzmet.ledger.note import parse_note
from qyzmet.ledger.policy import Witness, parse_policy
from qyzmet.ledger.promise import parse_promise
from qyzmet.ledger.receipt import parse_receipt
from qyzmet.ledger.verdict import check_receipt
from qyzmet.text.refusal import Missing
from tests.cases.desk import Desk
from tests.journal.books import AT, Log, own_log, take_in

pytestmark = pytest.mark.django_db
TEXT = "Ауладағы құбыр жарылды. Қашан жөндейсіздер?"


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    return own_log(tmp_path, settings, monkeypatch)


def checked(own: Log, case: Any) -> Any:
    """The receipt as it is downloaded, read again and checked."""
    written = queries.receipt(case).text().encode()
    return check_receipt(parse_receipt(written), parse_policy(own.store.read("policy")))


def test_from_promise_to_proof(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    assert queries.receipt_state(case).level == "none"
    with pytest.raises(Missing):
        queries.receipt(case)
    take_in(own)  # another's row may be in the log before this one is promised
    later = desk.file("application", "water", text=TEXT).case
    assert actions.promise_pending(later)
    assert queries.receipt_state(later).level == "promised"
    verdict = checked(own, later)
    assert (verdict.problems, verdict.holds, verdict.steps[0].promise.leaf_hash) == ([], False, bytes(later.last_leaf))
    take_in(own)
    assert queries.receipt_state(later).level == "city"
    assert checked(own, later).holds


def test_all_steps_stand_in_it_and_only_the_persons_are_open(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    desk.answer(case, "water", "act_adopted")
    take_in(own)
    found = queries.receipt(case)
    steps = list(case.steps.order_by("n"))
    assert [step.content is not None for step in found.steps] == [step.public for step in steps]
    assert {True, False} == {step.public for step in steps}
    assert TEXT in found.texts.values()
    answer = case.case_letters.get(step__code="sign").letter
    assert found.texts[found.steps[-1].content["letter"]] == answer.text
    verdict = checked(own, case)
    assert verdict.holds
    assert [step.leaf.at for step in verdict.steps] == [step.at for step in steps]


def test_it_never_names_an_official(own: Log, desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    take_in(own)
    written = queries.receipt(filed.case).text()
    for person in desk.cast.people.values():
        assert person.surname not in written


def test_with_the_signer_away_the_appeal_is_registered_and_the_promise_follows(
    own: Log, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("qyzmet.journal.log.signer", lambda timeout=0.0: Away())
        case = desk.file("application", "water", text=TEXT).case
        assert not actions.promise_pending(case)
        assert queries.receipt_state(case).level == "none"
    assert actions.promise_pending(case)
    first = case.steps.get().entry.promise.note
    assert actions.promise_pending(case)
    assert case.steps.get().entry.promise.note == first


def test_a_clock_that_jumps_back_between_promises_loses_nothing_and_is_named(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    assert actions.promise_pending(case)
    desk.now -= timedelta(hours=30)
    desk.assign(case, "water")
    other = desk.file("application", "water", text=TEXT).case
    assert actions.promise_pending(case)
    assert actions.promise_pending(other)
    for promise in Promise.objects.select_related("entry"):
        by = parse_promise(parse_note(promise.note.encode()).text).by
        assert by == int((promise.entry.at + WITHIN).timestamp())
    assert take_in(own) == 3
    assert (own.store.read("checkpoint").split(b"\n")[1], checked(own, other).holds) == (b"3", True)
    (problem,) = checked(own, case).problems
    assert (problem.step, problem.invalid.code) == (2, "time_went_back")
    assert [finding.code for finding in queries.audit(own.store, at=desk.now)] == []


def test_a_row_that_has_its_place_but_no_published_head_is_promised_too(
    own: Log, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: places are given, no head can be shown. The person must not go home with nothing."""
    desk.file("application", "water")
    take_in(own)
    case = desk.file("application", "water", text=TEXT).case
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write", full)
        with pytest.raises(OSError, match="No space"):
            take_in(own)
        assert case.steps.get().entry.opening.index == 1
        assert actions.promise_pending(case)
        assert queries.receipt_state(case).level == "promised"
        assert checked(own, case).steps[0].promise
        assert [one.code for one in queries.audit(own.store, at=desk.now + WITHIN * 2)] == ["promise_broken"]
    take_in(own)
    assert queries.receipt_state(case).level == "city"
    assert list(queries.audit(own.store, at=desk.now + WITHIN * 2)) == []


def full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


class Away:
    """A signer that does not answer."""

    def promise(self, *_: Any, **__: Any) -> str:
        raise Down("away")


WITNESSES = {name: signing_key(f"{name}.example/w", bytes([n]) * 32, COSIGNATURE) for n, name in enumerate("abc")}


@pytest.fixture
def seen(own: Log) -> Iterator[Any]:
    """Three witnesses of whom the first two answer."""
    lines = [f"witness {name} {key.public} https://{name}.example" for name, key in WITNESSES.items()]
    text = "\n".join([f"log {own.key}", *lines, "group all-of-them 2 a b c", "quorum all-of-them"]) + "\n"
    own.store.write("policy", text.encode())

    def ask(witness: Witness, body: bytes) -> tuple[int, bytes]:
        if witness.name == "c":
            raise OSError("no route to host")
        note = parse_note(body.split(b"\n\n", 1)[1])
        return 200, str(cosigned(note.text, WITNESSES[witness.name], time=int(AT.timestamp()) + 3600)).encode()

    yield lambda: cosign(at=AT, policy=parse_policy(text.encode()), store=own.store, ask=ask)


def test_seen_by_two_of_three_witnesses(own: Log, desk: Desk, seen: Any) -> None:
    case = desk.file("application", "water", text=TEXT).case
    take_in(own)
    assert queries.receipt_state(case).level == "city"
    assert seen() == 2
    state = queries.receipt_state(case)
    assert (state.level, state.seen_by, state.named) == ("witnessed", ("a", "b"), 3)
    verdict = checked(own, case)
    assert verdict.holds
    assert verdict.witnesses == ["a", "b"]


def test_what_the_witnesses_have_not_seen_is_built_on_the_newer_head(own: Log, desk: Desk, seen: Any) -> None:
    case = desk.file("application", "water", text=TEXT).case
    take_in(own)
    seen()
    desk.assign(case, "water")
    take_in(own)
    assert queries.receipt_state(case).level == "city"
    sizes = [parse_signed(step.proof.checkpoint.encode())[0].size for step in queries.receipt(case).steps if step.proof]
    assert sizes == [1, 2]
    seen()
    assert queries.receipt_state(case).level == "witnessed"


def test_erased_content_leaves_the_receipt_whole(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    take_in(own)
    opening = case.steps.get().entry.opening
    opening.salt = opening.content = None
    opening.save()
    assert queries.receipt(case).steps[0].content is None
    assert checked(own, case).steps[0].seen


@pytest.mark.parametrize("policy", ["log nonsense\n", "log {other}\nquorum none\n"])
def test_a_policy_that_was_spoilt_closes_nobodys_page(own: Log, desk: Desk, seen: Any, policy: str) -> None:
    case = desk.file("application", "water", text=TEXT).case
    take_in(own)
    seen()
    own.store.write("policy", policy.format(other=signing_key("qala.example/log", bytes(32)).public).encode())
    assert queries.receipt_state(case).seen_by == ()


def change_the_key(own: Log, *, retire: bool = False) -> bytes:
    """Change the log's key, or end a change, as `qyzmet sequence` does; the policy from then on."""
    if retire:
        own.signer.book.retire()
    else:
        note_key_change(own.signer.book.change_key(at=AT).text())
    log.name_keys(own.store, [str(key.public) for key in own.signer.book.keys])
    return own.store.read("policy")


def problems(receipt: str, policy: bytes) -> list[str]:
    return [one.invalid.code for one in check_receipt(parse_receipt(receipt.encode()), parse_policy(policy)).problems]


def test_while_two_keys_sign_a_receipt_holds_for_who_knows_either(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    actions.promise_pending(case)
    take_in(own)
    old = own.store.read("policy")
    both = change_the_key(own)
    take_in(own)
    fresh = queries.receipt(case).text()
    assert (problems(fresh, old), problems(fresh, both)) == ([], [])


def test_once_the_old_key_is_retired_a_fresh_receipt_needs_only_the_new_one(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water", text=TEXT).case
    actions.promise_pending(case)
    take_in(own)
    kept, old = queries.receipt(case).text(), own.store.read("policy")
    change_the_key(own)
    new = change_the_key(own, retire=True)
    take_in(own)
    fresh = queries.receipt(case)
    assert (problems(fresh.text(), new), fresh.steps[0].promise) == ([], None)
    assert (problems(kept, old), problems(kept, new)) == ([], ["unsigned", "unsigned", "other_key"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due_on": "2027-01-01"}, "content_changed"),
        ({"received_at": "2026-04-20T05:01:00+00:00"}, "content_changed"),
        ({"event": "withdraw"}, "content_changed"),
    ],
)
def test_what_was_changed_in_the_file_is_found(own: Log, desk: Desk, change: dict[str, str], code: str) -> None:
    case = desk.file("application", "water", text=TEXT).case
    take_in(own)
    fields = json.loads(queries.receipt(case).text())
    fields["steps"][0]["content"] |= change
    verdict = check_receipt(parse_receipt(json.dumps(fields).encode()), parse_policy(own.store.read("policy")))
    assert [problem.invalid.code for problem in verdict.problems] == [code]
