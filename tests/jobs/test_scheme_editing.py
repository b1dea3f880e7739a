from dataclasses import replace

import pytest
from window_samples import ARTICLE, SECOND, machine_layer, make_project, second_layer

from annotator.domain.edits import AddMention, AddStatement, Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.statement import accepted
from annotator.jobs.progress import run
from annotator.jobs.scheme_editing import (
    free_key,
    merge,
    merge_job,
    moved,
    new_act,
    new_area,
    new_label,
    new_topic,
    next_version,
    problems,
    put,
    save,
    taken_out,
)
from annotator.storage.project import Project

AT = "2026-03-10T08:00:00Z"
PEACE, CEASEFIRE = "conflict.peace_talks", "conflict.ceasefire"


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


@pytest.fixture
def scheme(project):
    return project.scheme


def decide(project, annotator="anna"):
    """One person accepts everything in both articles."""
    for article, layer in ((ARTICLE, machine_layer()), (SECOND, second_layer())):
        edits = [AddStatement(accepted(s, annotator, AT)) for s in layer.ordered_statements()]
        edits += [AddMention(accepted(m, annotator, AT)) for m in layer.ordered_mentions()]
        edits.append(SetState(State.DONE, guideline="1"))
        project.do(Step("All", tuple(Placed(e, article.id, annotator) for e in edits)))


def topics_of(layer):
    return [s.topics for s in layer.ordered_statements()]


def test_an_item_is_renamed_in_its_place_and_keeps_its_id(scheme):
    warn = next(a for a in scheme.acts if a.id == "warn")
    changed = put(scheme, replace(warn, name="Threatens"))
    assert [a.id for a in changed.acts] == [a.id for a in scheme.acts]
    assert changed.act_name("warn") == "Threatens"


def test_new_items_stand_last_with_ids_of_their_own(scheme):
    label = new_label(scheme, "Événement")
    assert label.id == "EVENEMENT"
    act = new_act(scheme, "Warn")
    assert act.id == "warn_2"
    assert new_act(scheme, "None").id == "none_2"
    area = new_area(scheme, "空")
    topic = new_topic(scheme, scheme.areas[0], "Visa rules")
    assert (area.id, topic.id) == ("area", f"{scheme.areas[0].id}.visa_rules")
    for item in (label, act, area, topic):
        scheme = put(scheme, item)
    assert (scheme.labels[-1], scheme.acts[-1], scheme.areas[-1]) == (label, act, area)
    assert scheme.areas[0].topics[-1] == topic
    for item in (label, act, area, topic):
        scheme = taken_out(scheme, item)
    assert topic.id not in scheme.topics


def test_a_free_key_is_found(scheme):
    assert free_key(()) == "a"
    keys = {t.key for t in scheme.areas[0].topics}
    assert free_key(scheme.areas[0].topics) not in keys
    full = [replace(scheme.acts[0], id=key, key=key) for key in "ASDFGHJKLQWERTYUIOPZXCVBNM"]
    assert free_key(full) == ""


def test_items_move_and_stop_at_the_ends(scheme):
    first, second = scheme.labels[:2]
    assert moved(scheme, first, 1).labels[:2] == (second, first)
    assert moved(scheme, first, -3) == scheme
    topics = scheme.areas[1].topics
    assert moved(scheme, topics[-1], -1).areas[1].topics[-2:] == (topics[-1], topics[-2])
    assert moved(scheme, scheme.areas[0], 99).areas[-1] == scheme.areas[0]
    assert moved(scheme, scheme.acts[1], -1).acts[0] == scheme.acts[1]


def test_the_default_scheme_has_no_problems(scheme):
    assert problems(scheme) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "P"}, "both have the key P"),
        ({"name": "  "}, "has no name"),
        ({"key": "ab"}, "is not one key"),
        ({"key": "/"}, "taken by the pickers"),
        ({"name": "person"}, "are called"),
    ],
)
def test_what_is_wrong_is_said(project, scheme, change, said):
    label = next(x for x in scheme.labels if x.id == "GPE")
    draft = put(scheme, replace(label, **change))
    assert any(said in sentence for sentence in problems(draft))
    with pytest.raises(ValueError, match=said):
        save(project, draft)
    assert project.scheme == scheme


def test_a_retired_item_gives_its_key_free(scheme):
    person = next(x for x in scheme.labels if x.id == "PERSON")
    state = next(x for x in scheme.labels if x.id == "GPE")
    assert problems(put(put(scheme, replace(person, retired=True)), replace(state, key="p"))) == []


def test_something_must_stay_on_offer(scheme):
    draft = replace(scheme, acts=tuple(replace(a, retired=True) for a in scheme.acts))
    assert problems(draft) == ["At least one act must stay on offer."]


