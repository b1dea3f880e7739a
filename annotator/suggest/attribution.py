"""Attribution: words before their cue (“…,” X said), quotations split by it, and those that stand free."""

import re
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest import asides
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue, alternatives, speaker_of
from annotator.suggest.draft import Draft
from annotator.suggest.marks import Quotation
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENDS = frozenset(",.?!…;—–-")
_LEAST_WORDS = 3
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.’' ]{2,}(?:, [^—–()\n-]{1,40})?(?: \([^)\n]{1,40}\))? ?(?:--|—|–|-) "
)


def attribution_start(reading: Reading, cue: Cue) -> int | None:
    """First token of "X said" when a comma or a closing mark stands right before it, else None."""
    doc = reading.doc
    first = cue.token.i
    if cue.subject is None and _taken_for_participle(cue):
        cue.subject, cue.why = cue.token.head, f"noun before “{cue.token.text}”"
    elif not _own_subject(cue):
        return None
    left = [c for c in cue.token.children if c.i < first and c.dep_ in ("aux", "auxpass", "advmod", "neg")]
    first = min([first, *(c.left_edge.i for c in left)])
    if cue.subject is not None and cue.subject.i < cue.token.i and cue.token.i - cue.subject.left_edge.i < 45:
        first = min(first, cue.subject.left_edge.i)
    for c in cue.token.children:
        if c.dep_ == "nsubj" and c.right_edge.i + 1 == first:
            first = c.left_edge.i  # ", the Norwegian news agency NTB reported"
    while reading.inside(first) and not reading.inside(cue.token.i):
        first += 1
    if first > 0 and doc[first - 1].lower_ in ("as", "then", "later", "also"):
        first -= 1
    before = first - 1
    while before >= 0 and doc[before].is_space and "\n" not in doc[before].text:
        before -= 1
    if before < 0:
        return None
    closes = reading.inside(before) and not reading.inside(first)
    return first if closes or doc[before].text in (",", "–", "—", "--") else None


def _own_subject(cue: Cue) -> bool:
    """Only a verb with its own subject, or a finite one whose subject was not seen, follows its content."""
    if cue.subject is not None and cue.subject.head == cue.token:
        return True
    if cue.token.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    return cue.subject is None or cue.passive or not any(c.dep_ == "cc" for c in cue.token.head.children)


def _taken_for_participle(cue: Cue) -> bool:
    """ "…, the two presidents announced after talks": a noun and its verb that close the sentence."""
    noun, after = cue.token.head, cue.token.i + 1
    if cue.token.dep_ != "acl" or cue.token.tag_ != "VBN" or noun.i + 1 != cue.token.i:
        return False
    word = cue.token.doc[after].lower_ if after < len(cue.token.doc) else "."
    ends = word in (".", "after", "on", "in", "at") and word not in cue.verb.prepositions
    return ends and noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ","


def left_of(reading: Reading, bounds: Bounds, cue: Cue, first: int, *, quoted_only: bool) -> Draft | None:
    """Content before "X said", with the rest of a quotation that the cue interrupts."""
    doc = reading.doc
    before = first - 1
    while before > 0 and (
        doc[before].is_space or (doc[before].text in (",", "–", "—", "--") and not reading.inside(before))
    ):
        before -= 1
    quotation = reading.outer_at(before)
    if quotation is not None and quotation.holds(int(cue.token.idx)):
        quotation = None
    start = bounds.sentence_first(before if quotation is None else reading.token_from(quotation.start))
    while start < before and (doc[start].is_space or (doc[start].is_punct and not reading.inside(start))):
        start += 1
    if quotation is not None and _stands_alone(reading, quotation, start):
        spans = [Span(quotation.start, quotation.end), *_resumed(reading, cue, quotation)]
        return _attributed(reading, cue, spans, "quotation before its cue")
    if quoted_only or start >= before:
        return None
    start = _after_dateline(reading, start, before)
    if _has_object(cue) or (quotation is None and not _reports(reading, cue, start, first)):
        return None
    end = quotation.end if quotation is not None else reading.end(before)
    return _attributed(reading, cue, [Span(int(doc[start].idx), end)], "clause before its cue")


