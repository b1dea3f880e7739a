"""UIMA CAS XMI: a file an article and one type system. Offsets are UTF-16 units, as UIMA counts;
the whole record lies in the CAS as JSON besides.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from annotator.domain.record import dumps
from annotator.domain.text import CharMap
from annotator.domain.xml_text import fit
from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.marks import kept

_XMI = "http://www.omg.org/XMI"
_OURS = "http:///annotator.ecore"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore" \
xmlns:annotator="{_OURS}" xmi:version="2.0">
<cas:NULL xmi:id="0"/>"""
_SOFA = 1  # the id of the text; annotations count on from it
TYPE_SYSTEM = "TypeSystem.xml"

_STRING, _BOOLEAN, _ANNOTATION = "uima.cas.String", "uima.cas.Boolean", "uima.tcas.Annotation"
_STRINGS, _ITEMS = "uima.cas.StringArray", "uima.cas.FSArray"
_TYPES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Record": ("uima.cas.TOP", {"id": _STRING, "json": _STRING}),
    "Actor": ("uima.cas.TOP", dict.fromkeys(("id", "name", "kind", "speaksFor"), _STRING)),
    "Mention": (_ANNOTATION, dict.fromkeys(("id", "label", "actor", "decision"), _STRING)),
    "Content": (_ANNOTATION, {}),
    "Cue": (_ANNOTATION, {}),
    "Speaker": (_ANNOTATION, {"actors": _STRINGS}),
    "Target": (_ANNOTATION, dict.fromkeys(("actor", "role", "stance"), _STRING)),
    "Via": (_ANNOTATION, {"actor": _STRING}),
    "Statement": (
        _ANNOTATION,
        {
            **dict.fromkeys(("id", "kind", "act", "decision"), _STRING),
            **dict.fromkeys(("notStated", "noTarget", "noTopic"), _BOOLEAN),
            "topics": _STRINGS,
            "contents": _ITEMS,
            "targets": _ITEMS,
            "cue": "annotator.Cue",
            "speaker": "annotator.Speaker",
            "via": "annotator.Via",
        },
    ),
}


class XmiWriter(Writer):
    """Writes `ID.xmi` for each record (`ID-2` for a second layer) and `TypeSystem.xml`."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._names: list[str] = []
        self._last = ("", 0)

    def add(self, record: Record) -> str:
        """Write one CAS; a reader must find text, record and every annotation."""
        count = self._last[1] + 1 if self._last[0] == record["id"] else 1
        self._last = (record["id"], count)
        self._names.append(record["id"] if count == 1 else f"{record['id']}-{count}")
        text = fit(record["text"])
        if text != record["text"]:
            self.loss.add("characters that XML cannot hold (replaced by U+FFFD)", record["id"])
        cas = _Cas(text)
        cas.fill(record, kept(record, "mentions", self.loss), kept(record, "statements", self.loss))
        content = cas.xml(record["lang"] or "x-unspecified")
        (self.folder / f"{self._names[-1]}.xmi").write_text(content, encoding="utf-8", newline="\n")
        return _found(cas.text, cas.items)

    def close(self) -> list[Path]:
        """Write the type system; name all files."""
        types = self.folder / TYPE_SYSTEM
        types.write_text(type_system(), encoding="utf-8", newline="\n")
        return [*(self.folder / f"{name}.xmi" for name in self._names), types]

    def reread(self) -> Iterator[str]:
        """Parse each file: the text, and all features of our types."""
        from defusedxml.ElementTree import parse

        for name in self._names:
            root = parse(self.folder / f"{name}.xmi").getroot()
            text = next(e.get("sofaString") for e in root if e.tag.endswith("}Sofa"))
            yield _found(text, [_item(e) for e in root if e.tag.startswith(f"{{{_OURS}}}")])


Item = tuple[str, dict[str, str], dict[str, list[str]]]  # type, attributes, string lists


class _Cas:
    """The annotations of one article, numbered as they come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Item] = []
        self._map = CharMap(text)

    def fill(self, record: Record, mentions: Iterable[Any], statements: Iterable[Any]) -> None:
        head = dumps({k: v for k, v in record.items() if k != "text"})
        self._put("Record", id=record["id"], json=head)
        for a in record["actors"]:
            self._put("Actor", id=a["id"], name=a["name"], kind=a["kind"], speaksFor=a["speaks_for"])
        for m in mentions:
            features = {key: m[key] for key in ("id", "label", "actor", "decision")}
            self._put("Mention", m, **features)
        for s in statements:
            self._statement(s)

    def _statement(self, s: Mapping[str, Any]) -> None:
        whole = {"start": s["spans"][0]["start"], "end": s["spans"][-1]["end"]}
        references = {
            "contents": " ".join(str(self._put("Content", x)) for x in s["spans"]),
            "targets": " ".join(str(self._target(t)) for t in s["targets"]) or None,
            "cue": self._put("Cue", s["cue"]) if s["cue"] else None,
            "speaker": self._speaker(s["speaker"]),
            "via": self._via(s["via"]),
        }
        self._put(
            "Statement",
            whole,
            {"topics": s["topics"]},
            **{key: s[key] for key in ("id", "kind", "act", "decision")},
            notStated=_true(s["speaker"]["not_stated"]),
            noTarget=_true(s["no_target"]),
            noTopic=_true(s["no_topic"]),
            **references,
        )

    def _speaker(self, speaker: Mapping[str, Any]) -> int | None:
        if not speaker["span"] and not speaker["actors"]:
            return None
        return self._put("Speaker", speaker["span"] or _NOWHERE, {"actors": speaker["actors"]})

    def _target(self, t: Mapping[str, Any]) -> int:
        return self._put(
            "Target", t["span"] or _NOWHERE, actor=t["actor"], role=t["role"], stance=t["stance"]
        )

    def _via(self, via: Mapping[str, Any] | None) -> int | None:
        return self._put("Via", via["span"] or _NOWHERE, actor=via["actor"]) if via else None

    def _put(
        self,
        type: str,
        span: Mapping[str, Any] | None = None,
        lists: Mapping[str, list[str]] | None = None,
        **features: object,
    ) -> int:
        id = _SOFA + 2 + len(self.items)
        attributes = {"id": str(id)}
        if span:
            begin, end = self._map.to_u16(span["start"]), self._map.to_u16(span["end"])
            attributes |= {"sofa": str(_SOFA), "begin": str(begin), "end": str(end)}
        # `id` of ours beside XMI's own: kept apart by the key
        attributes |= {f".{key}": fit(str(value)) for key, value in features.items() if value is not None}
        self.items.append((type, attributes, {k: [*map(fit, v)] for k, v in (lists or {}).items() if v}))
        return id

    def xml(self, lang: str) -> str:
        """The whole file."""
        sofa, members = self._sofa(), [str(_SOFA + 1), *(a["id"] for _, a, _ in self.items)]
        view = f'<cas:View sofa="{_SOFA}" members="{" ".join(members)}"/>'
        lines = [_HEAD, self._document(lang), *map(_element, self.items), sofa, view, "</xmi:XMI>", ""]
        return "\n".join(lines)

    def _document(self, lang: str) -> str:
        place = f'sofa="{_SOFA}" begin="0" end="{self._map.length_u16}"'
        return f'<tcas:DocumentAnnotation xmi:id="{_SOFA + 1}" {place} language={_quoted(lang)}/>'

    def _sofa(self) -> str:
        head = f'<cas:Sofa xmi:id="{_SOFA}" sofaNum="1" sofaID="_InitialView" mimeType="text/plain"'
        return f"{head} sofaString={_quoted(self.text)}/>"


