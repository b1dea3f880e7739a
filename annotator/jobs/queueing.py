"""What people work through: samples drawn by a seed, near-copies looked for and kept in the project."""

from collections.abc import Generator, Iterable

from annotator.domain.text import sha256
from annotator.ingest.near import Grouping
from annotator.jobs.progress import Progress
from annotator.storage.project import Project
from annotator.storage.queues import NearCopies


def draw(articles: Iterable[str], count: int, seed: int) -> frozenset[str]:
    """`count` of these article ids, or all where there are fewer. The same articles and seed give the
    same sample on every laptop, and a larger sample holds the smaller one.
    """
    return frozenset(sorted(articles, key=lambda article: sha256(f"{seed} {article}"))[:count])


def group_articles(project: Project) -> Generator[Progress, None, dict[str, str]]:
    """The group of near-copies of every article; nothing is stored."""
    ids = project.article_ids()
    grouping = Grouping()
    for n, id in enumerate(ids):
        yield Progress(n, 2 * len(ids), "Looking for near-copies")
        grouping.add(id, project.article(id).text)
    for n in grouping.link():
        yield Progress(len(ids) + n, 2 * len(ids), "Looking for near-copies")
    return grouping.groups()


def look_for_copies(project: Project) -> Generator[Progress, None, NearCopies]:
    """Look for near-copies through a connection of its own and keep what is found."""
    with project.sibling() as own:
        groups = yield from group_articles(own)
        own.queues.put_near_copies(groups)
        return own.queues.near_copies
