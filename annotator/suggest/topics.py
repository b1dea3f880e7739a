"""Topics: what the words of a statement, of its sentence, of those around it and of the whole article say
for each topic, weighed against each other.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.suggest import loglinear
from annotator.suggest.loglinear import Weights, softmax
from annotator.suggest.marks import paragraphs
from annotator.suggest.topic_cues import Cues, Hit, weights, written
from annotator.suggest.topic_words import NONE, TopicWords, said

LEARNED = 0.35  # of a learned word, next to a cue
_MOST_CUES = 2.0  # weight of cues in one place: more of them say no more
_HEAD = 3.0  # sentences of headline and lead count so often
_FADE = 0.8  # what a sentence counts less with each sentence between
_AFTER = 0.5  # a sentence after the statement, next to one before it
_SAME_PARAGRAPH = 2.0
_FAR = 12  # sentences away that still count
_SPREAD = 4.0
_LITTLE = 0.02  # spread of a text that says next to nothing
_FURTHER, _FURTHER_LEAST = 0.15, 0.06  # a further topic has this share of the first, and this at least
_HEADING = 2  # paragraphs: headline and lead
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"”’»)]*(?=\s)|$)", re.DOTALL)
# Bodies and meetings where things are said: in the article at large they are but its setting.
_SETTINGS = frozenset({"multilateral.un", "multilateral.regional_orgs", "bilateral.visits_talks"})
_WHOLE, _SETTING = "in the article", "setting of the article"
_SCORE_ROOT, _SCORE_MOST = 0.4, 0.97
_FADES = tuple(_FADE**away for away in range(_FAR + 1))
Evidence = dict[str, float]
Tells = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Ranked:
    """Topic ids, likeliest first, each with how likely it is; `why` names the word that decided for the
    first and where it stands; `sure` is how likely one of them, or no topic, is right.
    """

    topics: tuple[tuple[str, float], ...]
    why: str = ""
    sure: float = 0.0

    @property
    def score(self) -> float:
        """How often one that is as sure is right: the weights are too modest."""
        return round(min(_SCORE_MOST, math.pow(self.sure, _SCORE_ROOT)), 2)


@cache
def place_weights() -> Weights:
    """What words count at each place, from resources/cues/topic_weights.tsv."""
    return loglinear.read(paths.resources() / "cues" / "topic_weights.tsv")


class Topics:
    """Cues and learned words of one scheme; build it once."""

    def __init__(self, scheme: LabelScheme) -> None:
        self.most = scheme.max_topics
        self.ids = tuple(scheme.offered().topics)
        self.cues = Cues(scheme.offered())
        self.words = TopicWords(scheme)


@dataclass(frozen=True)
class _Place:
    """Some words of a text, and what they say for each topic."""

    name: str
    says: Evidence
    spans: tuple[Span, ...]
    sentences: tuple[int, ...] = ()  # where it is made of whole ones

    def features(self) -> tuple[str, str]:
        """The feature that its words are for a topic, and for a topic that is but a setting."""
        return self.name, _SETTING if self.name == _WHOLE else self.name


class _Text:
    """A text with its cues and learned words, found once."""

    def __init__(self, topics: Topics, text: str) -> None:
        self.text = text
        words = written(text)
        self._hits = topics.cues.hits(text, words)
        self._words = said(text, words)
        self._stems = [w.stem for w in self._words]
        self._ends = [w.end for w in self._words]
        self._tells = [topics.words.of(stem) for stem in self._stems]
        self._hit_starts = [h.start for h in self._hits]
        self._word_starts = [w.start for w in self._words]
        self._said: dict[tuple[Span, ...], Evidence] = {}
        self._told: dict[tuple[str, Span], tuple[float, str]] = {}

    def says(self, spans: tuple[Span, ...]) -> Evidence:
        """What the words of some spans say for each topic; a learned word counts once, less among many."""
        known = self._said.get(spans)
        if known is None:
            known = self._said[spans] = self._read(spans)
        return known

    def _read(self, spans: tuple[Span, ...]) -> Evidence:
        hits = weights(h for s in spans for h in self.hits(s))
        out = {topic: min(weight, _MOST_CUES) for topic, weight in hits.items()}
        stems: dict[str, Tells] = {}
        for span in spans:
            first, last = self._within(span)
            whole = zip(self._stems[first:last], self._ends[first:last], self._tells[first:last], strict=True)
            stems.update((stem, tells) for stem, end, tells in whole if end <= span.end)
        root = math.sqrt(len(stems))
        for stem in sorted(stem for stem, tells in stems.items() if tells):
            for topic, strength in stems[stem]:
                out[topic] = out.get(topic, 0.0) + LEARNED * strength / root
        return out

    def hits(self, span: Span) -> list[Hit]:
        """Cues that start in a span."""
        return self._hits[bisect_left(self._hit_starts, span.start) : bisect_left(self._hit_starts, span.end)]

    def _within(self, span: Span) -> tuple[int, int]:
        """The telling words and pairs that start in a span."""
        return bisect_left(self._word_starts, span.start), bisect_left(self._word_starts, span.end)

    def strongest(self, topic: str, spans: Iterable[Span]) -> str:
        """The words in some spans that say most for a topic, as they stand there."""
        found = max((self._telling(topic, span) for span in spans), key=lambda f: f[0], default=(0.0, ""))
        return " ".join(found[1].split())

    def _telling(self, topic: str, span: Span) -> tuple[float, str]:
        """What says most for a topic in one span; statements of one sentence ask for the same."""
        known = self._told.get((topic, span))
        if known is None:
            known = self._told[topic, span] = self._most(topic, span)
        return known

    def _most(self, topic: str, span: Span) -> tuple[float, str]:
        most, words = 0.0, ""
        for hit in self.hits(span):
            for t, weight in hit.weights:
                if t == topic and weight > most:
                    most, words = weight, hit.words
        for i in range(*self._within(span)):
            for t, strength in self._tells[i]:
                if t == topic and LEARNED * strength > most and self._ends[i] <= span.end:
                    most, words = LEARNED * strength, self.text[self._words[i].start : self._ends[i]]
        return most, words


class Ranking:
    """Ranks topics for the statements of one text."""

    def __init__(self, topics: Topics, text: str, title: str = "", weighing: Weights | None = None) -> None:
        self._topics, self._weights = topics, weighing or place_weights()
        self._text = _Text(topics, text)
        self._sentences, self._paragraphs = _sentences(text)
        self._starts = [s.start for s in self._sentences]
        self._says = [self._text.says((s,)) for s in self._sentences]
        said = [
            (s, _HEAD if p < _HEADING else 1.0) for s, p in zip(self._says, self._paragraphs, strict=True)
        ]
        if title and not text.lstrip().startswith(title):
            said.append((_Text(topics, title).says((Span(0, len(title)),)), _HEAD))
        self._article = _Place(
            _WHOLE, self._pooled(said), tuple(self._sentences), tuple(range(len(self._sentences)))
        )
        self._article_words: dict[str, str] = {}
        self._nearby: dict[int, _Place] = {}

    def of(self, content: Iterable[Span], question: Span | None = None) -> Ranked:
        """At most three topics for a statement, likeliest first, or none. Words of a question count like
        those of the sentence.
        """
        places = self._places(sorted(content), question)
        shares = self._shares(places)
        order = sorted(shares, key=lambda t: (-shares[t], t))
        first = order[0]
        if first == NONE:
            return Ranked((), "too few words of any topic", shares[NONE])
        least = max(_FURTHER * shares[first], _FURTHER_LEAST)
        further = [t for t in order[1 : self._topics.most] if t != NONE and shares[t] >= least]
        kept = tuple((t, shares[t]) for t in [first, *further])
        return Ranked(kept, self._why(first, places), sum(share for _, share in kept))

    def options(self, content: Iterable[Span]) -> dict[str, dict[str, float]]:
        """The features of every topic, and of no topic, for a statement."""
        return self._options(self._places(sorted(content)))

    def _options(self, places: list[_Place]) -> dict[str, dict[str, float]]:
        out: dict[str, dict[str, float]] = {t: {} for t in self._topics.ids}
        for place in places:
            for topic, value in place.says.items():
                if topic != NONE:
                    out[topic][place.features()[topic in _SETTINGS]] = value
        out[NONE] = self._none()
        return out

    def _none(self) -> dict[str, float]:
        return {"no topic": 1.0, "no topic in the article": self._article.says.get(NONE, 0.0)}

    def _shares(self, places: list[_Place]) -> dict[str, float]:
        """How likely each option is: as `shares` of `options` has it, without making them."""
        totals = dict.fromkeys(self._topics.ids, 0.0)
        for place in places:
            weight, setting = (self._weights.values.get(f, 0.0) for f in place.features())
            for topic, value in place.says.items():
                if topic != NONE:
                    totals[topic] += value * (setting if topic in _SETTINGS else weight)
        totals[NONE] = self._weights.total(self._none())
        return dict(zip(totals, softmax(list(totals.values())), strict=True))

    def _places(self, content: list[Span], question: Span | None = None) -> list[_Place]:
        """The words that count for a statement, from its own to those of the whole article."""
        first = max(0, bisect_right(self._starts, content[0].start) - 1)
        last = max(first + 1, bisect_left(self._starts, content[-1].end))
        sentence = [s for s in self._sentences[first:last] if any(s.overlaps(c) for c in content)]
        spans = (*content, *sentence)
        whole = Span(min(s.start for s in spans), max(s.end for s in spans))
        said = (whole,) if question is None or question.overlaps(whole) else (question, whole)
        return [
            _Place("in the content", self._text.says(tuple(content)), tuple(content)),
            _Place("in its sentence", self._text.says(said), said),
            self._near(first),
            self._article,
        ]

    def _near(self, here: int) -> _Place:
        """The sentences around one."""
        if here not in self._nearby:
            first = max(0, here - _FAR)
            near = [i for i in range(first, min(len(self._sentences), here + _FAR + 1)) if i != here]
            says = self._pooled([(self._says[i], self._fade(here, i)) for i in near])
            spans = tuple(self._sentences[i] for i in near)
            self._nearby[here] = _Place("nearby", says, spans, tuple(near))
        return self._nearby[here]

    def _fade(self, here: int, i: int) -> float:
        """What a sentence counts for another."""
        weight = _FADES[abs(i - here)] * (_AFTER if i > here else 1.0)
        return weight * (_SAME_PARAGRAPH if self._paragraphs[i] == self._paragraphs[here] else 1.0)

    def _pooled(self, said: list[tuple[Evidence, float]]) -> Evidence:
        """The mean of what some sentences say, in units of its own spread over the topics."""
        out: Evidence = {}
        for evidence, weight in said:
            for topic, value in evidence.items():
                out[topic] = out.get(topic, 0.0) + weight * value
        total = sum(weight for _, weight in said) or 1.0
        topics = len(self._topics.ids) + 1
        mean = sum(out.values()) / total / topics
        square = sum(value * value for value in out.values()) / total / total / topics
        spread = (math.sqrt(max(0.0, square - mean * mean)) + _LITTLE) * _SPREAD * total
        return {topic: value / spread for topic, value in out.items()}

    def _why(self, topic: str, places: list[_Place]) -> str:
        """The word that says most for a topic, in the nearest place whose words say much for it."""
        setting = topic in _SETTINGS
        said = [self._weights.total({p.features()[setting]: p.says.get(topic, 0.0)}) for p in places]
        place = next(p for p, weight in zip(places, said, strict=True) if weight >= max(said) / 2)
        if place is not self._article:
            word = self._strongest(topic, place)
        elif topic in self._article_words:
            word = self._article_words[topic]
        else:
            word = self._article_words[topic] = self._strongest(topic, place)
        asked = " or the question" if place.name == "in its sentence" and len(place.spans) > 1 else ""
        return f"“{word}” {place.name}{asked}"

    def _strongest(self, topic: str, place: _Place) -> str:
        """The word of a place that says most for a topic; sentences that say nothing for it are left out."""
        telling = [self._sentences[i] for i in place.sentences if topic in self._says[i]]
        return self._text.strongest(topic, telling if place.sentences else place.spans)


def _sentences(text: str) -> tuple[list[Span], list[int]]:
    """The sentences of a text, roughly, and the number of the paragraph of each."""
    spans, numbers = [], []
    for number, (start, end) in enumerate(paragraphs(text)):
        for match in _SENTENCE.finditer(text, start, end):
            spans.append(Span(match.start(), match.end()))
            numbers.append(number)
    return spans, numbers
