"""Cues: verbs of speech in a parsed text, each with its subject, found over the dependency parse."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.suggest.lexicon import Verb
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SETTINGS = frozenset(
    {"comment", "brief", "speak", "address", "respond", "ask", "react", "write", "answer", "explain"}
)
_VERBAL = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_TOLD = frozenset({"said", "says", "told", "added"})  # whatever the tagger takes them for


@dataclass
class Cue:
    """One verb of speech: token index, what the lexicon says of it, and the head of its subject."""

    token: "Token"
    verb: Verb
    subject: "Token | None" = None
    last: int = -1  # last token of the cue itself: a particle or preposition belongs to it
    why: str = ""
    negated: bool = False
    passive: bool = False
    hearer: "Token | None" = None
    relays: list["Token"] = field(default_factory=list)


def find(reading: Reading) -> list[Cue]:
    """All verbs of speech with a possible speaker, in text order."""
    columns = reading.columns
    verbal = (
        i
        for i, (kind, tag, low) in enumerate(zip(columns.classes, columns.tags, columns.small, strict=True))
        if kind in _VERBAL and (tag.startswith("V") or low in _TOLD)
    )
    return [cue for i in verbal if (cue := _cue_at(reading, reading.doc[i]))]


def _cue_at(reading: Reading, token: "Token") -> Cue | None:
    if _so_called(token):
        return None
    if token.tag_ == "VBG" and token.dep_ == "pcomp" and token.head.lower_ in ("of", "for"):
        return None  # "accused of backing the rebels"
    if (
        token.tag_ == "VBG"
        and token.dep_ == "xcomp"
        and token.head.lemma_ in ("deny", "admit", "avoid", "stop")
    ):
        return None  # "denied backing the rebels"
    verb, last = match_verb(reading, token)
    if verb is None or _setting(token) or _intended(token) or _done_to(token):
        return None
    cue = Cue(token, verb, last=last)
    here = reading.outer_at(token.i)
    cue.negated = any(
        c.dep_ == "neg" and c.i < token.i and reading.outer_at(c.i) is here for c in token.children
    )
    cue.negated = cue.negated or _fails(token) or _neither(token)
    cue.passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)
    if not _asked(token):
        cue.subject, cue.why = speaker_of(token)
    asked = next((c for c in token.children if c.i < token.i and _between_commas(c) and _asked(c)), None)
    if cue.subject is None and asked is not None:
        cue.subject, cue.why = _own_subject(asked), f"subject of “{token.text}”"
    return cue


def _asked(token: "Token") -> bool:
    """ "Asked whether …, he said": a participle of the passive, whose speaker nobody names."""
    bare = token.tag_ == "VBN" and token.dep_ in ("advcl", "acl", "amod")
    opens = token.is_sent_start or (token.i > 0 and token.nbor(-1).is_space)
    if token.lower_ in ("asked", "pressed", "quizzed", "questioned"):
        if _between_commas(token):
            return True
        if bare or opens:
            return not any(c.dep_ == "nsubj" for c in token.children)
    if bare and _after_relative(token):
        return False
    return bare and not any(c.dep_ in ("aux", "auxpass", "agent") for c in token.children)


def _between_commas(token: "Token") -> bool:
    """ "Kova, asked about the crew, told reporters": a participle that the parser takes for a clause."""
    return token.i > 0 and token.nbor(-1).text == "," and token.dep_ == "ccomp" and token.head.i > token.i


def _after_relative(token: "Token") -> bool:
    """ "Norway, which led the talks, offered to …": a finite verb that the parser takes for a participle."""
    noun = token.head
    if token.dep_ != "acl" or token.nbor(-1).text != "," or token.right_edge == token:
        return False
    led = any(c.dep_ in ("relcl", "appos") and noun.i < c.i < token.i for c in noun.children)
    return led and token.nbor().lower_ in ("to", "that")


def _fails(token: "Token") -> bool:
    """ "failed to agree", "refused to endorse": said by nobody."""
    return token.dep_ == "xcomp" and token.tag_ == "VB" and token.head.lemma_ in ("fail", "refuse", "decline")


def _neither(token: "Token") -> bool:
    """ "Neither would say", "would neither confirm nor deny"."""
    verbs = [token, token.head] if nor(token) else [token]
    return any(c.lower_ == "neither" and c.i < token.i for verb in verbs for c in verb.children)


def nor(token: "Token") -> bool:
    """The second verb of "neither confirm nor deny"."""
    return token.dep_ == "conj" and token.i > 0 and token.nbor(-1).lower_ == "nor"


def _setting(token: "Token") -> bool:
    """ "Commenting on the drills, he said", "Also briefing the Council, …": when something else was said."""
    first = token.sent.start
    while first < token.i and token.doc[first].is_space:
        first += 1
    opens = token.i == first or (token.i == first + 1 and token.nbor(-1).pos_ in ("ADV", "SCONJ"))
    return opens and token.tag_ == "VBG" and token.lemma_.lower() in _SETTINGS


def _done_to(token: "Token") -> bool:
    """ "had been held in a cell and denied visits": the second verb of a passive."""
    if token.dep_ != "conj" or token.lemma_ != "deny" or token.head.tag_ != "VBN":
        return False
    passive = any(c.dep_ == "auxpass" for c in token.head.children)
    return passive and not any(c.dep_ in ("nsubj", "aux") for c in token.children)


def _intended(token: "Token") -> bool:
    """ "wants to raise the wage", "plans to announce it": nothing is said yet."""
    return (
        token.dep_ == "xcomp"
        and token.tag_ == "VB"
        and token.head.lemma_ in ("want", "plan", "seek", "try", "hope")
    )


def _so_called(token: "Token") -> bool:
    return token.i > 0 and token.lower_ == "called" and token.nbor(-1).lower_ in ("so", "-", "so-")


def match_verb(reading: Reading, token: "Token") -> tuple[Verb | None, int]:
    """The lexicon's entry for a token, with its particle or preposition, and the last token of both."""
    lemma = token.lemma_.lower()
    for rest in reading.words.phrases.get(lemma, ()):
        parts = rest.split()
        if (last := _follows(token, parts)) is not None:
            return reading.words.verbs[f"{lemma} {rest}"], last
    return reading.words.verbs.get(lemma), token.i


