"""Acts: what is done with the words. The cue, telling words of the content, its words and pairs of words, and
the grammar of its first clause are weighed; weights lie in resources/cues/act_weights.tsv and act_words.tsv.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from annotator import paths
from annotator.suggest import act_words, clause
from annotator.suggest.draft import Draft
from annotator.suggest.lexicon import rows
from annotator.suggest.loglinear import softmax
from annotator.suggest.reading import Reading

ASSERT = "assert"
NAMING = "naming"  # a cue that puts a name to something: the name tells the act
ACTS = (ASSERT, "request", "criticise", "warn", "deny", "commit", "support", "no_comment")
_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_TO = re.compile(r"to [a-z]|against ")
_NAMING = frozenset({"as", "naming"})
_LONGEST = 40  # characters of the telling words that are shown
_SHARED = 1.8  # what all words of a content weigh together, times the root of their number
_LENGTHS, _STEP = 6, 5  # classes of length, and words each
_DIRECT = 0.95  # share of words in marks
Row = tuple[float, ...]


@dataclass(frozen=True)
class Act:
    """The likeliest act, the plain reason, and how likely it is."""

    id: str
    why: str
    score: float


@dataclass(frozen=True)
class ActWeights:
    """For each feature what it adds to each of ACTS; words are kept apart from all else."""

    features: Mapping[str, Row] = field(default_factory=dict)
    words: Mapping[str, Row] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weighed:
    """A content as it is weighed: features, and its words with their places."""

    features: tuple[str, ...]
    words: tuple[act_words.Telling, ...] = ()
    clause: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The telling words of each act, from resources/cues/acts.tsv."""
    words: dict[str, list[str]] = {}
    for row in rows(paths.resources() / "cues" / "acts.tsv"):
        words.setdefault(row["act"], []).append(row["pattern"])
    return {act: re.compile(rf"(?<!\w)(?:{'|'.join(ps)})(?!\w)") for act, ps in words.items()}


@cache
def weights() -> ActWeights:
    """The weights that the program ships."""
    folder = paths.resources() / "cues"
    features, why = _table(folder / "act_weights.tsv", "feature")
    return ActWeights(features, _table(folder / "act_words.tsv", "word")[0], why)


def _table(path: Path, key: str) -> tuple[dict[str, Row], dict[str, str]]:
    """A table with a column for each act; an empty cell is 0."""
    lines = list(rows(path))
    table = {line[key]: tuple(float(line.get(act) or 0) for act in ACTS) for line in lines}
    return table, {line[key]: line["why"] for line in lines if line.get("why")}


def told(content: str) -> dict[str, str]:
    """Acts that words of the content tell, those first that come first, each with its words."""
    small = content.lower()  # faster than a pattern that passes over capitals
    shown = content if len(small) == len(content) else small
    found = [
        (match.start(), n, act, shown[match.start() : match.end()])
        for n, (act, pattern) in enumerate(_patterns().items())
        if (match := pattern.search(small))
    ]
    return {act: " ".join(words.split())[:_LONGEST] for _, _, act, words in sorted(found)}


def cue_act(draft: Draft, content: str) -> str | None:
    """What the cue alone tells. "Told them to …" asks; "called it …" tells nothing yet."""
    verb = draft.verb.verb if draft.verb else None
    if verb is None or draft.act != verb.act:
        return draft.act
    if verb.takes and verb.takes <= _NAMING:
        return NAMING
    return "request" if verb.act == ASSERT and "to" in verb.takes and _TO.match(content) else draft.act


def manner(reading: Reading, draft: Draft, speakers: Collection[str]) -> tuple[list[str], list[str]]:
    """How a statement is made, beyond its words: features of the whole, and those of its first clause."""
    spans = sorted(set(draft.spans))
    return [*_outside(draft), *_shape(reading, draft)], clause.features(reading, spans, speakers)


def _outside(draft: Draft) -> Iterable[str]:
    """What its cue is and to whom it is spoken."""
    yield f"cue verb: {draft.verb.verb.lemma if draft.verb else 'none'}"
    if draft.hearer is not None:
        yield "to a hearer"
    if draft.question is not None:
        yield "an answer"


