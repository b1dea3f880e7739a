"""Content: the words that a verb of speech reports to its right."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import complements, judging
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.making import KEPT_PREPOSITIONS, drafted, hearer_of, spanning
from annotator.suggest.marks import Quotation
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def right_of(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """Content that follows its cue."""
    quoted = quotation_after(reading, cue)
    if quoted is not None:
        before = reading.doc[reading.token_from(quoted.start) - 1]
        between = reading.doc[cue.last + 2 : before.i + 1]
        if cue.subject is not None and any(t.lower_ == "as" for t in between):
            found = judging.as_phrase(reading, bounds, cue)
            if found is not None:
                return found
        return _quoted(reading, bounds, cue, quoted)
    if cue.subject is None:
        return None
    for rule in complements.RULES:
        found = rule(reading, bounds, cue)
        if found is not None:
            return found
    return None


def quotation_after(reading: Reading, cue: Cue) -> Quotation | None:
    """A quotation that is the whole content: only hearer, time and place stand between."""
    doc, i = reading.doc, cue.last + 1
    inside = reading.outer_at(cue.token.i)
    if inside is not None:
        return _within(reading, cue, inside)
    words = 0
    while i < len(doc) and words <= 14:
        token = doc[i]
        quotation = reading.outer_at(i)
        if quotation is not None and quotation is not inside:
            return quotation if _introduced(reading, cue, i) else None
        if token.text in ".?!;" or (token.is_space and "\n" in token.text and doc[i - 1].text != ":"):
            return None
        if token.pos_ in ("VERB", "AUX") and not _participle_between(token):
            return None
        words += 1
        i += 1
    return None


def _within(reading: Reading, cue: Cue, outer: Quotation) -> Quotation | None:
    """ "I said, ‘…’" inside marks: the inner quotation right after the cue, at most a hearer between."""
    for inner in reading.quotations:
        if inner.depth > 1 and inner.start > cue.token.idx and inner.end <= outer.end:
            between = reading.doc[cue.last + 1 : reading.token_from(inner.start)]
            near = len(between) <= 3 and all(t.is_punct or t.tag_ == "PRP" for t in between)
            return inner if near and "quote" in cue.verb.takes else None
    return None


def _quoted(reading: Reading, bounds: Bounds, cue: Cue, quotation: Quotation) -> Draft:
    """A quotation after its cue, with the role of what stands between."""
    between = hearer_of(cue)
    if between is not None and between.idx >= quotation.start:
        between = None
    roles = {"judged": "judged", "asked": "asked", "hearer": "hearer"}
    role = roles.get(cue.verb.object, "hearer")
    span = Span(quotation.start, quotation.end)
    first, last = reading.token_from(quotation.start), reading.token_at(quotation.end - 1)
    if (
        reading.text[quotation.inner_end - 1] not in ".,?!…"
        and last + 1 < len(reading.doc)
        and _runs_on(reading, last + 1)
    ):
        end = bounds.clause_last(first, cue, to_end=True, head=None)
        if end > last:
            return drafted(
                reading, spanning(reading, first, end), cue, "quotation that runs on", **{role: between}
            )
    return drafted(reading, [span], cue, "quotation", **{role: between})


def _runs_on(reading: Reading, i: int) -> bool:
    """Does the reported phrase go on after its marks: “…” from Beijing, “…” along with “…”?"""
    token = reading.doc[i]
    return (
        token.pos_ in ("ADP", "ADV", "VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON")
        and token.ent_type_ not in ("DATE", "TIME")
        and token.lower_
        not in (
            "as",
            "after",
            "before",
            "when",
            "while",
            "during",
            "at",
            "on",
            "in",
            "according",
            "but",
            "and",
            "that",
        )
    )


def follows(cue: Cue) -> bool:
    """True when something that the verb could report stands after it."""
    return any(c.dep_ in ("ccomp", "xcomp") and c.i > cue.token.i for c in cue.token.children)


def _participle_between(token: "Token") -> bool:
    """ "wrote to Congress urging", "told a hearing chaired by X": not the clause's own verb."""
    return token.tag_ in ("VBG", "VBN") and token.dep_ in ("amod", "acl", "compound")


def _introduced(reading: Reading, cue: Cue, i: int) -> bool:
    """Is the quotation that starts at token `i` led in by the cue itself, a comma, colon or "that"?"""
    doc = reading.doc
    before = i - 1
    while before > cue.last and doc[before].is_space:
        before -= 1
    if before <= cue.last:
        return "quote" in cue.verb.takes or not cue.verb.prepositions
    token = doc[before]
    if "to" in cue.verb.takes and cue.verb.object == "asked":
        opened = next((t for t in doc[i : i + 3] if not reading.is_mark(t)), None)
        if opened is not None and opened.tag_ == "TO" and opened.lower_ == "to":
            return True  # urged Fiji “to correct its mistake”
    if token.text in (",", ":") or token.lower_ == "that":
        return "quote" in cue.verb.takes or "that" in cue.verb.takes
    if token.lower_ in cue.verb.prepositions | {"as"} and before == cue.last + 1:
        return token.lower_ not in KEPT_PREPOSITIONS
    if token.lower_ in cue.verb.prepositions:
        return cue.verb.object == "judged"
    return False
