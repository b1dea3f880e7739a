"""UIMA CAS XMI: our own types, and named entities of others. Offsets are UTF-16 units, as UIMA counts. Of
the record that our exports carry besides, nothing is taken once another program has changed the marks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.domain.actors import Actor, kind_of
from annotator.domain.record import Record
from annotator.domain.statement import Decision, Kind, Mention, Role, Speaker, Statement, Target, Via
from annotator.domain.xml_text import fit
from annotator.ingest.annotated.found import Document, FoundMention, FoundStatement, FoundTarget, results
from annotator.ingest.annotated.placing import UTF16, Place, Unplaceable
from annotator.ingest.annotated.values import name_of, value_in
from annotator.ingest.finishing import finish, headline
from annotator.ingest.records import read_record
from annotator.ingest.results import Draft, Foreign, Result, UnfitError

_MOST_BYTES = 100_000_000
_ID = "{http://www.omg.org/XMI}id"
_OURS = "annotator"
_LABELS = ("value", "label", "identifier")  # features that hold the label of an entity
_STRUCTURE = frozenset(
    {"NULL", "Sofa", "View", "FSArray", "StringArray", "DocumentAnnotation", "DocumentMetaData", "Record"}
)
_PARTS = frozenset({"Actor", "Mention", "Content", "Cue", "Speaker", "Target", "Via", "Statement"})
_CHANGED = "its marks were changed since our export, whose record beside them is passed over"


def read_xmi(path: Path, name: str) -> Iterator[Result]:
    """The article with its layer. Raises UnfitError when it is no CAS with a text of its own."""
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UnfitError(f"it is too large for one article (more than {_MOST_BYTES // 1_000_000} MB)")
    cas = _Cas(_root(data))
    whole = cas.record(name)
    draft = Draft(cas.text, "xmi 1", title=headline(cas.text), source_id=path.stem)
    article = finish(draft, file=name, raw_sha256=sha256(data).hexdigest())
    if whole and whole.article.id == article.id:
        article = replace(article, lang=whole.article.lang, meta=whole.article.meta)
    elif path.stem.partition("-")[0] == article.id:
        article = replace(article, meta=replace(article.meta, source_id=None))
    document = Document(
        article,
        cas.text,
        mentions=tuple(cas.mentions()),
        statements=tuple(cas.statements()),
        unplaceable=tuple(cas.unplaceable),
        annotator=whole.layer.annotator if whole else "",
        notes=cas.notes(),
        actors=whole.actors if whole else tuple(cas.actors()),
        unit=UTF16,
    )
    found = list(results(document, name))
    typed = next(r.record for r in found if isinstance(r, Foreign))
    if whole is None:
        yield from found
    elif _alike(whole, typed):
        yield Foreign(whole)
    else:
        changed = replace(document, kind=whole.layer.kind, notes=(*document.notes, _CHANGED))
        yield from results(changed, name)


def _root(data: bytes) -> Any:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise UnfitError("its XML declares entities, which may be an entity bomb") from None
    except (ParseError, ValueError, LookupError):
        raise UnfitError("it is not XML, or broken") from None
    if not root.tag.endswith("}XMI"):
        raise UnfitError("it is not XMI")
    return root


def _alike(one: Record, other: Record) -> bool:
    """True when both say the same of everything that is not rejected, white space in names aside, and what
    XML cannot hold.
    """
    return bool(_tidied(_said(one)) == _tidied(_said(other)))


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return name_of(fit(value))
    if isinstance(value, Speaker | Target | Via):
        return _tidied(tuple(vars(value).values()))
    return [_tidied(x) for x in value] if isinstance(value, list | tuple) else value


def _said(record: Record) -> tuple[list[object], list[object]]:
    layer = record.layer
    items: list[Mention | Statement] = [*layer.ordered_mentions(), *layer.ordered_statements()]
    kept = [x for x in items if x.decision is not Decision.REJECTED]
    mentions = [(m.id, m.span, m.label, m.actor, m.decision) for m in kept if isinstance(m, Mention)]
    statements = [
        (s.id, s.spans, s.kind, s.cue, s.speaker, s.via, s.targets, s.no_target, *_rest(s))
        for s in kept
        if isinstance(s, Statement)
    ]
    return [*mentions], [*statements]


def _rest(s: Statement) -> tuple[object, ...]:
    return s.topics, s.no_topic, s.act, s.decision


class _Cas:
    """The elements of one CAS by their ids."""

    def __init__(self, root: Any) -> None:
        self._elements = list(root)
        self._by_id: Mapping[str, Any] = {e.get(_ID): e for e in self._elements if e.get(_ID)}
        sofas = [e for e in self._elements if _local(e) == "Sofa"]
        texts = [e for e in sofas if e.get("sofaString")]
        if not texts:
            elsewhere = any(e.get("sofaURI") for e in sofas)
            raise UnfitError("its text lies elsewhere" if elsewhere else "there is no text in it")
        self.text: str = texts[0].get("sofaString")
        self._sofa = texts[0].get(_ID)
        self._others = len(texts) - 1
        self.unplaceable: list[Unplaceable] = []
        self._left: dict[str, int] = {}

    def record(self, file: str) -> Record | None:
        """The record that our export put beside its marks, when it still fits the text."""
        for element in self._ours("Record"):
            try:
                head = json.loads(element.get("json") or "")
                if isinstance(head, dict):
                    return read_record({**head, "text": self.text}, file=file)
            except (UnfitError, ValueError, RecursionError):
                return None
        return None

    def actors(self) -> Iterator[Actor]:
        """The actors that it names."""
        for e in self._ours("Actor"):
            if id := name_of(e.get("id")):
                kind, speaks_for = name_of(e.get("kind")), name_of(e.get("speaksFor"))
                yield Actor(id, name_of(e.get("name")) or id, kind or kind_of(id), speaks_for or None)

    def _ours(self, type: str) -> list[Any]:
        return [e for e in self._elements if _local(e) == type and _OURS in e.tag.partition("}")[0]]

    def notes(self) -> tuple[str, ...]:
        """What the file holds that has no place here; to be asked last."""
        views = (f"other texts of the CAS left out ×{self._others}",) if self._others else ()
        return *(f"annotations of type {t} left out ×{n}" for t, n in sorted(self._left.items())), *views

    def mentions(self) -> Iterator[FoundMention]:
        """Our mentions, and named entities of others."""
        for e in self._elements:
            type, ours = _local(e), _OURS in e.tag.partition("}")[0]
            if ours and type == "Mention":
                yield from self._mention(e, e.get("label"))
            elif type in _STRUCTURE or (ours and type in _PARTS):
                continue
            elif e.get("begin") is not None and (label := _label(e)) and "NamedEntity" in type:
                yield from self._mention(e, label)
            else:
                self._left[name_of(type)] = self._left.get(name_of(type), 0) + 1

    def _mention(self, e: Any, said: object) -> Iterator[FoundMention]:
        place, label = self._place(e), name_of(said)
        if place is None or not label:
            self._list(e, "it has no label or no offsets")
            return
        decision = value_in(Decision, e.get("decision")) or Decision.CONFIRMED
        actor = name_of(e.get("actor")) or None
        yield FoundMention(place, label, name_of(e.get("id")) or None, actor, decision=decision)

    def statements(self) -> Iterator[FoundStatement]:
        """Statements with everything they refer to."""
        for e in self._ours("Statement"):
            contents = [self._place(x) for x in self._referred(e, "contents")]
            if not contents or None in contents:
                self._list(e, "its content is not there")
                continue
            cue, speaker, via = (self._one(e, name) for name in ("cue", "speaker", "via"))
            yield FoundStatement(
                tuple(place for place in contents if place),
                name_of(e.get("id")) or None,
                value_in(Kind, e.get("kind")),
                cue=self._words(cue),
                speaker=self._words(speaker),
                speaker_actors=self._strings(speaker, "actors") if speaker is not None else (),
                not_stated=e.get("notStated") == "true",
                via=self._words(via),
                via_actor=name_of(via.get("actor")) or None if via is not None else None,
                targets=tuple(map(self._target, self._referred(e, "targets"))),
                no_target=e.get("noTarget") == "true",
                topics=self._strings(e, "topics"),
                no_topic=e.get("noTopic") == "true",
                act=name_of(e.get("act")) or None,
                decision=value_in(Decision, e.get("decision")) or Decision.CONFIRMED,
            )

    def _target(self, e: Any) -> FoundTarget:
        role, stance = value_in(Role, e.get("role")), name_of(e.get("stance")) or None
        return FoundTarget(self._words(e), name_of(e.get("actor")) or None, role, stance)

    def _words(self, e: Any) -> Place | None:
        """The place of an annotation; 0 to 0 is none."""
        return None if e is None or e.get("begin") == e.get("end") == "0" else self._place(e)

    def _place(self, e: Any) -> Place | None:
        begin, end = _whole(e.get("begin")), _whole(e.get("end"))
        if begin is None or end is None or e.get("sofa", self._sofa) != self._sofa:
            return None
        return Place(((begin, end),), ref=f"{name_of(_local(e))} {name_of(e.get(_ID))}")

    def _one(self, e: Any, name: str) -> Any:
        return next(iter(self._referred(e, name)), None)

    def _referred(self, e: Any, name: str) -> list[Any]:
        """The elements a feature refers to, through an array where one stands between."""
        found = [x for id in (e.get(name) or "").split() if (x := self._by_id.get(id)) is not None]
        if len(found) == 1 and _local(found[0]) == "FSArray":
            ids = (found[0].get("elements") or "").split()
            found = [x for id in ids if (x := self._by_id.get(id)) is not None]
        return found

    def _strings(self, e: Any, name: str) -> tuple[str, ...]:
        """The strings of a feature: children, or an array referred to."""
        children: Iterable[Any] = e.findall(name)
        array = self._by_id.get(e.get(name) or "")
        if array is not None and _local(array) == "StringArray":
            children = array.findall("elements")
        return tuple(value for child in children if (value := name_of(child.text)))

    def _list(self, e: Any, why: str) -> None:
        self.unplaceable.append(Unplaceable(f"{name_of(_local(e))} {name_of(e.get(_ID))}", None, why))


def _local(e: Any) -> str:
    return str(e.tag).rpartition("}")[2]


def _label(e: Any) -> str | None:
    return next((e.get(feature) for feature in _LABELS if e.get(feature)), None)


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 12 else None
