"""Documents of one issuer: a ministry's press release in the first person plural, without marks. Each
paragraph that says "We reject …" or "Türkiye will not allow …" is a statement of the issuer.
"""

import re
from collections import Counter

from annotator.domain.spans import Span
from annotator.suggest import answers, ministries
from annotator.suggest.chains import Chains
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading

RULE = "statement of an issuer"
_HEAD = 400  # characters
_ISSUERS = re.compile(
    r"\b(?:Ministry|Department|Embassy|Secretariat|Foreign Office|Press Release|Press Statement"
    r"|Communiqu[ée]|Statement (?:by|of|on|from|regarding)|No[.:] ?\d+)",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:(?:In this (?:regard|context)|Therefore|Once again), )?(?P<we>We|we)\b(?=[, ])")
_ISSUES = re.compile(
    r" (?:(?:strongly|firmly|resolutely|once again|categorically|unequivocally|also|again|deeply|further) )*"
    r"(?:will (?:not )?\w+|shall \w+|welcomes|rejects|condemns|urges|calls|reaffirms|reiterates|thanks"
    r"|expects|stands|remains|considers|regrets|deplores|expresses|supports|opposes|denounces|reserves"
    r"|is (?:\w+ )?(?:concerned|committed|ready|determined|saddened|convinced)|appeals|demands|extends"
    r"|congratulates|underlines)\b"
)
_OF_ONE = re.compile(
    r"\b(?:Office of the|Bureau of|Press Statement|Department of State|Ministry of Foreign Affairs"
    r"|Foreign Ministry|Foreign Office|Statement (?:of|by) the (?:\w+ )?Spokes\w+)\b"
)
_SENTENCE = re.compile(r"[.!?][”\"’»]?$")
_WE_ANYWHERE = re.compile(r"\b[Ww]e\b")
_SPOKESPERSON = re.compile(r"\bSpokes(?:person|man|woman)\b")
_ACTS = re.compile(
    r"(?:We|The [A-Z]\w+(?: [A-Z]\w+)?|[A-Z]\w+) (?:(?:also|again|strongly|further) )?"
    r"(?:urge|call (?:on|upon|for)|demand|appeal|expect|thank|will (?:provide|continue|take))\b"
)
_JOINT = re.compile(r"\b[Jj]oint\b|\bJOINT\b|\bWe,")
_LEAST = 2
_SAID = re.compile(r"\b(?:said|told|replied|conveyed|added|stressed that|noted that)\b")


def drafts(reading: Reading) -> list[Draft]:
    """A statement for each paragraph in the issuer's voice; none when the text is no such document."""
    if not _ISSUERS.search(reading.text, 0, _HEAD) or _reports(reading):
        return []
    voices = [(a, b, *found) for a, b in reading.paragraphs if (found := _voice(reading, a, b)) is not None]
    home = Counter(state for *_, state in voices if state).most_common(1)
    issuer = home[0][0] if home else None
    kept = [v for v in voices if v[3] in (None, issuer)]
    if sum(v[3] is None for v in kept) < _LEAST and not _only_speaks(reading, kept):
        return []
    return [
        Draft(
            [Span(a, b)],
            RULE,
            act=None,
            speaker_span=span,
            why_speaker="issuer of the document",
            flags=["document_as_speaker"],
            issuer=issuer,
        )
        for a, b, span, _ in kept
    ]


def widened(reading: Reading, found: list[Draft]) -> list[Draft]:
    """The paragraphs of a text in the first person plural that one office issues, from the first that
    speaks: all that it says is the issuer's.
    """
    head = reading.text[:_HEAD]
    one = _OF_ONE.search(head) is not None and _JOINT.search(reading.text) is None
    if not one or not found or any(d.rule != "joint statement" for d in found) or _reports(reading):
        return found
    states = Counter(s for a, b in reading.paragraphs if (s := _opens_with_state(reading, a, b)))
    home = states.most_common(1)[0][0] if states else None
    first = min(d.start for d in found)
    opens = next((a for a, b in reading.paragraphs if _opens_with_state(reading, a, b)), first)
    voice = _spokesperson(reading)
    out: list[Draft] = []
    for start, end in reading.paragraphs:
        if not _SENTENCE.search(reading.text, start, end) or (start < min(first, opens) and voice is None):
            continue
        for part in _acts(reading, start, end):
            span = voice or _own_name(reading, part.start, part.end, home)
            out.append(_issued(part, span or found[0].speaker_span, home))
    return out


