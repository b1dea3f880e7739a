"""Made-up news that a model can learn from: who told whom what, in a few patterns and many words."""

from pathlib import Path
from random import Random

from export_samples import layer_of, place

from annotator.domain.actors import Actor
from annotator.domain.article import Article, Meta
from annotator.domain.layer import State
from annotator.domain.statement import Decision, Kind, Mention, Provenance, Role, Speaker, Statement, Target
from annotator.jobs.importing import import_paths
from annotator.jobs.progress import run
from annotator.paths import seeds
from annotator.storage.project import Project

PEOPLE = (
    "Ana Vero",
    "Bilal Omari",
    "Chen Luo",
    "Dora Kint",
    "Emil Sand",
    "Farah Aziz",
    "Goran Ilic",
    "Hana Mori",
)
STATES = ("Freedonia", "Sylvania", "Ruritania", "Zubrowka", "Genovia", "Latveria")
WORDS = {
    "economy.tariffs": ("tariffs", "duties", "customs", "levies"),
    "territory.maritime": ("waters", "islands", "straits", "reefs"),
    "conflict.ceasefire": ("ceasefire", "truce", "armistice", "guns"),
    "energy_climate.environment": ("emissions", "rivers", "forests", "smog"),
}
VERBS = ("warned", "told", "assured", "reminded")
BY = Provenance("ann", "2026-03-02T10:00:00Z")


def training_project(path: Path, *, articles: int = 60) -> Project:
    """Done articles of three paragraphs each, a statement a paragraph."""
    project = Project.create(path, annotator="ann")
    actors = [Actor(f"person:{p.split()[0].lower()}", p, "person") for p in PEOPLE]
    actors += [Actor(f"state:{s[:2].upper()}", s, "state") for s in STATES]
    with project.batch():
        for n in range(articles):
            article, mentions, statements = _article(Random(n), n)
            project.add_articles([article])
            layer = layer_of(article, mentions, statements, state=State.DONE)
            project.put_layer(layer, actors)
    return project


def with_practice(path: Path) -> Project:
    """The made-up news and the practice articles, as their gold has them."""
    project = training_project(path)
    run(import_paths(project, [seeds() / "gold"]))
    return project


def _article(random: Random, n: int) -> tuple[Article, list[Mention], list[Statement]]:
    parts = []
    for _ in range(3):
        topic = random.choice(list(WORDS))
        subject = f"{random.choice(WORDS[topic])} w{random.randrange(999)}"
        person, state = random.choice(PEOPLE), random.choice(STATES)
        content = f"the {subject} must change by {random.randrange(2000, 2900)}"
        parts.append((person, random.choice(VERBS), state, content, topic))
    paragraphs = [f"{p} {verb} {s} that {content}." for p, verb, s, content, _ in parts]
    article = Article("\n\n".join(paragraphs), "en", Meta(title=f"News {n}"))
    mentions, statements = [], []
    for k, (person, verb, state, content, topic) in enumerate(parts):
        whole = place(article.text, paragraphs[k])
        start = whole.start
        who = _at(article.text, person, start)
        cue = _at(article.text, verb, start)
        whom = _at(article.text, state, start)
        mentions += [_mention(f"m{k}p", who, "PERSON"), _mention(f"m{k}s", whom, "GPE")]
        statements.append(
            Statement(
                f"s{k}",
                (_at(article.text, content, start),),
                Kind.INDIRECT,
                cue=cue,
                speaker=Speaker(who, (f"person:{person.split()[0].lower()}",)),
                targets=(Target(f"state:{state[:2].upper()}", Role.ADDRESSEE, whom),),
                topics=(topic,),
                act="warn",
                decision=Decision.CONFIRMED,
                provenance=BY,
            )
        )
    return article, mentions, statements


def _at(text: str, words: str, start: int):
    found = place(text[start:], words)
    return type(found)(found.start + start, found.end + start)


def _mention(id: str, span, label: str) -> Mention:
    return Mention(id, span, label, decision=Decision.CONFIRMED, provenance=BY)
