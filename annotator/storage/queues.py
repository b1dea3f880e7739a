"""What an annotator works through: all articles or an assigned sample, near-copies hidden or not. An
article that is not in the queue is in the project all the same.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from annotator.storage import articles, settings
from annotator.storage.articles import EVERY, Condition

Connecting = Callable[[], AbstractContextManager[sqlite3.Connection]]

_LOOKED_AT = "near_copies_among"  # how many articles there were when near-copies were looked for
_IN_SAMPLE = "{} IN (SELECT value FROM json_each((SELECT value FROM setting WHERE key = ?), '$.articles'))"
# Of a group stay those that this person has begun, else the one that came first.
_COPY_TO_HIDE = """
    COALESCE(h.state, 'todo') = 'todo' AND COALESCE(h.decided, 0) = 0 AND EXISTS (
        SELECT 1 FROM near_copy mine
        JOIN near_copy near_by ON near_by.lead = mine.lead AND near_by.article <> mine.article
        JOIN article other ON other.id = near_by.article
        LEFT JOIN layer begun INDEXED BY layer_one
            ON begun.kind = 'human' AND begun.annotator = ? AND begun.article = other.id
        WHERE mine.article = a.id AND {}
        AND (other.number < a.number OR begun.state <> 'todo' OR begun.decided > 0))
"""


@dataclass(frozen=True)
class Queue:
    """`sample`: only the articles that were assigned; `hide_copies`: of near-copies not begun one."""

    sample: bool = False
    hide_copies: bool = False

    def condition(self, annotator: str) -> Condition:
        """For `storage.articles`: which articles are in it."""
        sampled = (_IN_SAMPLE.format("a.id"), (_sample_key(annotator),)) if self.sample else EVERY
        if not self.hide_copies:
            return sampled
        copy, whose = self._copy_to_hide(annotator)
        return f"{sampled[0]} AND NOT ({copy})", (*sampled[1], *whose)

    def hidden(self, annotator: str) -> Condition:
        """Which articles hiding near-copies leaves out of it; all of them are to do."""
        copy, whose = self._copy_to_hide(annotator)
        sampled, whom = replace(self, hide_copies=False).condition(annotator)
        return f"{sampled} AND {copy}", (*whom, *whose)

    def _copy_to_hide(self, annotator: str) -> Condition:
        # without the + SQLite walks through the whole sample for every article
        also = _IN_SAMPLE.format("+other.id") if self.sample else "1"
        whose = (annotator, _sample_key(annotator)) if self.sample else (annotator,)
        return _COPY_TO_HIDE.format(also), whose


WHOLE = Queue()


@dataclass(frozen=True)
class Sample:
    """Articles assigned to one annotator: which, the seed they were drawn by, and from what, in words."""

    articles: frozenset[str]
    seed: int = 0
    drawn_from: str = ""


@dataclass(frozen=True)
class NearCopies:
    """What is known of near-copies: groups, articles in them, and how many articles were looked at."""

    groups: int = 0
    articles: int = 0
    looked_at: int = 0


class Queues:
    """The queue of one annotator in an open project. What it raises, the project's methods raise."""

    def __init__(self, reading: Connecting, writing: Connecting, annotator: str) -> None:
        self._reading, self._writing, self._annotator = reading, writing, annotator

    @property
    def now(self) -> Queue:
        """What was chosen last; everything at first."""
        with self._reading() as conn:
            kept = settings.read(conn, self._key) or {}
        return Queue(bool(kept.get("sample")), bool(kept.get("hide_copies")))

    def put(self, queue: Queue) -> None:
        """Choose for this and later times."""
        with self._writing() as conn:
            settings.write(conn, self._key, vars(queue))

    def holds(self, article: str) -> bool:
        """True when what was chosen last has the article in it."""
        among = self.now.condition(self._annotator)
        with self._reading() as conn:
            return articles.stands_among(conn, self._annotator, article, among)

    @property
    def sample(self) -> Sample | None:
        """What was assigned, in the queue or not."""
        with self._reading() as conn:
            kept = settings.read(conn, _sample_key(self._annotator))
        return Sample(frozenset(kept["articles"]), kept["seed"], kept["from"]) if kept else None

    def assign(self, sample: Sample) -> None:
        """Put a sample in place of the one before."""
        row = {"articles": sorted(sample.articles), "seed": sample.seed, "from": sample.drawn_from}
        with self._writing() as conn:
            settings.write(conn, _sample_key(self._annotator), row)

    # Near-copies

    @property
    def near_copies(self) -> NearCopies:
        """What was found when they were looked for last."""
        with self._reading() as conn:
            groups, articles = conn.execute("SELECT COUNT(DISTINCT lead), COUNT(*) FROM near_copy").fetchone()
            return NearCopies(groups, articles, settings.read(conn, _LOOKED_AT, 0))

    def put_near_copies(self, groups: Mapping[str, str]) -> None:
        """Keep the group of every article that was looked at, in place of what was known before."""
        sizes = Counter(groups.values())
        rows = [(article, lead) for article, lead in groups.items() if sizes[lead] > 1]
        with self._writing() as conn:
            conn.execute("DELETE FROM near_copy")
            conn.executemany("INSERT INTO near_copy (article, lead) VALUES (?, ?)", rows)
            settings.write(conn, _LOOKED_AT, len(groups))

    def copies_of(self, article: str) -> list[str]:
        """The near-copies of an article, as they came; hidden ones too."""
        sql = """
            SELECT other.article FROM near_copy mine
            JOIN near_copy other ON other.lead = mine.lead AND other.article <> mine.article
            JOIN article a ON a.id = other.article
            WHERE mine.article = ? ORDER BY a.number
        """
        with self._reading() as conn:
            return [id for (id,) in conn.execute(sql, (article,))]

    @property
    def _key(self) -> str:
        return f"queue {self._annotator}"


def _sample_key(annotator: str) -> str:
    return f"sample {annotator}"
