"""Steps over several statements at once, and those that make two statements of one or one of two."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.domain.edits import Step, put_mention, put_statement
from annotator.domain.ids import fresh_id
from annotator.domain.spans import Span, merged, trimmed
from annotator.domain.statement import Decision, Kind, Mention, Provenance, Statement, revised
from annotator.jobs.deciding import Decider, kind_of, missing_fields


@dataclass(frozen=True)
class FlowDecider(Decider):
    """A Decider that also takes many statements, or two, in one step."""

    def above(self, bar: float) -> list[Statement]:
        """Undecided statements with a score of `bar` or more and no role left open."""
        return [
            s
            for s in self.shown.undecided()
            if (s.provenance.score or 0.0) >= bar and not s.undecided_roles()
        ]

    def confirm_above(self, bar: float) -> Step | None:
        """Confirm what `above` finds. None when that is nothing."""
        found = self.above(bar)
        edits = [put_statement(self.human, self._accepted(s)) for s in found]
        return self._step(f"Confirm {_counted(len(found))}", edits) if found else None

    def reject_rest(self, kind: Kind | None = None) -> Step | None:
        """Reject every undecided statement, or those of a kind. None when there is none."""
        found = [s for s in self.shown.undecided() if kind in (None, s.kind)]
        edits = [put_statement(self.human, self._rejected(s)) for s in found]
        return self._step(f"Reject {_counted(len(found))}", edits) if found else None

    def merge(self, text: str, id: str, other: str) -> Step:
        """One statement over the content of both; roles still open are taken from `other`, which is
        kept as a rejection.
        """
        statement, gone = self.shown.statements[id], self.shown.statements[other]
        spans = merged([*statement.spans, *gone.spans])
        fields = {**missing_fields(statement, gone), "spans": spans, "kind": kind_of(text, spans)}
        after = revised(statement, self._by, self._at, **fields)
        edits = [put_statement(self.human, after), put_statement(self.human, self._rejected(gone))]
        return self._step(f"Merge statements {self.number(id)} and {self.number(other)}", edits)

    def split(self, text: str, id: str, at: int) -> tuple[Step, str] | None:
        """Two statements, the second from code point `at` with the same roles, and its id. None when
        no content stands on one side.
        """
        statement = self.shown.statements[id]
        first = _cut(text, statement.spans, 0, at)
        second = _cut(text, statement.spans, at, len(text))
        if not first or not second:
            return None
        kept = revised(statement, self._by, self._at, spans=first, kind=kind_of(text, first))
        made = replace(
            statement,
            id=fresh_id("s"),
            spans=second,
            kind=kind_of(text, second),
            decision=Decision.SUGGESTED,
            provenance=Provenance(by=self._by, at=self._at),
        )
        edits = [put_statement(self.human, kept), put_statement(self.human, made)]
        return self._step(f"Split statement {self.number(id)}", edits), made.id

    def mark_all(self, spans: Iterable[Span], label: str, actor: str | None = None) -> Step | None:
        """Entities over all these spans, those already there under this label and actor."""
        there = {m.span: m for m in self.shown.mentions.values()}
        edits = []
        for span in spans:
            old = there.get(span)
            new = Mention(fresh_id("m"), span, label, actor, provenance=Provenance(by=self._by, at=self._at))
            mention = old and revised(old, self._by, self._at, label=label, actor=actor or old.actor)
            edits.append(put_mention(self.human, self._accepted(mention or new)))
        words = f"Mark {len(edits)} entit{'y' if len(edits) == 1 else 'ies'}"
        return self._step(words, edits) if any(edits) else None


def occurrences(text: str, words: str) -> list[Span]:
    """Where these words stand in a text, whole and in the same case."""
    found, at = [], text.find(words)
    while words and at >= 0:
        end = at + len(words)
        inside = (at > 0 and text[at - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        )
        if not inside:
            found.append(Span(at, end))
        at = text.find(words, end)
    return found


def _cut(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    parts = ((max(s.start, start), min(s.end, end)) for s in spans)
    kept = (trimmed(text, a, b) for a, b in parts if a < b)
    return tuple(s for s in kept if s)


def _counted(count: int) -> str:
    return f"{count} statement{'' if count == 1 else 's'}"
