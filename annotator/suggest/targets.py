"""Targets: whom the words are spoken to or about, with role. Every statement has candidates; a weighing of
their features says how likely each is, and how likely it is that nobody is meant.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotator import paths
from annotator.domain.statement import Target
from annotator.suggest import loglinear
from annotator.suggest.actors_of import Resolver
from annotator.suggest.addressed import Addressed
from annotator.suggest.candidates import FRAMED, NOBODY, Candidate, Candidates, Statement
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.exchange import Exchange, Said
from annotator.suggest.loglinear import Weights
from annotator.suggest.reading import Reading
from annotator.suggest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_FURTHER = 0.55  # a further target is at least this likely, the first being 1
_MOST = 3
_NEAR = 8  # tokens around the head of the speaker's phrase


@dataclass(frozen=True)
class Found:
    """Targets of one statement, how likely the first is, and the plain reason for it."""

    targets: tuple[Target, ...]
    why: str
    score: float
    implicit: bool = False


@cache
def weights() -> Weights:
    """The weights that the program ships, from resources/cues/target_weights.tsv."""
    return loglinear.read(paths.resources() / "cues" / "target_weights.tsv")


class Targets:
    """Finds targets for the statements of one article, in order; remembers who spoke to whom."""

    def __init__(
        self, reading: Reading, chains: Chains, resolver: Resolver, weighing: Weights | None = None
    ) -> None:
        self._reading = reading
        self._weights = weighing or weights()
        self._scene = Scene(reading, chains)
        self._addressed = Addressed(reading, chains, resolver, self._scene)
        self._exchange = Exchange()

    def of(self, draft: Draft, speakers: tuple[str, ...], act: str) -> Found:
        """Whom a statement is spoken to or about."""
        return self.chosen(self.ranked(draft, speakers, act))

    def ranked(self, draft: Draft, speakers: tuple[str, ...], act: str) -> list[tuple[float, Candidate]]:
        """All who may be meant with their shares, the likeliest first; the next statements lean on them."""
        statement = self._statement(draft, speakers, act)
        options = Candidates(self._reading, self._scene, self._addressed, self._exchange, statement).all()
        shares = self._weights.shares([o.features for o in options])
        likely = {o.id: share for o, share in zip(options, shares, strict=True)}
        self._exchange.add(Said(statement.voice, likely, self._reading.paragraph_of(draft.start)))
        return sorted(zip(shares, options, strict=True), key=lambda pair: -pair[0])

    def _statement(self, draft: Draft, speakers: tuple[str, ...], act: str) -> Statement:
        voice = frozenset((*speakers, *map(self._scene.side, speakers)))
        text = " ".join(self._reading.text[s.start : s.end] for s in draft.spans)
        return Statement(draft, speakers, act, voice, voice | _of_phrase(draft), text)

    def chosen(self, ranked: list[tuple[float, Candidate]]) -> Found:
        """The likeliest candidate, and others nearly as likely."""
        best, first = ranked[0]
        strongest = self._weights.strongest(first.features)
        if first.id == NOBODY:
            return Found((), self._weights.why.get(strongest) or "nobody named", round(best, 2))
        kept = [o for share, o in ranked[:_MOST] if o.id != NOBODY and share >= _FURTHER * best]
        why = first.frame if strongest == FRAMED else self._weights.why.get(strongest)
        targets = tuple(Target(o.id, o.role, o.span) for o in kept)
        return Found(targets, why or "likeliest of those named", round(best, 2), implicit=first.span is None)


def _of_phrase(draft: Draft) -> set[str]:
    """States that the speaker's own phrase names: Poland's prime minister."""
    head = draft.speaker
    if head is None or _of_a_headline(draft, head):
        return set()
    near = [t for t in head.subtree if abs(t.i - head.i) < _NEAR and not draft.covers(t.idx)]
    return {str(t.ent_kb_id_) for t in near if str(t.ent_kb_id_).startswith("state:")}


def _of_a_headline(draft: Draft, head: "Token") -> bool:
    """ "… to rein in China Holm stressed": what the parser joins to the name belongs to the words before."""
    verb = draft.verb.token if draft.verb is not None else None
    return verb is not None and head.i + 1 == verb.i and head.dep_ == "dobj" and head.head != verb
