"""Reading: one parsed text with its quotation marks laid over the tokens; what all rules look at."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import lexicon
from annotator.suggest.columns import Columns
from annotator.suggest.lexicon import Lexicon
from annotator.suggest.marks import Quotation, paragraphs, quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

MARKS = frozenset("\"“”„«»‹›‘’'‚「」『』＂`") | {"``", "''"}


@dataclass
class Reading:
    """A parsed text. Token positions are indices into `doc`, character positions code points."""

    doc: "Doc"
    words: Lexicon = field(default_factory=lexicon.load)

    @cached_property
    def columns(self) -> Columns:
        """The tokens by attribute, as plain lists."""
        return Columns(self.doc)

    @cached_property
    def text(self) -> str:
        """The text of the doc, exactly."""
        return self.columns.text

    @cached_property
    def parsed(self) -> bool:
        """True when the pipeline gave a dependency parse that our grammar can read: an English one."""
        english = self.doc.lang_ == "en"
        return english and self.doc.has_annotation("DEP") and self.doc.has_annotation("TAG")

    @cached_property
    def quotations(self) -> list[Quotation]:
        """All quotations, nested ones included."""
        return quotations(self.text)

    @cached_property
    def outer(self) -> list[Quotation]:
        """Quotations that stand in no other."""
        return [q for q in self.quotations if q.depth == 1]

    @cached_property
    def _outer_starts(self) -> list[int]:
        return [q.start for q in self.outer]

    def outer_in(self, start: int, end: int) -> list[Quotation]:
        """The outer quotations that hold some of the characters between two positions."""
        first = max(0, bisect_right(self._outer_starts, start) - 1)
        held = self.outer[first : bisect_left(self._outer_starts, end)]
        return held if not held or held[0].end > start else held[1:]

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Character ranges of the paragraphs."""
        return list(paragraphs(self.text))

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [a for a, _ in self.paragraphs]

    @property
    def _token_starts(self) -> list[int]:
        return self.columns.starts

    @cached_property
    def _held(self) -> list[Quotation | None]:
        """For each token: the outer quotation that holds it."""
        out: list[Quotation | None] = []
        for quotation in self.outer:
            out += [None] * (self.token_from(quotation.start) - len(out))
            out += [quotation] * (self.token_from(quotation.end) - len(out))
        return out + [None] * (len(self.doc) - len(out))

    def outer_at(self, i: int) -> Quotation | None:
        """The outer quotation that holds token `i`, its marks included."""
        held = self._held
        return held[i] if 0 <= i < len(held) else None

    def inside(self, i: int) -> bool:
        """True when token `i` lies in a quotation."""
        held = self._held
        return 0 <= i < len(held) and held[i] is not None

    def paragraph_of(self, position: int) -> int:
        """Number of the paragraph around a character position."""
        return max(0, bisect_right(self._paragraph_starts, position) - 1)

    def token_at(self, position: int) -> int:
        """Index of the token that starts at or before a character position."""
        return max(0, bisect_right(self._token_starts, position) - 1)

    def token_from(self, position: int) -> int:
        """Index of the first token that starts at or after a character position."""
        i = bisect_right(self._token_starts, position) - 1
        return i if i >= 0 and self._token_starts[i] == position else i + 1

    def end(self, i: int) -> int:
        """Character position after token `i`."""
        return self._token_starts[i] + len(self.columns.words[i])

    def span(self, first: int, last: int) -> Span | None:
        """Characters from token `first` to token `last`, both included, white space left out."""
        words = self.columns.words
        while first <= last and words[first].isspace():
            first += 1
        while last >= first and words[last].isspace():
            last -= 1
        return Span(self._token_starts[first], self.end(last)) if first <= last else None

    def is_mark(self, token: "Token") -> bool:
        """True for a token that is nothing but a quotation mark."""
        return token.text in MARKS and token.tag_ != "POS"

    @cached_property
    def entities(self) -> list["TokenSpan"]:
        """The entities as they were when first asked for (repaired ones)."""
        return list(self.doc.ents)

    @cached_property
    def _entity_starts(self) -> list[int]:
        return [e.start_char for e in self.entities]

    def entities_in(self, start: int, end: int) -> list["TokenSpan"]:
        """Entities that lie between two character positions."""
        first = bisect_left(self._entity_starts, start)
        last = bisect_left(self._entity_starts, end)
        return [e for e in self.entities[first:last] if e.end_char <= end]