def _issued(part: Span, speaker: Span | None, home: str | None) -> Draft:
    return Draft(
        [part],
        RULE,
        speaker_span=speaker,
        why_speaker="issuer of the document",
        flags=["document_as_speaker"],
        issuer=home,
    )


def _own_name(reading: Reading, start: int, end: int, home: str | None) -> Span | None:
    """The issuer in its own words: its state at the opening, else the first "We"."""
    for entity in reading.entities_in(start, min(end, start + 40)):
        if home is not None and entity.kb_id_ == home and entity.start_char - start <= len("The "):
            return Span(entity.start_char, entity.end_char)
    match = _WE_ANYWHERE.search(reading.text, start, end)
    return Span(*match.span()) if match is not None else None


def _acts(reading: Reading, start: int, end: int) -> list[Span]:
    """A paragraph, cut where a sentence begins to ask, thank or promise."""
    parts: list[Span] = []
    for sentence in answers.sentences(reading, start, end):
        if parts and not _ACTS.match(reading.text, sentence.start, sentence.end):
            parts[-1] = parts[-1].cover(sentence)
        else:
            parts.append(sentence)
    return parts


def _spokesperson(reading: Reading) -> Span | None:
    """The person whom the heading names as spokesperson."""
    if not _SPOKESPERSON.search(reading.text, 0, _HEAD):
        return None
    end = reading.paragraphs[0][1] if reading.paragraphs else 0
    persons = (e for e in reading.entities_in(0, min(end, _HEAD)) if e.label_ == "PERSON")
    return next((Span(e.start_char, e.end_char) for e in persons), None)


def _opens_with_state(reading: Reading, start: int, end: int) -> str | None:
    """The state whose name, as that of one who acts, opens a paragraph of full sentences."""
    if reading.text[end - 1] not in ".!":
        return None
    for entity in reading.entities_in(start, min(end, start + 40)):
        if entity.start_char - start <= len("The ") and entity.kb_id_.startswith("state:"):
            return str(entity.kb_id_) if entity[-1].dep_ in ("nsubj", "nsubjpass") else None
    return None


def _only_speaks(reading: Reading, kept: list[tuple[int, int, Span, str | None]]) -> bool:
    """A text in which nobody is reported, its paragraphs in the voice of a state and "we"."""
    spoken = re.search(r"(?<![.!?] )(?<!^)\bwe\b|\bWe\b", reading.text) is not None
    return len(kept) >= _LEAST and spoken and _SAID.search(reading.text) is None


def _reports(reading: Reading) -> bool:
    """News quotes; a document speaks."""
    marked = sum(q.end - q.start for q in reading.outer)
    return marked > 0.2 * len(reading.text) or len(_SAID.findall(reading.text)) > len(reading.paragraphs)


def _voice(reading: Reading, start: int, end: int) -> tuple[Span, str | None] | None:
    """Where the issuer names itself at the opening of a paragraph, with its state unless it says "we"."""
    if _SAID.search(reading.text, start, end) or reading.text[end - 1] not in ".!":
        return None
    match = _WE.match(reading.text, start, end)
    if match is not None:
        return Span(*match.span("we")), None
    for entity in reading.entities_in(start, min(end, start + 40)):
        if entity.start_char - start <= len("The ") and entity.kb_id_.startswith("state:"):
            if _ISSUES.match(reading.text, entity.end_char, end):
                return Span(entity.start_char, entity.end_char), entity.kb_id_
            return None
    return None


def issuer(reading: Reading, chains: Chains, draft: Draft) -> tuple[str, ...]:
    """The spokesperson or the ministry that heads a document, else the state whose document it is."""
    span = draft.speaker_span
    for entity in reading.entities_in(span.start, span.end) if span is not None and span.end < _HEAD else ():
        if entity.label_ == "PERSON" and (person := chains.of_entity(entity)):
            return (person,)
    named = next((b for at, b in chains.bodies if at < _HEAD and b.startswith("mfa:")), None)
    if named is not None:
        return (named,)
    if draft.issuer is None:
        state = chains.last_state(_HEAD)
        return (state,) if state else ()
    body = next(iter(ministries.find(reading.text[:_HEAD], chains.gazetteer)), None)
    if body is None:
        return (draft.issuer,)
    return (chains.put(ministries.ministry(body.field, draft.issuer, chains.gazetteer)),)
