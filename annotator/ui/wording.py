"""How statements are put into words: the card's rows, the list's lines, tool tips."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.actors import Actors
from annotator.domain.article import Article
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span
from annotator.domain.statement import NO_ACT, Decision, Kind, Role, Statement
from annotator.ui.snapshot import Snapshot
from annotator.ui.widgets import score_text

ROLES = ("speaker", "target", "topic", "act", "kind")
UNDECIDED = "Not decided"
UNTITLED = "Untitled"
MOST_CUES = 8
MOST_FIRST_WORDS = 90  # code points
_AWAY = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")  # scripts that run right to left
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
KIND_NAMES = {Kind.DIRECT: "Direct", Kind.MIXED: "Mixed", Kind.INDIRECT: "Indirect"}
KIND_NOTES = {
    Kind.DIRECT: "all inside quotation marks",
    Kind.MIXED: "a reported clause with marked pieces",
    Kind.INDIRECT: "no quotation marks",
}
ROLE_NAMES = {Role.ADDRESSEE: "addressee", Role.OBJECT: "object", Role.BOTH: "addressee and object"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One row of the card: the value, where it stands in the text, how sure the machine is and why."""

    value: str
    source: str = ""
    score: float | None = None
    why: str = ""
    decided: bool = True
    note: str = ""  # what the scheme says of the value

    @property
    def tip(self) -> str:
        """Everything, for a tool tip."""
        score = f"suggested with {score_text(self.score)}" if self.score is not None else ""
        return "\n".join(p for p in (self.value, self.note, self.source, score, self.why) if p)


class Wording:
    """Words for one snapshot's statements."""

    def __init__(self, snapshot: Snapshot, actors: Actors, scheme: LabelScheme) -> None:
        self._text = snapshot.article.text
        self._actors, self._scheme = actors, scheme

    def cell(self, statement: Statement, role: str) -> Cell:
        """The card's row for speaker, target, topic, act or kind."""
        value, source, decided = getattr(self, f"_{role}")(statement)
        provenance = statement.provenance
        reason = provenance.reason(role) or provenance.reason(f"{role}s")
        by_hand = role in provenance.changed
        why = "changed by hand" if by_hand else (reason.why if reason else None)
        score = reason.score if reason and not by_hand else None
        note = self._definition(statement, role) if decided else ""
        return Cell(value, source, score, why or "", decided=decided, note=note)

    def content(self, statement: Statement) -> str:
        """The content, pieces joined by an ellipsis."""
        return " … ".join(_one_line(s.surface(self._text)) for s in statement.spans)

    def line(self, statement: Statement) -> str:
        """`Ilse Verhoeven → Serbia`; `?` where nothing is decided."""
        speaker = self._who(statement.speaker.actors, [statement.speaker.span])
        if not speaker:
            speaker = "not stated" if statement.speaker.not_stated else "?"
        names = [self._who([t.actor] if t.actor else [], [t.span]) for t in statement.targets]
        target = ", ".join(dict.fromkeys(names)) or ("none" if statement.no_target else "?")
        if _AWAY.search(speaker + target):  # keep the arrow from speaker to target
            return f"\u200e{speaker}\u200e → \u200e{target}"
        return f"{speaker} → {target}"

    def spoken(self, statement: Statement, number: int) -> str:
        """A statement for a screen reader."""
        name, area, _ = self._topic(statement)
        topic = f"{name} ({area})" if area else name
        state = statement.decision.value
        return f"Statement {number}, {state}: {self.line(statement)}, {topic}. {self.content(statement)}"

    def mention(self, snapshot: Snapshot, id: str) -> str:
        """Who a mention is and what it is labelled."""
        mention = snapshot.shown.mentions.get(id)
        if mention is None:
            return ""
        name = self._actors.name(mention.actor) if mention.actor else mention.span.surface(self._text)
        return f"{name} · {self._scheme.label_name(mention.label)}"

    def _speaker(self, s: Statement) -> tuple[str, str, bool]:
        if s.speaker.not_stated:
            return "Not stated", "", True
        name = self._who(s.speaker.actors, [s.speaker.span])
        speaks_for = [
            self._actors.name(a.speaks_for)
            for a in map(self._actors.resolve, s.speaker.actors)
            if a.speaks_for
        ]
        parts = [self._quoted(s.speaker.span) if s.speaker.actors else ""]
        parts += [f"speaks for {n}" for n in dict.fromkeys(speaks_for)]
        if s.via:
            parts.append(f"via {self._who([s.via.actor] if s.via.actor else [], [s.via.span])}")
        return name or UNDECIDED, _dotted(parts), bool(name)

    def _target(self, s: Statement) -> tuple[str, str, bool]:
        if s.no_target:
            return "None", "", True
        names = [self._who([t.actor] if t.actor else [], [t.span]) for t in s.targets]
        spans = [self._quoted(t.span) for t in s.targets if t.actor]
        roles = dict.fromkeys(ROLE_NAMES[t.role] for t in s.targets if t.role)
        words = ", ".join(dict.fromkeys(x for x in spans if x))
        return ", ".join(names) or UNDECIDED, _dotted([words, ", ".join(roles)]), bool(names)

    def _topic(self, s: Statement) -> tuple[str, str, bool]:
        if s.no_topic:
            return "None", "", True
        if not s.topics:
            return UNDECIDED, "", False
        first, *further = s.topics
        area, topic = self._scheme.area_of(first), self._scheme.topics.get(first)
        also = f"also {', '.join(short_topic(self._scheme, t) for t in further)}" if further else ""
        return topic.name if topic else first, _dotted([area.name if area else "", also]), True

    def _act(self, s: Statement) -> tuple[str, str, bool]:
        if s.act == NO_ACT:
            return "None", "", True
        name = self._scheme.act_name(s.act) if s.act else UNDECIDED
        return name, self._quoted(s.cue), bool(s.act)

    def _definition(self, s: Statement, role: str) -> str:
        if role == "topic":
            found = [self._scheme.topics.get(t) for t in s.topics]
            return "\n".join(explained(t.definition, t.cues) for t in found if t)
        if role == "act":
            return next((explained(a.note, a.cues) for a in self._scheme.acts if a.id == s.act), "")
        return ""

    def _kind(self, s: Statement) -> tuple[str, str, bool]:
        note = "split by its cue" if len(s.spans) > 1 else KIND_NOTES[s.kind]
        return KIND_NAMES[s.kind], note, True

    def _who(self, actors: Iterable[str], spans: Iterable[Span | None]) -> str:
        names = [self._actors.name(a) for a in actors]
        if not names:
            names = [_one_line(s.surface(self._text)) for s in spans if s]
        return ", ".join(dict.fromkeys(names))

    def _quoted(self, span: Span | None) -> str:
        return f"“{_one_line(span.surface(self._text))}”" if span else ""


