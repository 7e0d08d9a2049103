from qyzmet.text.refusal import Missing, Refused


def test_a_refusal_carries_its_code_kind_and_values() -> None:
    refusal = Refused("too_long", kind="input", limit=5)
    assert (refusal.code, refusal.kind, refusal.values) == ("too_long", "input", {"limit": 5})
    assert str(refusal) == "too_long (limit=5)"


def test_a_refusal_is_about_the_state_unless_it_says_otherwise() -> None:
    assert Refused("not_in_this_state").kind == "state"
    assert str(Refused("not_in_this_state")) == "not_in_this_state"


def test_missing_is_no_refusal() -> None:
    assert not issubclass(Missing, Refused)
