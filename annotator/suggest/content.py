"""Content: the words that a verb of speech reports, to its right or to its left."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.marks import Quotation
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

KEPT_PREPOSITIONS = frozenset({"against", "to", "with"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "dep", "conj"})
_LIGHT = frozenset(
    {
        "ADV",
        "ADP",
        "DET",
        "NOUN",
        "PROPN",
        "ADJ",
        "NUM",
        "PRON",
        "PART",
        "PUNCT",
        "AUX",
        "SPACE",
        "SYM",
        "X",
        "SCONJ",
        "CCONJ",
    }
)


def right_of(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """Content that follows its cue."""
    quoted = quotation_after(reading, cue)
    if quoted is not None:
        return _quoted(reading, bounds, cue, quoted)
    if cue.subject is None:
        return None
    for rule in (_declined, _infinitive, _clause, _prepositional, _as_phrase, _naming, _noun_phrase):
        found = rule(reading, bounds, cue)
        if found is not None:
            return found
    return None


def _quoted(reading: Reading, bounds: Bounds, cue: Cue, quotation: Quotation) -> Draft:
    """A quotation after its cue, with the role of what stands between."""
    between = _hearer(cue)
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
            return _draft(
                reading, _spanning(reading, first, end), cue, "quotation that runs on", **{role: between}
            )
    return _draft(reading, [span], cue, "quotation", **{role: between})


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


def quotation_after(reading: Reading, cue: Cue) -> Quotation | None:
    """A quotation that is the whole content: only hearer, time and place stand between."""
    doc, i = reading.doc, cue.last + 1
    inside = reading.outer_at(cue.token.i)
    words = 0
    while i < len(doc) and words <= 14:
        token = doc[i]
        quotation = reading.outer_at(i)
        if quotation is not None and quotation is not inside:
            return quotation if _introduced(reading, cue, i) else None
        if token.text in ".?!;" or (token.is_space and "\n" in token.text and doc[i - 1].text != ":"):
            return None
        if token.pos_ in ("VERB", "AUX") and not _participle_between(token, cue):
            return None
        words += 1
        i += 1
    return None


def follows(cue: Cue) -> bool:
    """True when something that the verb could report stands after it."""
    return any(c.dep_ in ("ccomp", "xcomp") and c.i > cue.token.i for c in cue.token.children)


def _participle_between(token: "Token", cue: Cue) -> bool:
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
    if token.text in (",", ":") or token.lower_ == "that":
        return "quote" in cue.verb.takes or "that" in cue.verb.takes
    if token.lower_ in cue.verb.prepositions | {"as"} and before == cue.last + 1:
        return token.lower_ not in KEPT_PREPOSITIONS
    if token.lower_ in cue.verb.prepositions:
        return cue.verb.object == "judged"
    return False


def _draft(reading: Reading, spans: list[Span], cue: Cue, rule: str, **more: object) -> Draft:
    draft = Draft(spans, rule, act=cue.verb.act, verb=cue, speaker=cue.subject, why_speaker=cue.why)
    draft.cue = reading.span(cue.token.i, max(cue.token.i, cue.last))
    draft.hearer = cue.hearer
    for key, value in more.items():
        setattr(draft, key, value)
    return draft


def _spanning(reading: Reading, first: int, last: int) -> list[Span]:
    """Tokens as one span, widened where it would cut a quotation in two."""
    doc = reading.doc
    while first <= last and (doc[first].is_space or doc[first].text in (",", ":", ";")):
        first += 1
    span = reading.span(first, last)
    if span is None:
        return []
    start, end = span.start, span.end
    if (q := reading.outer_at(last)) is not None and q.start >= start:
        end = max(end, q.end)
    if (q := reading.outer_at(first)) is not None and end <= q.end and not reading.inside(max(0, first - 1)):
        start = q.start
    return [Span(start, end)]


def _children(cue: Cue) -> list["Token"]:
    return [c for c in cue.token.children if c.i > cue.last] + (
        []
        if cue.last == cue.token.i
        else [
            c
            for c in cue.token.doc[cue.last].children
            if c.i > cue.last and cue.token.doc[cue.last].dep_ in ("prep", "prt")
        ]
    )


def _hearer(cue: Cue) -> "Token | None":
    """The direct or indirect object between cue and content."""
    for child in _children(cue):
        if child.dep_ in ("dobj", "dative", "pobj", "nmod", "npadvmod") and child.pos_ in (
            "NOUN",
            "PROPN",
            "PRON",
            "ADJ",
            "DET",
        ):
            if child.ent_type_ in ("DATE", "TIME"):
                continue
            return child
        if child.dep_ == "dative" or (child.dep_ == "prep" and child.lower_ == "to"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


_SAYING = frozenset(
    {
        "say",
        "comment",
        "confirm",
        "discuss",
        "elaborate",
        "answer",
        "specify",
        "disclose",
        "reveal",
        "identify",
        "name",
        "respond",
        "speculate",
        "address",
        "give",
        "repeat",
        "explain",
        "provide",
        "detail",
        "apologise",
        "apologize",
        "clarify",
        "deny",
    }
)


def _declined(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """declined to give details: the infinitive; declined to comment on X: X; to say whether …: from whether."""
    if "to comment" not in cue.verb.takes:
        return None
    to = _to_after(reading, cue)
    if to is None or to.i != cue.last + 1 or to.head.lemma_.lower() not in _SAYING:
        return None
    said = to.head
    first = to.i
    following = reading.doc[said.i + 1] if said.i + 1 < len(reading.doc) else None
    if (
        said.lemma_ in ("comment", "say", "discuss", "confirm", "elaborate", "speculate", "specify", "answer")
        and following is not None
    ):
        if following.is_punct or following.is_space:
            return None
        first = following.i + 1 if following.lower_ in ("on", "about", "that", "upon") else following.i
    last = bounds.clause_last(first, cue, to_end=True, head=said)
    return _draft(reading, _spanning(reading, first, last), cue, "declined to say")


def _infinitive(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """urged X to …, agreed to …, called on X to …"""
    if "to" not in cue.verb.takes:
        return None
    to = _to_after(reading, cue)
    if to is None:
        return None
    cue.hearer = _hearer(cue) or _subject_of_infinitive(to)
    head = to.head if to.head.i > to.i else to
    last = bounds.clause_last(to.i, cue, to_end=True, head=head)
    start = to.i
    if cue.verb.lemma in ("ask",) and reading.doc[start - 1].lower_ == "not":
        start -= 1
    if start > cue.last + 1 and reading.doc[start - 1].lower_ == "not":
        start -= 1
    return _draft(
        reading,
        _spanning(reading, start, last),
        cue,
        "infinitive",
        asked=cue.hearer if cue.verb.object == "asked" else None,
        hearer=cue.hearer,
    )


def _subject_of_infinitive(to: "Token") -> "Token | None":
    return next((c for c in to.head.children if c.dep_ == "nsubj" and c.i < to.i), None)


def _to_after(reading: Reading, cue: Cue) -> "Token | None":
    """The "to" of an infinitive that depends on the cue, at most an object phrase between."""
    doc = reading.doc
    inside = reading.outer_at(cue.token.i)
    for i in range(cue.last + 1, min(len(doc), cue.last + 25)):
        token = doc[i]
        if reading.outer_at(i) is not inside:
            return None
        if token.tag_ == "TO" and token.head.i > i and token.head.pos_ in ("VERB", "AUX"):
            return token if _may_hang(token, cue, i) else None
        if (
            token.text in ".;:?!"
            or token.lower_ in ("that", "whether")
            or token.tag_ in ("VBD", "VBZ", "MD", "VBP")
        ):
            return None
        if token.text == "," and i == cue.last + 1:
            return None
    return None


def _may_hang(to: "Token", cue: Cue, i: int) -> bool:
    if i == cue.last + 1 or cue.verb.object in ("asked", "hearer"):
        return True
    node = to.head
    for _ in range(6):
        if node == cue.token:
            return True
        if node.head == node:
            return False
        node = node.head
        if node.pos_ == "NOUN" and node.i > cue.last:
            return False
    return False


def _clause(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """said (that) …, told X that …, asked whether …"""
    if "that" not in cue.verb.takes:
        return None
    start = _clause_start(reading, cue)
    if start is None:
        return None
    cue.hearer = cue.hearer or (_hearer(cue) if cue.verb.object else None)
    if cue.hearer is not None and cue.hearer.i >= start:
        cue.hearer = None
    head = next((c for c in _children(cue) if c.dep_ in ("ccomp", "xcomp") and c.right_edge.i >= start), None)
    last = bounds.clause_last(start, cue, to_end=True, head=head)
    if last < start:
        return None
    return _draft(reading, _spanning(reading, start, last), cue, "reported clause", hearer=cue.hearer)


def _clause_start(reading: Reading, cue: Cue) -> int | None:
    doc = reading.doc
    that = _that_after(reading, cue)
    if that is not None:
        return that + 1
    for child in _children(cue):
        if (
            child.dep_ in ("ccomp", "xcomp")
            and child.pos_ in ("VERB", "AUX")
            and child.tag_ not in ("VBG", "TO")
        ):
            if any(c.tag_ == "TO" for c in child.children):
                continue
            if "to" in cue.verb.takes and child.tag_ == "VB":
                continue
            start = max(child.left_edge.i, cue.last + 1)
            return _skip_circumstances(reading, cue, start, child)
    return _bare_clause_start(reading, cue)


def _that_after(reading: Reading, cue: Cue) -> int | None:
    """Index of a "that" that opens the clause (whether, if, how … stay with it: the token before)."""
    doc = reading.doc
    for i in range(cue.last + 1, min(len(doc), cue.last + 22)):
        token = doc[i]
        if reading.outer_at(i) is not reading.outer_at(cue.token.i):
            return None
        if token.lower_ == "that" and (token.tag_ in ("IN", "WDT") or token.dep_ == "mark"):
            noun = doc[i - 1]
            if token.tag_ == "WDT" and token.head.dep_ == "relcl" and i > cue.last + 1:
                return None
            if (
                noun.pos_ == "NOUN"
                and token.head.dep_ == "acl"
                and i > cue.last + 1
                and cue.verb.object != "hearer"
            ):
                return None
            return i
        if (
            token.lower_ in ("whether", "if", "how", "why", "what", "when", "where", "who")
            and i <= cue.last + 6
            and token.lower_ != "when"
        ):
            if token.lower_ in ("who", "where") and i > cue.last + 1:
                return None
            return i - 1
        if token.text in ".;?!:" or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
    return None


def _skip_circumstances(reading: Reading, cue: Cue, start: int, clause: "Token") -> int:
    """Time, place and hearer that the parser drew into the clause: said on Friday | he …"""
    doc = reading.doc
    subject = next(
        (c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and c.i < clause.i),
        None,
    )
    if subject is None or subject.left_edge.i <= start:
        return start
    between = doc[start : subject.left_edge.i]
    plain = [t for t in between if t.dep_ in ("npadvmod", "advmod") and t.ent_type_ in ("DATE", "TIME")]
    return subject.left_edge.i if plain and start == cue.last + 1 and len(between) <= 3 else start


def _bare_clause_start(reading: Reading, cue: Cue) -> int | None:
    """Without a "that" and against the parser: a noun phrase and a finite verb follow the cue."""
    doc, i = reading.doc, cue.last + 1
    if cue.verb.lemma not in (
        "say",
        "state",
        "claim",
        "add",
        "insist",
        "argue",
        "note",
        "warn",
        "announce",
        "tell",
        "believe",
    ):
        return None
    while i < len(doc) and (
        doc[i].pos_ == "ADV" or doc[i].ent_type_ in ("DATE", "TIME") or doc[i].lower_ == "on"
    ):
        i += 1
    if (
        i >= len(doc)
        or doc[i].is_punct
        or doc[i].is_space
        or doc[i].pos_ not in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM")
    ):
        return None
    if cue.subject is not None and doc[i].i <= cue.subject.i <= doc[i].i + 8:
        return None
    for token in doc[i : i + 16]:
        if token.text in ".;,?!" or reading.inside(token.i) != reading.inside(cue.token.i):
            return None
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.i > i:
            return i
    return None


def _prepositional(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """accused X of …, thanked X for …, warned against …"""
    if not cue.verb.prepositions:
        return None
    for i in range(cue.last + 1, min(len(reading.doc), cue.last + 20)):
        token = reading.doc[i]
        if (
            reading.outer_at(i) is not reading.outer_at(cue.token.i)
            or token.text in ".;:?!"
            or token.tag_ in ("VBD", "VBZ", "VBP", "MD")
        ):
            return None
        if token.lower_ in cue.verb.prepositions and token.pos_ in ("ADP", "SCONJ") and _belongs(token, cue):
            judged = _hearer(cue)
            if cue.verb.object == "judged" and (judged is None or judged.i > i):
                return None
            first = i if token.lower_ in KEPT_PREPOSITIONS else i + 1
            last = bounds.clause_last(first, cue, to_end=True, head=token)
            if last < first:
                return None
            role = "judged" if cue.verb.object == "judged" else "hearer"
            return _draft(
                reading,
                _spanning(reading, first, last),
                cue,
                f"“{token.lower_}” after the cue",
                **{role: judged},
            )
    return None


def _belongs(preposition: "Token", cue: Cue) -> bool:
    node = preposition
    for _ in range(3):
        if node.head == cue.token or node.head.i == cue.last:
            return True
        node = node.head
    return cue.verb.object == "judged"


def _as_phrase(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """described X as Y: from X to Y."""
    if "as" not in cue.verb.takes:
        return None
    judged = _hearer(cue)
    if judged is None or judged.i <= cue.last:
        return None
    for token in reading.doc[judged.i + 1 : judged.i + 18]:
        if token.text in ".;," or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
        if token.lower_ == "as" and token.dep_ in ("prep", "mark"):
            start = max(cue.last + 1, judged.left_edge.i)
            last = bounds.clause_last(start, cue, to_end=False, head=token)
            return _draft(
                reading,
                _spanning(reading, start, max(last, token.right_edge.i)),
                cue,
                "described X as Y",
                judged=judged,
            )
    return None


def _naming(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """called X “Y”: from X to Y; naming without judgement is no statement."""
    if "naming" not in cue.verb.takes or cue.last + 1 >= len(reading.doc):
        return None
    last = bounds.sentence_last(cue.last + 1)
    quoted = next((i for i in range(cue.last + 1, min(last + 1, cue.last + 12)) if reading.inside(i)), None)
    small = next((c for c in _children(cue) if c.dep_ in ("oprd", "ccomp") and c.i > cue.last + 1), None)
    if quoted is None and small is None:
        return None
    first = reading.doc[cue.last + 1]
    if first.pos_ in ("ADP", "PUNCT", "SPACE") or (
        quoted is None and small is not None and small.pos_ == "PROPN"
    ):
        return None
    if quoted is not None:
        q = reading.outer_at(quoted)
        last = reading.token_at(q.end - 1) if q else last
        if any(t.pos_ in ("VERB", "AUX") for t in reading.doc[cue.last + 1 : quoted]):
            return None
    else:
        last = bounds.clause_last(cue.last + 1, cue, to_end=False, head=small)
    return _draft(reading, _spanning(reading, cue.last + 1, last), cue, "called X Y", judged=_hearer(cue))


def _noun_phrase(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """stressed the importance of …, condemned the attack, denied the report"""
    if not {"np", "np weak", "quote"} & cue.verb.takes:
        return None
    objects = [
        c
        for c in _children(cue)
        if c.dep_ in ("dobj", "attr", "oprd", "pobj")
        or (c.dep_ == "ccomp" and c.tag_ == "VBG")
        or (c.dep_ == "xcomp" and c.tag_ == "VBG")
    ]
    if not objects:
        return None
    head = objects[0]
    if (
        head.lemma_.lower() in reading.words.nouns
        and any(c.dep_ in ("prep", "acl") and c.i > head.i for c in head.children)
        and cue.token.lemma_.lower() in reading.words.carriers
    ):
        return None
    if head.pos_ == "PRON" or head.ent_type_ in ("DATE", "TIME", "PERSON") or head == cue.subject:
        return None
    start = max(cue.last + 1, head.left_edge.i)
    last = bounds.clause_last(start, cue, to_end=True, head=head)
    marked = any(reading.inside(i) for i in range(start, min(last, start + 4) + 1)) and not reading.inside(
        cue.token.i
    )
    if "np" not in cue.verb.takes and not marked:
        return None
    if last - start < 1 and not marked and "np" not in cue.verb.takes:
        return None
    return _draft(reading, _spanning(reading, start, last), cue, "object of the cue", judged=head)
