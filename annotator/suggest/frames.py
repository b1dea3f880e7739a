"""Frames without a verb of speech: "raised concerns about …", "a call for …", "according to X"."""

from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue, possessor, speaker_of
from annotator.suggest.draft import Draft
from annotator.suggest.lexicon import Noun, Verb
from annotator.suggest.making import KEPT_PREPOSITIONS, spanning
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ONLY_THAT = frozenset(
    {
        "report",
        "view",
        "idea",
        "belief",
        "position",
        "opinion",
        "argument",
        "plan",
        "statement",
        "announcement",
        "comment",
        "remark",
        "interest",
        "claim",
        "intention",
        "declaration",
        "suggestion",
    }
)
_WITHOUT_CARRIER = frozenset(
    {"call", "appeal", "demand", "warning", "pledge", "vow", "threat", "request", "plea"}
)


_TO_THINGS = frozenset({"welcome", "approval", "support", "backing", "endorsement"})
_AGAIN = frozenset({"reaffirm", "reiterate", "restate", "affirm"})
_MEETINGS = frozenset({"meet", "speak", "talk", "visit", "arrive", "travel"})


def noun_frames(reading: Reading, bounds: Bounds) -> list[Draft]:
    """Content that a noun of speech opens, when someone carries or owns the noun."""
    out = []
    for i, kind in enumerate(reading.columns.classes):
        if kind != "NOUN":
            continue
        token = reading.doc[i]
        noun = reading.words.nouns.get(token.lemma_.lower())
        if noun is None:
            continue
        draft = _noun_frame(reading, bounds, token, noun)
        if draft is not None:
            out.append(draft)
    return out


def _noun_frame(reading: Reading, bounds: Bounds, token: "Token", noun: Noun) -> Draft | None:
    owner, carrier = _owner(reading, token, noun)
    if owner is None:
        return None
    cue = Cue(carrier or token, Verb(noun.lemma, noun.act, frozenset()), owner, last=token.i)
    content = _content(reading, bounds, token, noun, cue)
    if content and carrier is None and token.dep_ in ("nsubj", "nsubjpass"):
        content = _within_subject(reading, token, content)
    if not content:
        return None
    why = (
        f"subject of “{carrier.text} … {token.text}”"
        if carrier is not None
        else f"whose “{token.text}” it is"
    )
    draft = Draft(content, "noun of speech", act=noun.act, verb=cue, speaker=owner, why_speaker=why)
    first = carrier.i if carrier is not None and carrier.i < token.i and token.i - carrier.i < 6 else token.i
    draft.cue = reading.span(first, token.i)
    if carrier is not None:
        draft.hearer = next(
            (
                c
                for p in carrier.children
                if p.lower_ in ("to", "with") and p.dep_ in ("prep", "dative")
                for c in p.children
                if c.dep_ == "pobj"
            ),
            None,
        )
    return draft


def _within_subject(reading: Reading, token: "Token", content: list[Span]) -> list[Span]:
    """ "The call for her resignation found …": nothing of the verb whose subject the noun is."""
    verb = token.head
    helpers = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i > token.i]
    end = reading.end(min([verb.i, *helpers]) - 1) if verb.i > token.i else content[-1].end
    return [Span(s.start, min(s.end, end)) for s in content if s.start < end]


