"""Acting on hits of many articles is one step, and one undo."""

import pytest
from window_samples import ARTICLE, SECOND, find, make_project

from annotator.domain.actors import Actor
from annotator.domain.layer import State
from annotator.jobs import finding
from annotator.jobs.finding import Wish, find_job, more_hits
from annotator.jobs.progress import run
from annotator.storage.finding import Sought
from annotator.storage.project import Project


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        yield opened


def hits(project, words):
    return run(find_job(project, Wish(Sought(words)))).hits


def test_the_first_articles_come_before_all_others(project):
    found = run(find_job(project, Wish(Sought("the")), limit=1))
    assert (len(found.numbers), found.complete, found.read) == (1, False, 1)
    whole = run(find_job(project, Wish(Sought("the")), limit=-1))
    assert (len(whole.numbers), whole.complete) == (2, True)
    rest, at = more_hits(project, Sought("the"), whole.numbers, 1)
    assert {h.article for h in rest} == {SECOND.id}
    assert at == 2


def test_other_words_are_offered_only_where_nothing_is_found(project):
    assert run(find_job(project, Wish(Sought("serbai")))).near[0] == "serbia"
    assert run(find_job(project, Wish(Sought("serbia")))).near == []


def test_hits_of_many_articles_are_marked_in_one_step(project):
    new = Actor("group:talks", "The talks", "group")
    step = finding.mark(project, hits(project, "talks"), "EVENT", new.id, [new])
    assert step.label == "Mark 2 places as Event"
    project.do(step)
    assert {project.layer(a.id).state for a in (ARTICLE, SECOND)} == {State.DOING}
    (mention,) = project.layer(SECOND.id).mentions.values()
    assert (mention.label, mention.actor) == ("EVENT", "group:talks")
    assert finding.mark(project, hits(project, "talks"), "EVENT", new.id) is None
    project.undo()
    assert all(project.layer(a.id).empty for a in (ARTICLE, SECOND))
    assert new.id not in project.actors()
    assert project.check() == []


def test_what_is_marked_so_already_is_passed_over(project):
    step = finding.mark(project, hits(project, "belgrade"), "GPE", "state:RS")
    assert step is None
    step = finding.mark(project, hits(project, "belgrade"), "ORG", "state:RS")
    project.do(step)
    (mention,) = project.layer(ARTICLE.id).mentions.values()
    assert (mention.span, mention.label) == (find("Belgrade"), "ORG")


def test_articles_are_flagged_and_skipped_together(project):
    both = [h.article for h in hits(project, "the")]
    step = finding.flag(project, both)
    assert step.label == "Flag 2 articles"
    project.do(step)
    assert {project.layer(a).state for a in both} == {State.FLAGGED}
    assert finding.flag(project, both) is None
    project.do(finding.skip(project, both))
    layer = project.layer(ARTICLE.id)
    assert (layer.state, layer.outcome) == (State.DONE, "not_relevant")
    assert finding.skip(project, both) is None
    project.undo()
    assert {project.layer(a).state for a in both} == {State.FLAGGED}
