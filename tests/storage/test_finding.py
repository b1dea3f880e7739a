"""Hits over the whole project, and each way to narrow them."""

from dataclasses import replace

import pytest
from window_samples import ACTORS, ARTICLE, SECOND, find, machine_layer, make_project

from annotator.domain.article import Article, Meta
from annotator.domain.edits import AddStatement, Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.statement import accepted, rejected
from annotator.storage.finding import ORDERS, Sought
from annotator.storage.project import Project

AT = "2026-03-10T08:00:00Z"
THIRD = Article(
    "Harbour dues\n\nThe harbour board met. 港の会議が開かれた。",
    "en",
    Meta(title="Harbour dues", outlet="Post", published="2025-12-01"),
)


@pytest.fixture
def project(tmp_path):
    with Project.open(make_project(tmp_path / "news.annot")) as opened:
        opened.add_articles([THIRD])
        yield opened


def found(project, words="", order="file", **given):
    sought = Sought(words, **given)
    return project.finding.hits(sought, project.finding.articles(sought, order))


def articles(project, words="", order="file", **given):
    return list(dict.fromkeys(h.article for h in found(project, words, order, **given)))


def decide(project, *statements, by="anna"):
    edits = tuple(Placed(AddStatement(s), ARTICLE.id, by) for s in statements)
    project.do(Step("Decide", edits))


def test_a_hit_has_its_context_and_its_place(project):
    (hit,) = found(project, "down tomo")
    assert (hit.match, hit.span) == ("down tomorrow", find("down tomorrow"))
    assert hit.before.endswith("“ready to sit ")
    assert hit.after.startswith("”. NATO")
    assert (hit.article, hit.outlet, hit.published, hit.state) == (
        ARTICLE.id,
        "Wire",
        "2026-03-10",
        State.TODO,
    )


def test_titles_are_searched_but_not_twice(project):
    assert [h.span for h in found(project, "talks resume")] == [find("Talks resume")]
    renamed = Article("Nothing of it in here.", "en", Meta(title="Quarry talks"))
    project.add_articles([renamed])
    (hit,) = found(project, "quarry")
    assert hit.span is None


def test_words_without_spaces_between_them_are_found(project):
    assert [h.match for h in found(project, "会議")] == ["会議"]


def test_nothing_typed_lists_the_articles_that_fit(project):
    hits = found(project, outlet="Post")
    assert [(h.article, h.match, h.span) for h in hits] == [(THIRD.id, "Harbour dues", None)]


@pytest.mark.parametrize("words", ['"', "the '", "* OR", "NEAR(", "\0", "—"])
def test_signs_of_the_query_language_are_words_like_others(project, words):
    assert isinstance(found(project, words), list)


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"outlet": "Wire"}, [ARTICLE]),
        ({"since": "2026"}, [ARTICLE]),
        ({"since": "2025-12-01", "until": "2025-12"}, [THIRD]),
        ({"until": "2025-12-01"}, [THIRD]),
        ({"actor": "state:RS"}, [ARTICLE]),
        ({"actor": "state:XX"}, []),
        ({"topic": "bilateral.visits"}, [SECOND]),
        ({"topic": "conflict"}, [ARTICLE]),
        ({"topic": "conf"}, []),
        ({"label": "ORG"}, [ARTICLE]),
        ({"score_below": 0.95}, [ARTICLE, SECOND]),
        ({"score_below": 0.5}, []),
        ({"states": frozenset({"todo"})}, [ARTICLE, SECOND, THIRD]),
        ({"states": frozenset({"done", "doing"})}, []),
        ({"annotator": "anna"}, []),
        ({"disagreement": True}, []),
    ],
)
def test_filters_narrow_the_articles(project, given, titles):
    assert articles(project, **given) == [a.id for a in titles]


def test_a_label_is_that_of_an_entity_over_the_hit(project):
    assert [h.span for h in found(project, "belgrade", label="GPE")] == [find("Belgrade")]
    assert found(project, "belgrade", label="PERSON") == []
    assert found(project, "reporters", label="GPE") == []


def test_the_state_and_the_work_are_those_of_the_annotator(project):
    project.do(Step("Flag", (Placed(SetState(State.FLAGGED), ARTICLE.id),)))
    assert articles(project, states=frozenset({"flagged"})) == [ARTICLE.id]
    assert articles(project, annotator="anna") == [ARTICLE.id]
    assert articles(project, annotator="ben") == []
    assert project.finding.annotators() == ["anna"]
    assert project.finding.outlets() == ["Post", "Wire"]


def test_months_are_those_of_the_articles(project):
    published = [row.published for row in project.rows()]
    assert project.finding.months() == sorted({day[:7] for day in published if day})
    assert "2025-12" in project.finding.months()


def test_a_decided_suggestion_is_no_longer_unsure(project):
    decide(project, *(accepted(s, "anna", AT) for s in machine_layer().ordered_statements()))
    assert articles(project, score_below=0.95) == [SECOND.id]


def test_people_disagree_when_they_decided_otherwise(project):
    first, second, *_ = machine_layer().ordered_statements()
    decide(project, accepted(first, "anna", AT))
    decide(project, accepted(first, "ben", AT), by="ben")
    assert articles(project, disagreement=True) == []
    decide(project, rejected(second, "ben", AT), by="ben")
    assert articles(project, disagreement=True) == []
    decide(project, accepted(replace(second, act="deny"), "anna", AT))
    assert articles(project, disagreement=True) == [ARTICLE.id]


def test_merged_actors_are_found_under_the_one_that_is_left(project):
    from annotator.domain.edits import PutActor

    ilse = next(a for a in ACTORS if a.name == "Ilse Verhoeven")
    project.do(Step("Merge", (Placed(PutActor(replace(ilse, merged_into="org:EU"))),)))
    assert articles(project, actor="org:EU") == [ARTICLE.id]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_the_same_articles(project, order):
    assert set(articles(project, "the", order=order)) == {ARTICLE.id, SECOND.id, THIRD.id}


def test_orders_sort_and_unknown_ones_are_refused(project):
    assert articles(project, "the", order="newest")[:2] == [ARTICLE.id, THIRD.id]
    assert articles(project, "the", order="oldest")[:2] == [THIRD.id, ARTICLE.id]
    assert articles(project, "the", order="unsure")[-1] == THIRD.id
    with pytest.raises(ValueError, match="no order"):
        project.finding.articles(Sought("the"), "by size")


def test_as_many_articles_as_asked_for(project):
    assert len(project.finding.articles(Sought("the"), limit=2)) == 2


def test_words_written_much_alike_are_offered(project):
    near = project.finding.near_words
    assert near("serbai")[0] == "serbia"
    assert near("the harbuor") == ["harbour"]
    assert near("serbia") == []
    assert near("zzzzzzzz") == []
    assert near('"') == []


def test_a_reader_may_look_too(project):
    with Project.open(project.path, read_only=True) as reader:
        assert len(found(reader, "serbia")) == 1
        assert reader.finding.near_words("serbai")[0] == "serbia"