_NOWHERE = {"start": 0, "end": 0}  # an annotation whose role the text does not name


def _true(value: bool) -> str:  # noqa: FBT001 - the value itself is written
    return "true" if value else "false"


def _element(item: Item) -> str:
    type, attributes, lists = item
    names = {"id": "xmi:id"}
    written = "".join(f" {names.get(k, k.removeprefix('.'))}={_quoted(v)}" for k, v in attributes.items())
    children = "".join(f"<{name}>{escape(v)}</{name}>" for name, values in lists.items() for v in values)
    return (
        f"<annotator:{type}{written}>{children}</annotator:{type}>"
        if children
        else f"<annotator:{type}{written}/>"
    )


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def _item(element: Any) -> Item:
    names = {f"{{{_XMI}}}id": "id", "sofa": "sofa", "begin": "begin", "end": "end"}
    lists: dict[str, list[str]] = {}
    for child in element:
        lists.setdefault(child.tag, []).append(child.text or "")
    attributes = {names.get(key, f".{key}"): value for key, value in element.attrib.items()}
    return element.tag.rpartition("}")[2], attributes, lists


def _found(text: str | None, items: list[Item]) -> str:
    return json.dumps([text, items], ensure_ascii=False, sort_keys=True)


def type_system() -> str:
    """The types that the files use."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += ['<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">', "<types>"]
    for name, (supertype, features) in _TYPES.items():
        lines.append(f"<typeDescription><name>annotator.{name}</name><description/>")
        lines.append(f"<supertypeName>{supertype}</supertypeName><features>")
        lines += [_feature(*feature) for feature in features.items()]
        lines.append("</features></typeDescription>")
    return "\n".join([*lines, "</types>", "</typeSystemDescription>", ""])


def _feature(name: str, range: str) -> str:
    element = "<elementType>uima.cas.TOP</elementType>" if range == _ITEMS else ""
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{range}</rangeTypeName>"
        f"{element}</featureDescription>"
    )


FORMAT = Format(
    name="xmi",
    title="UIMA CAS XMI",
    note="An `.xmi` file an article and `TypeSystem.xml`: annotator.Mention and annotator.Statement with "
    "contents, cue, speaker, targets and via (0–0 where the text has no words for them), offsets in UTF-16 "
    "units; annotator.Record holds the whole record without its text as JSON.",
    suffix=".xmi",
    writer=XmiWriter,
    lossless=True,
)
