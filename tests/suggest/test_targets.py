"""Whom statements are taken to be about when nobody is named in them."""

PARTIES = "Armenia and Azerbaijan met again. Armenia wants guards; Azerbaijan wants roads. "


def test_both_sides_are_the_two_parties(found):
    seen = found(PARTIES + "Switzerland urged both sides to return to the table.")
    assert set(seen[0].targets) == {"Armenia", "Azerbaijan"}


def test_the_other_party_is_implied(found):
    seen = found(PARTIES + "The Armenian foreign minister, Ana Kova, said: “We have waited long enough.”")
    assert set(seen[0].targets) == {"Azerbaijan"}
    assert "implicit_target" in seen[0].statement.flags


def test_newspapers_and_reporters_are_no_targets(found):
    seen = found("“It was a long night,” Ana Kova told Reuters. “It was cold,” she told reporters.")
    assert all(not s.targets and s.statement.no_target for s in seen)


def test_a_senator_does_not_speak_to_the_own_state(found):
    seen = found(
        "The United States wakes up. The United States waits for the Senate. Republicans are few.\n\n"
        "“We will get there,” Sen. Ana Kova said."
    )
    assert not seen[-1].targets


def test_whoever_made_a_claim_is_the_target_of_its_rebuff(found):
    seen = found("Ana Kova of Norway said the talks had failed. Serbia dismissed that as “noise”.")
    assert set(seen[-1].targets) == {"Ana Kova"}


def test_an_office_holder_speaks_for_the_state_of_the_sentence(suggester):
    text = "Armenia will not sign the text, Foreign Minister Aram Kova said on Monday."
    people = [a for a in suggester.suggest("x", text).actors if a.kind == "person"]
    assert [a.speaks_for for a in people] == ["state:AM"]
