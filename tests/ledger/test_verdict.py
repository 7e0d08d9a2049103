"""What a receipt proves, and what it does not."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import Note, cosign, parse_note
from qyzmet.ledger.policy import Policy, parse_policy
from qyzmet.ledger.receipt import Receipt, ReceiptStep
from qyzmet.ledger.tiles import Tree
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.ledger.verdict import (
    SKEW_SECONDS,
    check_checkpoint,
    check_promise,
    check_proof,
    check_receipt,
    forks,
)
from tests.ledger.made import (
    APPEAL,
    AT,
    CASE,
    LOG,
    NEXT_LOG,
    STRANGER,
    WITNESSES,
    content,
    entry,
    first,
    grown,
    head,
    policy,
    policy_text,
    promise,
    receipt,
    seconds,
    signed,
    steps,
)

GOOD = receipt()
CHECKPOINT = Checkpoint(LOG.public.name, 1, leaf_hash(b"x"))


def found(made: Receipt, trusted: Policy | None = None) -> list[tuple[int, str]]:
    """The problems, as (step, code)."""
    return [(one.step, one.invalid.code) for one in check_receipt(made, trusted or policy()).problems]


def with_step(n: int, **more: Any) -> Receipt:
    changed = [replace(step, **more) if at == n else step for at, step in enumerate(GOOD.steps, 1)]
    return replace(GOOD, steps=tuple(changed))


def test_a_good_receipt_holds() -> None:
    verdict = check_receipt(GOOD, policy())
    assert verdict.holds
    assert verdict.problems == []
    assert verdict.witnesses == ["w1", "w2", "w3"]
    assert [step.index for step in verdict.steps] == [1, 3, 5]
    assert [step.content and step.content["n"] for step in verdict.steps] == [1, None, 3]
    assert verdict.steps[0].promise is not None
    assert verdict.steps[0].promise.by - verdict.steps[0].promise.time == 60


def test_steps_taken_away_doubled_or_moved() -> None:
    one, two, three = GOOD.steps
    for order, problem in [
        ((two, three), (1, "chain_broken")),
        ((one, three), (2, "chain_broken")),
        ((one, one, two, three), (2, "chain_broken")),
        ((one, two, two, three), (3, "chain_broken")),
        ((two, one, three), (1, "chain_broken")),
        ((one, three, two), (2, "chain_broken")),
    ]:
        assert problem in found(replace(GOOD, steps=order))
    assert (2, "step_missing") in found(replace(GOOD, steps=(one, three)))
    assert {(2, "order_changed"), (2, "time_went_back")} <= set(found(replace(GOOD, steps=(two, one, three))))
    assert (2, "order_changed") in found(replace(GOOD, steps=(one, one, two, three)))
    assert found(replace(GOOD, steps=(one, two)), policy()) == []


def test_places_go_on_over_a_step_that_has_none_yet() -> None:
    """The last step stands before the first in the log, and the one between is only promised."""
    chain = steps([first(), content(2), content(3)])
    entries = [chain[2].leaf_text, chain[0].leaf_text]
    tree = Tree(grown(entries), 2)
    note = head(tree, LOG, *WITNESSES)
    proofs = [TlogProof(1, tuple(tree.inclusion(1)), note), None, TlogProof(0, tuple(tree.inclusion(0)), note)]
    made = [
        replace(step, proof=proof, promise=None if proof else promise(step))
        for step, proof in zip(chain, proofs, strict=True)
    ]
    assert found(Receipt(LOG.public, CASE, tuple(made), {})) == [(3, "order_changed")]


def test_content_and_salt_are_the_ones_that_were_sealed() -> None:
    inside = dict(GOOD.steps[0].content or {})
    assert found(with_step(1, content=inside | {"event": "close"})) == [(1, "content_changed")]
    assert found(with_step(1, content=inside | {"more": 1})) == [(1, "content_changed")]
    assert found(with_step(1, salt=b"\x07" * 32)) == [(1, "content_changed")]
    assert found(with_step(2, salt=b"\x07" * 32, content=content(2))) == [(2, "content_changed")]


def test_what_stands_in_clear_is_what_stands_inside() -> None:
    """A log that shows one rule or date and seals another is found out."""
    for name, value in [("rule", "APPC 100"), ("due_on", "2027-01-01")]:
        step = steps([first()])[0]
        inside = first() | {name: value}
        sealed_leaf = replace(steps([inside])[0].leaf, rule=step.leaf.rule, due_on=step.leaf.due_on)
        text = sealed_leaf.text()
        shown = ReceiptStep(text, sealed_leaf, step.salt, inside)
        shown = replace(shown, promise=promise(shown))
        verdict = check_receipt(Receipt(LOG.public, CASE, (shown,), {}), policy())
        assert [(one.invalid.code, one.invalid.values) for one in verdict.problems] == [
            ("clear_differs", {"name": name})
        ]


def test_rule_and_date_may_stand_inside_only() -> None:
    step = steps([first()])[0]
    leaf = replace(step.leaf, rule=None, due_on=None)
    shown = ReceiptStep(leaf.text(), leaf, step.salt, step.content)
    assert found(Receipt(LOG.public, CASE, (replace(shown, promise=promise(shown)),), {})) == []


def test_the_case_is_the_one_inside() -> None:
    assert found(replace(GOOD, case="KZ-0000")) == [(1, "other_case"), (3, "other_case")]


def test_a_receipt_that_opens_nothing_proves_nothing_of_a_case() -> None:
    made = receipt([None, None])
    assert found(made) == [(0, "nothing_opened")]
    assert not check_receipt(made, policy()).holds


def test_a_promise_alone_is_no_proof() -> None:
    waiting = with_step(3, proof=None, promise=promise(GOOD.steps[2]))
    verdict = check_receipt(waiting, policy())
    assert verdict.problems == []
    assert not verdict.holds
    assert verdict.witnesses == []


def test_a_promise_is_for_this_leaf_by_this_log() -> None:
    step = GOOD.steps[2]
    for note, code in [
        (promise(GOOD.steps[0]), "other_leaf"),
        (promise(step, key=STRANGER), "unsigned"),
        (promise(step, key=NEXT_LOG), "unsigned"),
        (promise(step, origin="log.example/village"), "wrong_origin"),
        (head(Tree(grown([b"x"]), 1), LOG), "bad_promise"),
        ("", "bad_note"),
    ]:
        assert found(with_step(3, proof=None, promise=note)) == [(3, code)]
        with pytest.raises(Invalid, match=code):
            check_promise(note, leaf_hash(step.leaf_text), policy())


def test_the_words_are_the_ones_that_were_hashed() -> None:
    key = hashlib.sha256(APPEAL.encode()).hexdigest()
    other = hashlib.sha256(b"other").hexdigest()
    assert found(replace(GOOD, texts={key: APPEAL + " "})) == [(0, "text_changed")]
    assert found(replace(GOOD, texts={key: APPEAL, other: "other"})) == [(0, "text_of_nothing")]
    assert found(replace(GOOD, texts={})) == []


def test_another_log() -> None:
    """A receipt of a log the policy does not name, and one that only says so."""
    renamed = replace(GOOD, log=STRANGER.public)
    assert set(found(renamed)) == {(0, "other_log"), (1, "other_log"), (2, "other_log"), (3, "other_log")}
    renewed = replace(GOOD, log=NEXT_LOG.public)
    assert found(renewed) == [(0, "other_key")]
    signed_by_stranger = receipt(keys=(STRANGER, *WITNESSES))
    assert {code for _, code in found(signed_by_stranger)} == {"unsigned"}
    rotated = parse_policy(policy_text().replace("\n", f"\nlog {NEXT_LOG.public}\n", 1).encode())
    assert found(replace(GOOD, log=NEXT_LOG.public), rotated) == []


def test_two_logs_do_not_make_one_receipt() -> None:
    both = parse_policy(policy_text().replace("\n", f"\nlog {STRANGER.public}\n", 1).encode())
    step = GOOD.steps[0]
    tree = Tree(grown([step.leaf_text]), 1)
    note = head(tree, STRANGER, *WITNESSES, origin=STRANGER.public.name)
    moved = replace(step, proof=TlogProof(0, (), note))
    assert found(replace(GOOD, steps=(moved,)), both) == [(1, "other_log")]


def test_a_proof_of_another_leaf_or_place() -> None:
    proof = GOOD.steps[0].proof
    assert proof is not None
    for other, code in [
        (replace(proof, index=2), "wrong_root"),
        (replace(proof, index=7), "index_outside"),
        (replace(proof, path=proof.path[1:]), "proof_length"),
        (replace(proof, path=(*proof.path[:-1], b"\0" * 32)), "wrong_root"),
        (GOOD.steps[1].proof, "wrong_root"),
        (replace(proof, checkpoint=proof.checkpoint + "\n"), "bad_note"),
    ]:
        assert (1, code) in found(with_step(1, proof=other))
    assert found(with_step(1, proof=replace(proof, extra=b"nobody vouches for this"))) == []


def test_a_leaf_later_than_its_witness() -> None:
    """A log cannot show a witness's head for a step that was taken afterwards."""
    step = steps([first()])[0]
    tree = Tree(grown([step.leaf_text]), 1)
    for early, problems in [(SKEW_SECONDS, []), (SKEW_SECONDS + 1, [(1, "later_than_seen")])]:
        note = head(tree, LOG, *WITNESSES, time=seconds(step.leaf.at) - early)
        made = replace(step, proof=TlogProof(0, (), note))
        assert found(Receipt(LOG.public, CASE, (made,), {})) == problems