def _shape(reading: Reading, draft: Draft) -> Iterable[str]:
    """Whether it stands in marks, and how long it is."""
    doc = reading.doc
    places = [
        t.i
        for s in set(draft.spans)
        for t in doc[reading.token_from(s.start) : reading.token_at(s.end - 1) + 1]
        if not t.is_punct and not t.is_space
    ]
    inside = sum(map(reading.inside, places))
    kind = "direct" if inside and inside >= _DIRECT * len(places) else "mixed" if inside else "indirect"
    yield kind
    yield f"length {min(_LENGTHS, len(places) // _STEP)}"
    yield f"{kind} of length {min(_LENGTHS - 2, len(places) // (_STEP + 1))}"


def weighed(
    cue_act: str | None, content: str, around: tuple[Iterable[str], Iterable[str]] = ((), ())
) -> Weighed:
    """All that is weighed; `around` is what `manner` says. A telling cue leaves little to words."""
    words = told(content)
    first = next(iter(words), None)
    heard = [*(f"words: {act}" for act in words), f"first words: {first}" if first else "no telling words"]
    outside = list(around[0])
    if cue_act not in (ASSERT, NAMING, None):
        cue = [f"cue: {cue_act}", *(x for x in outside if x.startswith("cue verb"))]
        return Weighed(("any", *cue, *(f"after a cue, {x}" for x in heard)), told=words)
    names = [
        "any",
        *heard,
        f"cue: {cue_act or 'none'}",
        *(["says you"] if _YOU.search(content) else []),
        *(["a question"] if "?" in content else []),
        *outside,
    ]
    return Weighed(tuple(names), tuple(act_words.telling(content)), tuple(around[1]), words)


def values(said: Weighed, known: Collection[str]) -> dict[str, float]:
    """Words and grammar with their values: the more of them are known, the less each counts."""
    names = dict.fromkeys(w.name for w in said.words if w.name in known)
    names |= dict.fromkeys(f"({x})" for x in said.clause if f"({x})" in known)
    each = _SHARED / math.sqrt(max(1, len(names)))
    return dict.fromkeys(names, each)


def act_of(
    cue_act: str | None,
    content: str,
    around: tuple[Iterable[str], Iterable[str]] = ((), ()),
    weighing: ActWeights | None = None,
) -> Act:
    """The likeliest act."""
    weighing = weighing or weights()
    said = weighed(cue_act, content, around)
    counted = values(said, weighing.words)
    total = [0.0] * len(ACTS)
    adds = [(weighing.features[f], 1.0) for f in said.features if f in weighing.features]
    for row, value in (*adds, *((weighing.words[w], value) for w, value in counted.items())):
        for n, weight in enumerate(row):
            total[n] += weight * value
    order = sorted(range(len(ACTS)), key=lambda n: -total[n])
    best, second = order[:2]
    why = _Why(weighing, said, best, second).plain(counted, content)
    return Act(ACTS[best], why, round(softmax(total)[best], 2))


@dataclass(frozen=True)
class _Why:
    """What spoke most for the best act, against the second best."""

    weights: ActWeights
    said: Weighed
    best: int
    second: int

    def plain(self, counted: Mapping[str, float], content: str) -> str:
        """The reason in plain words."""
        act, parts = ACTS[self.best], self._parts(counted)
        strongest = max(parts, key=lambda name: parts[name], default="")
        if act == ASSERT or parts.get(strongest, 0.0) <= 0:
            return "default after a verb of saying"
        if strongest in counted:
            return self._word(strongest, content)
        if "words:" in strongest:
            return f"“{self.said.told[act]}” in the content"
        return "cue" if strongest.startswith("cue") else self.weights.why[strongest]

    def _parts(self, counted: Mapping[str, float]) -> dict[str, float]:
        """What can be said in plain words, each with what it brought; the words all together."""
        act = ACTS[self.best]
        shown = {f"cue: {act}", f"words: {act}", f"first words: {act}", *self.weights.why}
        parts = {f: self._gain(self.weights.features.get(f)) for f in self.said.features if f in shown}
        words = {w: v * self._gain(self.weights.words[w]) for w, v in counted.items()}
        telling = [w for w in words if act_words.shows(w)]
        if telling:
            parts[max(telling, key=lambda w: words[w])] = sum(words.values())
        return parts

    def _gain(self, row: Row | None) -> float:
        return row[self.best] - row[self.second] if row else 0.0

    def _word(self, name: str, content: str) -> str:
        if name.startswith("("):
            return f"its first clause: {name[1:-1]}"
        place = next(w for w in self.said.words if w.name == name)
        return f"“{content[place.start : place.end]}” in the content"
