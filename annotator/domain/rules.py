"""What is missing or contradictory in a layer, said in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.layer import Layer
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Statement


@dataclass(frozen=True)
class Problem:
    """One thing to mend; `statement` and `mention` are ids, `message` is for people."""

    message: str
    statement: str | None = None
    mention: str | None = None


_ROLE_WORDS = {"speaker": "a speaker", "targets": "a target", "topics": "a topic"}


def unfinished(layer: Layer) -> list[Problem]:
    """Why the article cannot be called done: statements undecided, roles left open."""
    problems = []
    for number, s in enumerate(layer.ordered_statements(), 1):
        if s.decision is Decision.REJECTED:
            continue
        if not s.decided:
            problems.append(Problem(f"Statement {number} is not decided", s.id))
        elif missing := s.undecided_roles():
            words = ", ".join(_ROLE_WORDS[m] for m in missing)
            problems.append(Problem(f"Statement {number} still needs {words} (or an explicit none)", s.id))
    return problems


def inconsistent(layer: Layer, text: str, scheme: LabelScheme) -> list[Problem]:
    """Contradictions: spans outside the text or overlapping themselves, none beside a value,
    topics, acts and labels the scheme does not know.
    """
    problems = [p for s in layer.ordered_statements() for p in _statement_problems(s, text, scheme)]
    labels = {x.id for x in scheme.labels}
    for m in layer.ordered_mentions():
        if m.span.end > len(text):
            problems.append(Problem("A mention reaches past the text", mention=m.id))
        if m.label not in labels:
            problems.append(Problem(f"The scheme has no label {m.label}", mention=m.id))
    return problems


def _statement_problems(s: Statement, text: str, scheme: LabelScheme) -> Iterable[Problem]:
    spans = [*s.spans, s.cue, s.speaker.span, s.via and s.via.span, *(t.span for t in s.targets)]
    if any(isinstance(x, Span) and x.end > len(text) for x in spans):
        yield Problem("A span reaches past the text", s.id)
    if any(a.overlaps(b) for a, b in zip(s.spans, s.spans[1:], strict=False)):
        yield Problem("Two content spans overlap", s.id)
    if s.speaker.not_stated and (s.speaker.span or s.speaker.actors):
        yield Problem("The speaker is given and said to be not stated", s.id)
    if s.no_target and s.targets:
        yield Problem("There is a target and an explicit none", s.id)
    if any(t.span is None and t.actor is None for t in s.targets):
        yield Problem("A target has neither words nor an actor", s.id)
    if s.no_topic and s.topics:
        yield Problem("There is a topic and an explicit none", s.id)
    if len(s.topics) > scheme.max_topics or len(set(s.topics)) < len(s.topics):
        yield Problem(f"Up to {scheme.max_topics} different topics fit", s.id)
    for topic in s.topics:
        if topic not in scheme.topics:
            yield Problem(f"The scheme has no topic {topic}", s.id)
    if s.act and s.act != "none" and s.act not in {a.id for a in scheme.acts}:
        yield Problem(f"The scheme has no act {s.act}", s.id)