def test_two_heads_of_one_size_prove_the_fork() -> None:
    one = receipt([first(), content(2)])
    tree = Tree(grown([entry(0), one.steps[0].leaf_text, entry(2), entry(3), entry(4)]), 5)
    forked = TlogProof(1, tuple(tree.inclusion(1)), head(tree, LOG, *WITNESSES))
    verdict = check_receipt(replace(one, steps=(replace(one.steps[0], proof=forked), one.steps[1])), policy())
    assert [(p.step, p.invalid.code, p.invalid.values) for p in verdict.problems] == [
        (0, "fork", {"size": 5, "origin": LOG.public.name})
    ]


def test_forks_are_of_one_log_and_one_size() -> None:
    heads = [CHECKPOINT, replace(CHECKPOINT, size=2), replace(CHECKPOINT, origin="other", root=b"o" * 32), CHECKPOINT]
    assert forks(heads) == []
    other = replace(CHECKPOINT, root=b"o" * 32)
    assert forks([*heads, other, other]) == [other, other]


def note(*keys: Any, text: str = CHECKPOINT.text()) -> bytes:
    return str(signed(text, *keys)).encode()


def test_how_many_witnesses_are_enough() -> None:
    for quorum, needed in [("none", 0), ("any", 1), ("2", 2), ("all", 3)]:
        for n in range(4):
            data = note(LOG, *WITNESSES[:n])
            if n >= needed:
                assert [name for name, _ in check_checkpoint(data, policy(quorum)).witnesses] == ["w1", "w2", "w3"][:n]
            else:
                with pytest.raises(Invalid, match="quorum_not_met") as wrong:
                    check_checkpoint(data, policy(quorum))
                assert wrong.value.values["seen"] == n


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (note(STRANGER, *WITNESSES), "unsigned"),
        (note(NEXT_LOG, *WITNESSES), "unsigned"),
        (note(*WITNESSES), "unsigned"),
        (note(LOG, text=replace(CHECKPOINT, origin="other").text()), "wrong_origin"),
        (note(LOG, text="not\na checkpoint\n"), "bad_checkpoint"),
        (note(LOG).replace(b"\n1\n", b"\n2\n"), "bad_signature"),
    ],
)
def test_whose_checkpoint_it_is(data: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        check_checkpoint(data, policy("none"))


def test_the_log_that_is_named_signed_it() -> None:
    """Of two logs that signed, the one whose name is the origin counts."""
    both = parse_policy(f"log {STRANGER.public}\nlog {LOG.public}\nquorum none\n".encode())
    assert check_checkpoint(note(STRANGER, LOG), both).log == LOG.public


def test_a_doubled_cosignature_counts_once() -> None:
    text = CHECKPOINT.text()
    more = (cosign(text, WITNESSES[0], time=5), cosign(text, WITNESSES[0], time=6))
    data = str(Note(text, (*signed(text, LOG).signatures, *more))).encode()
    with pytest.raises(Invalid, match="quorum_not_met"):
        check_checkpoint(data, policy("2"))
    assert check_checkpoint(data, policy("any")).witnesses == (("w1", 5),)


def test_a_cosignature_moved_to_another_checkpoint() -> None:
    other = parse_note(note(LOG, text=replace(CHECKPOINT, size=2).text()))
    moved = Note(other.text, (*other.signatures, *parse_note(note(WITNESSES[0])).signatures))
    with pytest.raises(Invalid, match="bad_signature"):
        check_checkpoint(str(moved).encode(), policy("none"))


def test_a_proof_of_any_log_holds_by_its_policy() -> None:
    entries = [entry(n) for n in range(5)]
    tree = Tree(grown(entries), 5)
    proof = TlogProof(3, tuple(tree.inclusion(3)), head(tree, LOG, WITNESSES[0]))
    seen = check_proof(proof, leaf_hash(entries[3]), policy("any"))
    assert (seen.checkpoint.size, seen.log) == (5, LOG.public)
    with pytest.raises(Invalid, match="wrong_root"):
        check_proof(proof, leaf_hash(entries[2]), policy("any"))


def second_at(at: int) -> Receipt:
    """Two promised steps, the first at minute 1, the second at this one."""
    chain = steps([first(), content(2)])
    late = replace(chain[1].leaf, at=AT + timedelta(minutes=at))
    second = replace(chain[1], leaf=late, leaf_text=late.text())
    return Receipt(LOG.public, CASE, tuple(replace(one, promise=promise(one)) for one in (chain[0], second)), {})


def test_times_do_not_go_back() -> None:
    assert found(second_at(1)) == []
    assert found(second_at(0)) == [(2, "time_went_back")]
