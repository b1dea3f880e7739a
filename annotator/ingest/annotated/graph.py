"""Labelled marks and links between them -> entities and statements: a statement is a CONTENT mark with
links to its other pieces, speaker, cue, targets and relayer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.domain.layer import LayerKind
from annotator.domain.statement import Decision, Kind, Role
from annotator.ingest.annotated.found import FoundMention, FoundStatement, FoundTarget
from annotator.ingest.annotated.placing import Place, Unplaceable

CONTENT, CONTINUES = "CONTENT", "CONTINUES"
SPEAKER, CUE, TARGET, VIA = "SPEAKER", "CUE", "TARGET", "VIA"
_ROLES = frozenset({SPEAKER, CUE, TARGET, VIA})


def decision_of(kind: LayerKind) -> Decision:
    """What counts as decided where a file says nothing: all that people did."""
    return Decision.SUGGESTED if kind is LayerKind.MACHINE else Decision.CONFIRMED


@dataclass(frozen=True)
class Mark:
    """A labelled place, and what the file says of it beyond its label."""

    place: Place
    label: str
    id: str | None = None
    actors: tuple[str, ...] = ()
    decision: Decision | None = None
    kind: Kind | None = None
    role: Role | None = None
    topics: tuple[str, ...] = ()
    act: str | None = None
    nones: frozenset[str] = frozenset()  # of not_stated, no_target, no_topic

    @property
    def part(self) -> str | None:
        """CONTENT or a role, when the label is one of these; None for entities."""
        name = self.label.upper()
        return name if name == CONTENT or name in _ROLES else None


@dataclass(frozen=True)
class Link:
    """From one mark to another, by their keys."""

    label: str
    head: str
    child: str
    ref: str = ""


class Graph:
    """The marks of one article by key, and their links. `decision` is of whatever says none."""

    def __init__(
        self, marks: Mapping[str, Mark], links: Iterable[Link], decision: Decision = Decision.CONFIRMED
    ) -> None:
        self._marks = marks
        self._decision = decision
        self._used: set[str] = set()
        self.unplaceable: list[Unplaceable] = []
        self._children: dict[str, list[Link]] = {}
        for link in links:
            self._take(link)
        self.mentions = tuple(self._mention(m) for m in marks.values() if m.part is None)
        self.statements = tuple(self._statements())
        self._list_unused()

    def _take(self, link: Link) -> None:
        head, child = self._marks.get(link.head), self._marks.get(link.child)
        label = link.label.upper()
        if head is None or child is None:
            self._refuse(link, None, "it leads to a mark that is not there")
        elif head.part != CONTENT or label not in {*_ROLES, CONTINUES}:
            self._refuse(link, child, "only CONTENT has relations here, to speaker, cue, target, via")
        elif label == CONTINUES and child.part != CONTENT:
            self._refuse(link, child, "only CONTENT continues CONTENT")
        else:
            self._children.setdefault(link.head, []).append(replace(link, label=label))

    def _mention(self, mark: Mark) -> FoundMention:
        actor = mark.actors[0] if mark.actors else None
        return FoundMention(mark.place, mark.label, mark.id, actor, decision=mark.decision or self._decision)

    def _statements(self) -> Iterator[FoundStatement]:
        continuing = {x.child for links in self._children.values() for x in links if x.label == CONTINUES}
        for key, mark in self._marks.items():
            if mark.part == CONTENT and key not in continuing:
                yield self._statement(key, mark)

    def _statement(self, key: str, mark: Mark) -> FoundStatement:
        pieces = self._pieces(key)
        links = [x for piece in pieces for x in self._children.get(piece, ())]
        speaker = self._only(SPEAKER, links)
        via = self._only(VIA, links)
        cue = self._only(CUE, links)
        targets = [self._marks[x.child] for x in links if x.label == TARGET]
        self._used.update(pieces, (x.child for x in links))
        return FoundStatement(
            content=tuple(self._marks[piece].place for piece in pieces),
            id=mark.id,
            kind=mark.kind,
            cue=cue.place if cue else None,
            speaker=speaker.place if speaker else None,
            speaker_actors=speaker.actors if speaker else (),
            not_stated="not_stated" in mark.nones,
            via=via.place if via else None,
            via_actor=via.actors[0] if via and via.actors else None,
            targets=tuple(FoundTarget(t.place, t.actors[0] if t.actors else None, t.role) for t in targets),
            no_target="no_target" in mark.nones,
            topics=mark.topics,
            no_topic="no_topic" in mark.nones,
            act=mark.act,
            decision=mark.decision or self._decision,
        )

    def _pieces(self, key: str) -> list[str]:
        """The mark and all that continue it, each once."""
        out, waiting, seen = [], [key], {key}
        while waiting:
            out.append(waiting.pop(0))
            for link in self._children.get(out[-1], ()):
                if link.label == CONTINUES and link.child not in seen:
                    seen.add(link.child)
                    waiting.append(link.child)
        return out

    def _only(self, label: str, links: list[Link]) -> Mark | None:
        """The one mark of a role that can be there once; further ones are listed."""
        found = [x for x in links if x.label == label]
        for extra in found[1:]:
            self._refuse(extra, self._marks[extra.child], f"its statement has a {label.lower()} already")
        return self._marks[found[0].child] if found else None

    def _list_unused(self) -> None:
        for key, mark in self._marks.items():
            if mark.part and key not in self._used:
                circle = mark.part == CONTENT
                why = "its relations go round in a circle" if circle else "it belongs to no statement"
                self._list(f"{mark.place.ref or mark.label}", mark.place.words, why)

    def _refuse(self, link: Link, child: Mark | None, why: str) -> None:
        self._list(link.ref or f"relation {link.label}", child.place.words if child else None, why)

    def _list(self, ref: str, words: str | None, why: str) -> None:
        self.unplaceable.append(Unplaceable(ref, words, why))
