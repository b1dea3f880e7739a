"""brat standoff: `ID.txt` and `ID.ann` an article. A statement is an event whose trigger is its cue,
else its content; split and line-crossing spans are discontinuous.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.marks import kept, marks_of_mentions, one_word, report_details

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_OTHER = re.compile(r"([EAN#]\d+)\t(.+)")
_CARRIED = frozenset({"decisions", "actors", "details", "nones", "silent", "notes"})
Pieces = list[tuple[int, int]]


class BratWriter(Writer):
    """Writes a pair of files for each record; a second layer of an article gets `ID-2`."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._names: list[str] = []
        self._last = ("", 0)

    def add(self, record: Record) -> str:
        """Write one pair; a reader must find the text, and every annotation in its place."""
        id, count = record["id"], self._last[1] + 1 if self._last[0] == record["id"] else 1
        self._last = (id, count)
        name = id if count == 1 else f"{id}-{count}"
        self._names.append(name)
        report_details(record, self.loss, besides=_CARRIED)
        lines = _Standoff(record["text"])
        for mark in marks_of_mentions(record, self.loss):
            lines.mention(mark.label, mark.item)
        for s in kept(record, "statements", self.loss):
            lines.statement(s)
        self._write(f"{name}.txt", record["text"])
        self._write(f"{name}.ann", "".join(f"{line}\n" for line in lines.lines))
        return _found(record["text"], lines.lines)

    def _write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8", newline="\n")

    def close(self) -> list[Path]:
        """All pairs."""
        return [self.folder / f"{name}{end}" for name in self._names for end in (".ann", ".txt")]

    def reread(self) -> Iterator[str]:
        """Read each pair as brat does; every span must say the words of the text."""
        for name in self._names:
            text = _read(self.folder / f"{name}.txt")
            yield _found(text, checked_lines(_read(self.folder / f"{name}.ann"), text))


class _Standoff:
    """The lines of one `.ann` file."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._counts = dict.fromkeys("TEAN#", 0)

    def mention(self, label: str, m: Mapping[str, Any]) -> None:
        id = self._span(label, [m])
        self._attribute("Decision", id, m["decision"])
        self._actor(id, m["actor"], m["text"])
        for flag in m["flags"]:
            self._note("Flag", id, flag)

    def statement(self, s: Mapping[str, Any]) -> None:
        trigger = self._span("Statement", [s["cue"]] if s["cue"] else s["spans"])
        roles = [f"Statement:{trigger}", f"Content:{self._span('Content', s['spans'])}"]
        roles += self._role("Speaker", s["speaker"]["span"], s["speaker"]["actors"])
        targets = [t for t in s["targets"] if t["span"]]
        for n, t in enumerate(targets):
            name = "Target" if n == 0 else f"Target{n + 1}"
            roles += self._role(name, t["span"], [t["actor"]], role=t["role"], stance=t["stance"])
        if s["via"]:
            roles += self._role("Via", s["via"]["span"], [s["via"]["actor"]])
        event = self._put("E", " ".join(roles))
        self._details(event, s)

    def _role(
        self,
        name: str,
        span: Mapping[str, Any] | None,
        actors: Iterable[str | None],
        **attributes: str | None,
    ) -> list[str]:
        if not span:
            return []
        id = self._span(name.rstrip("0123456789"), [span])
        for actor in actors:
            self._actor(id, actor, span["text"])
        for key, value in attributes.items():
            self._attribute(f"Target{key.capitalize()}", id, value)
        return [f"{name}:{id}"]

    def _details(self, event: str, s: Mapping[str, Any]) -> None:
        self._attribute("Decision", event, s["decision"])
        self._attribute("Kind", event, s["kind"])
        self._attribute("Act", event, s["act"])
        for n, topic in enumerate(s["topics"]):
            self._attribute("Topic" if n == 0 else f"Topic{n + 1}", event, topic)
        nones = {
            "NotStated": s["speaker"]["not_stated"],
            "NoTarget": s["no_target"],
            "NoTopic": s["no_topic"],
        }
        for name, said in nones.items():
            if said:
                self._put("A", f"{name} {event}")
        if not s["speaker"]["span"]:
            for actor in s["speaker"]["actors"]:
                self._note("SpeakerActor", event, actor)
        for t in s["targets"]:
            if not t["span"]:
                self._note("TargetActor", event, t["actor"])
        if s["note"]:
            self._note("AnnotatorNotes", event, s["note"])

    def _span(self, label: str, spans: Iterable[Mapping[str, Any]]) -> str:
        pieces = [piece for x in spans for piece in unbroken(self._text, x["start"], x["end"])]
        places = ";".join(f"{a} {b}" for a, b in pieces)
        return self._put("T", f"{label} {places}\t{words_of(self._text, pieces)}")

    def _actor(self, id: str, actor: str | None, name: str) -> None:
        if actor:
            self._put("N", f"Reference {id} actor:{one_word(actor)}\t{' '.join(name.split())}")

    def _attribute(self, name: str, id: str, value: str | None) -> None:
        if value:
            self._put("A", f"{name} {id} {one_word(value)}")

    def _note(self, name: str, id: str, value: str) -> None:
        self._put("#", f"{name} {id}\t{' '.join(value.split())}")

    def _put(self, kind: str, rest: str) -> str:
        self._counts[kind] += 1
        id = f"{kind}{self._counts[kind]}"
        self.lines.append(f"{id}\t{rest}")
        return id


def unbroken(text: str, start: int, end: int) -> Pieces:
    """The parts of a span between line ends, without the white space at their ends."""
    pieces = []
    for match in re.finditer(r"[^\n\u2028\u2029]+", text[start:end]):
        line = match.group()
        if line.strip():
            first = start + match.start() + len(line) - len(line.lstrip())
            pieces.append((first, first + len(line.strip())))
    return pieces or [(start, end)]


def words_of(text: str, pieces: Pieces) -> str:
    """The words of a discontinuous span as brat writes them."""
    return " ".join(text[a:b] for a, b in pieces)


def checked_lines(ann: str, text: str) -> list[str]:
    """The lines of an `.ann` file. Raises ValueError on a line brat would not read, on words that are
    not the text's, and on a reference to an id that is not there.
    """
    lines = ann.split("\n")[:-1]
    ids = {line.partition("\t")[0] for line in lines}
    for line in lines:
        if match := _TEXT_BOUND.fullmatch(line):
            pieces = [(int(a), int(b)) for a, b in (p.split() for p in match[3].split(";"))]
            if match[4] != words_of(text, pieces):
                raise ValueError(f"{match[1]} says {match[4]!r}")
        elif match := _OTHER.fullmatch(line):
            used = re.findall(r"(?<=[ :])[TE]\d+(?=[ \t]|$)", match[2].partition("\t")[0] + "\t")
            if not used or not ids.issuperset(used):
                raise ValueError(f"{match[1]} refers to nothing")
        else:
            raise ValueError(f"not a line of brat: {line!r}")
    return lines


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="\n") as f:
        return f.read()


def _found(text: str, lines: list[str]) -> str:
    return json.dumps([text, lines], ensure_ascii=False)


FORMAT = Format(
    name="brat",
    title="brat standoff",
    note="A `.txt` and an `.ann` file an article. Mentions are text-bound; each statement is an event "
    "(trigger: the cue, else the content) with Content, Speaker, Target and Via; kind, act, topics, decision "
    "and explicit nones are attributes, actors are normalisations.",
    suffix=".ann",
    writer=BratWriter,
)
