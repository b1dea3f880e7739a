from collections import Counter
from dataclasses import replace

import pytest

from annotator.domain.article import Article
from annotator.domain.edits import Placed, SetState, Step
from annotator.domain.layer import State
from annotator.storage.project import Project
from annotator.storage.queues import WHOLE, NearCopies, Queue, Sample

NEWS = [Article(f"Article number {n}.") for n in range(8)]
IDS = [a.id for a in NEWS]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles(NEWS)
        yield project


def mark(project, article, state):
    project.do(Step("State", (Placed(SetState(state), article),)))


def listed(project, **queue):
    return [IDS.index(row.id) for row in project.rows(queue=Queue(**queue))]


def total(project, **queue):
    return sum(project.counts(Queue(**queue)).values())


def copies(*groups):
    """Groups of articles by number; all others stand alone."""
    leads = {IDS[n]: min(IDS[m] for m in group) for group in groups for n in group}
    return {id: leads.get(id, id) for id in IDS}


def test_at_first_everything_is_in_the_queue(project):
    assert project.queues.now == WHOLE
    assert project.queues.sample is None
    assert listed(project) == list(range(8))
    assert listed(project, sample=True) == []


def test_a_sample_is_listed_and_counted_and_can_be_left(project):
    assigned = Sample(frozenset(IDS[1:6:2]), 7, "all articles")
    project.queues.assign(assigned)
    project.queues.put(Queue(sample=True))
    mark(project, IDS[3], State.DONE)
    mark(project, IDS[4], State.DONE)
    assert project.queues.sample == assigned
    assert project.queues.now == Queue(sample=True)
    assert listed(project, sample=True) == [1, 3, 5]
    assert project.counts(Queue(sample=True)) == {
        State.TODO: 2, State.DOING: 0, State.DONE: 1, State.FLAGGED: 0
    }  # fmt: skip
    project.queues.put(replace(project.queues.now, sample=False))
    assert listed(project) == list(range(8))
    assert project.counts()[State.DONE] == 2
    assert project.queues.sample == assigned


def test_a_sample_belongs_to_one_person(project):
    project.queues.assign(Sample(frozenset(IDS[:2])))
    project.queues.put(Queue(sample=True, hide_copies=True))
    project.set_setting("annotator", "bob")
    assert project.queues.sample is None
    assert project.queues.now == WHOLE
    assert listed(project, sample=True) == []


def test_state_and_words_narrow_the_sample(project):
    project.queues.assign(Sample(frozenset(IDS[:3])))
    mark(project, IDS[1], State.DOING)
    queue = Queue(sample=True)
    assert [r.id for r in project.rows(state=State.DOING, queue=queue)] == [IDS[1]]
    assert [r.id for r in project.rows(query="number 2", queue=queue)] == [IDS[2]]
    assert project.rows(query="number 5", queue=queue) == []


def test_of_near_copies_the_first_stays(project):
    project.queues.put_near_copies(copies((1, 4, 6), (2, 3)))
    assert project.queues.near_copies == NearCopies(groups=2, articles=5, looked_at=8)
    assert listed(project, hide_copies=True) == [0, 1, 2, 5, 7]
    assert total(project, hide_copies=True) == 5
    assert listed(project) == list(range(8))
    assert project.queues.copies_of(IDS[4]) == [IDS[1], IDS[6]]
    assert project.queues.copies_of(IDS[0]) == []


@pytest.mark.parametrize("state", [State.DOING, State.DONE, State.FLAGGED])
def test_what_was_begun_is_never_hidden_and_hides_the_others(project, state):
    project.queues.put_near_copies(copies((1, 4, 6)))
    mark(project, IDS[4], state)
    assert listed(project, hide_copies=True) == [0, 2, 3, 4, 5, 7]
    mark(project, IDS[6], state)
    assert listed(project, hide_copies=True) == [0, 2, 3, 4, 5, 6, 7]
    assert project.counts(Queue(hide_copies=True))[state] == 2


def test_the_copies_of_another_person_do_not_count(project):
    project.queues.put_near_copies(copies((1, 4)))
    mark(project, IDS[4], State.DONE)
    project.set_setting("annotator", "bob")
    assert listed(project, hide_copies=True) == [0, 1, 2, 3, 5, 6, 7]


def test_a_copy_outside_the_sample_hides_nothing_in_it(project):
    project.queues.put_near_copies(copies((1, 4, 6)))
    project.queues.assign(Sample(frozenset({IDS[0], IDS[4], IDS[6]})))
    assert listed(project, sample=True, hide_copies=True) == [0, 4]
    mark(project, IDS[1], State.DONE)
    assert listed(project, sample=True, hide_copies=True) == [0, 4]


@pytest.mark.parametrize("sample", [False, True])
@pytest.mark.parametrize("hide_copies", [False, True])
def test_the_counts_are_those_of_the_list(project, sample, hide_copies):
    project.queues.put_near_copies(copies((1, 4, 6), (2, 3)))
    project.queues.assign(Sample(frozenset(IDS[1:7])))
    mark(project, IDS[4], State.DONE)
    mark(project, IDS[3], State.FLAGGED)
    queue = Queue(sample, hide_copies)
    states = Counter(row.state for row in project.rows(queue=queue))
    assert project.counts(queue) == {state: states[state] for state in State}
    project.queues.put(queue)
    held = [id for id in IDS if project.queues.holds(id)]
    assert held == [row.id for row in project.rows(queue=queue)]


def test_looking_again_replaces_what_was_known(project):
    project.queues.put_near_copies(copies((1, 4)))
    project.queues.put_near_copies(copies((2, 3)))
    assert project.queues.copies_of(IDS[1]) == []
    assert project.queues.copies_of(IDS[3]) == [IDS[2]]
    assert project.check() == []
