"""Mentions and statements as table rows and back, side by side. Rows carry the words that a span
covers, so that the file can be read without this program.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.spans import Span
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Reason,
    Role,
    Speaker,
    Statement,
    Target,
    Via,
)

Row = tuple[Any, ...]

_PROVENANCE = "decided_by, decided_at, suggester, score, changed, seconds, reasons, guideline"
MENTION_COLUMNS = f"id, start_cp, end_cp, text, label, actor, flags, decision, {_PROVENANCE}"
STATEMENT_COLUMNS = (
    "id, start_cp, end_cp, kind, cue_start_cp, cue_end_cp, cue, not_stated, no_target, no_topic, "
    f"act, flags, note, confidence, decision, {_PROVENANCE}"
)
SPAN_COLUMNS = "start_cp, end_cp, text"
SPEAKER_COLUMNS = "part, n, start_cp, end_cp, text, actor"
TARGET_COLUMNS = "start_cp, end_cp, text, actor, role, stance"


def words_to_json(words: Iterable[str]) -> str:
    """A list of words in one cell, as SQLite's json_each() reads it."""
    words = list(words)
    return json.dumps(words, ensure_ascii=False) if words else "[]"


def words_from_json(cell: str) -> tuple[str, ...]:
    """Inverse of `words_to_json`."""
    return () if cell == "[]" else tuple(json.loads(cell))


def mention_to_row(m: Mention, text: str) -> Row:
    """Cells of MENTION_COLUMNS; raises ValueError when the span does not lie in the text."""
    return (
        m.id, m.span.start, m.span.end, m.span.surface(text), m.label, m.actor,
        words_to_json(m.flags), m.decision.value, *_provenance_to_cells(m.provenance),
    )  # fmt: skip


def mention_from_row(row: Row) -> Mention:
    """Inverse of `mention_to_row`."""
    id, start, end, _, label, actor, flags, decision, *provenance = row
    return Mention(
        id=id,
        span=Span(start, end),
        label=label,
        actor=actor,
        flags=words_from_json(flags),
        decision=Decision(decision),
        provenance=_provenance_from_cells(provenance),
    )


def statement_to_row(s: Statement, text: str) -> Row:
    """Cells of STATEMENT_COLUMNS; raises ValueError when the cue does not lie in the text."""
    return (
        s.id, s.spans[0].start, max(x.end for x in s.spans), s.kind.value, *_span_to_cells(s.cue, text),
        int(s.speaker.not_stated), int(s.no_target), int(s.no_topic),
        s.act, words_to_json(s.flags), s.note, s.confidence, s.decision.value,
        *_provenance_to_cells(s.provenance),
    )  # fmt: skip


def span_rows(s: Statement, text: str) -> list[Row]:
    """Cells of SPAN_COLUMNS, one row a content span."""
    return [_span_to_cells(span, text) for span in s.spans]


def speaker_rows(s: Statement, text: str) -> list[Row]:
    """Cells of SPEAKER_COLUMNS: one row an actor, or one without actor when only words are known."""
    span = _span_to_cells(s.speaker.span, text)
    named: Sequence[str | None] = s.speaker.actors or ([None] if s.speaker.span else [])
    rows: list[Row] = [("speaker", n, *span, actor) for n, actor in enumerate(named)]
    if s.via:
        rows.append(("via", 0, *_span_to_cells(s.via.span, text), s.via.actor))
    return rows


def target_rows(s: Statement, text: str) -> list[Row]:
    """Cells of TARGET_COLUMNS, one row a target."""
    return [
        (*_span_to_cells(t.span, text), t.actor, t.role.value if t.role else None, t.stance)
        for t in s.targets
    ]


def statement_from_rows(
    row: Row, spans: Sequence[Row], speakers: Sequence[Row], targets: Sequence[Row], topics: Sequence[Row]
) -> Statement:
    """Inverse of the four functions above; `topics` are rows of one cell."""
    id, _, _, kind, cue_start, cue_end, _, not_stated, no_target, no_topic, *rest = row
    act, flags, note, confidence, decision, *provenance = rest
    return Statement(
        id=id,
        spans=tuple(Span(start, end) for start, end, _ in spans),
        kind=Kind(kind),
        cue=_span_from_cells(cue_start, cue_end),
        speaker=_speaker([r for r in speakers if r[0] == "speaker"], not_stated=bool(not_stated)),
        via=next((Via(_span_from_cells(r[2], r[3]), r[5]) for r in speakers if r[0] == "via"), None),
        targets=tuple(map(_target, targets)),
        no_target=bool(no_target),
        topics=tuple(t for (t,) in topics),
        no_topic=bool(no_topic),
        act=act,
        flags=words_from_json(flags),
        note=note,
        confidence=confidence,
        decision=Decision(decision),
        provenance=_provenance_from_cells(provenance),
    )


def _speaker(rows: Sequence[Row], *, not_stated: bool) -> Speaker:
    span = _span_from_cells(rows[0][2], rows[0][3]) if rows else None
    return Speaker(span, tuple(r[5] for r in rows if r[5] is not None), not_stated)


def _target(row: Row) -> Target:
    start, end, _, actor, role, stance = row
    return Target(actor, Role(role) if role else None, _span_from_cells(start, end), stance)


def _span_to_cells(span: Span | None, text: str) -> Row:
    return (span.start, span.end, span.surface(text)) if span else (None, None, None)


def _span_from_cells(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _provenance_to_cells(p: Provenance) -> Row:
    reasons = [{"role": role, "score": r.score, "why": r.why} for role, r in p.reasons]
    cell = json.dumps(reasons, ensure_ascii=False) if reasons else "[]"
    return (p.by, p.at, p.suggester, p.score, words_to_json(p.changed), p.seconds, cell, p.guideline)


def _provenance_from_cells(cells: Sequence[Any]) -> Provenance:
    by, at, suggester, score, changed, seconds, reasons, guideline = cells
    read = json.loads(reasons) if reasons != "[]" else ()
    return Provenance(
        by=by,
        at=at,
        suggester=suggester,
        score=score,
        changed=words_from_json(changed),
        seconds=seconds,
        reasons=tuple((r["role"], Reason(r["score"], r["why"])) for r in read),
        guideline=guideline,
    )
