"""Puts the rules together: all drafts of a reading, contradictions between them resolved."""

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from annotator.suggest import (
    attribution,
    content,
    cues,
    documents,
    frames,
    gazetteer,
    joined,
    stances,
    turns,
    unparsed,
    unsaid,
)
from annotator.suggest.bounds import Bounds
from annotator.suggest.cues import Cue
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading
from annotator.suggest.turns import Turns

if TYPE_CHECKING:
    from spacy.tokens import Token


_PERSONS = frozenset({"he", "she", "i", "they", "we", "him", "her", "them"})
_TALKED_OVER = frozenset({"discuss", "address"})
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_DEEDS = frozenset({"agree", "seek", "offer", "support", "back"})
_SHUTS_OUT = frozenset({"rule out", "exclude"})


def drafts(reading: Reading) -> tuple[list[Draft], Turns]:
    """All statements the rules see, by place in the text, and the turns of a transcript."""
    spoken = turns.find(reading)
    found = documents.widened(reading, turns.drafts(reading, spoken)) or documents.drafts(reading)
    if reading.parsed:
        found = _from_cues(reading, spoken, found)
    else:
        found += unparsed.drafts(reading, found)
    return sorted(found, key=lambda d: (d.start, -d.end)), spoken


def _from_cues(reading: Reading, spoken: Turns, labelled: list[Draft]) -> list[Draft]:
    found_cues = [c for c in cues.find(reading) if _may_speak(c)]
    _mend_subjects(reading, found_cues)
    starts = {id(c): attribution.attribution_start(reading, c) for c in found_cues}
    commas = {s for c in found_cues if (s := starts[id(c)]) is not None and _said(c)}
    bounds = Bounds(reading, commas)
    said: list[Draft] = []
    for cue in found_cues:
        draft = _from_cue(reading, bounds, cue, starts[id(cue)])
        if draft is not None:
            said.append(draft)
    said += frames.noun_frames(reading, bounds)
    said += frames.according_to(reading, bounds)
    said += stances.drafts(reading, bounds)
    said = [d for d in said if not _in_headline(reading, d)]
    said = _resolved(reading, said)
    said = _nested(reading, spoken, labelled, said)
    said = labelled + said
    if not spoken.transcript:
        free = attribution.free_quotations(reading, bounds, said)
        said += [d for d in free if not _in_headline(reading, d)]
    return said


def _goes_back(reading: Reading, cue: Cue, previous: Cue | None) -> bool:
    """ "X said that Y failed, adding …": the participle after a comma goes on with the cue before."""
    if previous is None or cue.token.tag_ != "VBG" or cue.token.dep_ != "advcl" or cue.token.i == 0:
        return False
    if cue.subject is not None and cue.subject.head.dep_ == "conj" and cue.subject.i > previous.token.i:
        return False  # "X offered to mediate, but Y ruled it out, arguing …"
    if any(t.text == ";" for t in reading.doc[previous.token.i : cue.token.i]):
        return False  # "X praised it; Y was careful, warning …"
    if previous.token.dep_ == "relcl" and cue.token.head != previous.token:
        return False  # "X spoke of the island that Y claims, warning …"
    return (
        reading.doc[cue.token.i - 1].text == ","
        and previous.token.sent == cue.token.sent
        and previous.token.tag_ in ("VBD", "VBZ")
    )


def _cannot_speak(reading: Reading, cue: Cue, previous: Cue | None) -> bool:
    """ "X said the plan was dead and urged …": a borrowed subject that is a thing, after a speaker."""
    borrowed = cue.subject is not None and cue.subject.head != cue.token and cue.token.dep_ == "conj"
    if not borrowed or cue.subject is None or previous is None or previous.token.sent != cue.token.sent:
        return False
    if joined.past_of_speaker(cue, previous) and cue.subject.i > previous.token.i:
        return True
    inner = (
        cue.subject.i > previous.token.i
        and reading.doc[min(cue.last + 1, len(reading.doc) - 1)].lower_ == "that"
    )
    thing = cue.subject.pos_ == "NOUN" and not cue.subject.ent_type_
    wrong = inner or (thing and cue.subject.lower_ not in reading.words.sources)
    return wrong and (cue.token.tag_ == previous.token.tag_ or unsaid.is_silent(cue))


def _in_headline(reading: Reading, draft: Draft) -> bool:
    """Headlines, captions and link texts: a short paragraph without a full stop, or a present-tense
    attribution that runs into the next sentence ("…, lawmaker says Last week …").
    """
    number = reading.paragraph_of(draft.start)
    a, b = reading.paragraphs[number]
    last = reading.text[b - 1]
    short = b - a < 160 and last not in '.?!:;,…"”’»)' and reading.text[a:b].count(". ") == 0
    following = reading.paragraphs[number + 1 :]
    if short and following and "\n" in reading.text[b : following[0][0]]:
        return True
    cue = draft.verb.token if draft.verb is not None else None
    if (
        number == 0
        and following
        and last in "’”\"'"
        and b - a < 160
        and cue is not None
        and cue.tag_ == "VBZ"
    ):
        return True
    if cue is None or cue.tag_ != "VBZ" or cue.i + 1 >= len(cue.doc):
        return False
    after = cue.nbor(1)
    return (
        after.is_title
        and after.pos_ in ("ADJ", "ADP", "ADV", "SCONJ", "DET", "PRON")
        and not after.ent_type_.startswith(("PER", "GPE", "ORG", "NORP"))
    )