def _owner(reading: Reading, token: "Token", noun: Noun) -> tuple["Token | None", "Token | None"]:
    """Who carries the noun: subject of the carrying verb, else the possessor."""
    head = token.head
    acting = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
    if acting is not None and head.lower_ == "with":
        return acting, None
    itself = _own_subject_of(possessor(token))
    for further in token.ancestors:
        if token.dep_ != "conj" or further.pos_ != "NOUN":
            break
        token, head = further, further.head
    if head.lemma_.lower() == "raise" and noun.lemma in ("hope", "fear", "doubt", "expectation"):
        return None, None
    drawn = token.dep_ == "nsubj" and head.dep_ == "ccomp" and any(c.tag_ == "TO" for c in head.children)
    head = head.head if drawn else head  # "reiterated its call on X to …", the call taken for a subject
    carried = (
        head.pos_ == "VERB"
        and head.lemma_.lower() in reading.words.carriers
        and (drawn or token.dep_ in ("dobj", "attr", "pobj", "conj"))
    )
    if carried:
        if any(c.dep_ == "neg" or c.lower_ in ("if", "whether") for c in head.children):
            return None, None
        subject, _ = speaker_of(head)
        if head.lemma_ == "have" and subject is not None and subject.lower_ == "i":
            return None, None  # "I have no objection to …": the writer
        return subject, head
    if (
        token.dep_ == "pobj"
        and head.lower_ == "with"
        and head.head.pos_ == "VERB"
        and noun.lemma in _WITHOUT_CARRIER
    ):
        return speaker_of(head.head)[0], head.head
    owner = possessor(token) or _author(token) or itself
    if noun.lemma == "refusal":
        owner = None  # "Oslo's refusal to …": done, unless it is voiced
    answered = head.lemma_.lower() in ("reject", "deny", "dismiss", "answer", "ignore")
    if owner is not None and (not answered or owner == _author(token)):
        return owner, None
    return None, None


def _own_subject_of(owner: "Token | None") -> "Token | None":
    """For "its", "their": the subject of the sentence, which the pronoun stands for."""
    if owner is None or owner.tag_ != "PRP$":
        return owner
    verb = next((t for t in owner.ancestors if t.pos_ == "VERB"), None)
    subject = speaker_of(verb)[0] if verb is not None else None
    return subject if subject is not None and subject.i < owner.i else owner


def _author(token: "Token") -> "Token | None":
    """X of "a proposal by X to …", "a claim by X that …", before what it says."""
    for by in token.children:
        if by.lower_ != "by" or not token.i < by.i <= token.i + 2:
            continue
        said = any(c.dep_ in ("acl", "ccomp", "relcl") and c.i > by.i for c in token.children)
        return next((c for c in by.children if c.dep_ == "pobj"), None) if said else None
    return None


def _content(reading: Reading, bounds: Bounds, token: "Token", noun: Noun, cue: Cue) -> list[Span] | None:
    doc = reading.doc
    quotation = reading.outer_at(token.i)
    if (clause := _clause(token, noun)) is not None:
        first, head = clause
        return spanning(reading, first, bounds.clause_last(first, cue, to_end=True, head=head)) or None
    if noun.lemma in ONLY_THAT:
        return None
    asked = _asked_to(doc, token, noun)
    if asked is not None:
        return spanning(reading, asked, bounds.clause_last(asked, cue, to_end=True, head=doc[asked].head))
    preposition = _preposition(reading, token, noun)
    if quotation is not None:
        return _marked(reading, bounds, token, preposition, cue)
    if preposition is None:
        return None
    own = _whole(token, noun, cue, preposition)
    if own is not None:
        first = own.left_edge.i  # reaffirmed | their commitment to …
        return spanning(reading, first, bounds.clause_last(first, cue, to_end=True, head=preposition)) or None
    first = (
        preposition.i
        if preposition.lower_ in KEPT_PREPOSITIONS and noun.lemma in ("commitment", "opposition")
        else preposition.i + 1
    )
    last = bounds.clause_last(first, cue, to_end=True, head=preposition)
    if last < first or doc[first].ent_type_ in ("DATE", "TIME"):
        return None
    return spanning(reading, first, last) or None


def _clause(token: "Token", noun: Noun) -> tuple[int, "Token"] | None:
    """Where the clause after a noun begins ("its claim that | …", "its promise | to …"), and its verb."""
    for verb in token.rights:
        if verb.dep_ not in ("acl", "ccomp", "relcl") or verb.pos_ not in ("VERB", "AUX"):
            continue
        marks = (c for c in verb.lefts if c.dep_ in ("mark", "dobj", "nsubj"))
        that = next((c for c in marks if c.lower_ == "that"), None)
        if that is None:
            to = next((c for c in verb.children if c.tag_ == "TO"), None)
            if to is not None and "to" in noun.takes:
                return int(to.i), verb
        elif that.dep_ != "nsubj" and (that.i <= token.i + 3 or _author(token) is not None):
            return int(that.i) + 1, verb
    return None


