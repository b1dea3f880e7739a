"""Canonical records whose offsets count otherwise than ours: converted by their words; what has no place
even then is left out and listed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.domain.text import normalise, sha256
from annotator.ingest.annotated.placing import Place, Placing, Unplaceable
from annotator.ingest.annotated.values import dict_of, dicts_in, name_of, offsets, words_of
from annotator.ingest.records import read_record
from annotator.ingest.results import Foreign, Result, UnfitError, Unplaced

Json = Mapping[str, Any]


def read_any_record(data: dict[str, Any], file: str, where: str, *, own: bool = True) -> Iterator[Result]:
    """The record as it is, else converted. Raises UnfitError or ValueError when neither can be."""
    try:
        yield Foreign(read_record(data, file=file), where, own=own)
    except (UnfitError, ValueError) as e:
        converted = _Converting(data)
        if not converted.helps:
            raise UnfitError(str(e)) from None
        record = read_record(converted.data, file=file)
        notes = (converted.note,) if converted.note else ()
        yield Foreign(record, where, own=own, notes=notes)
        for line in converted.unplaceable:
            yield Unplaced(file, where, str(line))


class _Converting:
    """A copy of a record with the spans of our counting."""

    def __init__(self, data: dict[str, Any]) -> None:
        text = data.get("text")
        given = data.get("text_sha256")
        self.unplaceable: list[Unplaceable] = []
        self.note: str | None = None
        self.helps = isinstance(text, str) and (given is None or given in _hashes(text))
        if not self.helps:
            return
        self._text = normalise(str(text)).text
        self._placing = Placing(str(text), _places(data))
        self.note = self._placing.note
        kept = {k: v for k, v in data.items() if k not in ("text_sha256", "offset_unit")}
        mentions = [m for m in dicts_in(data.get("mentions")) if self._fits(m, [m])]
        statements = [s for s in dicts_in(data.get("statements")) if self._fits(s, _spans_in(s))]
        self.data: dict[str, Any] = {
            **kept,
            "text": self._text,
            "mentions": [self._moved(m) for m in mentions],
            "statements": [self._moved(s) for s in statements],
        }
        self.helps = self.note is not None

    def _fits(self, item: Json, spans: Any) -> bool:
        for span in spans:
            found = self._placing.spans(_place(span))
            if isinstance(found, str):
                ref = f"{'statement' if 'spans' in item else 'mention'} {name_of(item.get('id'))}"
                self.unplaceable.append(Unplaceable(ref, words_of(span.get("text")), found))
                return False
        return True

    def _moved(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._moved(item) for item in value]
        if not isinstance(value, dict):
            return value
        out = {k: self._moved(v) for k, v in value.items()}
        found = self._placing.spans(_place(value)) if _is_span(value) else ""
        if found and not isinstance(found, str):
            start, end = found[0].start, found[0].end
            out.update(start=start, end=end, text=self._text[start:end])
        return out


def _hashes(text: str) -> tuple[str, ...]:
    try:
        return sha256(text), sha256(normalise(text).text)
    except UnicodeEncodeError:
        return (sha256(normalise(text).text),)


def _is_span(value: object) -> bool:
    return isinstance(value, dict) and offsets(value.get("start"), value.get("end")) is not None


def _place(span: Json) -> Place:
    pair = offsets(span.get("start"), span.get("end"))
    return Place((pair,) if pair else (), words_of(span.get("text")))


def _places(data: Json) -> Iterator[Place]:
    for mention in dicts_in(data.get("mentions")):
        yield _place(mention)
    for statement in dicts_in(data.get("statements")):
        yield from map(_place, _spans_in(statement))


def _spans_in(statement: Json) -> list[Json]:
    """Everything in a statement that looks like a span."""
    targets = [t.get("span") for t in dicts_in(statement.get("targets"))]
    one = [statement.get("cue"), dict_of(statement.get("speaker")).get("span")]
    one += [dict_of(statement.get("via")).get("span"), *targets]
    return [*dicts_in(statement.get("spans")), *(x for x in one if isinstance(x, dict))]