def _follows(token: "Token", parts: list[str]) -> int | None:
    """Index of the last of `parts` when they follow the verb, at most an adverb or "back" between."""
    doc, i = token.doc, token.i + 1
    if i < len(doc) and doc[i].pos_ == "ADV" and doc[i].lower_ != parts[0]:
        i += 1
    for part in parts:
        if i >= len(doc) or doc[i].lower_ != part:
            return None
        i += 1
    return i - 1


def speaker_of(verb: "Token") -> tuple["Token | None", str]:
    """Head of the noun phrase that speaks, and how it was found."""
    seen: set[int] = set()
    node = verb
    while node.i not in seen:
        seen.add(node.i)
        subject = _own_subject(node)
        if subject is not None:
            if node != verb and subject.lower_ == "it" and verb.dep_ == "conj":
                return subject, f"subject of “{node.text}”"
            return _antecedent(subject), f"subject of “{node.text}”"
        if node == verb and (name := _run_together(verb)) is not None:
            return name, f"subject of “{node.text}”"
        found = _governor(node)
        if found is None:
            return None, ""
        node = found
        if node.pos_ in ("NOUN", "PROPN", "PRON"):
            return node, f"noun that “{verb.text}” belongs to"
    return None, ""


def _run_together(verb: "Token") -> "Token | None":
    """ "Why a town saves fuel Holm stressed …": a headline ran into the sentence, so the parser joins the
    verb to an earlier one, though neither "and" nor a comma stands before it but a person's name.
    """
    before = verb.nbor(-1) if verb.i else None
    joined = verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ", "VBP")
    return before if joined and before is not None and before.ent_type_ == "PERSON" else None


