"""The starter project: the practice articles, and the whole job done over them without a screen."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator import paths
from annotator.domain.article import Article
from annotator.errors import AnnotatorError
from annotator.ingest.registry import read_file
from annotator.ingest.results import Read
from annotator.jobs.exporting import ExportReport, export_project
from annotator.jobs.opening import open_or_create
from annotator.jobs.progress import Progress
from annotator.jobs.suggesting import suggest_project


@dataclass(frozen=True)
class StarterReport:
    """The starter project after it was made or found; `added` articles were not there before."""

    project: Path
    added: int
    articles: int


@dataclass(frozen=True)
class TourReport:
    """What the tour left: the project, how many articles got suggestions now, the exports."""

    starter: StarterReport
    suggested: int
    exports: tuple[ExportReport, ...]


def make_starter(path: Path, annotator: str) -> Generator[Progress, None, StarterReport]:
    """Make the starter project at `path`, or give an older one the practice articles it lacks.

    The practice articles are `seeds/*.txt`, marked as practice. Raises AnnotatorError when there are
    none.
    """
    yield Progress(0, None, "Opening the practice articles")
    articles = list(_practice_articles())
    if not articles:
        raise AnnotatorError(f"There are no practice articles in {paths.seeds()}.")
    with open_or_create(path, annotator=annotator) as project:
        added = project.add_articles(articles)
        return StarterReport(path, sum(added), len(project.article_ids()))


def offscreen_tour(path: Path, exports: Path, annotator: str) -> Generator[Progress, None, TourReport]:
    """The main job without a window: make the starter project, suggest, export canonical
    records and CoNLL into `exports`. Repeating it replaces the files.
    """
    starter = yield from make_starter(path, annotator)
    with open_or_create(path, annotator=annotator) as project:
        suggested = yield from suggest_project(project)
        jsonl = yield from export_project(project, "jsonl", exports)
        conll = yield from export_project(project, "conll", exports)
    return TourReport(starter, suggested, (jsonl, conll))


def _practice_articles() -> Iterator[Article]:
    for file in sorted(paths.seeds().glob("*.txt")):
        for found in read_file(file):
            if isinstance(found, Read):
                article = found.article
                yield replace(article, meta=replace(article.meta, practice=True))
