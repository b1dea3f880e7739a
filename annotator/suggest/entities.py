"""Repairs the entities of a parsed text in this domain: names the gazetteer knows, ministries, seas and
straits, titles left out, surnames tagged as something else.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotator.suggest import gazetteer as gazetteer_
from annotator.suggest import lexicon, long_names, ministries, relabel
from annotator.suggest.columns import Columns
from annotator.suggest.gazetteer import Gazetteer, family_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_LONGEST = 8
TITLES = lexicon.name_words("title")
_PLACES = lexicon.name_words("place")
_PEOPLES = lexicon.name_words("people")
_COMMON = lexicon.name_words("common")
_BEFORE_NAMES = frozenset(
    {
        "president",
        "minister",
        "premier",
        "chancellor",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "secretary",
    }
    | {"ambassador", "sir", "mr", "mrs", "ms", "dr", "shri", "king"}
    | {"queen", "prince", "senator", "sen", "rep", "general", "lord", "congresswoman"}
    | {"congressman", "governor", "mayor", "analyst", "professor", "commissioner", "admiral", "colonel"}
    | {"chief", "m", "mme", "monsieur", "madame"}
)
_CALLED = frozenset({"spokesman", "spokeswoman", "spokesperson", "envoy", "host"})
NAMED = frozenset({"PERSON", "GPE", "ORG", "NORP", "LOC", "FAC", "EVENT", "LAW"})
_PLACE = re.compile(
    r"\b(?:(?:the\s)?(?:[A-Z][\w’'\-]+\s){1,3}(?:Sea|Seas|Strait|Straits|Islands|Island|Peninsula|Gulf|Ocean|River|Mountains|Valley|Canal|Basin|Desert|Plateau|Delta|Heights|Shoal|Reef|Bay)|(?:Strait|Gulf|Sea|Bay|Horn|Bay|Rock|Straits)\sof\s[A-Z][\w’'\-]+)\b"
)


_ARTICLES = {"fr": ("l'", "l’", "le", "la", "les", "un", "une", "d'", "d’", "de", "du", "des")}


def repair(
    doc: "Doc", people: Iterable[str] = (), gazetteer: Gazetteer | None = None, columns: Columns | None = None
) -> None:
    """Set `doc.ents` anew; entities the gazetteer knows carry their actor's id in `kb_id_`.

    `people` are full names known from elsewhere (earlier pieces, the project).
    """
    gazetteer = gazetteer or gazetteer_.load()
    columns = columns or Columns(doc)
    known = list(_known(doc, columns, gazetteer))
    bodies = list(_bodies(doc, columns.text, gazetteer))
    places = [p for p in _places(doc, columns.text) if gazetteer.get(columns.surface(p)) is None]
    bodies += long_names.found(doc, columns.text, gazetteer)
    own = [fixed for e in doc.ents if (fixed := _cleaned(doc, columns, e)) is not None]
    labels = relabel.label_places(doc, columns.text)
    own = relabel.mended(columns, own, gazetteer, labels)
    titled = [*_titled(doc, columns), *_apposed(doc, own), *_speaking(doc, columns, own)]
    persons = list(_surnames(doc, columns, [*own, *titled], people))
    persons += [*relabel.labelled(doc, labels), *relabel.short_forms(doc, columns, own, gazetteer)]
    persons += long_names.acronyms(doc, columns, gazetteer)
    named = [e for e in own if e.label_ == "PERSON" and len(e) > 1]
    bodies.sort(key=lambda b: not b.kb_id_)
    owned = sum(bool(b.kb_id_) for b in bodies)
    firm = [*bodies[:owned], *_protected(known, own), *bodies[owned:], *places]
    doc.ents = _chosen(firm, [*named, *titled, *persons], own)


def _known(doc: "Doc", columns: Columns, gazetteer: Gazetteer) -> Iterator["TokenSpan"]:
    """The longest name of the gazetteer at each token; ordinary words at a sentence's start are none."""
    text, words, starts = columns.text, columns.words, columns.starts
    n, free = len(words), 0
    for i, word in enumerate(words):
        if i < free or not _may_open(word, gazetteer) or not gazetteer.may_begin(text, starts[i]):
            continue
        for last in range(min(n, i + _LONGEST) - 1, i - 1, -1):
            name = text[starts[i] : starts[last] + len(words[last])]
            label, actor = _entry(name, gazetteer)
            if label and not _ambiguous(doc, i, last, name):
                yield _span(doc, i, last + 1, label, actor)
                free = last + 1
                break


