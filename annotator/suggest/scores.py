"""Scores: how often a suggestion of this kind is kept, and the plain reasons a person sees.

The numbers are shares of right suggestions per rule on hand-made statements, rounded down towards the
mean because the rules were written with the same statements in view. `python -m tests.bench suggest`
prints the reliability table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.statement import Reason
from annotator.suggest.acts import Act
from annotator.suggest.draft import Draft
from annotator.suggest.targets import Found
from annotator.suggest.topics import Ranked

_CONTENT = {
    "quotation before its cue": 0.96,
    "quotation": 0.95,
    "label before a colon": 0.95,
    "reported clause": 0.93,
    "infinitive": 0.93,
    "declined to say": 0.88,
    "turn of a transcript": 0.88,
    "joint statement": 0.88,
    "statement of an issuer": 0.85,
    "quotation after a colon": 0.8,
    "signed quotation": 0.8,
    "quotation that goes on": 0.75,
    "quotation without cue": 0.72,
    "quotation that runs on": 0.75,
    "object of the cue": 0.66,
    "called X Y": 0.75,
    "described X as Y": 0.7,
    "noun of speech": 0.68,
    "clause before its cue": 0.72,
    "according to": 0.72,
    "marked by hand": 1.0,
}
_OTHER_CONTENT = 0.65
_SPEAKER, _SPEAKER_WITHOUT_ACTOR, _NO_SPEAKER = 0.96, 0.8, 0.5
_ENTITY = {"PERSON": 0.9, "GPE": 0.92, "ORG": 0.8, "NORP": 0.95}


def entity(label: str, *, linked: bool) -> float:
    """Score of an entity: its label's, more when the gazetteer knows it."""
    base = _ENTITY.get(label, 0.7)
    return min(0.97, round(base + 0.05, 2)) if linked else base


@dataclass(frozen=True)
class Marks:
    """All that the rules decided for one statement, to be scored and explained."""

    draft: Draft
    has_span: bool
    actors: tuple[str, ...]
    targets: Found
    topics: Ranked
    act: Act
    cue_word: str

    def total(self) -> float:
        """Share of such suggestions whose content and speaker are right."""
        return round(self._content() * self._speaker() / _SPEAKER, 2)

    def _content(self) -> float:
        return _CONTENT.get(self.draft.rule, _OTHER_CONTENT)

    def _speaker(self) -> float:
        if not self.has_span:
            return _NO_SPEAKER
        return _SPEAKER if self.actors else _SPEAKER_WITHOUT_ACTOR

    def reasons(self) -> Iterator[tuple[str, Reason]]:
        """Score and plain reason for each role."""
        cue = f" “{self.cue_word}”" if self.cue_word else ""
        yield "content", Reason(self._content(), f"{self.draft.rule}:{cue}".rstrip(":"))
        yield "kind", Reason(0.97, "by the quotation marks")
        yield "speaker", Reason(self._speaker(), self.draft.why_speaker or "not stated")
        yield "target", Reason(self.targets.score, self.targets.why)
        yield "topic", Reason(round(self.topics.sure, 2), self.topics.why)
        yield "act", self._act(cue)

    def _act(self, cue: str) -> Reason:
        why = f"cue{cue}" if self.act.why == "cue" else self.act.why
        return Reason(self.act.score, why)
