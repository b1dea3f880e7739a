"""Scores: how often a suggestion of this kind is kept, and the plain reasons a person sees.

The numbers of statements are shares of right suggestions by rule on hand-made statements, those of
few drawn towards the mean (resources/cues/scores.tsv). `python -m tests.bench calibration` prints how
reliable they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from annotator import paths
from annotator.domain.statement import Reason, Statement
from annotator.suggest.acts import Act
from annotator.suggest.draft import Draft
from annotator.suggest.lexicon import rows
from annotator.suggest.targets import Found
from annotator.suggest.topics import Ranked

OTHER = "any other"
_NAMED, _NO_ACTOR, _NOT_STATED = "named", "without actor", "not stated"
_MOST = 0.97  # nothing is certain
_ENTITY = {"PERSON": 0.9, "GPE": 0.92, "ORG": 0.8, "NORP": 0.95}


@cache
def _table() -> dict[tuple[str, str], float]:
    """The shares of resources/cues/scores.tsv."""
    path = paths.resources() / "cues" / "scores.tsv"
    return {(r["what"], r["rule"]): float(r["share"]) for r in rows(path)}


def _share(what: str, rule: str) -> float:
    table = _table()
    return min(_MOST, table.get((what, rule), table.get((what, OTHER), 0.8)))


def rules_of(statement: Statement) -> tuple[str, str]:
    """Of a suggested statement: the rule of its content, and how its speaker is given."""
    why = next((reason.why or "" for role, reason in statement.provenance.reasons if role == "content"), "")
    speaker = statement.speaker
    given = _NOT_STATED if speaker.span is None else _NAMED if speaker.actors else _NO_ACTOR
    return why.split(": “")[0], given


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
        return round(self._content() * self._speaker(), 2)

    def _content(self) -> float:
        return 1.0 if self.draft.rule == "marked by hand" else _share("content", self.draft.rule)

    def _speaker(self) -> float:
        return _share("speaker", _NOT_STATED if not self.has_span else _NAMED if self.actors else _NO_ACTOR)

    def reasons(self) -> Iterator[tuple[str, Reason]]:
        """Score and plain reason for each role."""
        cue = f" “{self.cue_word}”" if self.cue_word else ""
        yield "content", Reason(round(self._content(), 2), f"{self.draft.rule}:{cue}".rstrip(":"))
        yield "kind", Reason(0.97, "by the quotation marks")
        yield "speaker", Reason(self._speaker(), self.draft.why_speaker or "not stated")
        yield "target", Reason(self.targets.score, self.targets.why)
        yield "topic", Reason(self.topics.score, self.topics.why)
        yield "act", self._act(cue)

    def _act(self, cue: str) -> Reason:
        why = f"cue{cue}" if self.act.why == "cue" else self.act.why
        return Reason(self.act.score, why)