def _may_open(word: str, gazetteer: Gazetteer) -> bool:
    """May a name begin with this word?"""
    if word in ("The", "the"):
        return False
    return word[0].isupper() or word[0] in "@1" or word in ("dpa", "al") or word in gazetteer.small


def _entry(name: str, gazetteer: Gazetteer) -> tuple[str, str]:
    entry = gazetteer.get(name)
    if entry is not None:
        return entry.label, entry.actor
    if name in _PLACES:
        return "LOC", ""
    return ("NORP", "") if name in _PEOPLES else ("", "")


def _ambiguous(doc: "Doc", first: int, last: int, name: str) -> bool:
    """A name that is also a word or a surname counts only where the recogniser agrees."""
    if name not in _COMMON:
        return name.isupper() and len(name) > 4 and name.title() in _COMMON
    if name in (
        "Turkey",
        "Chad",
        "Jordan",
        "Niger",
        "Guinea",
        "Georgia",
        "Congress",
        "Senate",
        "Commons",
        "Fed",
        "Gulf",
        "West",
        "Pacific",
        "Quad",
        "AP",
    ):
        return bool(doc[first].ent_type_ == "PERSON" or doc[first].ent_type_ == "DATE")
    return doc[last].ent_type_ not in ("GPE", "ORG", "LOC", "NORP")


def _bodies(doc: "Doc", text: str, gazetteer: Gazetteer) -> Iterator["TokenSpan"]:
    for body in ministries.find(text, gazetteer):
        words = text[body.span.start : body.span.end]
        if body.actor is None and words.islower():
            continue  # "the foreign ministry" names nobody
        span = doc.char_span(
            body.span.start,
            body.span.end,
            label="ORG",
            kb_id=body.actor.id if body.actor else "",
            alignment_mode="expand",
        )
        if span is not None:
            yield span


def _places(doc: "Doc", text: str) -> Iterator["TokenSpan"]:
    for match in _PLACE.finditer(text):
        start = match.start() + (4 if match.group().startswith("the ") else 0)
        span = doc.char_span(start, match.end(), label="LOC", alignment_mode="contract")
        if span is not None and span[0].text not in ("The", "In", "On", "At", "And", "But"):
            yield span


def _span(doc: "Doc", start: int, end: int, label: str, actor: str = "") -> "TokenSpan":
    from spacy.tokens import Span

    return Span(doc, start, end, label=label, kb_id=actor)


def _cleaned(doc: "Doc", columns: Columns, entity: "TokenSpan") -> "TokenSpan | None":
    """The recogniser's entity without "the", titles, a possessive or marks at its ends."""
    start, end = entity.start, entity.end
    words, small = columns.words, columns.small
    articles = _ARTICLES.get(doc.lang_, ())
    while start < end and (
        small[start] in ("the", "a", "an") or small[start] in articles or _opens_outside(doc, start, words)
    ):
        start += 1
    while end > start and (words[end - 1] in ("'s", "’s", "'", "’") or _ends_outside(doc, end - 1, words)):
        end -= 1
    label = str(entity.label_)
    if label == "PERSON" and start < end:
        if small[start].rstrip(".") not in TITLES:
            start = _given_name(doc, start)
        while start < end and small[start].rstrip(".") in TITLES:
            start += 1
    if start >= end:
        return None
    if label in NAMED and any("\n" in word for word in words[start:end]):
        return None
    if label != "PER" and (start, end) == (entity.start, entity.end):
        return entity
    return _span(doc, start, end, "PERSON" if label == "PER" else label, entity.kb_id_)


def _opens_outside(doc: "Doc", i: int, words: list[str]) -> bool:
    """White space or a mark before a name, other than the sign of a handle."""
    if words[i][0].isalnum() or words[i] == "@":
        return False
    return bool(doc[i].is_space or doc[i].is_punct)


