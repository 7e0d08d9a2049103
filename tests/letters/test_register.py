from datetime import UTC, datetime, timedelta

import pytest

from qyzmet.letters import actions, queries
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.refusal import Missing, Refused
from tests.letters.sample import AT, compose

pytestmark = pytest.mark.django_db


def way(letter: Letter, channel: str) -> Dispatch:
    return letter.dispatches.get(channel=channel)


def posted(**changes: object) -> Dispatch:
    return actions.note_posted(way(compose(channels=["post"], **changes), "post"), at=AT)


def test_each_body_counts_for_itself() -> None:
    numbers = [posted(body_code=code).register_number for code in ("education", "education", "health", "education")]
    assert numbers == [1, 2, 1, 3]


def test_the_count_begins_anew_with_the_local_year() -> None:
    letter = compose(channels=["post", "hand"])
    actions.note_posted(way(letter, "post"), at=datetime(2026, 12, 31, 18, 59, tzinfo=UTC))
    handed = actions.note_handed(way(letter, "hand"), at=datetime(2026, 12, 31, 19, 0, tzinfo=UTC))
    assert (handed.register_year, handed.register_number) == (2027, 1)
    assert handed.delivered_at == handed.sent_at
    rows = queries.dispatch_register(body_code="education").rows
    assert [(row.register_year, row.register_number) for row in rows] == [(2027, 1), (2026, 1)]
    assert len(queries.dispatch_register(body_code="education", year=2026).rows) == 1


def test_a_number_is_given_once() -> None:
    row = posted()
    for note in (actions.note_posted, actions.note_handed):
        with pytest.raises(Refused, match="dispatch_not_waiting"):
            note(row, at=AT)
    assert queries.dispatch_register(body_code="education").rows == [row]


def test_the_outbox_leaves_paper_alone() -> None:
    compose(channels=["post", "hand"])
    assert actions.send_pending(at=AT) == 0
    assert len(queries.waiting(body_code="education").rows) == 2


def test_pages_follow_one_another_without_gap_or_double() -> None:
    rows = [posted(body_code=code) for code in ("education", "health") for _ in range(4)]
    numbers = ["2026-4K7M-9XQ2"]
    seen, after = [], None
    while True:
        page = queries.dispatch_register(case_numbers=numbers, after=after, size=3)
        seen += page.rows
        after = page.next
        if after is None:
            break
    assert sorted(row.pk for row in seen) == sorted(row.pk for row in rows)
    assert [row.register_number for row in seen] == [4, 4, 3, 3, 2, 2, 1, 1]


def test_waiting_pages() -> None:
    for _ in range(5):
        compose(channels=["hand"])
    first = queries.waiting(body_code="education", size=3)
    second = queries.waiting(body_code="education", size=3, after=first.next)
    assert [len(first.rows), len(second.rows), second.next] == [3, 2, None]
    assert first.rows[-1].pk < second.rows[0].pk


def test_lists_show_only_what_the_asker_may_see() -> None:
    posted(case_number="2026-AAAA-AAAA")
    posted(case_number="2026-BBBB-BBBB")
    posted(body_code="health")

    def shown(**narrowed: object) -> list[str]:
        return [row.letter.case_number for row in queries.dispatch_register(**narrowed).rows]  # type: ignore[arg-type]

    assert shown(body_code="education", without=["2026-AAAA-AAAA"]) == ["2026-BBBB-BBBB"]
    assert shown(case_numbers=["2026-AAAA-AAAA"]) == ["2026-AAAA-AAAA"]
    assert shown(case_numbers=[]) == []
    hidden = Letter.objects.filter(case_number="2026-AAAA-AAAA").values("case_number")
    assert shown(body_code="education", without=hidden) == ["2026-BBBB-BBBB"]
    with pytest.raises(ValueError, match="body or case numbers"):
        queries.dispatch_register()


def test_a_page_of_the_register_is_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        posted()
    with django_assert_num_queries(1):
        assert [row.letter.subject for row in queries.dispatch_register(body_code="education").rows]


def test_delivery_is_noted_between_sending_and_now() -> None:
    row = posted()
    later = AT + timedelta(hours=50)
    for impossible in (AT - timedelta(seconds=1), later + timedelta(seconds=1)):
        with pytest.raises(Refused, match="delivery_date_impossible") as refusal:
            actions.note_delivered(row, delivered_at=impossible, at=later)
        assert refusal.value.kind == "input"
    assert actions.note_delivered(row, delivered_at=later, at=later).delivered_at == later


def test_what_was_not_sent_was_not_delivered() -> None:
    with pytest.raises(Refused, match="dispatch_not_sent"):
        actions.note_delivered(way(compose(), "email"), delivered_at=AT, at=AT)


def test_a_dispatch_is_found_by_its_own_case_only() -> None:
    row = posted()
    assert queries.dispatch(row.pk, "2026-4K7M-9XQ2") == row
    with pytest.raises(Missing):
        queries.dispatch(row.pk, "2026-0000-0000")
