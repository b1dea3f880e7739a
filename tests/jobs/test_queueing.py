import pytest

from annotator.domain.article import Article
from annotator.jobs.progress import run
from annotator.jobs.queueing import draw, look_for_copies
from annotator.storage.project import Project
from annotator.storage.queues import NearCopies

STORY = "The minister said on Monday that talks on the river dam would be taken up again in spring. " * 3
NEWS = [
    Article(STORY),
    Article("Nothing of the kind was told by anybody who was asked about the harbour."),
    Article(STORY + "The agency added a line of its own."),
]


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="ann") as project:
        project.add_articles(NEWS)
        yield project


def test_the_same_seed_draws_the_same_and_a_larger_sample_holds_the_smaller():
    ids = [Article(str(n)).id for n in range(200)]
    forty = draw(ids, 40, 7)
    assert len(forty) == 40
    assert forty == draw(reversed(ids), 40, 7)
    assert forty < draw(ids, 60, 7)
    assert forty != draw(ids, 40, 8)
    assert draw(ids[:5], 40, 7) == set(ids[:5])


def test_near_copies_are_found_and_kept(project):
    assert run(look_for_copies(project)) == NearCopies(groups=1, articles=2, looked_at=3)
    assert project.queues.copies_of(NEWS[2].id) == [NEWS[0].id]


def test_stopping_amid_the_search_keeps_what_was_known(project):
    run(look_for_copies(project))
    before = project.queues.near_copies
    project.add_articles([Article("One more.")])
    job = look_for_copies(project)
    steps = [next(job) for _ in range(6)]
    job.close()
    assert [s.done for s in steps] == list(range(6))
    assert {s.total for s in steps} == {8}
    assert project.queues.near_copies == before
