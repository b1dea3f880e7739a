from dataclasses import replace

import pytest

from annotator.domain.spans import Span
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Reason,
    Speaker,
    Statement,
    Target,
    accepted,
    rejected,
    revised,
)

AT, LATER = "2026-03-02T10:14:05Z", "2026-03-02T10:15:00Z"
BY_MACHINE = Provenance(suggester="rules 1", score=0.9, reasons=(("speaker", Reason(0.9, "cue said")),))
SUGGESTED = Statement("s", (Span(0, 3),), Kind.DIRECT, provenance=BY_MACHINE)
BY_HAND = replace(SUGGESTED, provenance=Provenance(by="ann", at=AT))


def test_enter_confirms_a_suggestion_as_it_is():
    done = accepted(SUGGESTED, "ann", AT, seconds=4.1)
    assert done.decision is Decision.CONFIRMED
    assert done.provenance == replace(BY_MACHINE, by="ann", at=AT, seconds=4.1)


def test_enter_after_a_change_corrects():
    changed = revised(SUGGESTED, "ann", AT, targets=(Target("state:JP"),), no_target=False)
    assert changed.decision is Decision.SUGGESTED
    assert changed.provenance.changed == ("target",)
    done = accepted(changed, "ann", LATER)
    assert done.decision is Decision.CORRECTED
    assert accepted(done, "ann", LATER).decision is Decision.CORRECTED


def test_changing_what_was_confirmed_corrects_it():
    confirmed = accepted(SUGGESTED, "ann", AT)
    assert revised(confirmed, "ann", LATER, act="warn").decision is Decision.CORRECTED
    assert revised(confirmed, "ann", LATER, note="hm").decision is Decision.CONFIRMED


def test_what_is_made_by_hand_is_confirmed_whatever_is_changed():
    changed = revised(BY_HAND, "ann", AT, act="warn")
    assert accepted(changed, "ann", LATER).decision is Decision.CONFIRMED
    again = revised(accepted(changed, "ann", LATER), "ann", LATER, kind=Kind.MIXED)
    assert again.decision is Decision.CONFIRMED


def test_changing_nothing_leaves_no_trace():
    assert revised(SUGGESTED, "ann", AT, act=None, kind=Kind.DIRECT) is SUGGESTED


def test_a_rejection_is_kept_with_who_and_when():
    gone = rejected(SUGGESTED, "ann", AT)
    assert gone.decision is Decision.REJECTED
    assert (gone.provenance.by, gone.provenance.suggester) == ("ann", "rules 1")
    assert gone.decided


def test_each_changed_field_counts_once():
    mention = Mention("m", Span(0, 3), "GPE", provenance=BY_MACHINE)
    changed = revised(revised(mention, "ann", AT, label="ORG"), "ann", AT, label="LOC", span=Span(0, 2))
    assert changed.provenance.changed == ("label", "span")


@pytest.mark.parametrize(
    ("fields", "open_roles"),
    [
        ({}, ("speaker", "targets", "topics")),
        ({"speaker": Speaker(not_stated=True), "no_target": True, "no_topic": True}, ()),
        ({"speaker": Speaker(Span(0, 1)), "targets": (Target("state:JP"),)}, ("topics",)),
        ({"speaker": Speaker(actors=("state:CN",)), "topics": ("a.b",)}, ("targets",)),
    ],
)
def test_not_decided_and_explicitly_none_differ(fields, open_roles):
    assert replace(SUGGESTED, **fields).undecided_roles() == open_roles


def test_content_is_never_empty_and_always_in_order():
    assert Statement("s", (Span(5, 6), Span(0, 3)), Kind.MIXED).spans == (Span(0, 3), Span(5, 6))
    with pytest.raises(ValueError, match="needs content"):
        Statement("s", (), Kind.DIRECT)


def test_the_reason_of_a_role_is_found():
    assert BY_MACHINE.reason("speaker") == Reason(0.9, "cue said")
    assert BY_MACHINE.reason("topic") is None
