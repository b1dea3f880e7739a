"""The speaker's mention: the shortest expression that stands for the speaker at that place."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.draft import Draft
from annotator.suggest.entities import TITLES
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


def mention_of(reading: Reading, draft: Draft) -> Span | None:
    """Where the text names the speaker, for this statement; None when it does not."""
    if draft.speaker_span is not None:
        return label_name(reading, draft.speaker_span)
    return span_of(reading, draft.speaker) if draft.speaker is not None else None


def span_of(reading: Reading, head: "Token") -> Span | None:
    """The name in a noun phrase, else the phrase; several names joined by "and" as one."""
    head = owner_of_words(reading, head)
    named = name_at(head)
    joined = conjuncts(head)
    if joined:
        return _joined(reading, head, joined)
    if named is not None:
        return Span(named.start_char, named.end_char)
    return _phrase(reading, head)


def owner_of_words(reading: Reading, head: "Token") -> "Token":
    """ "Kova's sharpest remarks": the one whose they are, when the head itself cannot speak."""
    if head.pos_ != "NOUN" or head.ent_type_ or head.lower_ in reading.words.sources:
        return head
    owner = next(
        (
            c
            for c in head.children
            if c.dep_ == "poss" and (c.ent_type_ in ("PERSON", "GPE", "ORG") or c.pos_ == "PRON")
        ),
        None,
    )
    return owner if owner is not None else head


def name_at(head: "Token") -> "TokenSpan | None":
    """The PERSON that the phrase is about: its head, its apposition, or a name it ends in."""
    entity = entity_of(head)
    if entity is not None and entity.label_ == "PERSON":
        return entity
    for child in head.children:
        if child.dep_ in ("appos", "flat", "dep") and child.i > head.i:
            named = entity_of(child)
            if named is not None and named.label_ == "PERSON":
                return named
    if (named := _apposed(head)) is not None:
        return named
    for child in head.children:
        if (
            child.dep_ in ("compound", "nmod")
            and (named := entity_of(child)) is not None
            and named.label_ == "PERSON"
            and head.pos_ == "PROPN"
        ):
            return named
    return (
        None
        if entity is None or entity.label_ in ("DATE", "TIME") or head.pos_ == "NOUN"
        else entity
        if head.pos_ == "PROPN"
        and not any(c.dep_ == "compound" and c.i < entity.start for c in head.children)
        else None
    )


def _apposed(head: "Token") -> "TokenSpan | None":
    """ "its ambassador to the EU, Ana Kova," where the parser hung the name elsewhere."""
    if head.tag_ != "NN" or head.lower_ not in TITLES:
        return None
    for token in head.doc[head.i + 1 : min(head.i + 9, head.right_edge.i + 1)]:
        if token.text == "," and token.i + 1 < len(head.doc):
            named = entity_of(head.doc[token.i + 1])
            return named if named is not None and named.label_ == "PERSON" else None
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def entity_of(token: "Token") -> "TokenSpan | None":
    """The entity around a token, if any."""
    if not token.ent_type_:
        return None
    doc = token.doc
    start = token.i
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    end = token.i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    from spacy.tokens import Span as Found

    return Found(doc, start, end, label=token.ent_type, kb_id=token.ent_kb_id)


def conjuncts(head: "Token") -> list["Token"]:
    """Further heads joined to one by "and": Qin and Hayashi."""
    out, waiting = [], [head]
    while waiting:
        node = waiting.pop()
        for child in node.children:
            if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN", "PRON") and child.i > head.i:
                out.append(child)
                waiting.append(child)
    return sorted(out, key=lambda t: t.i)


def _joined(reading: Reading, head: "Token", joined: list["Token"]) -> Span | None:
    first, last = span_one(reading, head), span_one(reading, joined[-1])
    if first is None or last is None or last.start < first.end:
        return first
    return first.cover(last) if last.end - first.start < 200 else first


def span_one(reading: Reading, head: "Token") -> Span | None:
    """The mention of one head, conjuncts left out."""
    named = name_at(head)
    return Span(named.start_char, named.end_char) if named is not None else _phrase(reading, head)


def _phrase(reading: Reading, head: "Token") -> Span | None:
    """The noun phrase around a head: no relative clause, no aside between commas, nothing in marks."""
    first = last = head.i
    for token in head.subtree:
        if token.i < head.i and head.i - token.i < 12:
            first = min(first, token.i)
    while first < head.i and (
        reading.doc[first].is_punct
        or reading.doc[first].is_space
        or (reading.inside(first) and not reading.inside(head.i))
    ):
        first += 1
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ in ("prep", "case")
            and not any(t.text in (",", "“", '"') for t in child.subtree)
            and child.lower_ in ("of", "for", "to", "in", "on", "at", "from")
            and len(list(child.subtree)) < 14
        ):
            last = max(last, child.right_edge.i)
    return reading.span(first, last)


def label_name(reading: Reading, label: Span) -> Span:
    """The name in a label: its PERSON if there is one, else the whole."""
    people = [e for e in reading.entities_in(label.start, label.end) if e.label_ == "PERSON"]
    return Span(people[-1].start_char, people[-1].end_char) if people else label
