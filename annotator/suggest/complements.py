"""Complements: constructions in which words follow their cue, one rule each, in the order of RULES."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.suggest import judging, silence
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.frames import ONLY_THAT
from annotator.suggest.making import (
    KEPT_PREPOSITIONS,
    children_of,
    drafted,
    hearer_of,
    infinitive_after,
    spanning,
)
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = frozenset({"name", "identify", "quote"})  # "asked not to be named"


def _infinitive(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """urged X to …, agreed to …, called on X to …"""
    if "to" not in cue.verb.takes:
        return None
    to = infinitive_after(reading, cue)
    if to is None:
        return None
    unnamed = to.head.lemma_ in _NAMING and any(c.lower_ == "be" for c in to.head.children)
    if unnamed or _belongs_to_object(cue, to):
        return None
    cue.hearer = hearer_of(cue) or _subject_of_infinitive(to)
    head = to.head if to.head.i > to.i else to
    last = bounds.clause_last(to.i, cue, to_end=True, head=head)
    start = to.i
    if cue.verb.lemma in ("ask",) and reading.doc[start - 1].lower_ == "not":
        start -= 1
    if start > cue.last + 1 and reading.doc[start - 1].lower_ in ("not", "never"):
        start -= 1
    return drafted(
        reading,
        spanning(reading, start, last),
        cue,
        "infinitive",
        asked=cue.hearer if cue.verb.object == "asked" else None,
        hearer=cue.hearer,
    )


def _belongs_to_object(cue: Cue, to: "Token") -> bool:
    """ "proposed a committee to manage the fund": the infinitive says what the committee is for."""
    if cue.verb.object or "np" not in cue.verb.takes:
        return False
    return any(c.dep_ == "dobj" and c.i < to.i for c in children_of(cue))


def _subject_of_infinitive(to: "Token") -> "Token | None":
    return next((c for c in to.head.children if c.dep_ == "nsubj" and c.i < to.i), None)


def _clause(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """said (that) …, told X that …, asked whether …"""
    if "that" not in cue.verb.takes:
        return None
    start = _clause_start(reading, cue)
    if start is None:
        return None
    cue.hearer = cue.hearer or (hearer_of(cue) if cue.verb.object else None)
    if cue.hearer is not None and cue.hearer.i >= start:
        cue.hearer = None
    head = next(
        (c for c in children_of(cue) if c.dep_ in ("ccomp", "xcomp") and c.right_edge.i >= start), None
    )
    last = bounds.clause_last(start, cue, to_end=True, head=head)
    if last < start:
        return None
    return drafted(reading, spanning(reading, start, last), cue, "reported clause", hearer=cue.hearer)


def _clause_start(reading: Reading, cue: Cue) -> int | None:
    that = _that_after(reading, cue)
    if that is not None:
        return that + 1
    for child in children_of(cue):
        if (
            child.dep_ in ("ccomp", "xcomp")
            and child.pos_ in ("VERB", "AUX")
            and child.tag_ not in ("VBG", "TO")
        ):
            if any(c.tag_ == "TO" for c in child.children):
                continue
            if (
                "to" in cue.verb.takes
                and child.tag_ == "VB"
                and not any(c.tag_ == "MD" for c in child.children)
            ):
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
            if token.dep_ == "dobj" and any(t.text == "," for t in doc[cue.last + 1 : i]):
                return None  # "warned of a port on the reef, the rock that Norway claims"
            circumstance = noun.dep_ == "pobj" and noun.head.head == cue.token  # "said in a letter that"
            circumstance = circumstance or (noun.head == cue.token and cue.verb.object == "hearer")
            if token.tag_ == "WDT" and token.head.dep_ == "relcl" and i > cue.last + 1:
                own = any(c.dep_ in ("nsubj", "nsubjpass") and c.i > i for c in token.head.children)
                return i if circumstance and own else None
            if (
                noun.pos_ == "NOUN"
                and token.head.dep_ == "acl"
                and i > cue.last + 1
                and cue.verb.object != "hearer"
                and not circumstance
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
        if token.tag_ == "VBG" and doc[i - 1].text == "," and token.lemma_.lower() in reading.words.verbs:
            return None  # "…, Kova said, adding that …"
    return None


def _skip_circumstances(reading: Reading, cue: Cue, start: int, clause: "Token") -> int:
    """Time, place and hearer that the parser drew into the clause: said on Friday | he …"""
    doc = reading.doc
    kinds = ("nsubj", "nsubjpass", "expl", "csubj")
    subjects = [c for c in clause.children if c.dep_ in kinds and c.i < clause.i]
    if not subjects:
        return start
    subject = subjects[-1] if cue.verb.object == "hearer" else subjects[0]
    if subject.left_edge.i <= start:
        return start
    if cue.verb.object == "hearer" and start == cue.last + 1 and doc[start].pos_ in ("NOUN", "PROPN", "DET"):
        return subject.left_edge.i  # told supporters in Oslo | he would not run
    between = doc[start : subject.left_edge.i]
    dated = any(t.ent_type_ in ("DATE", "TIME") for t in between)
    plain = all(t.ent_type_ in ("DATE", "TIME") or t.pos_ in ("ADP", "DET", "ADV") for t in between)
    near = start == cue.last + 1 and len(between) <= 5
    return subject.left_edge.i if dated and plain and near else start


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
            judged = hearer_of(cue)
            if cue.verb.object == "judged" and (judged is None or judged.i > i):
                return None
            first = i if token.lower_ in KEPT_PREPOSITIONS else i + 1
            last = bounds.clause_last(first, cue, to_end=True, head=token)
            empty = all(
                t.ent_type_ in ("DATE", "TIME") or t.tag_ == "PRP" for t in reading.doc[first : last + 1]
            )
            if last < first or empty:
                return None
            role = "judged" if cue.verb.object == "judged" else "hearer"
            return drafted(
                reading,
                spanning(reading, first, last),
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
    other = preposition.head.pos_ == "VERB" and preposition.head.i > cue.last
    return cue.verb.object == "judged" and not other


def _figure(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """estimated the cost at $3 million: from what is counted to the number."""
    if cue.verb.lemma not in ("estimate", "assess"):
        return None
    counted = next((c for c in children_of(cue) if c.dep_ in ("dobj", "nsubj") and c.i > cue.last), None)
    if counted is None:
        return None
    for token in reading.doc[counted.i + 1 : counted.i + 12]:
        if token.lower_ == "at" and any(
            t.like_num or t.is_currency for t in reading.doc[token.i + 1 : token.i + 5]
        ):
            last = bounds.clause_last(counted.left_edge.i, cue, to_end=True, head=None)
            return drafted(reading, spanning(reading, counted.left_edge.i, last), cue, "put X at a number")
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _noun_phrase(reading: Reading, bounds: Bounds, cue: Cue) -> Draft | None:
    """stressed the importance of …, condemned the attack, denied the report"""
    if not {"np", "np weak", "quote"} & cue.verb.takes:
        return None
    head = next((c for c in children_of(cue) if _is_object(c, cue)), None)
    if head is None:
        return None
    if (that := judging.denied(cue, head)) is not None:
        return drafted(
            reading,
            spanning(reading, that + 1, bounds.clause_last(that + 1, cue, to_end=True, head=head)),
            cue,
            "object of the cue",
            judged=head,
        )
    if _opens_frame(reading, cue, head) or _says_nothing(reading, cue, head):
        return None
    start = max(cue.last + 1, head.left_edge.i)
    last = bounds.clause_last(start, cue, to_end=True, head=head)
    marked = any(reading.inside(i) for i in range(start, min(last, start + 4) + 1)) and not reading.inside(
        cue.token.i
    )
    if "np" not in cue.verb.takes and not marked:
        return None
    return drafted(reading, spanning(reading, start, last), cue, "object of the cue", judged=head)


def _is_object(child: "Token", cue: Cue) -> bool:
    """Is a child of the cue what is condemned, stressed, denied?"""
    follows = child.i == cue.last + 1
    if child.dep_ == "ccomp":
        what = any(w.lower_ == "what" and w.i == cue.last + 1 for w in child.children)
        return what or child.tag_ in ("VBG", "NN", "NNS")
    gerund = child.tag_ == "VBG" and (child.dep_ == "xcomp" or follows)
    return gerund or child.dep_ in ("dobj", "attr", "oprd", "pobj")


def _opens_frame(reading: Reading, cue: Cue, head: "Token") -> bool:
    """ "voiced concern about …": a noun of speech that its verb carries has a frame of its own."""
    lemma = head.lemma_.lower()
    if lemma not in reading.words.nouns or lemma in ONLY_THAT:
        return False
    further = any(c.dep_ in ("prep", "acl") and c.i > head.i for c in head.children)
    return further and cue.token.lemma_.lower() in reading.words.carriers


def _says_nothing(reading: Reading, cue: Cue, head: "Token") -> bool:
    """An object without content: "made no claim", "denied it", "told Kova", "threatened Norway"."""
    return (
        any(c.lower_ in ("no", "neither") for c in head.children)
        or judging.bare_speech(head)
        or (head.pos_ == "PRON" and (head.lower_ != "those" or head.right_edge == head))
        or head.ent_type_ in ("DATE", "TIME", "PERSON")
        or (cue.verb.lemma == "threaten" and bool(head.ent_type_ or head.lower_ in reading.words.sources))
        or head == cue.subject
    )


RULES: tuple[Callable[[Reading, Bounds, Cue], Draft | None], ...] = (
    silence.declined,
    silence.kept_quiet,
    _infinitive,
    _clause,
    judging.as_phrase,
    _figure,
    _prepositional,
    judging.naming,
    _noun_phrase,
)
