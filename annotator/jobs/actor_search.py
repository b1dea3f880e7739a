"""Finds an actor by what somebody types: those of the project first, then those of the gazetteer with
its groups, then bodies that every state has. Names count, and so do aliases, peoples, capitals and the
usual short forms.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from annotator.domain.actors import Actor, Actors, slug

MOST = 60  # more than anybody reads
_EXACT, _WORDS, _INSIDE = range(3)
_WITH_ARTICLE = frozenset(
    {"United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates", "Gambia"}
)
# What a state has, and how people call it.
_BODIES = (
    ("Government of {the}", "org", "government cabinet"),
    ("Ministry of Defence ({name})", "org", "mod defense ministry"),
    ("Embassy of {the}", "org", "embassy"),
    ("state media ({name})", "org", "media"),
    ("anonymous ({name})", "group", "official diplomat source unnamed"),
)


@dataclass(frozen=True)
class Found:
    """An actor that fits; `new` = the project does not hold it yet."""

    actor: Actor
    new: bool


@dataclass(frozen=True)
class _Entry:
    actor: Actor
    source: int  # 0 project, 1 gazetteer, 2 bodies of states
    name: str
    others: tuple[str, ...]  # folded names besides


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents: what is compared."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def of_state(form: str, state: Actor, kind: str = "org") -> Actor:
    """A body of a state by its form: "Government of {the}", "anonymous ({name})"."""
    article = "the " if state.name in _WITH_ARTICLE else ""
    name = form.format(the=article + state.name, name=state.name)
    return Actor(f"{kind}:{slug(name)}", name, kind, state.id)


@lru_cache(maxsize=2)
def search_among(known: Actors) -> "ActorSearch":
    """The search over these actors, made once: with many actors that takes longer than a key press may."""
    return ActorSearch(known)


class ActorSearch:
    """Over the actors of a project and all others that the program knows; looking takes a few
    milliseconds.
    """

    def __init__(self, known: Actors) -> None:
        self._known = known
        shipped = _shipped()
        own = [a for a in known if a.merged_into is None]
        self._entries = [
            _Entry(a, 0, fold(a.name), shipped[a.id].others if a.id in shipped else ()) for a in own
        ]
        here = {e.name for e in self._entries}
        self._entries += [e for e in shipped.values() if e.actor.id not in known and e.name not in here]

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: str, near: Sequence[str] = (), limit: int = MOST) -> list[Found]:
        """Best first: what is called so, what begins so (ids in `near` before others, the project before
        the gazetteer), what holds it somewhere. Every word of the query begins a word of the name or
        of an alias.
        """
        asked = fold(query).split()
        if not asked:
            return []
        place = {id: n for n, id in enumerate(near)}
        ranked = []
        for entry in self._entries:
            rank = _rank(entry, asked)
            if rank is not None:
                close = place.get(entry.actor.id, len(place))
                source = entry.source if close == len(place) else -1
                ranked.append((rank[0], source, rank[1], close, entry.name, entry))
        ranked.sort(key=lambda r: r[:5])
        return [Found(r[5].actor, r[5].source > 0) for r in ranked[:limit]]


def _rank(entry: _Entry, asked: Sequence[str]) -> tuple[int, int] | None:
    phrase = " ".join(asked)
    if phrase == entry.name or phrase in entry.others:
        return _EXACT, 0 if phrase == entry.name else 1
    if entry.name.startswith(phrase):
        return _WORDS, 0
    if _begin(asked, entry.name):
        return _WORDS, 1
    if any(other.startswith(phrase) for other in entry.others):
        return _WORDS, 2
    everything = " ".join((entry.name, *entry.others))
    if _begin(asked, everything):
        return _WORDS, 3
    return (_INSIDE, 0) if all(word in everything for word in asked) else None


def _begin(asked: Iterable[str], text: str) -> bool:
    padded = f" {text}".replace("(", " ").replace("-", " ")
    return all(f" {word}" in padded for word in asked)


@cache
def _shipped() -> Mapping[str, _Entry]:
    """The gazetteer and the bodies of its states, by id; read once."""
    from annotator.suggest import gazetteer, ministries

    tables = gazetteer.load()
    names: dict[str, dict[str, None]] = {}
    for name, entry in tables.names.items():
        if not name.startswith("the "):
            names.setdefault(entry.actor, {})[fold(name)] = None
    made: dict[str, _Entry] = {}
    for actor in tables.actors:
        others = tuple(n for n in names.get(actor.id, {}) if n != fold(actor.name))
        made[actor.id] = _Entry(actor, 1, fold(actor.name), others)
    for words, group in tables.groups.items():
        before = made.get(group.id) or _Entry(group, 1, fold(group.name), ())
        made[group.id] = _with(before, (fold(words),))
    for state in [a for a in tables.actors if a.kind == "state"]:
        foreign = ministries.ministry("Foreign Affairs", state.id, tables)
        called = " ".join(names.get(state.id, ()))
        also = (f"mfa foreign ministry office {called}",)
        if foreign.id in made:  # a department of its own name
            made[foreign.id] = _with(made[foreign.id], also)
        else:
            made[foreign.id] = _Entry(foreign, 1, fold(foreign.name), also)
        for body, words in _bodies(state):
            made.setdefault(body.id, _Entry(body, 2, fold(body.name), (f"{words} {called}",)))
    return made


def _with(entry: _Entry, also: tuple[str, ...]) -> _Entry:
    return _Entry(entry.actor, entry.source, entry.name, entry.others + also)


def _bodies(state: Actor) -> Iterator[tuple[Actor, str]]:
    for form, kind, words in _BODIES:
        yield of_state(form, state, kind), words
