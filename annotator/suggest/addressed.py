"""Addressed: whom the noun phrase of a frame stands for (urged X, told X, condemned X's …)."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING

from annotator import paths
from annotator.suggest import wishes
from annotator.suggest.actors_of import Resolver
from annotator.suggest.chains import Chains
from annotator.suggest.deeds import Deeds
from annotator.suggest.entities import TITLES
from annotator.suggest.lexicon import rows
from annotator.suggest.reading import Reading
from annotator.suggest.scene import Scene
from annotator.suggest.wishes import may_act

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_THINGS = frozenset({"it", "its", "they", "them", "their", "that", "this", "these", "those", "which"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_FIRST = frozenset(
    {"i", "me", "we", "us", "you", "himself", "herself", "itself", "themselves", "one", "each"}
)
_GOVERNMENTS = frozenset(
    {"authorities", "government", "leadership", "administration", "regime", "rulers", "side", "officials"}
    | {
        "counterpart",
        "delegation",
        "military",
        "forces",
        "troops",
        "ambassador",
        "envoy",
        "people",
        "leaders",
    }
)
SIDES = frozenset(
    {
        "sides",
        "parties",
        "countries",
        "nations",
        "capitals",
        "governments",
        "neighbours",
        "neighbors",
        "rivals",
    }
    | {"leaders", "presidents", "ministers", "delegations", "states", "two", "both"}
)
_DEEDS = {"thanked": "praised for a deed", "blamed": "blamed for a deed"}
_TOGETHER = frozenset({"both", "two", "all", "the", "neither", "each", "either"})
BOTH = re.compile(
    r"\b(?:both|the two|the|all|two|neither|either|each) "
    r"(?:sides?|part(?:y|ies)|capitals?|governments|neighbou?rs)\b"
    r"|\b(?:both|the two) (?:countries|nations|leaders|presidents|ministers|of them)\b|\beach other\b",
    re.IGNORECASE,
)


@cache
def listeners() -> frozenset[str]:
    """Words for those who merely listen, from resources/cues/listeners.tsv."""
    return frozenset(row["word"] for row in rows(paths.resources() / "cues" / "listeners.tsv"))


class Addressed:
    """Answers for the frames of one article; `voice` is who speaks, with the sides."""

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver, scene: Scene) -> None:
        self._reading, self._chains, self._resolver, self._scene = reading, chains, resolver, scene
        self._deeds = Deeds(scene)

    @cached_property
    def _telling(self) -> frozenset[str]:
        """Words that may stand for somebody named elsewhere."""
        return frozenset((*_GENDER, *_PLURAL, *TITLES, *self._scene.bodies))

    def of(self, head: "Token", voice: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Actor ids and how they were found: "named", "pronoun", "both", "side", "word"."""
        low = head.lower_
        if low in listeners() or low in _FIRST:
            return
        if low in SIDES and _TOGETHER.intersection(t.lower_ for t in (head, *head.children)):
            yield from ((id, "both") for id in self._scene.others(voice)[:2])
        elif head.pos_ == "PRON" or low in _GENDER:
            yield from self._pronoun(head, voice)
        else:
            yield from self._phrase(head, voice)

    def meant(self, start: int, end: int, voice: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Whom pronouns, titles and short names of bodies in some words stand for."""
        columns, telling = self._reading.columns, self._telling
        first, last = self._reading.token_from(start), self._reading.token_at(end - 1)
        for head, manner in wishes.of(self._reading, first, last) if self._reading.parsed else ():
            yield from ((id, manner) for id, how in self.of(head, voice) if how != "word" or may_act(head))
            if manner in _DEEDS and head.pos_ == "NOUN":
                yield from ((id, _DEEDS[manner]) for id in self._doers(head) if id not in voice)
        for i in range(first, last + 1):
            low = columns.small[i]
            if low not in telling or (token := columns.tokens[i]).ent_type:
                continue
            if low in _GENDER or low in _PLURAL:
                yield from ((id, "pronoun") for id, _ in self._pronoun(token, voice))
            elif low in TITLES and token.pos_ in ("NOUN", "PROPN") and not _of_name(token):
                yield from ((id, "title") for id in self._resolver.phrase(token) if id.startswith("person:"))
            elif (body := self._scene.body(token)) is not None and body not in voice:
                yield body, "short name"

    def _doers(self, head: "Token") -> Iterator[str]:
        """ "The leadership of President X", "Norway's plan": who stands before the noun or after "of"."""
        after = [p.right_edge.i for p in head.rights if p.lower_ in ("of", "by", "from")][:1]
        end = self._reading.end(after[0] if after else head.i)
        near = self._scene.within(head.left_edge.idx, end)
        yield from dict.fromkeys(n.id for n in near if n.how in ("owner", "by", "of", "other", "compound"))

    def owners(self, head: "Token", voice: frozenset[str]) -> Iterator[tuple[str, str]]:
        """ "condemned Iran's attack", "welcomed the French proposal": whose it is."""
        for child in head.children:
            if child.dep_ == "poss" and child.pos_ == "PRON":
                yield from ((id, "owner") for id, _ in self._pronoun(child, voice))
        named = self._scene.within(head.left_edge.idx, self._reading.end(head.right_edge.i))
        if not any(n.how in ("owner", "by") for n in named):
            yield from ((id, "author") for id in self._deeds.authors(head.lemma_.lower(), head.idx, voice))
        for n in named:
            if n.how in ("owner", "by", "of"):
                yield n.id, "owner"
            elif n.how != "place":
                yield n.id, "part"

    def _pronoun(self, head: "Token", voice: frozenset[str]) -> Iterator[tuple[str, str]]:
        """The nearest before that is not the speaker."""
        gender = _GENDER.get(head.lower_)
        if gender is None and head.lower_ not in _THINGS:
            return
        for n in self._scene.before(head.idx):
            if n.id in voice or (n.side in voice and gender is None):
                continue
            person = self._chains.people.get(n.id)
            if gender is None and person is None and self._scene.may_be_party(n.id):
                yield n.id, "pronoun"
                return
            if gender is not None and person is not None and person.gender in ("", gender):
                yield n.id, "pronoun"
                return

    def _phrase(self, head: "Token", voice: frozenset[str]) -> Iterator[tuple[str, str]]:
        state = self._state(head)
        if head.lower_ in _GOVERNMENTS and not head.ent_type_.startswith("PERS") and state is not None:
            yield state, "named"
            return
        if meant := [id for id in self._scene.by_noun(head) if id not in voice]:
            yield from ((id, "named") for id in meant)
            return
        for id in self._resolver.phrase(head):
            if id in voice:
                continue
            if id.startswith("group:") and (body := self._scene.body(head)):
                id = body
            yield id, "word" if id.startswith("group:") else "named"
            side = self._scene.side(id)
            if side != id and side not in voice:
                yield side, "side"
            elif id.startswith("group:") and state is not None:
                yield state, "side"

    def _state(self, head: "Token") -> str | None:
        """The state that the words of a phrase name before its head."""
        near = [t for t in head.subtree if 0 <= head.i - t.i < 7]
        return next((str(t.ent_kb_id_) for t in near if str(t.ent_kb_id_).startswith("state:")), None)


def _of_name(title: "Token") -> bool:
    """ "Prime Minister X": a title that stands before its name."""
    doc = title.doc
    last = title.i
    while last + 1 < len(doc) and doc[last + 1].lower_ in TITLES:
        last += 1
    return last + 1 < len(doc) and doc[last + 1].ent_type_ == "PERSON"