def _whole(token: "Token", noun: Noun, cue: Cue, preposition: "Token") -> "Token | None":
    """ "reaffirmed | their commitment to …", "| the iron commitments of Norway to …": where a noun that
    belongs to the content begins.
    """
    again = cue.token.lemma_ in _AGAIN
    if cue.token == token or not (noun.act == "commit" or (noun.lemma == "support" and again)):
        return None
    return possessor(token) or (token if again or preposition.lower_ == "of" else None)


def _asked_to(doc: "Doc", token: "Token", noun: Noun) -> int | None:
    """ "its call on all states to comply": index of the infinitive's "to"."""
    if noun.lemma not in ("call", "appeal", "plea", "request") or token.i + 1 >= len(doc):
        return None
    if doc[token.i + 1].lower_ not in ("on", "upon", "to"):
        return None
    for further in doc[token.i + 2 : token.i + 14]:
        if further.tag_ == "TO":
            return int(further.i)
        if further.pos_ in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _preposition(reading: Reading, token: "Token", noun: Noun) -> "Token | None":
    others = [c for c in token.children if c.i > token.i + 1 and c.lower_ in ("about", "over", "against")]
    to_someone = token.i + 1 < len(reading.doc) and reading.doc[token.i + 1].lower_ in ("to", "with")
    if to_someone and noun.act == "support" and noun.lemma not in _TO_THINGS:
        thanked = (
            t for t in reading.doc[token.i + 2 : token.i + 10] if t.lower_ == "for" and t.pos_ == "ADP"
        )
        return next(thanked, None)  # "their gratitude to Norway for …"
    if to_someone and noun.act == "criticise":
        ahead = reading.doc[token.i + 2 : token.i + 8]
        about = next((t for t in ahead if t.lower_ in ("about", "over", "at") and t.pos_ == "ADP"), None)
        if about is not None:
            return about  # "lodged a protest with Norway over …"
    if others and to_someone and others[0].lower_ in noun.prepositions:
        return others[0]  # "its warning to Serbia about …"
    after = [
        t
        for t in reading.doc[token.i + 1 : token.i + 4]
        if t.lower_ in noun.prepositions and (t.pos_ in ("ADP", "SCONJ", "PART") or t.tag_ == "VBG")
    ]
    return after[0] if after else None


def _marked(
    reading: Reading, bounds: Bounds, token: "Token", preposition: "Token | None", cue: Cue
) -> list[Span] | None:
    """expressed “deep regret”; voiced “serious concern” over …: the marked noun belongs to the content."""
    quotation = reading.outer_at(token.i)
    if quotation is None or (reading.inside(cue.token.i) and cue.token.i != token.i):
        return None
    first = reading.token_from(quotation.start)
    own = possessor(token)
    if own is not None and cue.token != token and own.i < first and not reading.inside(own.i):
        first = _name_from(own, cue)
    if preposition is None or not (preposition.i > reading.token_at(quotation.end - 1)):
        return [Span(int(reading.doc[first].idx), quotation.end)]
    last = bounds.clause_last(preposition.i + 1, cue, to_end=True, head=preposition)
    return spanning(reading, first, last) or None


def _name_from(own: "Token", cue: Cue) -> int:
    """First token of an owner's name: "Japan" of "Japan's “grave concern”"."""
    first = own.i
    while (
        first - 1 > cue.token.i
        and own.doc[first - 1].dep_ == "compound"
        and own.doc[first - 1].ent_type_ == own.ent_type_
    ):
        first -= 1
    return first