def sureness(statement: Statement) -> str:
    """The machine's score of a statement it found; nothing for one made by hand."""
    return score_text(statement.provenance.score) if statement.provenance.suggester else ""


def short_topic(scheme: LabelScheme, topic_id: str) -> str:
    """`Conflict › Ceasefire`: the area by its first words only."""
    area, topic = scheme.area_of(topic_id), scheme.topics.get(topic_id)
    if not area or not topic:
        return topic_id
    first = area.name.split(" & ")[0].split(",")[0].removesuffix(" relations")
    return f"{first} › {topic.name}"


def topic_name(scheme: LabelScheme, topic_id: str) -> str:
    """`Ceasefire`; with its area where another area has a topic of the same name."""
    topic = scheme.topics.get(topic_id)
    if topic and sum(t.name == topic.name for t in scheme.topics.values()) == 1:
        return topic.name
    return short_topic(scheme, topic_id)


def flag_name(flag: str) -> str:
    """`implicit_target` -> `Implicit target`."""
    return flag.replace("_", " ").capitalize()


def remarks(statement: Statement) -> str:
    """`Unsure · Nested · Note: who is meant`; empty where nothing was remarked."""
    sure = "Unsure" if statement.confidence == "unsure" else ""
    note = f"Note: {statement.note}" if statement.note else ""
    return _dotted([sure, *map(flag_name, statement.flags), note])


def decision_word(statement: Statement) -> str:
    """The word on the card's pill; a change not yet confirmed shows."""
    changed = statement.decision is Decision.SUGGESTED and statement.provenance.changed
    if statement.decision is Decision.SUGGESTED and not statement.provenance.suggester:
        return "not confirmed yet"
    return "changed, not confirmed" if changed else statement.decision.value


def heading(article: Article) -> str:
    """The title over the text; the text below it names an article without one."""
    return article.meta.title or ""


def first_words(text: str) -> str:
    """What names an article without a title in lists: `Norway has asked Chile to open …`."""
    line = _one_line(next((x for x in text.splitlines() if x.strip()), ""))
    return line if len(line) <= MOST_FIRST_WORDS else f"{line[:MOST_FIRST_WORDS].rsplit(' ', 1)[0]} …"


def explained(definition: str, cues: Iterable[str]) -> str:
    """What the scheme says of a topic or an act, and words that stand for it."""
    words = ", ".join(list(cues)[:MOST_CUES])
    return "\n".join(p for p in (definition, f"Words such as: {words}" if words else "") if p)


def length(text: str) -> str:
    """`161 words`; in characters where a script puts no spaces between words."""
    words, unspaced = len(text.split()), len(_UNSPACED.findall(text))
    if 2 * unspaced > len(text) - unspaced:
        return f"{len(text):,} characters"
    return f"{words:,} word{'' if words == 1 else 's'}"


def runs_right_to_left(text: str) -> bool:
    """True when its first letter is of a script that does."""
    directions = (unicodedata.bidirectional(c) for c in text)
    return next((d for d in directions if d in ("L", "R", "AL")), "L") != "L"


def byline(article: Article, outcome: str | None, copies: int = 0) -> str:
    """`Wire · 10 March 2026 · 161 words · 3 near-copies`."""
    meta = article.meta
    counted = length(article.text)
    source = meta.outlet or ("Practice article" if meta.practice else None)
    said = {"not_relevant": "not relevant", "nothing_here": "nothing to mark"}.get(outcome or "")
    alike = f"{copies:,} near-cop{'y' if copies == 1 else 'ies'}" if copies else None
    file = meta.file if not meta.practice else None
    parts = [source, date(meta.published), counted, alike, file, said]
    return _dotted([p or "" for p in parts])


def date(iso: str | None) -> str:
    """`2026-03-10` as `10 March 2026`; what is no date stays as it is."""
    parts = (iso or "").split("-")
    if len(parts) > 3 or not all(p.isdigit() for p in parts):
        return iso or ""
    year, month, day = [*parts, "", ""][:3]
    if month and not 1 <= int(month) <= len(MONTHS):
        return iso or ""
    return " ".join(p for p in (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year) if p)


def _dotted(parts: Iterable[str]) -> str:
    return " · ".join(p for p in parts if p)


def _one_line(text: str) -> str:
    return " ".join(text.split())