def around(reading: Reading, bounds: Bounds, cue: Cue, first: int) -> Draft | None:
    """Content on both sides of "X said"."""
    spans = asides.split(reading, bounds, cue, first)
    return _attributed(reading, cue, spans, "clause around its cue") if spans else None


def _after_dateline(reading: Reading, start: int, before: int) -> int:
    """First token after "TASHKENT, May 22 (Agency) --"."""
    text = reading.text[int(reading.doc[start].idx) : int(reading.doc[before].idx)]
    match = _DATELINE.match(text)
    return reading.token_from(int(reading.doc[start].idx) + match.end()) if match else start


def _has_object(cue: Cue) -> bool:
    """ "police reported no arrests": a verb with an object of its own reports nothing before it."""
    return cue.verb.object == "" and any(
        c.dep_ == "dobj" and c.i > cue.token.i and not c.ent_type_ for c in cue.token.children
    )


def _reports(reading: Reading, cue: Cue, start: int, first: int) -> bool:
    """Is there a clause before the cue that is not just its circumstance: "When X, he said"?"""
    finite = [t for t in reading.doc[start:first] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    if not finite:
        return False
    if cue.token.head != cue.token and start <= cue.token.head.i < first:
        return True
    marked = reading.outer_at(cue.token.i)
    if marked is not None and reading.token_from(marked.inner_start) == start:
        return True  # “The truce is a relief, its envoy said.”
    return any(_is_reported(t, cue) for t in finite)


def _is_reported(verb: "Token", cue: Cue) -> bool:
    node = verb
    for head in verb.ancestors:
        if head == cue.token:
            return node.dep_ in ("ccomp", "parataxis", "dep", "csubj", "conj", "nsubj")
        node = head
    return True


def _stands_alone(reading: Reading, quotation: Quotation, sentence_start: int) -> bool:
    """True when the quotation is all of what is said, not a piece of the writer's clause."""
    first = reading.token_from(quotation.start)
    if sentence_start >= first:
        return True
    led = first - 1
    while led > 0 and reading.doc[led].is_space:
        led -= 1
    return (
        reading.doc[led].text in (":", ",")
        and bool(reading.text[quotation.inner_end - 1] in _ENDS)
        and quotation.inner_end - quotation.inner_start > 25
    )


def _attributed(reading: Reading, cue: Cue, spans: list[Span], rule: str) -> Draft:
    speaker, why = cue.subject, cue.why
    if speaker is None or (reading.inside(speaker.i) and not reading.inside(cue.token.i)):
        speaker, why = _beside_cue(reading, cue), f"beside “{cue.token.text}”"
    draft = Draft(spans, rule, act=cue.verb.act, verb=cue, speaker=speaker, why_speaker=why)
    draft.cue = reading.span(cue.token.i, max(cue.last, cue.token.i))
    draft.hearer = cue.hearer or _told(cue)
    return draft


def _beside_cue(reading: Reading, cue: Cue) -> "Token | None":
    """The noun right before the cue, else an object that may be its subject, else the name after it."""
    before = cue.token.i - 1
    while before > 0 and reading.doc[before].pos_ in ("ADV", "AUX"):
        before -= 1
    token = reading.doc[before]
    if token.pos_ in ("NOUN", "PROPN", "PRON") and not reading.inside(before):
        return token
    inverted = next((t for t in alternatives(cue) if t.pos_ in ("PROPN", "NOUN")), None)
    return inverted or _after(reading, cue)


def _told(cue: Cue) -> "Token | None":
    if cue.verb.object not in ("hearer", "asked"):
        return None
    return next(
        (
            c
            for c in cue.token.children
            if c.dep_ in ("dobj", "dative") and c.i > cue.token.i and c.pos_ != "VERB"
        ),
        None,
    )


def _after(reading: Reading, cue: Cue) -> "Token | None":
    """said X, when the parser did not see the subject: the first name or noun after the verb."""
    for token in reading.doc[cue.last + 1 : cue.last + 12]:
        if token.text in ".;:" or token.is_space or reading.inside(token.i):
            return None
        if token.pos_ in ("PROPN", "PRON", "NOUN"):
            return _whole_name(token)
        if token.pos_ in ("VERB", "ADP"):
            return None
    return None


def _resumed(reading: Reading, cue: Cue, quotation: Quotation) -> list[Span]:
    """The second half of “A,” he said, “B.”"""
    if reading.text[quotation.inner_end - 1] in ".?!":
        return []
    doc, i = (reading.doc, max(cue.last, _last_of_subject(reading, cue)) + 1)
    for _ in range(14):
        if i >= len(doc) or doc[i].text in ".;:" or doc[i].is_space:
            return []
        following = reading.outer_at(i)
        if following is not None and following.start > quotation.start:
            joined = doc[i - 1].text in (",", "–", "—", "--") or doc[i - 1].lower_ == "that"
            if not joined and _title(reading, following):
                i = reading.token_at(following.end - 1) + 1  # on “This Week,” “…”
                told = reading.text[following.inner_end - 1] == ","
                later = reading.outer_at(i) if told and i < len(doc) else None
                return [Span(later.start, later.end)] if later is not None else []
            return [Span(following.start, following.end)] if joined else []
        if (doc[i].tag_ == "VBD" and doc[i].dep_ != "relcl") or (
            doc[i].tag_ == "VBG" and doc[i].lemma_.lower() in reading.words.verbs
        ):
            return []
        i += 1
    return []


def _last_of_subject(reading: Reading, cue: Cue) -> int:
    """Last token of "said X, who sits there, “…”", nothing in marks."""
    if cue.subject is None or cue.subject.i <= cue.last:
        return cue.last
    last = cue.subject.right_edge.i
    marked = any(reading.inside(i) for i in range(cue.subject.i, last + 1))
    return cue.subject.i if marked else last


def free_quotations(reading: Reading, bounds: Bounds, drafts: list[Draft]) -> list[Draft]:
    """Quotations that no cue claims: joined to the utterance they go on with (which changes `drafts`),
    or given to the subject of the sentence beside them.
    """
    out: list[Draft] = []
    claimed = sorted((s.start, s.end) for d in drafts for s in d.spans)
    for quotation in reading.outer:
        taken = any(a < quotation.end and quotation.start < b for a, b in claimed)
        if taken or _title(reading, quotation):
            continue
        before = _utterance_before(reading, quotation, [*drafts, *out])
        if _words(reading, quotation) < (_LEAST_WORDS if before is None else 1):
            continue
        if before is not None and _goes_on(reading, bounds, quotation, before):
            before.spans = [*before.spans, Span(quotation.start, quotation.end)]
            continue
        made = _free(reading, bounds, quotation, before, [*drafts, *out])
        if made is not None:
            out.append(made)
    return out


def _title(reading: Reading, quotation: Quotation) -> bool:
    """“The Real Evidence,”: a few words, all of them with capitals, are a name."""
    inner = reading.text[quotation.inner_start : quotation.inner_end]
    words = inner.strip(" ,").split()
    if inner.endswith((".", "!", "?")):
        return False
    large = [w for w in words if len(w) > 3 or w[:1].isupper()]
    return 2 <= len(words) <= 5 and len(large) > 1 and all(w[:1].isupper() for w in large)


def _words(reading: Reading, quotation: Quotation) -> int:
    first, last = reading.token_from(quotation.start), reading.token_at(quotation.end - 1)
    return sum(t.is_alpha for t in reading.doc[first : last + 1])


def _utterance_before(reading: Reading, quotation: Quotation, drafts: list[Draft]) -> Draft | None:
    """The last statement before a quotation in its paragraph."""
    paragraph = reading.paragraph_of(quotation.start)
    earlier = [d for d in drafts if d.end <= quotation.start and not d.nested]
    here = [d for d in earlier if reading.paragraph_of(d.start) == paragraph]
    return max(here, key=lambda d: d.end) if here else None


def _goes_on(reading: Reading, bounds: Bounds, quotation: Quotation, before: Draft) -> bool:
    """“A,” X said. “B.” is one utterance when nothing new is said between."""
    first, last = reading.token_from(quotation.start), reading.token_at(quotation.end - 1)
    opens = bounds.sentence_first(first) >= first and not _after_colon(reading, quotation, first)
    ends = bounds.ends_sentence(last) or quotation.closed
    return opens and ends and _signed(reading, last) is None and _is_marked(reading, before.spans[-1])


def _after_colon(reading: Reading, quotation: Quotation, first: int) -> int | None:
    """Index of a colon that leads the quotation in."""
    led = first - 1
    while led >= 0 and reading.doc[led].is_space:
        led -= 1
    if led < 0 or reading.doc[led].text != ":":
        return None
    near = reading.paragraph_of(reading.doc[led].idx) >= reading.paragraph_of(quotation.start) - 1
    return led if near else None


def _free(
    reading: Reading, bounds: Bounds, quotation: Quotation, before: Draft | None, drafts: list[Draft]
) -> Draft | None:
    first, last = reading.token_from(quotation.start), reading.token_at(quotation.end - 1)
    spans = [Span(quotation.start, quotation.end)]
    colon = _after_colon(reading, quotation, first)
    if colon is not None:
        return _said_by(
            spans, "quotation after a colon", _main_subject(reading, colon), "subject before the colon"
        )
    if bounds.sentence_first(first) < first:
        return None
    if (signed := _signed(reading, last)) is not None:
        return _said_by(spans, "signed quotation", signed, "name after the dash")
    if not bounds.ends_sentence(last) and not quotation.closed:
        return None
    if before is not None:
        return _like(spans, "quotation that goes on", before)
    return _beside(reading, quotation, spans, drafts)


def _said_by(spans: list[Span], rule: str, speaker: "Token | None", why: str) -> Draft | None:
    if speaker is None:
        return None
    return Draft(spans, rule, act="assert", speaker=speaker, why_speaker=why)


def _like(spans: list[Span], rule: str, before: Draft) -> Draft | None:
    """A statement with the speaker of the one before."""
    if before.speaker is None and before.speaker_span is None:
        return None
    why = "speaker of the statement before"
    return Draft(
        spans, rule, act="assert", speaker=before.speaker, speaker_span=before.speaker_span, why_speaker=why
    )


def _signed(reading: Reading, last: int) -> "Token | None":
    """“…” — NAME, at the end of a paragraph."""
    doc, i = reading.doc, last + 1
    if i + 1 >= len(doc) or doc[i].text not in ("—", "–", "-", "--") or doc[i + 1].pos_ != "PROPN":
        return None
    return _whole_name(doc[i + 1])


def _whole_name(token: "Token") -> "Token":
    """The head of the name that a token begins; heads only ever further right."""
    while token.dep_ == "compound" and token.head.i > token.i:
        token = token.head
    return token


def _is_marked(reading: Reading, span: Span) -> bool:
    return any(q.start <= span.start + 1 and span.end - 1 <= q.end for q in reading.outer)


def _beside(reading: Reading, quotation: Quotation, spans: list[Span], drafts: list[Draft]) -> Draft | None:
    """A quotation with no cue: the subject of the sentence before it in its paragraph, or after it; else
    the speaker of the statement before.
    """
    rule = "quotation without cue"
    first, last = reading.token_from(quotation.start), reading.token_at(quotation.end - 1)
    before = first - 1
    while before >= 0 and reading.doc[before].is_space:
        before -= 1
    for i, why in ((before, "subject of the sentence before"), (last + 1, "subject of the sentence after")):
        if _in_paragraph(reading, i, quotation):
            made = _said_by(spans, rule, _main_subject(reading, i), why)
            if made is not None:
                return made
    earlier = [d for d in drafts if d.end <= quotation.start]
    return _like(spans, rule, max(earlier, key=lambda d: d.end)) if earlier else None


def _in_paragraph(reading: Reading, i: int, quotation: Quotation) -> bool:
    if not 0 <= i < len(reading.doc) or reading.doc[i].is_space:
        return False
    return reading.paragraph_of(reading.doc[i].idx) == reading.paragraph_of(quotation.start)


def _main_subject(reading: Reading, i: int) -> "Token | None":
    """Subject of the sentence around token `i`, outside marks."""
    if not reading.parsed:
        return None
    sentence = reading.doc[i].sent
    roots = [sentence.root, *(c for c in sentence.root.children if c.dep_ in ("ccomp", "conj"))]
    for root in roots:
        if reading.inside(root.i):
            continue
        for child in root.children:
            if child.dep_ in ("nsubj", "nsubjpass") and not reading.inside(child.i):
                return child
    subjects = [t for t in sentence if t.dep_ == "nsubj" and not reading.inside(t.i)]
    if subjects:
        return subjects[0]
    root = sentence.root
    if root.pos_ in ("VERB", "AUX"):
        return speaker_of(root)[0]
    return None
