"""Scores: how often a suggestion of this kind is kept, calibrated on hand-made statements, and the plain
reasons a person sees.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.statement import Reason
from annotator.suggest.draft import Draft
from annotator.suggest.targets import Found
from annotator.suggest.topics import Ranked

_CONTENT = {
    "quotation": 0.9,
    "quotation before its cue": 0.95,
    "label before a colon": 0.95,
    "reported clause": 0.8,
    "infinitive": 0.75,
    "object of the cue": 0.5,
    "noun of speech": 0.6,
    "according to": 0.4,
    "clause before its cue": 0.6,
    "turn of a transcript": 0.5,
    "joint statement": 0.7,
}
_ENTITY = {"PERSON": 0.9, "GPE": 0.92, "ORG": 0.8, "NORP": 0.95}


def entity(label: str, *, linked: bool) -> float:
    """Score of an entity: its label's, more when the gazetteer knows it."""
    base = _ENTITY.get(label, 0.7)
    return min(0.99, base + 0.05) if linked else base


@dataclass(frozen=True)
class Marks:
    """All that the rules decided for one statement, to be scored and explained."""

    draft: Draft
    content: str
    has_span: bool
    actors: tuple[str, ...]
    targets: Found
    topics: Ranked
    act: str
    why_act: str
    cue_word: str

    def total(self) -> float:
        """Share of such suggestions that are kept: content and speaker right."""
        return round(self._content() * (self._speaker() ** 0.5), 2)

    def _content(self) -> float:
        return _CONTENT.get(self.draft.rule, 0.6)

    def _speaker(self) -> float:
        return 0.95 if self.has_span and self.actors else 0.6

    def reasons(self) -> Iterator[tuple[str, Reason]]:
        """Score and plain reason for each role."""
        cue = f" “{self.cue_word}”" if self.cue_word else ""
        yield "content", Reason(self._content(), f"{self.draft.rule}:{cue}".rstrip(":"))
        yield "kind", Reason(0.97, "by the quotation marks")
        yield "speaker", Reason(self._speaker(), self.draft.why_speaker or "not stated")
        yield "target", Reason(self.targets.score, self.targets.why)
        topic_score = min(0.9, 0.35 + 0.1 * (self.topics.topics[0][1] if self.topics.topics else 0))
        yield (
            "topic",
            Reason(
                round(topic_score, 2), f"“{self.topics.cue}”" if self.topics.cue else "from the words around"
            ),
        )
        yield (
            "act",
            Reason(
                0.8 if self.why_act == "cue" else 0.6, f"cue{cue}" if self.why_act == "cue" else self.why_act
            ),
        )
