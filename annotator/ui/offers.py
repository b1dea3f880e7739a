"""What hint mode puts letters on when a speaker or a target is asked for: mentions, names and pronouns in
view, and beside the text whoever of the article is not in view or may be meant by the speaker's words.
"""

from collections.abc import Iterator
from functools import lru_cache

from annotator.domain.actors import Actor, Actors
from annotator.domain.spans import Span
from annotator.domain.statement import Statement
from annotator.jobs.actor_search import of_state
from annotator.jobs.names_in_text import TITLES, Named, NameFinder, described, shipped
from annotator.ui.candidates import (
    OUTSIDE,
    PRONOUN_REACH,
    Candidate,
    is_pronoun,
    nearest_actors,
    on_screen,
    spoke_before,
)
from annotator.ui.snapshot import Snapshot

MOST_ASIDE = 12
NEAREST = 5  # actors of the article that come before whom others speak for
MOST_BODIES = 3  # of states, among them
MOST_OFFICES = 4
MOST_OPEN = 3  # pronouns and descriptions before those beside the text
AROUND = 5_000  # code points; names are looked for so far around the statement


class Offers:
    """For one statement and one role, as the article stands now."""

    def __init__(self, snapshot: Snapshot, statement: Statement, actors: Actors, role: str) -> None:
        self._snapshot, self._statement, self._actors, self._role = snapshot, statement, actors, role
        self._text = snapshot.article.text
        at = statement.cue or statement.spans[0]
        self._near = nearest_actors(at, snapshot, actors, statement)
        here = tuple(dict.fromkeys(m.actor for m in snapshot.shown.mentions.values() if m.actor))
        self._finder = NameFinder(actors, here)
        first, last = max(0, at.start - AROUND) // AROUND, (at.end + AROUND) // AROUND + 1
        within = Span(first * AROUND, min(len(self._text), last * AROUND))
        found = _names(actors, here, self._text, within)
        self._names = sorted(found, key=lambda n: self._gap(n.span))
        self._near |= dict.fromkeys(n.actor.id for n in self._names if n.actor)
        self._new = {n.actor.id: n.actor for n in self._names if n.actor and n.actor.id not in actors}

    def in_order(self, visible: Span) -> list[Candidate]:
        """All of them, the likeliest first: single letters go to the first mention of each actor, to
        a few pronouns and to those beside the text.
        """
        marked = on_screen(self._snapshot, self._statement, self._actors, self._role, visible)
        taken = [c.span for c in marked if c.span]
        more = [n for n in self._names if visible.contains(n.span) and _free(n.span, taken)]
        taken += [n.span for n in more]
        marked = [c for c in marked if not any(_opens(n.span, c.span) for n in more)]
        marked += [self._of(n) for n in more]
        marked.sort(key=lambda c: self._gap(c.span) if c.span else 0)
        first: dict[str, Candidate] = {}
        for candidate in marked:
            if candidate.actor:
                first.setdefault(candidate.actor, candidate)
        once = list(first.values())
        open_ = [c for c in marked if c.actor is None] + self._offices(visible, taken)
        open_.sort(key=lambda c: self._gap(c.span) if c.span else 0)
        again = [c for c in marked if c.actor and c not in once]
        aside = self._aside({c.actor for c in once if c.actor})
        return [*once, *open_[:MOST_OPEN], *aside, *open_[MOST_OPEN:], *again]

    def _gap(self, span: Span) -> int:
        """How far from the words that name the speaking; a speaker or relay inside the content comes late."""
        at = self._statement.cue or self._statement.spans[0]
        inside = self._role in OUTSIDE and any(s.contains(span) for s in self._statement.spans)
        return max(at.start - span.end, span.start - at.end, 0) + 100_000 * inside

    def _of(self, named: Named) -> Candidate:
        actor = named.actor
        new = actor if actor and actor.id not in self._actors else None
        return Candidate(named.span, actor.id if actor else None, new)

    def _offices(self, visible: Span, taken: list[Span]) -> list[Candidate]:
        """Words that describe somebody, near the statement."""
        if self._role not in OUTSIDE:
            return []
        found = sorted(self._near_offices(), key=self._gap)
        free = [s for s in found if visible.contains(s) and s not in taken]
        return [Candidate(s) for s in free if s != self._statement.speaker.span][:MOST_OFFICES]

    def _near_offices(self) -> Iterator[Span]:
        spans = self._statement.spans
        start, end = max(0, spans[0].start - PRONOUN_REACH), spans[-1].end + PRONOUN_REACH
        for span in self._finder.offices(self._text, Span(start, min(len(self._text), end))):
            if self._role not in OUTSIDE or not any(c.contains(span) for c in spans):
                yield span

    # beside the text

    def _aside(self, in_view: set[str]) -> list[Candidate]:
        span = self._statement.speaker.span if self._role == "speaker" else None
        if span is not None:
            return self._who_the_words_mean(span)
        bodies = [a for words in self._content_offices() for a in self.described(words)][:MOST_BODIES]
        known = [a for a in self._known() if a.id not in in_view]
        if self._role == "target":
            known.sort(key=lambda a: a.kind == "person")
            states = [a for a in self._known() if a.kind == "state"][:MOST_BODIES]
            bodies += [of_state("Government of {the}", s) for s in states]
        away = [*known[:NEAREST], *self._owners()[:NEAREST], *bodies[:MOST_BODIES], *known[NEAREST:]]
        found = {a.id: a for a in away if a.id not in in_view}
        return [self._beside(None, a) for a in found.values()][:MOST_ASIDE]

    def _known(self) -> list[Actor]:
        """Actors of the article, the nearest first."""
        return [a for id in self._near if (a := self._actor(id))]

    def _owners(self) -> list[Actor]:
        """Whom they speak for."""
        return [a for known in self._known() if known.speaks_for and (a := self._actor(known.speaks_for))]

    def _who_the_words_mean(self, span: Span) -> list[Candidate]:
        """Others whom the words of the speaker may stand for; the words stay."""
        now = {self._actors.resolve(a).id for a in self._statement.speaker.actors}
        pronoun = is_pronoun(span, self._snapshot)
        near = (spoke_before(span, self._snapshot, self._actors) if pronoun else {}) | self._near
        known = [a for id in near if (a := self._actor(id))]
        if _personal(span.surface(self._text)):
            known.sort(key=lambda a: a.kind != "person")
        inside = [n.actor for n in self._names if n.actor and n.span != span and span.contains(n.span)]
        meant = [*inside, *self.described(self._whole(span)), *known, *self._owners()]
        found = {a.id: a for a in meant if a.id not in now}
        return [self._beside(span, a) for a in found.values()][:MOST_ASIDE]

    def _beside(self, span: Span | None, actor: Actor) -> Candidate:
        new = actor if actor.id not in self._actors else None
        return Candidate(span, actor.id, new, aside=True)

    def _whole(self, span: Span) -> str:
        """The words with what describes them around: the office that holds the span, if one does."""
        found = (s for s in self._near_offices() if s.overlaps(span))
        return max((s.cover(span) for s in found), key=len, default=span).surface(self._text)

    def _content_offices(self) -> list[str]:
        inside = (s for s in self._near_offices() if any(c.contains(s) for c in self._statement.spans))
        return [s.surface(self._text) for s in inside]

    def described(self, words: str) -> list[Actor]:
        """Names for a body that some words only describe."""
        known = self._known()
        states = [a for a in known if a.kind == "state"]
        bodies = [a for a in known if a.kind in ("org", "mfa")]
        found = described(" ".join(words.split()), states, bodies, Actors(known))
        return [self._actors.resolve(a.id) if a.id in self._actors else a for a in found]

    def _actor(self, id: str) -> Actor | None:
        return self._actors.resolve(id) if id in self._actors else self._new.get(id) or shipped(id)


@lru_cache(maxsize=4)
def _names(actors: Actors, here: tuple[str, ...], text: str, within: Span) -> tuple[Named, ...]:
    """Names of a stretch that neighbouring statements share."""
    return tuple(NameFinder(actors, here).names(text, within))


def _personal(words: str) -> bool:
    """Words that stand for one person: a pronoun, or an office such as "Poland's prime minister"."""
    *before, last = words.casefold().split() or [""]
    return last in TITLES if before else last in ("he", "she", "i")


def _free(span: Span, taken: list[Span]) -> bool:
    """True where no letter stands yet, or only over the first words of this longer name."""
    return all(_opens(span, t) for t in taken if span.overlaps(t))


def _opens(longer: Span, span: Span | None) -> bool:
    return span is not None and span.start == longer.start and span.end < longer.end
