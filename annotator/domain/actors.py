"""Actors: who a mention stands for, and whom they speak for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = ("person", "state", "mfa", "org", "group")


@dataclass(frozen=True)
class Actor:
    """`state:CN`, `mfa:CN`, `org:NATO`, `person:qin-gang`; `merged_into` sends users to another."""

    id: str
    name: str
    kind: str
    speaks_for: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True)
class LinkedName:
    """A name as texts have it, its entity label, the id of the actor that people linked it to, how often."""

    text: str
    label: str
    actor: str
    times: int = 1


class Actors:
    """The actors known in one place, immutable; looks up ids, follows merges."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self._by_id: Mapping[str, Actor] = {a.id: a for a in actors}

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._by_id

    def get(self, actor_id: str) -> Actor | None:
        """The actor under exactly this id, merged or not."""
        return self._by_id.get(actor_id)

    def resolve(self, actor_id: str) -> Actor:
        """The actor an id stands for today, merges followed; an unknown id names itself."""
        actor = self._by_id.get(actor_id)
        if actor and not actor.merged_into:  # nearly always
            return actor
        seen: set[str] = set()
        while actor and actor.merged_into and actor.id not in seen:
            seen.add(actor.id)
            actor = self._by_id.get(actor.merged_into, actor)
            if actor.id in seen:
                break
        return actor or Actor(actor_id, actor_id.partition(":")[2] or actor_id, kind_of(actor_id))

    def name(self, actor_id: str) -> str:
        """Display name of whom an id stands for."""
        return self.resolve(actor_id).name

    def with_(self, *actors: Actor) -> "Actors":
        """A copy with these added or replaced."""
        return Actors({**self._by_id, **{a.id: a for a in actors}}.values())

    def without(self, actor_id: str) -> "Actors":
        """A copy that does not know this id."""
        return Actors(a for a in self._by_id.values() if a.id != actor_id)


def kind_of(actor_id: str) -> str:
    """Kind as the id's prefix says it; `group` when it says nothing known."""
    prefix = actor_id.partition(":")[0]
    return prefix if prefix in KINDS else "group"


def slug(name: str) -> str:
    """`Qin Gang` -> `qin-gang`: letters and digits of any script, lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"\w+", plain.casefold().replace("_", " "))) or "unnamed"


def new_actor(name: str, kind: str, taken: Actors, speaks_for: str | None = None) -> Actor:
    """An actor under an id made from its name, numbered when that id is taken."""
    base = f"{kind}:{slug(name)}"
    candidate, n = base, 2
    while candidate in taken:
        candidate, n = f"{base}-{n}", n + 1
    return Actor(candidate, " ".join(name.split()), kind, speaks_for)