def _own_subject(verb: "Token") -> "Token | None":
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    agent = next(
        (c for a in verb.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"), None
    )
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"]
    inverted = bool(subjects) and subjects[-1].i > verb.i and verb.i > 0 and verb.nbor(-1).text == ","
    if inverted or (subjects and subjects[-1].i < verb.i):
        subjects = subjects[-1:]  # "Kyiv's patience, said its ambassador", "spokeswoman Ana Kova said"
    for child in subjects:
        if not passive:
            return _named_after(child)
        return (
            agent
            if agent is not None and verb.lemma_ not in ("quote", "cite", "report")
            else _reported(verb, child)
        )
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and agent is not None:
        return agent
    return _after_preposition(verb) if verb.dep_ == "advcl" and verb.tag_ in ("VBD", "VBZ") else None


def _named_after(subject: "Token") -> "Token":
    """ "Also briefing the Council, Ana Kova said": the name, where the parser took the participle."""
    if subject.tag_ != "VBG":
        return subject
    parts = list(subject.subtree)
    comma = next((t.i for t in parts if t.text == ","), subject.doc[-1].i)
    kinds = ("appos", "dobj", "conj")
    return next((t for t in parts if t.i > comma and t.dep_ in kinds and t.pos_ == "PROPN"), subject)


def _after_preposition(verb: "Token") -> "Token | None":
    """ "put off after a handful of members threatened to …": a subject that hangs on "after"."""
    for prep in verb.head.children:
        if (
            prep.lower_ in ("after", "before", "as", "since", "until")
            and prep.dep_ == "prep"
            and prep.i < verb.i
        ):
            noun = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.right_edge.i + 1 == verb.i:
                return noun
    return None


def _reported(verb: "Token", subject: "Token") -> "Token | None":
    """The subject of a passive speaks only when others report it: "was quoted as saying"."""
    if subject.lower_ == "it":
        return None
    return (
        subject
        if verb.lemma_
        in ("draw", "quote", "cite", "report", "say", "know", "prompt", "force", "ask", "quiz", "challenge")
        else None
    )


def _antecedent(subject: "Token") -> "Token":
    """For "who" and "which": the noun that the relative clause belongs to."""
    if subject.lower_ in ("who", "which", "that") and subject.head.dep_ == "relcl":
        noun: Token = subject.head.head
        return noun
    return subject


def _governor(verb: "Token") -> "Token | None":
    """Where a verb without a subject of its own may borrow one."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ in (
        "conj",
        "xcomp",
        "advcl",
        "pcomp",
        "acl",
        "prep",
        "ccomp",
        "dep",
        "relcl",
        "parataxis",
        "pobj",
        "amod",
    ):
        if verb.dep_ in ("pcomp", "prep", "pobj") or (head.dep_ in ("prep", "pcomp") and head.pos_ != "VERB"):
            return _climb(head)
        if head.lemma_ in ("quote", "cite") and verb.dep_ in ("pcomp", "advcl", "xcomp"):
            return _quoted(head) or head
        if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN"):
            return _owner_of_document(head)
        return _climb(head)
    return _climb(head) if verb.tag_ in ("VBG", "VBN") else None


def _climb(head: "Token") -> "Token | None":
    """From a preposition up to the verb or noun it hangs on."""
    for above in head.ancestors:
        if head.pos_ not in ("ADP", "SCONJ", "PART", "ADJ", "ADV"):
            break
        if above.lemma_ in ("quote", "cite"):
            return _quoted(above) or above
        head = above
    return head if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN") else None


def _quoted(verb: "Token") -> "Token | None":
    """ "quoted X as saying": X. In the passive the subject is found later."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return None if passive else next((c for c in verb.children if c.dep_ == "dobj"), None)


def _owner_of_document(noun: "Token") -> "Token":
    """ "Hamas issued a statement saying": the one who issued it, else the statement."""
    owner = possessor(noun)
    if owner is not None:
        return owner
    head = noun.head
    if noun.dep_ == "pobj" and head.head.dep_ in ("prep", "dobj", "pobj") and head.head.pos_ != "VERB":
        return _owner_of_document(head.head) if head.head.pos_ == "NOUN" else noun
    if noun.dep_ in ("dobj", "attr") and head.pos_ == "VERB":
        subject, _ = speaker_of(head)
        if subject is not None:
            return subject
    if noun.dep_ == "pobj" and head.head.pos_ == "VERB":
        subject, _ = speaker_of(head.head)
        if subject is not None:
            return subject
    return noun


def possessor(noun: "Token") -> "Token | None":
    """X of "X's statement", or a possessive pronoun."""
    return next((c for c in reversed(list(noun.lefts)) if c.dep_ == "poss"), None)


def in_question(token: "Token") -> bool:
    """True in a sentence that ends with a question mark."""
    return str(token.sent.text).rstrip().endswith("?")


def alternatives(cue: Cue) -> Iterator["Token"]:
    """Objects that may be an inverted subject: said X."""
    return (
        c for c in cue.token.children if c.dep_ in ("dobj", "attr", "oprd", "npadvmod") and c.i > cue.token.i
    )