def _mend_subjects(reading: Reading, found: list[Cue]) -> None:
    """A subject inside marks cannot be that of a cue outside: take the one of the cue before."""
    previous: Cue | None = None
    for cue in found:
        if reading.inside(cue.token.i):
            continue
        wrong = cue.subject is not None and reading.inside(cue.subject.i)
        wrong = wrong or _goes_back(reading, cue, previous) or _cannot_speak(reading, cue, previous)
        if wrong or (cue.subject is None and cue.token.tag_ == "VBG"):
            near = (
                previous is not None
                and previous.subject is not None
                and reading.paragraph_of(previous.token.idx) == reading.paragraph_of(cue.token.idx)
            )
            cue.subject = previous.subject if near and previous is not None else None
        previous = cue if cue.subject is not None else previous


def _said(cue: Cue) -> bool:
    """Verbs that may stand after what they report."""
    return (
        "quote" in cue.verb.takes
        and cue.token.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB")
        and cue.token.dep_ not in ("xcomp",)
    )


def _may_speak(cue: Cue) -> bool:
    if cue.negated and not unsaid.is_silent(cue) and cue.verb.lemma not in _SHUTS_OUT:
        return False
    if cue.verb.lemma in ("exclude", "draw on") and not cue.negated:
        return False
    if cue.verb.attitude or unsaid.is_deed(cue):
        return False
    return not unsaid.is_hypothetical(cue)


def _from_cue(reading: Reading, bounds: Bounds, cue: Cue, first: int | None) -> Draft | None:
    if first is not None and cue.passive and cue.verb.lemma in ("ask", "quiz", "question", "challenge"):
        first = None
    if first is not None and _leads_on(reading, cue, first):
        first = None
    if first is not None and _said(cue):
        draft = attribution.left_of(reading, bounds, cue, first, quoted_only=True)
        if draft is not None:
            return draft
    draft = attribution.around(reading, bounds, cue, first) if first is not None and _said(cue) else None
    if draft is not None:
        return draft
    draft = content.right_of(reading, bounds, cue)
    if draft is not None and unsaid.is_silent(cue):
        draft.act = "no_comment"
    if draft is not None and not _may_say(reading, draft):
        return None
    if draft is None and first is not None and _said(cue):
        return attribution.left_of(reading, bounds, cue, first, quoted_only=False)
    return draft if draft is not None and draft.spans else None


def _leads_on(reading: Reading, cue: Cue, first: int) -> bool:
    """“A.” He said … : a quotation that ends with a full stop needs no cue after it."""
    quotation = reading.outer_at(first - 1) if first else None
    if quotation is None or reading.text[quotation.inner_end - 1] not in ".?!":
        return False
    if reading.text[quotation.inner_end - 1] == ".":
        return True
    return content.quotation_after(reading, cue) is not None or (
        reading.doc[first].is_title and cue.token.i > first and content.follows(cue)
    )


def _may_say(reading: Reading, draft: Draft) -> bool:
    """Data and frameworks suggest and emphasise, but say nothing: the subject must be able to speak."""
    head = draft.speaker
    if head is None:
        return draft.rule.startswith("quotation")
    if draft.verb is not None and draft.verb.verb.lemma in _TALKED_OVER:
        if unsaid.is_silent(draft.verb):
            return True
        return (
            draft.verb.token.tag_ != "VB"
            and draft.rule == "object of the cue"
            and head.tag_ in ("NNP", "PRP")
            and head.lower_ not in ("they", "it", "we")
            and not head.conjuncts
        )
    if head.pos_ != "NOUN" or draft.rule.startswith("quotation"):
        return True
    if reading.words.sources.get(head.lower_) == "document" and draft.act == "no_comment":
        return False  # "the note does not say"
    known = {head.lower_, head.lemma_.lower()} & reading.words.sources.keys()
    if head.ent_type_ in _SPEAKERS or known:
        return True
    return draft.verb is not None and draft.verb.verb.lemma in ("say", "tell", "add")


