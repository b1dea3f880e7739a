"""Whom statements are taken to be spoken to or about, named in them or not."""

import pytest

from annotator.domain.statement import Role
from annotator.suggest.targets import weights

PARTIES = "Armenia and Azerbaijan met again. Armenia wants guards; Azerbaijan wants roads. "


@pytest.mark.parametrize(
    ("sentence", "target", "role"),
    [
        ("Norway urged Serbia to open the border.", "Serbia", Role.BOTH),
        ("Norway condemned Serbia’s attack on the convoy.", "Serbia", Role.OBJECT),
        ("Norway said that Serbia had closed the border.", "Serbia", Role.OBJECT),
        ("“Serbia must open the border,” Norway said.", "Serbia", Role.OBJECT),
        ("Norway urged the Serbian authorities to open the border.", "Serbia", Role.BOTH),
    ],
)
def test_an_actor_of_frame_or_content_is_the_target(found, sentence, target, role):
    seen = found(sentence)
    assert seen[0].targets == {target: role}
    assert "implicit_target" not in seen[0].statement.flags


def test_both_sides_are_the_two_parties(found):
    seen = found(PARTIES + "Switzerland urged both sides to return to the table.")
    assert set(seen[0].targets) == {"Armenia", "Azerbaijan"}


def test_the_other_party_is_implied(found):
    seen = found(PARTIES + "The Armenian foreign minister, Ana Kova, said: “We have waited long enough.”")
    assert set(seen[0].targets) == {"Azerbaijan"}
    assert "implicit_target" in seen[0].statement.flags


def test_the_same_speaker_goes_on_about_the_same(found):
    seen = found("Norway accused Serbia of blocking the road. “It must stop,” it said. “Now.”")
    assert [set(s.targets) for s in seen] == [{"Serbia"}] * len(seen)


def test_newspapers_and_reporters_are_no_targets(found):
    seen = found("“The talks began at nine,” Ana Kova told Reuters. “They ended at ten,” she told reporters.")
    assert all(not s.targets and s.statement.no_target for s in seen)


def test_a_senator_does_not_speak_to_the_own_state(found):
    seen = found(
        "The United States wakes up. The United States waits for the Senate. Republicans are few.\n\n"
        "“We will get there,” Sen. Ana Kova said."
    )
    assert "United States" not in seen[-1].targets


def test_whoever_made_a_claim_is_the_target_of_its_rebuff(found):
    seen = found("Ana Kova of Norway said the talks had failed. Serbia dismissed that as “noise”.")
    assert set(seen[-1].targets) <= {"Ana Kova", "Norway"}
    assert seen[-1].targets


def test_a_joint_commitment_has_no_target(found):
    seen = found("Norway and Serbia agreed to meet again in May.")
    assert seen[0].statement.no_target


def test_a_pronoun_is_never_the_speaker(found):
    seen = found("President Ana Kova met President Ivo Petric in Oslo. Kova accused him of lying.")
    assert set(seen[0].targets) == {"Ivo Petric"}


def test_scores_are_shares_and_reasons_are_plain(found):
    for seen in found(PARTIES + "Armenia said it would wait. “We are ready,” Azerbaijan said."):
        reason = seen.statement.provenance.reason("target")
        assert 0 < reason.score <= 1
        assert reason.why in {*weights().why.values(), "asked to act", "judged", "spoken to"}


def test_an_office_holder_speaks_for_the_state_of_the_sentence(suggester):
    text = "Armenia will not sign the text, Foreign Minister Aram Kova said on Monday."
    people = [a for a in suggester.suggest("x", text).actors if a.kind == "person"]
    assert [a.speaks_for for a in people] == ["state:AM"]
