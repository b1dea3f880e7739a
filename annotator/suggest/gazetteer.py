"""The gazetteer: states with people, capitals and palaces, organisations and office holders known by
name, and groups that have none, read from resources/actors. Plain TSV that users may edit.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from annotator import paths
from annotator.domain.actors import Actor, Actors, LinkedName, slug
from annotator.suggest.lexicon import items, name_words, rows

OFTEN = 3
_TOLD_BY = 5  # letters
_SPACES = re.compile(r"\s+")
_IRREGULAR = re.compile(r"[^\S ]|  ")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one name stands for: actor id, entity label, and whether it does so by metonymy."""

    actor: str
    label: str
    metonym: bool = False
    media: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """Names, case kept, to entries."""

    names: dict[str, Entry]
    actors: Actors
    surnames: dict[str, str]
    media: frozenset[str] = frozenset()
    linked: Mapping[str, Entry] = field(default_factory=dict)  # what people taught
    small: frozenset[str] = frozenset()  # names without a capital: "français"
    groups: Mapping[str, Actor] = field(default_factory=dict)  # by small letters: "certain countries"

    def is_media(self, actor: str) -> bool:
        """True for newspapers, agencies, broadcasters."""
        return actor in self.media

    def get(self, name: str) -> Entry | None:
        """The entry of a name, apostrophes and dots made alike; capitals (TOKYO) count as the name."""
        entry = self.names.get(plain(name))
        if entry is None and name.isupper() and len(name) > 3:
            entry = self.names.get(plain(name.title()))
        return entry

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first letters of all names and places, in small letters."""
        words = name_words("place") | name_words("people") | self.names.keys()
        return frozenset(word[:_TOLD_BY].lower() for word in words)

    def may_begin(self, text: str, at: int) -> bool:
        """False where the letters at a place in a text show that no name of ours begins there."""
        first = text[at : at + _TOLD_BY]
        if not first.isascii() or not first.isprintable() or "  " in first:
            return True  # written in a way of its own
        first = first.lower()
        known = self._beginnings
        return first in known or any(first[:n] in known for n in range(1, len(first)))

    def state(self, adjective_or_name: str) -> str | None:
        """Id of the state that a name, adjective or capital stands for."""
        entry = self.get(adjective_or_name)
        return entry.actor if entry is not None and entry.actor.startswith("state:") else None

    def actor(self, id: str) -> Actor | None:
        """The actor under an id."""
        return self.actors.get(id)

    def speaking(self, language: str) -> "Gazetteer":
        """A copy that knows the names of a language too, where there is a table of them."""
        names = _foreign(language)
        if not names:
            return self
        small = frozenset(name for name in names if name[0].islower())
        return replace(self, names={**self.names, **names, **self.linked}, small=small)

    def taught(self, names: Iterable[LinkedName]) -> "Gazetteer":
        """A copy that also knows what people linked names to. A name of the tables stands for another
        actor only when people said so OFTEN.
        """
        learned = {
            plain(n.text): Entry(n.actor, n.label)
            for n in names
            if n.times >= OFTEN or self.get(n.text) is None
        }
        return replace(self, names={**self.names, **learned}, linked=learned) if learned else self


def plain(name: str) -> str:
    """A name with typewriter apostrophes and single spaces."""
    name = name.replace("’", "'")
    return _SPACES.sub(" ", name) if _IRREGULAR.search(name) else name


@cache
def load(folder: Path | None = None) -> Gazetteer:
    """Read the tables, by default those the program ships."""
    folder = folder or paths.resources() / "actors"
    names: dict[str, Entry] = {}
    actors: list[Actor] = []
    _read_states(folder / "states.tsv", names, actors)
    _read_organisations(folder / "organisations.tsv", names, actors)
    surnames: dict[str, str] = {}
    _read_people(folder / "people.tsv", names, actors, surnames)
    media = frozenset(e.actor for e in names.values() if e.media)
    return Gazetteer(names, Actors(actors), surnames, media, groups=_read_groups(folder / "groups.tsv"))


@cache
def _foreign(language: str) -> dict[str, Entry]:
    """The names of `names-LANGUAGE.tsv`; none without such a table."""
    path = paths.resources() / "actors" / f"names-{language}.tsv"
    names: dict[str, Entry] = {}
    for row in rows(path) if path.is_file() else ():
        label = "GPE" if row["actor"].startswith("state:") else "ORG"
        for name in items(row["names"]):
            names[plain(name)] = Entry(row["actor"], label)
        for capital in items(row["capitals"]):
            palace = capital in name_words("palace")
            names.setdefault(plain(capital), Entry(row["actor"], "ORG" if palace else "GPE", metonym=True))
        for people in items(row["adjectives"]):
            names.setdefault(plain(people), Entry(row["actor"], "NORP"))
    return names


def _read_states(path: Path, names: dict[str, Entry], actors: list[Actor]) -> None:
    for row in rows(path):
        id = f"state:{row['code']}"
        actors.append(Actor(id, row["name"], "state"))
        for alias in [row["name"], *items(row["aliases"])]:
            label = "ORG" if alias.removeprefix("the ") in name_words("palace") else "GPE"
            names[plain(alias)] = Entry(id, label)
            names.setdefault(plain("the " + alias), Entry(id, label))
        for capital in items(row["capitals"]):
            label = "ORG" if capital in name_words("palace") else "GPE"
            names.setdefault(plain(capital), Entry(id, label, metonym=True))
        for people in items(row["adjectives"]):
            names.setdefault(plain(people), Entry(id, "NORP"))
            if people[-1] in "ani" or people.endswith("er"):
                names.setdefault(plain(people + "s"), Entry(id, "NORP"))


def _read_organisations(path: Path, names: dict[str, Entry], actors: list[Actor]) -> None:
    for row in rows(path):
        id = f"org:{row['id']}"
        state = f"state:{row['state']}" if row["state"] else None
        actors.append(Actor(id, row["name"], "org", speaks_for=state))
        for alias in (row["name"], *items(row["aliases"])):
            names[plain(alias)] = Entry(id, "ORG", media=row["class"] == "media")


def _read_people(path: Path, names: dict[str, Entry], actors: list[Actor], surnames: dict[str, str]) -> None:
    for row in rows(path):
        name = row["name"]
        id = f"person:{slug(name)}"
        actors.append(Actor(id, name, "person", speaks_for=row["speaks_for"] or None))
        for alias in [name, *items(row["aliases"])]:
            names.setdefault(plain(alias), Entry(id, "PERSON"))
        surname = family_name(name)
        surnames.setdefault(surname, id)


def _read_groups(path: Path) -> dict[str, Actor]:
    groups: dict[str, Actor] = {}
    for row in rows(path):
        actor = Actor(f"group:{slug(row['name'])}", row["name"], "group")
        for words in (row["name"], *items(row["aliases"])):
            groups[words.lower()] = actor
    return groups


def family_name(name: str) -> str:
    """The word that stands for a person alone: last, but first in Chinese, Korean and Vietnamese names."""
    words = name.split()
    if len(words) < 2:
        return name.strip()
    if eastern(words):
        return words[0]
    if len(words) > 2 and words[-2].lower() in (
        "de",
        "da",
        "von",
        "van",
        "der",
        "al",
        "bin",
        "el",
        "la",
        "di",
        "du",
    ):
        return " ".join(words[-2:])
    return words[-1]


def eastern(words: list[str]) -> bool:
    """Does the family name come first? By the name's own shape: Xi Jinping, Moon Jae-in."""
    if words[0] not in name_words("family") or len(words) > 3:
        return False
    given = words[1:]
    if len(given) == 2:
        return given[0] not in _WESTERN_SECOND
    return "-" in given[0] or given[0].lower() not in _GIVEN_WESTERN


_WESTERN_SECOND = frozenset({"Kuan"})
_GIVEN_WESTERN = frozenset({"hamilton", "harvey", "johnson", "smith", "clark", "campbell", "hill"})