def _resolved(reading: Reading, found: list[Draft]) -> list[Draft]:
    """Of statements inside statements keep the outer, unless the outer only relays the inner."""
    out: list[Draft] = []
    for draft in sorted(found, key=lambda d: (d.start, -d.end)):
        if not draft.spans:
            continue
        out.append(draft)
    drop: set[int] = set()
    starts = [d.start for d in out]
    for outer in out:
        near = out[bisect_left(starts, outer.start) : bisect_right(starts, outer.end + 2)]
        inner = [d for d in near if d is not outer and _lies_in(d, outer) and id(d) not in drop]
        if not inner:
            continue
        if _relays(reading, outer) and not _agreed(inner):
            for d in inner:
                d.via = d.via or outer.speaker
            drop.add(id(outer))
        else:
            drop |= {id(d) for d in inner if not _keeps(reading, d)}
    return [d for d in out if id(d) not in drop]


def _lies_in(inner: Draft, outer: Draft) -> bool:
    cue = inner.cue.start if inner.cue is not None else inner.start
    return outer.covers(cue) and outer.start <= inner.start and inner.end <= outer.end + 2


def _relays(reading: Reading, outer: Draft) -> bool:
    """Left content of a ministry, an agency, unnamed sources: they pass on what the named one said."""
    speaker = outer.speaker
    if speaker is None:
        return True
    if _medium(reading, speaker):
        return True
    if outer.rule not in ("clause before its cue", "according to"):
        return False
    return not _a_person(speaker)


def _a_person(speaker: "Token") -> bool:
    """A name of one word that nothing else is known by is a surname, whatever the recogniser took it for."""
    if speaker.ent_type_ == "PERSON" or speaker.lower_ in _PERSONS:
        return True
    known = bool(speaker.ent_kb_id_) or speaker.is_upper
    alone = speaker.ent_iob_ != "I" and (speaker.i + 1 == len(speaker.doc) or speaker.nbor().ent_iob_ != "I")
    return speaker.pos_ == "PROPN" and alone and not known and not any(speaker.lefts)


def _agreed(inner: list[Draft]) -> bool:
    """ "The sides have agreed to …, the UN announced": what they did, told by another."""
    return all(
        d.verb is not None and d.verb.verb.lemma in _DEEDS and d.verb.token.tag_ == "VBN" for d in inner
    )


def _medium(reading: Reading, speaker: "Token") -> bool:
    if reading.words.sources.get(speaker.lower_) == "media":
        return True
    return gazetteer.load().is_media(str(speaker.ent_kb_id_))


def _keeps(reading: Reading, inner: Draft) -> bool:
    """An inner statement in marks, inside marks, is one too."""
    nested = any(
        q.depth > 1 and q.start < inner.end and inner.start < q.end and inner.end <= q.end + 1
        for q in reading.quotations
    )
    inner.nested = nested
    return nested


def _nested(reading: Reading, spoken: Turns, labelled: list[Draft], said: list[Draft]) -> list[Draft]:
    """Cues inside quotations and turns count only for named officials or words in marks."""
    out = []
    for draft in said:
        cue = draft.cue.start if draft.cue is not None else draft.start
        turn = spoken.at(cue)
        asked = turn is not None and turn.asks
        held = any(d.covers(cue) for d in labelled) or (turn is not None and not turn.asks)
        in_marks = reading.inside(reading.token_at(cue))
        if held or in_marks or asked:
            if not _named(reading, draft, in_marks=in_marks) and not (asked and _told_of(reading, draft)):
                continue
            draft.nested = True
            draft.flags.append("nested")
        out.append(draft)
    return out


def _told_of(reading: Reading, draft: Draft) -> bool:
    """In a question also what a body voiced, or somebody without a name said, counts."""
    speaker = draft.speaker
    if speaker is None or speaker.pos_ == "PRON":
        return False
    if draft.rule == "noun of speech":
        known = speaker.pos_ == "PROPN" or speaker.lower_ in reading.words.sources
        return known and not cues.in_question(speaker)
    return speaker.lower_ in reading.words.sources and draft.verb is not None


def _speaks_itself(draft: Draft) -> bool:
    """ "The United States condemns …" in a turn: what the one who talks does by saying it."""
    verb, speaker = draft.verb, draft.speaker
    return (
        verb is not None
        and speaker is not None
        and verb.token.tag_ in ("VBZ", "VBP")
        and speaker.ent_type_ in ("GPE", "NORP")
        and verb.verb.lemma not in ("say", "claim", "argue", "insist", "maintain")
    )


def _named(reading: Reading, draft: Draft, *, in_marks: bool) -> bool:
    speaker = draft.speaker
    if _speaks_itself(draft):
        return False
    depth = 1 if in_marks else 0  # marks inside a turn need no others around them
    if any(q.depth > depth and draft.start <= q.start and q.end <= draft.end + 1 for q in reading.quotations):
        return speaker is not None
    if (
        speaker is None
        or draft.rule == "noun of speech"
        or (draft.rule == "object of the cue" and reading.inside(speaker.i))
    ):
        return False
    return speaker.pos_ == "PROPN" or any(
        t.ent_type_ in ("PERSON", "GPE", "ORG", "NORP") for t in speaker.subtree if abs(t.i - speaker.i) < 5
    )