def _ends_outside(doc: "Doc", i: int, words: list[str]) -> bool:
    """White space or a mark after a name, other than the dot of an abbreviation."""
    if words[i][0].isalnum():
        return False
    return bool(doc[i].is_space or (doc[i].is_punct and not words[i].endswith(".")))


def _given_name(doc: "Doc", start: int) -> int:
    """Where a person's name begins, when the recogniser missed the given name before it."""
    gazetteer = gazetteer_.load()
    first = start
    while first > 0 and start - first < 2:
        token = doc[first - 1]
        fits = (
            token.pos_ == "PROPN"
            and token.is_title
            and not token.ent_type_
            and token.dep_ in ("compound", "conj")
        )
        if not fits or token.lower_.rstrip(".") in TITLES or gazetteer.get(token.text) is not None:
            break
        first -= 1
    return first


def _protected(known: list["TokenSpan"], own: list["TokenSpan"]) -> list["TokenSpan"]:
    """Known names, but not those that are part of a longer name: Bank of China, Michael Jordan."""
    taken = {
        i: e
        for e in own
        for i in range(e.start, e.end)
        if e.label_ in ("PERSON", "ORG", "FAC", "LAW", "EVENT", "LOC", "WORK_OF_ART", "PRODUCT")
    }
    out = []
    for span in known:
        holder = taken.get(span.start)
        longer = (
            holder is not None
            and holder.start <= span.start
            and holder.end >= span.end
            and len(holder) > len(span)
        )
        if longer and holder is not None and _is_one_name(holder, span):
            continue
        out.append(span)
    return out


def _is_one_name(holder: "TokenSpan", span: "TokenSpan") -> bool:
    others = [t for t in holder if not span.start <= t.i < span.end]
    if span.label_ == "NORP" and holder.label_ in ("ORG", "PERSON") and span.start == holder.start:
        rest = [t for t in others if t.text[0].isalpha()]
        return bool(rest) and all(t.text[0].isupper() for t in rest) and rest[0].lower_ not in TITLES
    capitals = [t for t in others if t.text[0].isupper()]
    return bool(capitals) and all(t.lower_ not in TITLES for t in capitals)


def _surnames(
    doc: "Doc", columns: Columns, own: list["TokenSpan"], people: Iterable[str]
) -> Iterator["TokenSpan"]:
    """Every place where a surname known from a full name stands alone."""
    full = [columns.surface(e) for e in own if e.label_ == "PERSON" and len(e) > 1] + [
        p for p in people if len(p.split()) > 1
    ]
    families = {family_name(re.sub(r",? (?:Jr|Sr)\.?$", "", name)) for name in full} | {
        name.split()[-1] for name in full if name.split()[-1][0].isupper()
    }
    families |= long_names.given_alone(columns, full, gazetteer_.load())
    families = {f for f in families if len(f) > 1 and f[0].isupper() and f.lower() not in TITLES}
    for i, word in enumerate(columns.words):
        if word in families or (word.isupper() and word.title() in families):
            token = doc[i]
            if (token.ent_type_ != "PERSON" or token.ent_iob_ == "B") and _stands_alone(doc, token):
                yield _span(doc, i, i + 1, "PERSON")


def _stands_alone(doc: "Doc", token: "Token") -> bool:
    previous = doc[token.i - 1] if token.i else None
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    joined = (
        following is not None
        and following.text[0].isupper()
        and following.pos_ == "PROPN"
        and token.ent_type_ == following.ent_type_ != ""
    )
    return not joined and not (
        previous is not None
        and previous.pos_ == "PROPN"
        and previous.text.lower().rstrip(".") not in TITLES
        and previous.text[0].isupper()
        and previous.whitespace_
        and previous.ent_type_ in ("PERSON",)
    )


