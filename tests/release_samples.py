"""A project to make datasets of: stories with near-copies, two annotators, notes, topics, dates."""

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

from export_samples import ACTORS, layer_of, mention, place

from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.statement import Decision, Kind, Provenance, Role, Speaker, Statement, Target
from annotator.storage.project import Project

TOPICS = ("trade.tariffs", "territory.taiwan", "trade.tariffs")
SUGGESTED = Provenance(suggester="rules 1", score=0.4)


def by(annotator: str, n: int = 0) -> Provenance:
    return Provenance(annotator, f"2026-03-{n % 28 + 1:02}T10:00:00Z", "rules 1", 0.6)


def story(n: int, *, copy: int = 0) -> Article:
    """The n-th story; copies differ from it in their first words alone."""
    random = Random(n)
    body = " ".join(f"word{random.randrange(5000)}" for _ in range(80))
    head = f"Wire {copy} reports. " if copy else ""
    text = f"{head}Qin Gang said that plan {n} must wait. Tokyo replied that it would not. {body}."
    return Article(
        text,
        "en",
        Meta(
            title=f"Story {n}",
            outlet=f"Outlet {(n + copy) % 4}",
            published=f"2024-{n % 12 + 1:02}-{n % 27 + 1:02}",
            practice=n % 10 == 9,
        ),
    )


def statements(article: Article, n: int, annotator: str) -> list[Statement]:
    """One confirmed with a note, one rejected, one still suggested."""
    text = article.text
    qin, tokyo = place(text, "Qin Gang"), place(text, "Tokyo")
    confirmed = Statement(
        "s1",
        (place(text, f"plan {n} must wait"),),
        Kind.INDIRECT,
        cue=place(text, "said"),
        speaker=Speaker(qin, ("person:qin-gang",)),
        targets=(Target("state:JP", Role.OBJECT, tokyo),),
        topics=(TOPICS[n % len(TOPICS)],),
        act="warn",
        note=f"{annotator} is not sure",
        decision=Decision.CONFIRMED,
        provenance=by(annotator, n),
    )
    rejected = Statement(
        "s2",
        (place(text, "Tokyo replied"),),
        Kind.INDIRECT,
        decision=Decision.REJECTED,
        provenance=by(annotator, n),
    )
    open_ = Statement("s3", (place(text, "it would not"),), Kind.INDIRECT, provenance=SUGGESTED)
    return [confirmed, rejected, open_]


def layer(article: Article, n: int, annotator: str = "ann", state: State = State.DONE) -> Layer:
    text = article.text
    mentions = [
        mention("m1", place(text, "Qin Gang"), "PERSON", "person:qin-gang"),
        mention("m2", place(text, "Tokyo"), "GPE", "state:JP"),
    ]
    mentions = [replace(m, provenance=by(annotator, n)) for m in mentions]
    return layer_of(article, mentions, statements(article, n, annotator), annotator=annotator, state=state)


def news_project(path: Path, *, stories: int = 20) -> Project:
    """Stories 0 … , the third and fourth with near-copies; ann did all but the last, which she began;
    bob did the first too, otherwise; gold settles it.
    """
    project = Project.create(path, annotator="ann")
    with project.batch():
        _fill(project, stories)
    return project


def made(path: Path) -> Path:
    """Its file, closed; tests that need it all work on copies."""
    news_project(path).close()
    return path


def copied(news: Path, folder: Path) -> Path:
    return Path(shutil.copy(news, folder / "news.annot"))


def _fill(project: Project, stories: int) -> None:
    articles = [(n, story(n)) for n in range(stories)]
    articles += [(n, story(n, copy=copy)) for n in (3, 4) for copy in (1, 2)]
    project.add_articles(article for _, article in articles)
    for place_, (n, article) in enumerate(articles):
        state = State.DOING if place_ == stories - 1 else State.DONE
        project.put_layer(layer(article, n, state=state), ACTORS)
    first = articles[0][1]
    bobs = layer(first, 0, "bob")
    other = replace(bobs.statements["s1"], topics=("territory.taiwan",))
    project.put_layer(replace(bobs, statements={**bobs.statements, "s1": other}))
    project.put_layer(replace(layer(first, 0), annotator="gold", kind=LayerKind.GOLD))
