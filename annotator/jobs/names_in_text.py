"""Who may be meant by words that no entity marks: names by their capitals, groups, offices, and names
for the bodies that are only described ("the Chinese embassy", "a senior official"). Rules over letters,
quick enough for every key press.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from annotator.domain.actors import Actor, Actors, slug
from annotator.domain.spans import Span
from annotator.jobs.actor_search import fold, of_state

_MOST = 3  # states or bodies that stand for an owner who is not named


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'\-]+(?:\.[A-Z])*"
_NAME = re.compile(rf"\b{_CAPITAL}(?:(?: | (?:of|for|de|da|von|van|al|bin|and) ){_CAPITAL})*")
_GROUPS = (
    "countries|states|nations|governments|leaders|powers|allies|forces|partners|members|lawmakers|"
    "ministers|officials|diplomats|ambassadors|delegations|rebels|fighters|militants|republics"
)
_GROUP = re.compile(
    rf"\b(?:(?:(?:{_CAPITAL} ){{1,3}}|(?:unnamed|other) )(?:{_GROUPS})|(?:all|both) (?:parties|sides)"
    r"|international community)\b"
)
_OFFICES = (
    "government|ministry|department|embassy|office|officials?|spokes(?:man|woman|person)|diplomats?|"
    "ministers?|president|premier|chancellor|chief|negotiator|envoy|ambassador|commissioner|group|"
    "delegations?|declaration|statement|communiqué|sources?|aide|leaders?|commission|council"
)
_OFFICE = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|{_CAPITAL}[’']s) "
    rf"(?:(?!(?:of|said|in|and|that)\b)[\w’'\-]+ ){{0,4}}?(?i:{_OFFICES})(?: (?i:{_OFFICES}))*\b"
)
TITLES = _set(
    "minister president premier chancellor secretary spokesperson spokesman spokeswoman director "
    "ambassador commissioner general speaker envoy negotiator chief senator governor mayor king queen "
    "prince professor shri"
)
_OF_BODIES = _set(
    "ministry department commission office group news press agency navy army post wire times sea "
    "briefing house party union council bank court association organization organisation fund"
)
_OPENS = re.compile(r"(?:^|[.!?:]|\n|[“\"‘«])\W*$")
_NO_NAMES = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december i we he she it they you the a an but and or if in "
    "on at our their his her its my this that these those not no yes sir madam mr mrs ms dr lord lady "
    "when has have is was only among after before while although as by for from to so then there here "
    "what who"
)
_POSTS = re.compile(r"\b(embassy|ambassador|high commission(?:er)?|consulate|consul)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"\b(?:officials?|diplomats?|sources?|aides?)\b", re.IGNORECASE)
_ROOM = re.compile(r"\b(ministry|presidential office|embassy|military|cabinet|palace)\b", re.IGNORECASE)
_OF_PERSON = re.compile(r"^(.+?)[’']s (office|team|family|lawyers?)$")


@dataclass(frozen=True)
class Named:
    """Words that may be somebody: who they are as far as the words tell, None when they only describe."""

    span: Span
    actor: Actor | None


class NameFinder:
    """Finds who is named in a text; `known` are the project's actors, `here` those of the article."""

    def __init__(self, known: Actors, here: Iterable[str] = ()) -> None:
        self._known = known
        self._names, others = _known_names(known)
        self._surnames = ChainMap(_by_surname(known.resolve(id) for id in here), others)

    def names(self, text: str, within: Span) -> Iterator[Named]:
        """Names by their capitals and groups, and who they are."""
        from annotator.suggest import gazetteer, ministries

        taken: list[Span] = []
        for body in ministries.find(within.surface(text), gazetteer.load()):
            if body.actor:
                span = Span(within.start + body.span.start, within.start + body.span.end)
                taken.append(span)
                yield Named(span, self._own(body.actor))
        for span in sorted(_groups(text, within), key=lambda s: s.start - s.end):
            if not any(span.overlaps(t) for t in taken):
                taken.append(span)
                yield Named(span, self._group(" ".join(span.surface(text).split())))
        found = [s for s in self._capitals(text, within) if not any(s.overlaps(t) for t in taken)]
        yield from self._named(text, found)

    def _group(self, words: str) -> Actor:
        from annotator.suggest import gazetteer

        own = self._names.get(fold(words))
        group = gazetteer.load().groups.get(words.lower())
        return own or (self._own(group) if group else Actor(f"group:{slug(words)}", words, "group"))

    def _named(self, text: str, found: Iterable[Span]) -> Iterator[Named]:
        new: dict[str, Actor] = {}  # by surname, so that it alone finds whoever has it
        for span in sorted(found, key=lambda s: (-s.surface(text).count(" "), s.start)):
            name = " ".join(span.surface(text).split())
            actor = self._look_up(name) or new.get(name)
            if actor is None:
                kind = "person" if _like_a_person(name) else "org"
                actor = Actor(f"{kind}:{slug(name)}", name, kind)
                if kind == "person":
                    new.update(dict.fromkeys(_surnames(name), actor))
            yield Named(span, actor)

    def _capitals(self, text: str, within: Span) -> Iterator[Span]:
        for match in _NAME.finditer(text, within.start, within.end):
            whole = Span(match.start(), match.end())
            for part in [whole] if self._look_up(match[0]) else _parts(text, whole):
                span = _trimmed(text, part)
                if span and self._believed(text, span):
                    yield span

    def offices(self, text: str, within: Span) -> Iterator[Span]:
        """Words that describe somebody who may speak."""
        for match in _OFFICE.finditer(text, within.start, within.end):
            yield Span(match.start(), match.end())

    def _believed(self, text: str, span: Span) -> bool:
        """A single word that opens a sentence is no name unless it is known."""
        words = span.surface(text)
        if " " in words or not _OPENS.search(text, max(0, span.start - 4), span.start):
            return True
        return self._look_up(words) is not None

    def _look_up(self, name: str) -> Actor | None:
        from annotator.suggest import gazetteer

        plain = fold(name)
        if own := self._names.get(plain) or self._names.get(f"the {plain}"):
            return own
        entry = gazetteer.load().get(name)
        if entry is not None:
            return self._known.resolve(entry.actor) if entry.actor in self._known else shipped(entry.actor)
        return self._surnames.get(plain)

    def _own(self, actor: Actor) -> Actor:
        return self._known.resolve(actor.id) if actor.id in self._known else actor