def _titled(doc: "Doc", columns: Columns) -> Iterator["TokenSpan"]:
    """President X, Sir Y Z: capitalised words after a title, unless they are known as something else."""
    gazetteer = gazetteer_.load()
    words, small = columns.words, columns.small
    for i, low in enumerate(small[:-1]):
        if low in _CALLED or (words[i][0].isupper() and low.rstrip(".") in _BEFORE_NAMES):
            end = i + 1
            while end < len(words) and end - i <= 3 and _part_of_name(columns, end):
                end += 1
            if (
                end > i + 1
                and doc[i + 1].ent_type_
                in ("", "PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "FAC", "NORP", "GPE")
                and gazetteer.get(words[i + 1]) is None
            ):
                yield _span(doc, i + 1, end, "PERSON")


def _part_of_name(columns: Columns, i: int) -> bool:
    word = columns.words[i]
    return columns.classes[i] == "PROPN" and word[0].isupper() and columns.small[i] not in TITLES


def _apposed(doc: "Doc", own: list["TokenSpan"]) -> Iterator["TokenSpan"]:
    """ "Mexico's envoy, Rodrigo Batres," is a person whatever the recogniser says."""
    gazetteer = gazetteer_.load()
    people = _people_nouns()
    for entity in own:
        if (
            entity.label_ in ("ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "WORK_OF_ART")
            and 2 <= len(entity) <= 4
            and entity.start > 2
        ):
            comma, noun = doc[entity.start - 1], doc[entity.start - 2]
            named = (
                all(t.text[0].isupper() for t in entity if t.is_alpha) and gazetteer.get(entity.text) is None
            )
            if comma.text == "," and noun.lower_ in people and named:
                yield _span(doc, entity.start, entity.end, "PERSON")


def _speaking(doc: "Doc", columns: Columns, own: list["TokenSpan"]) -> Iterator["TokenSpan"]:
    """ "Ilse Verhoeven, who met …, said": a name of two or three words that speaks, when nothing else is
    known of it.
    """
    gazetteer = gazetteer_.load()
    held = [e for e in own if e.label_ in ("PERSON", "ORG", "NORP", "EVENT", "LAW", "DATE")]
    taken = {i for e in held for i in range(e.start, e.end)}
    for i, kind in enumerate(columns.classes):
        if kind != "PROPN" or i in taken or not (_speaks(doc[i]) or _told_of(doc[i])):
            continue
        start = i
        while start > 0 and columns.classes[start - 1] == "PROPN" and start - 1 not in taken:
            start -= 1
        words = columns.words[start : i + 1]
        named = 2 <= len(words) <= 3 and all(_name_like(w) for w in words)
        if named and gazetteer.get(doc[start : i + 1].text) is None and not any(map(gazetteer.get, words)):
            yield _span(doc, start, i + 1, "PERSON")


def _speaks(token: "Token") -> bool:
    if token.dep_ != "nsubj":
        return False
    return token.head.pos_ == "VERB" and token.head.lemma_.lower() in lexicon.load().verbs


def _told_of(token: "Token") -> bool:
    """ "Naaja Olsvig, Greenland's minister for …": a title set beside a name."""
    return any(c.dep_ == "appos" and c.lower_ in TITLES for c in token.children)


def _name_like(word: str) -> bool:
    return word.istitle() and len(word) > 1 and word.lower() not in TITLES and word not in _ORGAN_WORDS


_ORGAN_WORDS = frozenset(
    {"Ministry", "Department", "House", "Party", "Council", "Office", "Bank", "University", "Court"}
    | {"Committee", "Union", "Agency", "Street", "Post", "Times", "Commission", "Institute", "Group"}
    | {"Forces", "Government"}
)


@cache
def _people_nouns() -> frozenset[str]:
    return frozenset(noun for noun, kind in lexicon.load().sources.items() if kind == "person")


def _chosen(*ranked: list["TokenSpan"]) -> list["TokenSpan"]:
    """Longest first within a rank, earlier ranks first; what overlaps a chosen one is left out.

    A PERSON of several words is kept before a known name inside it.
    """
    taken: set[int] = set()
    out = []
    order = [
        (rank, -len(span), span.start, n, span)
        for rank, spans in enumerate(ranked)
        for n, span in enumerate(spans)
    ]
    for _, _, _, _, span in sorted(order, key=lambda x: x[:4]):
        if not any(i in taken for i in range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            out.append(span)
    return sorted(out, key=lambda s: s.start)