def according_to(reading: Reading, bounds: Bounds) -> list[Draft]:
    """ "According to X, …" and "…, according to X": X speaks, or relays when the clause has a speaker."""
    out = []
    doc = reading.doc
    for i, low in enumerate(reading.columns.small[:-2]):
        if low != "according" or doc[i + 1].lower_ != "to" or reading.inside(i):
            continue
        token = doc[i]
        source = next((c for c in doc[token.i + 1].children if c.dep_ == "pobj"), None)
        if source is None or _only_met(token):
            continue
        draft = _sourced(reading, bounds, token, source)
        if draft is not None:
            out.append(draft)
    return out


def _only_met(according: "Token") -> bool:
    """ "They spoke by phone, according to …": an event, nobody's words."""
    verb = according.head
    return verb.lemma_ in _MEETINGS and verb.tag_ in ("VBD", "VBN") and verb.i < according.i


def _sourced(reading: Reading, bounds: Bounds, token: "Token", source: "Token") -> Draft | None:
    doc = reading.doc
    first = bounds.sentence_first(token.i)
    resumed = _resumed(reading, token, source, first)
    if resumed is not None:
        end = bounds.sentence_last(token.i)
        spans = [*spanning(reading, first, token.i - 2), *spanning(reading, resumed, end)]
    elif first >= token.i - 1 or _only_circumstance(reading, first, token.i):
        start = _after_source(reading, source, bounds.sentence_last(token.i))
        last = bounds.sentence_last(token.i)
        spans = spanning(reading, start, last) if start is not None and start < last else []
    else:
        last = token.i - 1
        while last > first and (doc[last].text == "," or doc[last].is_space):
            last -= 1
        spans = spanning(reading, first, last)
    if not spans or (_only_relays(reading, source) and not _marked_inside(reading, spans)):
        return None
    return Draft(
        spans,
        "according to",
        act="assert",
        cue=reading.span(token.i, token.i + 1),
        speaker=source,
        why_speaker="after “according to”",
    )


def _resumed(reading: Reading, token: "Token", source: "Token", first: int) -> int | None:
    """ "A third, according to X, could come …": where the clause goes on."""
    doc = reading.doc
    subject = next((t for t in doc[first : token.i] if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.head.i < token.i or doc[token.i - 1].text != ",":
        return None
    for i in range(source.i + 1, min(subject.head.i + 1, len(doc) - 1)):
        if (
            doc[i].text == ","
            and doc[i + 1].pos_ in ("VERB", "AUX")
            and subject.head in (doc[i + 1], doc[i + 1].head)
        ):
            return i + 1
    return None


def _only_circumstance(reading: Reading, first: int, last: int) -> bool:
    """ "Privately, according to …": nothing is said before."""
    return last - first < 7 and not any(t.pos_ in ("VERB", "AUX") for t in reading.doc[first:last])


def _only_relays(reading: Reading, source: "Token") -> bool:
    """Papers, agencies and documents relay; what they say themselves is no statement of an actor."""
    if reading.words.sources.get(source.lower_) in ("document", "media"):
        return True
    from annotator.suggest.gazetteer import load

    return load().is_media(str(source.ent_kb_id_))


def _marked_inside(reading: Reading, spans: list[Span]) -> bool:
    return any(q.start >= spans[0].start and q.end <= spans[-1].end + 1 for q in reading.outer)


def _after_source(reading: Reading, source: "Token", last: int) -> int | None:
    """First token of the clause after "According to X, who …,"."""
    doc = reading.doc
    comma = None
    for i in range(source.i + 1, last):
        if doc[i].text == "," and not reading.inside(i):
            comma = i
            following = doc[i + 1]
            if (
                following.lower_ in ("who", "which", "quoting", "citing")
                or following.dep_ in ("appos", "acl", "conj")
                or (following.dep_ in ("det", "amod", "compound") and following.head.dep_ == "appos")
            ):
                continue
            return i + 1
    return comma + 1 if comma is not None else None
