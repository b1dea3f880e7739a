"""brat standoff: an `.ann` file beside the `.txt` it speaks of. Events of type Statement are statements;
text-bound annotations that no statement uses are entities.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from annotator.domain.statement import Decision, Kind, Role
from annotator.ingest.annotated.found import Document, FoundMention, FoundStatement, FoundTarget, results
from annotator.ingest.annotated.placing import Place, Unplaceable
from annotator.ingest.annotated.values import name_of, note_of, value_in
from annotator.ingest.decoding import decode, looks_binary
from annotator.ingest.finishing import finish, headline
from annotator.ingest.results import Draft, Read, Refused, Result, UnfitError

V = TypeVar("V", bound=StrEnum)

_MOST_BYTES = 50_000_000
_TEXT_BOUND = re.compile(r"(T[^\s\t]*)\t(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)(?:\t(.*))?")
_EVENT = re.compile(r"(E\S*)\t(\S+?):(\S+)((?: \S+:\S+)*) ?")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) (\S+)(?: (.+?))?")
_REFERENCE = re.compile(r"(N\S*)\tReference (\S+) ([^\s:]+):(\S+)(?:\t.*)?")
_NOTE = re.compile(r"(#\S*)\t(\S+) (\S+)(?:\t(.*))?")
_RELATION = re.compile(r"([R*]\S*)\t(.+)")
_PARTS = frozenset({"statement", "content", "speaker", "target", "via"})


@dataclass
class _About:
    """Attributes, notes and actors of one annotation."""

    attributes: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    actors: list[str] = field(default_factory=list)

    def first(self, name: str) -> str | None:
        """The first value of an attribute."""
        return next(iter(self.attributes.get(name, ())), None)


def read_brat(path: Path, name: str) -> Iterator[Result]:
    """The article with its layer, or alone when its annotations cannot be read. Raises UnfitError when
    there is no text.
    """
    beside = path.with_suffix(".txt")
    if not beside.is_file():
        raise UnfitError(f"the text it speaks of, {name_of(beside.name)}, is not beside it")
    text, raw_hash = _read(beside, "a text")
    draft = Draft(text, "brat 1", title=headline(text), source_id=path.stem)
    article = finish(draft, file=name, raw_sha256=raw_hash)
    if path.stem.partition("-")[0] == article.id:
        article = replace(article, meta=replace(article.meta, source_id=None))
    try:
        standoff = _Standoff(_read(path, "annotations of brat")[0])
    except UnfitError as e:
        yield Refused(name, "", str(e))
        yield Read(article)
        return
    document = Document(
        article,
        text,
        mentions=tuple(standoff.mentions()),
        statements=tuple(standoff.statements()),
        unplaceable=tuple(standoff.unplaceable),
        notes=standoff.notes(),
    )
    yield from results(document, name)


def _read(path: Path, what: str) -> tuple[str, str]:
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UnfitError(f"{path.name} is too large for {what} of one article")
    text, _ = decode(data)
    if looks_binary(text):
        raise UnfitError(f"{path.name} is not a text file")
    return text, sha256(data).hexdigest()


class _Standoff:
    """The lines of one `.ann` file, read before anything is made of them."""

    def __init__(self, content: str) -> None:
        self.unplaceable: list[Unplaceable] = []
        self._places: dict[str, tuple[str, Place]] = {}
        self._events: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._about: dict[str, _About] = {}
        self._left: dict[str, int] = {}
        self._kinds: dict[str, tuple[re.Pattern[str], Callable[[re.Match[str]], None]]] = {
            "T": (_TEXT_BOUND, self._text_bound),
            "E": (_EVENT, self._event),
            **dict.fromkeys("AM", (_ATTRIBUTE, self._attribute)),
            "N": (_REFERENCE, self._reference),
            "#": (_NOTE, self._note),
            **dict.fromkeys("R*", (_RELATION, lambda _: self._leave("relations"))),
        }
        lines = [line.rstrip("\r") for line in content.split("\n")]
        bad = [n for n, line in enumerate(lines, 1) if line.strip() and not self._line(line)]
        if bad and len(bad) == sum(bool(line.strip()) for line in lines):
            raise UnfitError("it is not a file of brat annotations")
        for number in bad:
            self._list(f"line {number}", lines[number - 1], "brat has no such line")
        self._used = {
            id
            for _, type, roles in self._events
            if type.lower() == "statement"
            for _, id in roles
            if id in self._places and self._places[id][0].lower() in _PARTS
        }

    def _line(self, line: str) -> bool:
        """True when the line is one of brat's, whose first letter tells its kind."""
        pattern, take = self._kinds.get(line[0], (None, None))
        match = pattern.fullmatch(line) if pattern else None
        if match is None or take is None:
            return False
        take(match)
        return True

    def _text_bound(self, m: re.Match[str]) -> None:
        pairs = [piece.split() for piece in m[3].split(";")]
        place = Place(tuple((int(a), int(b)) for a, b in pairs), m[4], m[1])
        self._places[m[1]] = (name_of(m[2]), place)

    def _event(self, m: re.Match[str]) -> None:
        roles = [(role, id) for role, _, id in (x.partition(":") for x in m[4].split())]
        self._events.append((m[1], m[2], [("", m[3]), *roles]))

    def _attribute(self, m: re.Match[str]) -> None:
        self._of(m[3]).attributes.setdefault(m[2], []).append(name_of(m[4] or ""))

    def _reference(self, m: re.Match[str]) -> None:
        if m[3] == "actor":
            self._of(m[2]).actors.append(name_of(m[4]))
        else:
            self._leave(f"references to {name_of(m[3])}")

    def _note(self, m: re.Match[str]) -> None:
        self._of(m[3]).notes.setdefault(m[2], []).append(note_of(m[4]) or "")

    def _of(self, id: str) -> _About:
        return self._about.setdefault(id, _About())

    def _leave(self, what: str) -> None:
        self._left[what] = self._left.get(what, 0) + 1

    def _list(self, ref: str, words: str | None, why: str) -> None:
        self.unplaceable.append(Unplaceable(ref, words, why))

    def notes(self) -> tuple[str, ...]:
        """What the file holds that has no place here."""
        return tuple(f"{what} left out ×{count}" for what, count in sorted(self._left.items()))

    def mentions(self) -> Iterator[FoundMention]:
        """Text-bound annotations that are no parts of statements."""
        for id, (label, place) in self._places.items():
            if id in self._used:
                continue
            about = self._of(id)
            yield FoundMention(
                place,
                label,
                actor=about.actors[0] if about.actors else None,
                flags=tuple(name_of(flag) for flag in about.notes.get("Flag", ())),
                decision=self._value(Decision, about, "Decision") or Decision.CONFIRMED,
            )

    def statements(self) -> Iterator[FoundStatement]:
        """Events of type Statement; others are listed."""
        for id, type, roles in self._events:
            trigger = self._places.get(roles[0][1])
            words = trigger[1].words if trigger else None
            if type.lower() != "statement":
                self._list(id, words, f"events of type {name_of(type)} are not statements")
            elif any(target not in self._places for _, target in roles):
                self._list(id, words, "it refers to an annotation that is not there")
            elif found := self._statement(id, roles):
                yield found
            else:
                self._list(id, words, "it has no Content")

    def _statement(self, event: str, roles: list[tuple[str, str]]) -> FoundStatement | None:
        by_role: dict[str, list[str]] = {}
        for role, id in roles[1:]:
            by_role.setdefault(role.rstrip("0123456789").lower(), []).append(id)
        content = [self._places[id][1] for id in by_role.pop("content", ())]
        if not content:
            return None
        trigger, about = self._places[roles[0][1]][1], self._of(event)
        via = self._one(event, by_role.pop("via", []), "via")
        speaker = self._one(event, by_role.pop("speaker", []), "speaker")
        targets = [self._target(id) for id in by_role.pop("target", [])]
        targets += [FoundTarget(actor=name_of(actor)) for actor in about.notes.get("TargetActor", ())]
        for role, ids in by_role.items():
            self._list(event, self._places[ids[0]][1].words, f"a statement has no role {name_of(role)}")
        with_words = self._of(speaker).actors if speaker else []
        act = about.first("Act")
        return FoundStatement(
            tuple(content),
            kind=self._value(Kind, about, "Kind"),
            cue=None if any(trigger.pieces == c.pieces for c in content) else trigger,
            speaker=self._places[speaker][1] if speaker else None,
            speaker_actors=tuple(with_words or map(name_of, about.notes.get("SpeakerActor", ()))),
            not_stated="NotStated" in about.attributes,
            via=self._places[via][1] if via else None,
            via_actor=next(iter(self._of(via).actors), None) if via else None,
            targets=tuple(targets),
            no_target="NoTarget" in about.attributes,
            topics=tuple(v for k, vs in about.attributes.items() if _numbered(k, "Topic") for v in vs),
            no_topic="NoTopic" in about.attributes,
            act=act,
            note=" ".join(about.notes.get("AnnotatorNotes", ())) or None,
            decision=self._value(Decision, about, "Decision") or Decision.CONFIRMED,
        )

    def _one(self, event: str, ids: list[str], role: str) -> str | None:
        for extra in ids[1:]:
            self._list(event, self._places[extra][1].words, f"its statement has a {role} already")
        return ids[0] if ids else None

    def _target(self, id: str) -> FoundTarget:
        about = self._of(id)
        return FoundTarget(
            self._places[id][1],
            about.actors[0] if about.actors else None,
            self._value(Role, about, "TargetRole"),
            about.first("TargetStance"),
        )

    def _value(self, values: type[V], about: _About, name: str) -> V | None:
        said = about.first(name)
        value = value_in(values, said)
        if said and value is None:
            self._list(name, said, "there is no such value")
        return value


def _numbered(name: str, base: str) -> bool:
    return name.rstrip("0123456789") == base
