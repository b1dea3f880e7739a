"""Ministries, parliaments and armed forces by rule: "the Chinese foreign ministry", "Ministry of Defence
of Belarus", "Israeli military".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.actors import Actor, slug
from annotator.domain.spans import Span
from annotator.suggest.gazetteer import Gazetteer
from annotator.suggest.keyed import Keyed

_FIELDS = {
    "foreign": "Foreign Affairs",
    "external affairs": "External Affairs",
    "foreign affairs": "Foreign Affairs",
    "defence": "Defence",
    "defense": "Defence",
    "national defence": "National Defence",
    "national defense": "National Defence",
    "trade": "Trade",
    "commerce": "Commerce",
    "finance": "Finance",
    "interior": "the Interior",
    "economy": "Economy",
    "economic": "Economy",
    "health": "Health",
    "justice": "Justice",
    "energy": "Energy",
    "agriculture": "Agriculture",
    "transport": "Transport",
    "environment": "Environment",
    "education": "Education",
    "industry": "Industry",
    "information": "Information",
    "home": "Home Affairs",
    "home affairs": "Home Affairs",
    "unification": "Unification",
    "public security": "Public Security",
    "state security": "State Security",
    "culture": "Culture",
    "fisheries": "Fisheries",
    "water": "Water",
    "immigration": "Immigration",
    "oil": "Oil",
    "security": "Security",
}
_WORDS = "|".join(sorted(map(re.escape, _FIELDS), key=len, reverse=True))
_BEFORE = r"(?P<of>(?:[A-Z][\w.\-’']{0,40}\s){1,3})?"  # no name of a state has a longer word
_TAIL = r"(?P<tail>\sof\s(?:the\s)?(?:[A-Z][\w.\-’']*\s?){1,3})?"
_SHORT = re.compile(
    rf"{_BEFORE}(?P<field>(?i:{_WORDS}))\s(?P<body>[Mm]inistry|[Dd]epartment|[Mm]inistries)\b{_TAIL}"
)
_LONG = re.compile(rf"{_BEFORE}Ministry\sof\s(?:the\s)?(?P<field>(?i:{_WORDS})(?:\sand\s[A-Z]\w+)?){_TAIL}")
_OFFICE = re.compile(rf"{_BEFORE}(?P<body>[Ff]oreign\s[Oo]ffice)\b")
_OPENING = re.compile(r"\w")
KEYED = (
    Keyed(_SHORT, re.compile(r"inistr(?:y|ies)\b|epartment\b"), 5, _OPENING),
    Keyed(_LONG, re.compile(r"Ministry\sof\s"), 3, _OPENING),
    Keyed(_OFFICE, re.compile(r"oreign\s[Oo]ffice\b"), 3, _OPENING),
)


@dataclass(frozen=True)
class Body:
    """A found institution: where it stands, and the actor it is."""

    span: Span
    actor: Actor | None
    field: str
    entity: bool = True


def find(text: str, gazetteer: Gazetteer) -> Iterator[Body]:
    """All ministries of a text. `actor` is None when the text does not say whose it is."""
    for pattern in KEYED:
        for match in pattern.matches(text):
            yield _body(match, gazetteer)


def _body(match: re.Match[str], gazetteer: Gazetteer) -> Body:
    groups = match.groupdict()
    field = _FIELDS.get((groups.get("field") or "foreign").lower().split(" and ")[0], "Foreign Affairs")
    start, end = match.start(), match.end()
    state = None
    before = (groups.get("of") or "").strip()
    if before:
        start, state = _whose(match, before, gazetteer)
    if tail := groups.get("tail"):
        name = re.sub(r"^\s*of\s(?:the\s)?", "", tail).strip()
        state = _prefix_state(name, gazetteer)
        end = match.start("tail") + (tail.index(name) + len(name) if state else 0)
    while end > start and match.string[end - 1].isspace():
        end -= 1
    kind = "Department" if (groups.get("body") or "").lower() == "department" else "Ministry"
    return Body(Span(start, end), ministry(field, state, gazetteer, kind) if state else None, field)


def _whose(match: re.Match[str], before: str, gazetteer: Gazetteer) -> tuple[int, str | None]:
    """Start of the name and the state, when the words before it are an adjective of one."""
    words = before.split()
    for n in range(len(words)):
        name = " ".join(words[n:])
        if (entry := gazetteer.get(name)) is not None and entry.actor.startswith("state:"):
            return match.start("of") + before.index(name), entry.actor
        if name.endswith(("’s", "'s")) and (state := gazetteer.state(name[:-2])):
            return match.end("of"), state
    return match.end("of"), None


def _prefix_state(name: str, gazetteer: Gazetteer) -> str | None:
    words = name.split()
    for n in range(len(words), 0, -1):
        if state := gazetteer.state(" ".join(words[:n])):
            return state
    return None


def field_named(word: str) -> str | None:
    """The field of a ministry that a word before it tells: "interior" -> "the Interior"."""
    return _FIELDS.get(word.lower())


def ministry(field: str, state: str, gazetteer: Gazetteer, kind: str = "Ministry") -> Actor:
    """`mfa:CN` "Ministry of Foreign Affairs (China)"; other fields are organisations."""
    code = state.partition(":")[2]
    owner = gazetteer.actor(state)
    country = owner.name if owner else code
    if field == "Defence" and code in ("CN", "KR", "VN", "CA"):
        field = "National Defence"
    if field == "Foreign Affairs":
        if code == "US":
            return gazetteer.actors.resolve("org:state-us")
        return Actor(f"mfa:{code}", f"Ministry of Foreign Affairs ({country})", "mfa", state)
    if field == "External Affairs":
        return Actor(f"mfa:{code}", f"Ministry of External Affairs ({country})", "mfa", state)
    return Actor(
        f"org:ministry-of-{slug(field)}-{code.lower()}", f"{kind} of {field} ({country})", "org", state
    )
