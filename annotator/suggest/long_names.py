"""Long names that a small recogniser cuts: "Alliance of Serbs in Croatia", "Peace and Security Council",
"Convention on the Law of the Sea"; abbreviations in capitals; persons tagged together with their titles.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.suggest import lexicon
from annotator.suggest.columns import Columns
from annotator.suggest.gazetteer import Gazetteer
from annotator.suggest.keyed import Keyed
from annotator.suggest.lexicon import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_BODY = (
    r"(?:Committee|Council|Cent(?:er|re)|Alliance|Institute|Commission|Union|Movement|Front|Party|League"
    r"|Forum|Agency|Association|Federation|Foundation|Organi[sz]ation|Bureau|Authority|Board|Bank|Fund"
    r"|Court|Assembly|Parliament|Coalition|Network|Society|Programme|Academy|Chamber|Confederation)"
)
_LAW = r"(?:Convention|Treaty|Act|Protocol|Charter|Accord)"
_CAP = r"[A-Z][\w’'\-]+"
_DAY = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August)"
_TAIL = rf"(?: (?:of|for|on|against) (?:the )?{_DAY}{_CAP}(?: (?:and |of |of the )?{_CAP})*)"
_HEAD = rf"(?:{_CAP} (?:and )?){{0,4}}"
_WITH_TAIL = re.compile(rf"\b{_HEAD}{_BODY}{_TAIL}{{1,2}}(?:(?<=s) in {_CAP})?")
_WITH_AND = re.compile(rf"\b{_CAP}(?: {_CAP})? and {_CAP} (?:{_CAP} )?{_BODY}\b")
_LAWS = re.compile(rf"\b{_HEAD}{_LAW}{_TAIL}|\b{_CAP} and {_CAP} (?:{_CAP} ){{0,2}}{_LAW}\b")
_OPENING = re.compile(r"\b[A-Z]")
KEYED = (
    (Keyed(_WITH_TAIL, re.compile(rf"{_BODY} (?:of|for|on|against) "), 8, _OPENING), "ORG"),
    (Keyed(_WITH_AND, re.compile(rf" and {_CAP} (?:{_CAP} )?{_BODY}\b"), 2, _OPENING), "ORG"),
    (Keyed(_LAWS, re.compile(rf"{_LAW}\b"), 8, _OPENING), "LAW"),
)
_TITLED = frozenset({"justice", "judge", "president", "minister", "senator", "governor", "mayor", "chairman"})
_TITLED_MORE = frozenset({"spokesman", "spokeswoman", "secretary", "ambassador", "professor", "colonel"})
_ORGANS = re.compile(rf"{_BODY}|Ministry|Department|House|Office|Times|Post|Group|University|Inc|Corp")
_ACRONYM = re.compile(r"[A-Z]{3,7}")
_ZONES = frozenset({"EDT", "EST", "GMT", "UTC", "CET", "BST", "CEST", "PDT", "PST", "IST", "JST"})
_LEAST_LINKED = 2
_DATELINE = re.compile(
    r"(?:^|\n)([A-Z][A-Z’' \-]{2,24}[A-Z])(?:, [A-Z][^\n—–(]{1,24})?(?: \([^)\n]{1,30}\))? ?(?:—|–|--?) "
)
_OF_PARTY = re.compile(r"\b[RDI]-((?:[A-Z][a-z]{2,12}|[A-Z]\.[A-Z])\b\.?)")


def found(doc: "Doc", text: str, gazetteer: Gazetteer) -> Iterator["TokenSpan"]:
    """The organisations and laws whose whole name tells what they are."""
    for pattern, label in KEYED:
        for match in pattern.matches(text):
            start, name = match.start(), match.group()
            if name.startswith(("The ", "In ", "On ", "At ", "And ", "But ", "When ", "As ", "If ")):
                start += name.index(" ") + 1
            span = doc.char_span(start, match.end(), label=label, alignment_mode="contract")
            span = _before_office(_after_owner(span)) if span is not None else None
            if span is not None and len(span) >= _LEAST_LINKED and not _owned(span, gazetteer):
                yield span
    yield from _datelines(doc, text, gazetteer)
    for match in _OF_PARTY.finditer(text):
        home = doc.char_span(*match.span(1), label="GPE")
        if home is not None:
            yield home


def _datelines(doc: "Doc", text: str, gazetteer: Gazetteer) -> Iterator["TokenSpan"]:
    """ "GENEVA (Wire) -", "PARIS, Texas —": where a dispatch was written."""
    for match in _DATELINE.finditer(text):
        span = doc.char_span(*match.span(1), label="GPE")
        if span is not None and gazetteer.get(span.text) is None:
            yield span


def _after_owner(span: "TokenSpan") -> "TokenSpan":
    owned = next((t.i + 1 for t in reversed(span[:-1]) if t.tag_ == "POS"), span.start)
    return _span(span.doc, owned, span.end, str(span.label_))


def _before_office(span: "TokenSpan") -> "TokenSpan | None":
    """ "Institute for Peace President Ana Kova": the organisation ends before the office."""
    end = next((t.i for t in span[1:-1] if t.lower_ in _TITLED | _TITLED_MORE), span.end)
    linked = end < span.end
    while end > span.start and (doc_word := span.doc[end - 1]).lower_ in ("of", "for", "and", "the"):
        end = doc_word.i
    return _span(span.doc, span.start, end, str(span.label_)) if end > span.start + int(linked) else None


def _owned(span: "TokenSpan", gazetteer: Gazetteer) -> bool:
    """ "China's Bureau of Statistics" begins with its owner, "Finance Minister …" with an office."""
    return any(t.tag_ == "POS" for t in span) or gazetteer.get(span.text) is not None


def acronyms(doc: "Doc", columns: Columns, gazetteer: Gazetteer) -> Iterator["TokenSpan"]:
    """ "(MONUSCO)", "SOA said": words in capitals among others in small letters."""
    for i, word in enumerate(columns.words):
        if not word.isupper() or columns.classes[i] != "PROPN" or not _ACRONYM.fullmatch(word):
            continue
        token = doc[i]
        if token.ent_type_:
            continue
        beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
        shouted = any(t.is_upper and len(t.text) > 1 for t in beside) or any(t.text == ":" for t in beside)
        shouted = shouted or word in _ZONES
        opens = i == 0 or doc[i - 1].is_space
        shouted = shouted or (opens and token.dep_ != "nsubj")
        if not shouted and gazetteer.get(word) is None and token.lower_ not in name_words("title"):
            yield _span(doc, i, i + 1, "ORG")


def without_title(entity: "TokenSpan", gazetteer: Gazetteer) -> "TokenSpan | None":
    """ "Justice Ana Kova" taken for an organisation, "Moderator Ana Kova" for a name."""
    if len(entity) not in (3, 4) or not all(t.is_title and t.is_alpha for t in entity):
        return None
    first = entity[0].lower_
    rest = entity[1:]
    if any(_ORGANS.fullmatch(t.text) or gazetteer.get(t.text) is not None for t in rest):
        return None
    called = first in _TITLED | _TITLED_MORE
    if entity.label_ == "PERSON":
        party = entity[0].text in name_words("people") or gazetteer.state(entity[0].text) is not None
        called = called or party or lexicon.load().sources.get(first) == "person"
    elif entity.label_ not in ("ORG", "FAC", "GPE"):
        return None
    return _span(entity.doc, entity.start + 1, entity.end, "PERSON") if called else None


def given_alone(columns: Columns, full: list[str], gazetteer: Gazetteer) -> set[str]:
    """First names by which the text goes on, as with Malay or Icelandic ones: never the last name alone."""
    firsts = {n.split()[0] for n in full}
    lasts = {n.split()[-1] for n in full}
    names, words = firsts | lasts, columns.words
    alone = {
        word
        for i, word in enumerate(words)
        if word in names
        and columns.tags[i] == "NNP"
        and columns.relations[i] != "compound"
        and not (i and words[i - 1] in firsts)
        and not (i + 1 < len(words) and words[i + 1] in lasts)
    }
    return {
        n.split()[0]
        for n in full
        if n.split()[0] in alone and n.split()[-1] not in alone and gazetteer.get(n.split()[0]) is None
    }


def _span(doc: "Doc", start: int, end: int, label: str) -> "TokenSpan":
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
