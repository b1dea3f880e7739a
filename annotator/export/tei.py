"""TEI P5: a corpus with a `<TEI>` for each article, every line a `<p>`. A statement is a `<said>`;
spans that cross each other or a line end are cut into parts that name their `next` and `prev`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from annotator.domain.spans import Span
from annotator.domain.xml_text import fit
from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.marks import (
    CONTENT,
    CUE,
    SPEAKER,
    Mark,
    kept,
    marks_of_mentions,
    marks_of_statement,
    one_word,
    report_details,
)

_STRETCH = 500  # code points
_NS = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CARRIED = frozenset({"metadata", "decisions", "actors", "details", "nones", "silent", "roles"})
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="{_NS}">
<teiHeader><fileDesc><titleStmt><title>Annotated articles</title></titleStmt>
<publicationStmt><p>Exported for research; the texts are their publishers'.</p></publicationStmt>
<sourceDesc><p>Articles as imported, one TEI element each.</p></sourceDesc></fileDesc></teiHeader>
"""


@dataclass(frozen=True)
class Element:
    """One span to be written as an element."""

    tag: str
    id: str
    span: Span
    attributes: tuple[tuple[str, str], ...]


class TeiWriter(Writer):
    """Writes `STEM.xml`."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.xml"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._file.write(_HEAD)
        self._number = 0

    def add(self, record: Record) -> str:
        """Write one article; a reader must find its text, and every element round its words."""
        report_details(record, self.loss, besides=_CARRIED)
        text = fit(record["text"])
        if text != record["text"]:
            self.loss.add("characters that XML cannot hold (replaced by U+FFFD)", record["id"])
        self._number += 1
        prefix = f"a{self._number}"
        actors = {a["id"]: f"{prefix}-actor{n}" for n, a in enumerate(record["actors"], 1)}
        wanted = [*self._statements(record, prefix, actors), *self._mentions(record, prefix, actors)]
        parts = [_writable(e) for e in fitted(wanted, text)]
        self.loss.add("spans written in parts (next, prev)", count=_in_parts(wanted, parts))
        self._file.write(_header(record, prefix, actors))
        self._file.writelines(_paragraphs(text, parts))
        self._file.write("</body></text></TEI>\n")
        return _found(prefix, text, [_seen(e, text) for e in parts])

    def _statements(self, record: Record, prefix: str, actors: Mapping[str, str]) -> Iterator[Element]:
        for n, s in enumerate(kept(record, "statements", self.loss), 1):
            id, marks = f"{prefix}-s{n}", marks_of_statement(s)
            pieces = [m for m in marks if m.label == CONTENT]
            others = [m for m in marks if m.label != CONTENT]
            ids = [id, *(f"{id}.{k}" for k in range(2, len(pieces) + 1))]
            for k, mark in enumerate(pieces):
                attributes = _said(s, actors) if k == 0 else ()
                following = (("next", f"#{ids[k + 1]}"),) if k + 1 < len(ids) else ()
                yield Element("said", ids[k], Span(mark.start, mark.end), (*attributes, *following))
            for k, mark in enumerate(others, 1):
                yield _role(mark, f"{id}-{k}", id, actors)

    def _mentions(self, record: Record, prefix: str, actors: Mapping[str, str]) -> Iterator[Element]:
        for n, mark in enumerate(marks_of_mentions(record, self.loss), 1):
            attributes = [("type", mark.label), *_refs("ref", [mark.item["actor"]], actors)]
            attributes.append(("ana", f"decision:{mark.item['decision']}"))
            yield Element("name", f"{prefix}-m{n}", Span(mark.start, mark.end), tuple(attributes))

    def close(self) -> list[Path]:
        """End the corpus."""
        self._file.write("</teiCorpus>\n")
        self._file.close()
        return [self._path]

    def reread(self) -> Iterator[str]:
        """Parse the file article by article."""
        from defusedxml.ElementTree import iterparse

        for _, tei in iterparse(self._path):
            if tei.tag == f"{{{_NS}}}TEI":
                text = "\n".join("".join(p.itertext()) for p in tei.iter(f"{{{_NS}}}p") if p.get("n"))
                tags = [f"{{{_NS}}}{tag}" for tag in ("said", "rs", "seg", "name")]
                seen = [
                    (e.tag.rpartition("}")[2], e.get(_ID), _rest(e.attrib), "".join(e.itertext()))
                    for e in tei.iter()
                    if e.tag in tags
                ]
                yield _found(tei.get(_ID), text, seen)
                tei.clear()


def _said(s: Mapping[str, Any], actors: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    targets = [t for t in s["targets"] if t["actor"]]
    addressed = [t["actor"] for t in targets if t["role"] != "object"]
    objects = [t["actor"] for t in targets if t["role"] in ("object", "both")]
    said = [f"kind:{s['kind']}", f"decision:{s['decision']}", *(f"topic:{one_word(t)}" for t in s["topics"])]
    said += [f"act:{one_word(s['act'])}"] if s["act"] else []
    said += [f"object:#{actors[a]}" for a in dict.fromkeys(objects)]
    nones = {"speaker": s["speaker"]["not_stated"], "target": s["no_target"], "topic": s["no_topic"]}
    said += [f"none:{name}" for name, is_none in nones.items() if is_none]
    return (
        *_refs("who", s["speaker"]["actors"], actors),
        *_refs("toWhom", addressed, actors),
        ("direct", {"direct": "true", "indirect": "false"}.get(s["kind"], "unknown")),
        ("ana", " ".join(said)),
    )


def _role(mark: Mark, id: str, statement: str, actors: Mapping[str, str]) -> Element:
    tag = "seg" if mark.label == CUE else "rs"
    attributes = [("type", mark.label.lower())]
    if mark.label == SPEAKER:
        attributes += _refs("ref", mark.item["actors"], actors)
    elif mark.label != CUE:
        attributes += _refs("ref", [mark.item["actor"]], actors)
    attributes.append(("corresp", f"#{statement}"))
    return Element(tag, id, Span(mark.start, mark.end), tuple(attributes))


def _refs(name: str, ids: Iterable[str | None], actors: Mapping[str, str]) -> list[tuple[str, str]]:
    known = [f"#{actors[id]}" for id in dict.fromkeys(ids) if id]
    return [(name, " ".join(known))] if known else []


def fitted(wanted: Iterable[Element], text: str) -> list[Element]:
    """The elements as parts that nest and stay on one line, outer ones first."""
    placed: list[Element] = []
    near: defaultdict[int, set[Span]] = defaultdict(set)
    for element in sorted(wanted, key=lambda e: (e.tag != "said", -len(e.span), e.span)):
        spans = _lines_of(element.span, text)
        for other in set().union(*(near[n] for n in _stretches(element.span))):
            spans = [part for span in spans for part in _cut(span, other)]
        placed += _parts(element, spans)
        for span in spans:
            for n in _stretches(span):
                near[n].add(span)
    return sorted(_with_prev(placed), key=lambda e: (e.span.start, -e.span.end))


def _stretches(span: Span) -> range:
    """Numbers of the stretches of text that a span lies in; only spans that share one can cross."""
    return range(span.start // _STRETCH, span.end // _STRETCH + 1)


def _lines_of(span: Span, text: str) -> list[Span]:
    out, start = [], span.start
    for line in text[span.start : span.end].split("\n"):
        if line.strip():
            out.append(Span(start, start + len(line)))
        start += len(line) + 1
    return out


def _cut(span: Span, other: Span) -> list[Span]:
    """`span` in parts that lie inside or outside of `other`, or hold it."""
    if not span.overlaps(other) or span.contains(other) or other.contains(span):
        return [span]
    edge = other.start if span.start < other.start else other.end
    return [Span(span.start, edge), Span(edge, span.end)]


def _parts(element: Element, spans: list[Span]) -> Iterator[Element]:
    """The element once for each span; the first part has its attributes, all but the last a `next`."""
    own = {k: v for k, v in element.attributes if k != "next"}
    after = dict(element.attributes).get("next")
    for k, span in enumerate(spans, 1):
        id = element.id if k == 1 else f"{element.id}-part{k}"
        following = f"#{element.id}-part{k + 1}" if k < len(spans) else after
        attributes = {**(own if k == 1 else {}), **({"next": following} if following else {})}
        yield Element(element.tag, id, span, tuple(attributes.items()))


def _with_prev(elements: Iterable[Element]) -> Iterator[Element]:
    elements = list(elements)
    prev = {following[1:]: e.id for e in elements if (following := dict(e.attributes).get("next"))}
    for e in elements:
        links = (("prev", f"#{prev[e.id]}"),) if e.id in prev else ()
        yield replace(e, attributes=(*e.attributes, *links))


def _writable(element: Element) -> Element:
    return replace(element, attributes=tuple((name, fit(value)) for name, value in element.attributes))


def _in_parts(wanted: list[Element], parts: list[Element]) -> int:
    later = [p.id.rpartition("-part")[0] for p in parts if "-part" in p.id]
    return len(set(later) & {e.id for e in wanted})


def _header(record: Record, prefix: str, actors: Mapping[str, str]) -> str:
    meta = record["meta"]
    bibl = [f"<idno>{escape(record['id'])}</idno>"]
    for tag, key in (("publisher", "outlet"), ("date", "published"), ("ref", "url")):
        if meta[key]:
            bibl.append(f"<{tag}>{_plain(meta[key])}</{tag}>")
    annotator = _plain(record["layer"]["annotator"] or "-")
    who = f"<respStmt><resp>annotation</resp><persName>{annotator}</persName></respStmt>"
    return (
        f"<TEI xml:id={quoteattr(prefix)}><teiHeader><fileDesc>"
        f"<titleStmt><title>{_plain(meta['title'] or record['id'])}</title>{who}</titleStmt>"
        "<publicationStmt><p>See the corpus.</p></publicationStmt>"
        f"<sourceDesc><bibl>{''.join(bibl)}</bibl></sourceDesc></fileDesc>"
        f"<profileDesc><particDesc>{_actors(record, actors)}</particDesc></profileDesc></teiHeader>\n"
        '<text xml:space="preserve"><body>\n'
    )


def _actors(record: Record, actors: Mapping[str, str]) -> str:
    people: list[str] = []
    others: list[str] = []
    for a in record["actors"]:
        tag, name = ("person", "persName") if a["kind"] == "person" else ("org", "orgName")
        behind = f' corresp="#{actors[a["speaks_for"]]}"' if a["speaks_for"] in actors else ""
        (people if tag == "person" else others).append(
            f'<{tag} xml:id="{actors[a["id"]]}"{behind}><{name}>{_plain(a["name"])}</{name}>'
            f'<idno type="annotator">{_plain(a["id"])}</idno></{tag}>'
        )
    listed = f"<listPerson>{''.join(people)}</listPerson>" if people else ""
    listed += f"<listOrg>{''.join(others)}</listOrg>" if others else ""
    return listed or "<p>Nobody is named.</p>"


def _plain(words: str) -> str:
    return escape(" ".join(fit(words).split()))


def _paragraphs(text: str, parts: list[Element]) -> Iterator[str]:
    position, waiting = 0, parts[::-1]
    for number, line in enumerate(text.split("\n"), 1):
        yield f'<p n="{number}">'
        end, open_ = position + len(line), list[Element]()
        while open_ or (waiting and waiting[-1].span.start < end):
            closes = open_[-1].span.end if open_ else end + 1
            opens = waiting[-1].span.start if waiting else end + 1
            edge = min(closes, opens)
            yield escape(text[position:edge])
            position = edge
            if closes <= opens:
                yield f"</{open_.pop().tag}>"
            else:
                open_.append(waiting.pop())
                yield _opening(open_[-1])
        yield f"{escape(text[position:end])}</p>\n"
        position = end + 1


def _opening(element: Element) -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes)
    return f"<{element.tag} xml:id={quoteattr(element.id)}{attributes}>"


def _seen(element: Element, text: str) -> tuple[str, str, dict[str, str], str]:
    return element.tag, element.id, dict(element.attributes), element.span.surface(text)


def _rest(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name != _ID}


def _found(id: str, text: str, elements: Iterable[tuple[object, ...]]) -> str:
    ordered = sorted(elements, key=lambda e: str(e[1]))
    return json.dumps([id, text, ordered], ensure_ascii=False, sort_keys=True)


FORMAT = Format(
    name="tei",
    title="TEI",
    note="A teiCorpus, every line of an article a `<p>`. A statement is a `<said>` (`who` speaker, `toWhom` "
    "addressee, kind, act, topics, objects, decision and nones in `ana`), its cue a `<seg>`, its speaker and "
    "targets `<rs>`; mentions are `<name>`.",
    suffix=".xml",
    writer=TeiWriter,
)
