"""Targets: whom the words are spoken to or about, with role, from the frame and the content."""

from dataclasses import dataclass

from annotator.domain.spans import Span
from annotator.domain.statement import Role, Target
from annotator.suggest.actors_of import Resolver
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading
from annotator.suggest.speakers import span_of

_NOBODY = frozenset(
    {
        "reporters",
        "journalists",
        "press",
        "conference",
        "media",
        "news",
        "newspaper",
        "television",
        "radio",
        "briefing",
        "audience",
        "him",
        "me",
        "us",
        "you",
        "agency",
    }
)


@dataclass(frozen=True)
class Found:
    """Targets of one statement, with a score and the plain reason for the first."""

    targets: tuple[Target, ...]
    score: float
    why: str
    implicit: bool = False


class Targets:
    """Finds targets for the statements of one article, in order."""

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver) -> None:
        self._reading = reading
        self._chains = chains
        self._resolver = resolver

    def of(self, draft: Draft, speakers: tuple[str, ...]) -> Found:
        """Whom a statement is spoken to or about."""
        own = self._own(speakers)
        found: dict[str, Target] = {}
        why = ""
        for head, role, reason in (
            (draft.asked, Role.BOTH, "asked to act"),
            (draft.judged, Role.OBJECT, "judged"),
            (draft.hearer, Role.ADDRESSEE, "spoken to"),
        ):
            if head is None or head.lower_ in _NOBODY:
                continue
            for id in self._frame_actors(head):
                if id not in own and id not in found:
                    found[id] = Target(id, role, span_of(self._reading, head))
                    why = why or reason
        objects = self._in_content(draft, own)
        for id, span in objects[:1] if not found else []:
            found[id] = Target(id, Role.OBJECT, span)
            why = why or "named in the content"
        return Found(tuple(found.values()), 0.6 if found else 0.4, why or "nobody named")

    def _own(self, speakers: tuple[str, ...]) -> set[str]:
        own = set(speakers)
        for id in speakers:
            if speaks_for := self._chains.actor(id).speaks_for:
                own.add(speaks_for)
        return own

    def _frame_actors(self, head: object) -> tuple[str, ...]:
        ids = self._resolver.phrase(head)  # type: ignore[arg-type]
        return tuple(i for i in ids if not i.startswith("group:"))

    def _in_content(self, draft: Draft, own: set[str]) -> list[tuple[str, Span]]:
        out: dict[str, Span] = {}
        for entity in self._reading.doc.ents:
            if not draft.covers(entity.start_char) or entity.label_ not in ("GPE", "NORP", "ORG", "PERSON"):
                continue
            id = self._chains.of_entity(entity)
            if id and id not in own and not (id.startswith("group:") or self._media(id)):
                out.setdefault(id, Span(entity.start_char, entity.end_char))
        return list(out.items())

    def _media(self, id: str) -> bool:
        return (
            any(e.media for e in self._chains.gazetteer.names.values() if e.actor == id)
            if id.startswith("org:")
            else False
        )