@pytest.mark.parametrize(
    ("before", "after"),
    [("1", "2"), ("9", "10"), ("1.9", "1.10"), ("draft", "draft 2"), ("2b", "3b"), ("", "2")],
)
def test_versions_rise_by_one(before, after):
    assert next_version(before) == after


def test_each_saved_change_is_a_version_and_no_change_none(project, scheme):
    assert save(project, scheme).version == "1"
    once = save(project, put(scheme, replace(scheme.acts[0], note="tells news")))
    assert once.version == "2"
    assert project.scheme == once
    assert save(project, moved(once, once.acts[0], 1)).version == "3"


def test_renaming_keeps_decisions(project, scheme):
    decide(project)
    before = project.layer(ARTICLE.id)
    topic = replace(scheme.topics[PEACE], name="Negotiations")
    save(project, put(scheme, topic))
    assert project.layer(ARTICLE.id) == before
    assert project.scheme.topic_name(PEACE).endswith("› Negotiations")


def test_usage_counts_all_layers(project):
    decide(project)
    decide(project, "ben")
    usage = project.usage()
    assert usage.topics[PEACE] == 6  # twice in the suggestions of one article, and by two people
    assert usage.acts == {"request": 3}
    assert usage.labels["GPE"] == 6
    assert "warn" not in usage.of("act")


@pytest.mark.parametrize(
    ("group", "old", "new"),
    [("topic", PEACE, CEASEFIRE), ("act", "request", "warn"), ("label", "GPE", "ORG")],
)
def test_merging_moves_every_use_and_undo_takes_peoples_back(project, scheme, group, old, new):
    decide(project, "ben")
    decide(project)
    before = [project.layer(a.id, name) for a in (ARTICLE, SECOND) for name in ("anna", "ben")]
    uses = project.usage().of(group)
    merged = merge(project, scheme, group, old, new)
    assert project.usage().of(group).get(old, 0) == 0
    assert project.usage().of(group)[new] == uses[old] + uses.get(new, 0)
    assert merged.version == "2"
    assert project.history(1)[0].label.startswith("Merge")
    assert project.check() == []
    step = project.undo()
    assert {p.annotator for p in step.edits} == {"anna", "ben"}
    assert [project.layer(a.id, n) for a in (ARTICLE, SECOND) for n in ("anna", "ben")] == before
    assert project.check() == []


def test_merging_beside_the_window_is_seen_by_it(project, scheme):
    decide(project)
    merged = run(merge_job(project, scheme, "act", "request", "warn"))
    assert project.scheme == merged
    assert "request" not in project.usage().acts
    assert project.undo().label.startswith("Merge")


def test_a_merged_topic_is_retired_and_stays_named(project, scheme):
    merge(project, scheme, "topic", PEACE, CEASEFIRE)
    assert PEACE not in project.scheme.offered().topics
    assert project.scheme.topic_name(PEACE) == scheme.topic_name(PEACE)
    assert topics_of(project.machine_layer(ARTICLE.id)) == [(CEASEFIRE,), (CEASEFIRE,), ()]


def test_a_statement_with_both_topics_keeps_one(project, scheme):
    both = replace(machine_layer().ordered_statements()[0], topics=(PEACE, CEASEFIRE))
    project.put_machine_layer(ARTICLE.id, replace(machine_layer(), statements={both.id: both}, mentions={}))
    project.do(Step("One", (Placed(AddStatement(accepted(both, "anna", AT)), ARTICLE.id),)))
    merge(project, scheme, "topic", PEACE, CEASEFIRE)
    assert topics_of(project.layer(ARTICLE.id)) == [(CEASEFIRE,)]
    assert topics_of(project.machine_layer(ARTICLE.id)) == [(CEASEFIRE,)]


def test_when_the_draft_cannot_be_saved_nothing_is_merged(project, scheme):
    decide(project)
    layer = project.layer(ARTICLE.id)
    draft = put(scheme, replace(scheme.acts[0], name=""))
    with pytest.raises(ValueError, match="no name"):
        merge(project, draft, "topic", PEACE, CEASEFIRE)
    with pytest.raises(ValueError, match="cannot be merged"):
        merge(project, scheme, "topic", PEACE, PEACE)
    assert project.layer(ARTICLE.id) == layer
    assert project.scheme == scheme
    assert project.usage().topics[PEACE] == 4
    assert project.undo().label == "All"  # the step before


def test_what_the_machine_suggests_later_follows_the_merge(project, scheme):
    merge(project, scheme, "topic", PEACE, CEASEFIRE)
    project.put_machine_layer(ARTICLE.id, machine_layer())
    assert topics_of(project.machine_layer(ARTICLE.id)) == [(CEASEFIRE,), (CEASEFIRE,), ()]