@lru_cache(maxsize=2)
def _known_names(known: Actors) -> tuple[dict[str, Actor], dict[str, Actor]]:
    """By folded name, and people by folded surname: made once, a project may have many actors."""
    living = [a for a in known if a.merged_into is None]
    return {fold(a.name): a for a in living}, _by_surname(living)


def _by_surname(actors: Iterable[Actor]) -> dict[str, Actor]:
    """The first of each surname."""
    found: dict[str, Actor] = {}
    for person in actors:
        if person.kind == "person":
            for surname in _surnames(person.name):
                found.setdefault(fold(surname), person)
    return found


def described(words: str, states: Sequence[Actor], bodies: Sequence[Actor], people: Actors) -> list[Actor]:
    """Names that fit words which describe a body without naming it: the states named in the words, then
    those of the article stand for whose it is.
    """
    from annotator.suggest import gazetteer

    tables = gazetteer.load()
    named = [tables.state(w) or tables.state(w.removesuffix("’s").removesuffix("'s")) for w in words.split()]
    own = [a for id in dict.fromkeys(filter(None, named)) if (a := tables.actor(id))]
    owners = own or list(states)[:_MOST]
    made: list[Actor] = []
    if match := _OF_PERSON.match(words):
        made += [
            Actor(f"org:{slug(p.name)}-{match[2]}", f"{p.name} ({match[2]})", "org", p.id)
            for p in people
            if p.kind == "person" and _last_word(p.name) == _last_word(match[1])
        ]
    if match := _POSTS.search(words):
        post = match[1].title()
        others = [s for s in states if s not in owners][:2]
        made += [of_state(f"{post} of {{the}} in {o.name}", s) for s in owners[:1] for o in others]
    if _UNNAMED.search(words):
        room = _ROOM.search(words)
        made += _inside(room[1].lower(), owners, bodies) if room else []
        form = f"anonymous ({room[1].lower()} of {{the}})" if room else "anonymous ({name})"
        made += [of_state(form, s, "group") for s in owners]
    if "government" in words.casefold():
        made += [of_state("Government of {the}", s) for s in owners]
    return list({a.id: a for a in made}.values())


