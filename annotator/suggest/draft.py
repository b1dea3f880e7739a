"""Draft: a statement while the rules put it together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from annotator.suggest.cues import Cue


@dataclass
class Draft:
    """`rule` names the construction; `speaker` is the head token of a noun phrase, or a ready span
    where there is no phrase to parse (a label of a turn); `group` joins the pieces of one utterance.
    """

    spans: list[Span]
    rule: str
    act: str | None = None
    cue: Span | None = None
    verb: "Cue | None" = None
    speaker: "Token | None" = None
    speaker_span: Span | None = None
    why_speaker: str = ""
    hearer: "Token | None" = None
    asked: "Token | None" = None
    judged: "Token | None" = None
    via: "Token | None" = None
    flags: list[str] = field(default_factory=list)
    nested: bool = False
    question: Span | None = None  # in a transcript: what was asked
    issuer: str | None = None  # of a document: its state

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Character after the content."""
        return self.spans[-1].end

    def covers(self, position: int) -> bool:
        """True for a position inside a content span."""
        return any(s.start <= position < s.end for s in self.spans)