def _inside(room: str, owners: Sequence[Actor], bodies: Sequence[Actor]) -> list[Actor]:
    """Somebody unnamed in a ministry or another body that the article names."""
    from annotator.suggest import gazetteer, ministries

    tables = gazetteer.load()
    foreign = [ministries.ministry("Foreign Affairs", s.id, tables) for s in owners]
    fitting = [b.name for b in [*foreign, *bodies] if room in b.name.casefold()]
    names = [_unnamed(name) for name in dict.fromkeys(fitting)][: 2 * _MOST]
    return [Actor(f"group:{slug(name)}", name, "group") for name in names]


def _unnamed(body: str) -> str:
    """Somebody of a body: its own brackets become a comma."""
    inner = re.sub(r"\s*\((.*)\)$", r", \1", body)
    return f"anonymous ({inner})"


def shipped(id: str) -> Actor | None:
    """The actor that the gazetteer has under an id."""
    from annotator.suggest import gazetteer

    found: Actor | None = gazetteer.load().actor(id)
    return found


def _groups(text: str, within: Span) -> Iterator[Span]:
    for match in _GROUP.finditer(text, within.start, within.end):
        span = _trimmed(text, Span(match.start(), match.end()))
        if span and " " in span.surface(text):
            yield span
    for match in _listed_groups().finditer(text, within.start, within.end):
        yield Span(match.start(), match.end())


@cache
def _listed_groups() -> re.Pattern[str]:
    """The groups of the gazetteer by their words; single words ("allies") are too common."""
    from annotator.suggest import gazetteer

    phrases = sorted((w for w in gazetteer.load().groups if " " in w), key=len, reverse=True)
    several = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in phrases)
    return re.compile(rf"\b(?:{several})\b", re.IGNORECASE)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Names that stand side by side: "Serbia and Kosovo", "Brazil’s Foreign Minister Célia Noronha"."""
    start = span.start
    for match in re.finditer(r" and |[’']s(?= )", span.surface(text)):
        if span.start + match.start() > start:
            yield Span(start, span.start + match.start())
        start = min(span.start + match.end() + (match[0] != " and "), span.end - 1)
    yield Span(start, span.end)


def _trimmed(text: str, span: Span) -> Span | None:
    """Without titles and other words at either end that are no part of a name, and without ’s; None
    when nothing is left.
    """
    words = list(re.finditer(r"\S+", span.surface(text)))
    title = next((n for n in reversed(range(len(words))) if fold(words[n][0]) in TITLES), -1)
    words = words[title + 1 :]
    of = next((n for n, word in enumerate(words) if title >= 0 and word[0] == "of"), None)
    if of is not None:  # "Prime Minister Demir of Türkiye", "President of Sri Lanka"
        words = words[:of] or words[1:]
    while words and fold(words[0][0]) in _NO_NAMES:
        words.pop(0)
    while words and fold(words[-1][0]) in _NO_NAMES:
        words.pop()
    if not words:
        return None
    tail = re.search(r"[’']s?$", words[-1][0])
    end = words[-1].end() - (len(tail[0]) if tail else 0)
    return Span(span.start + words[0].start(), span.start + end)


def _like_a_person(name: str) -> bool:
    words = name.split()
    right = 2 <= len(words) <= 3 and all(w[0].isupper() and not w.isupper() for w in words)
    return right and words[-1].casefold() not in _OF_BODIES


def _surnames(name: str) -> set[str]:
    from annotator.suggest import gazetteer

    return {gazetteer.family_name(name), _last_word(name, folded=False)} - {""}


def _last_word(name: str, *, folded: bool = True) -> str:
    return next(reversed((fold(name) if folded else name).split()), "")
