"""Labels before words: turns of a transcript, colon attributions of a round-up, and joint statements
in the first person plural.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.spans import Span
from annotator.suggest import answers
from annotator.suggest.draft import Draft
from annotator.suggest.reading import Reading

_LABEL = re.compile(r"(?:\*{1,2})?(?P<label>[^\W\d_a-z][^:\n“”\"]{0,160}?)(?:\*{1,2})?:(?:\*{1,2})?(?=\s)")
_BARE_Q = re.compile(r"(?P<label>Q)\s+(?=[A-Z(])")
_ASIDE = re.compile(r"\((?:As|Through|Via|In|Speaking|Laugh|Off|Inaudible)[^()\n]{2,50}\)\s*")
_ASKERS = re.compile(
    r"^(?:Q|A?Question|Moderator|Reporter|Journalist|Press(?! Sec)|Media|Interviewer|Aide|Operator"
    r"|Follow-up)\b",
    re.IGNORECASE,
)
_OUTLETS = re.compile(r"\b(?:TV|News|Times|Post|Daily|Herald|Journal|Wire|Radio|Broadcasting|Tribune)$")
_HOUSE = re.compile(r"[A-Z][\w’' .-]{1,30}, (?:The )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
_AGAIN = 3
_OTHER_COLONS = re.compile(
    r"^(?:Begin|End|Note|Image|Photo|File|Sources?|Editor|Updated?|Correction|Read more|See also|Related"
    r"|Watch|Location|Date|Time|Subject|From|To|Here|Key|Background|Contact)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 4


@dataclass(frozen=True)
class Turn:
    """What one label opens: `start`, `end` are the words after it, several paragraphs long perhaps."""

    label: Span
    start: int
    end: int
    asks: bool = False


@dataclass(frozen=True)
class Turns:
    """The labelled parts of a text; `transcript` when they follow each other in talk."""

    turns: list[Turn]
    transcript: bool

    def at(self, position: int) -> Turn | None:
        """The turn around a character position, in a transcript only."""
        if not self.transcript:
            return None
        return next((t for t in self.turns if t.label.start <= position < t.end), None)


def find(reading: Reading) -> Turns:
    """The labels of a text and what they open."""
    labels = [found for a, b in reading.paragraphs if (found := _label(reading.text, a, b)) is not None]
    if not labels:
        return Turns([], transcript=False)
    spans = [label for label, _ in labels]
    names = Counter(reading.text[s.start : s.end].strip() for s in spans)
    plain = [s for (s, rest) in labels if not _opens_mark(reading.text, rest)]
    dialogue = [s for s in plain if _names_someone(reading, s)]
    repeated = any(n > 1 for name, n in names.items() if reading.text and name)
    transcript = len(dialogue) >= 2 and (
        repeated or len(dialogue) >= 4 or all(reading.text[s.start : s.end].isupper() for s in dialogue)
    )
    if not transcript:
        kept = [(s, rest) for s, rest in labels if _opens_mark(reading.text, rest) and _is_name(reading, s)]
        return Turns([Turn(s, rest, _paragraph_end(reading, s.start)) for s, rest in kept], transcript=False)
    return Turns(_dialogue(reading, labels), transcript=True)


def _label(text: str, start: int, end: int) -> tuple[Span, int] | None:
    match = _LABEL.match(text, start, end) or _BARE_Q.match(text, start, end)
    if match is None or _OTHER_COLONS.match(match["label"]):
        return None
    a, b = match.span("label")
    words = match["label"].split()
    if len(words) > 24 or any(
        w in ("said", "says", "told", "added", "is", "are", "was", "were", "has", "have") for w in words
    ):
        return None
    rest = match.end()
    while rest < end and text[rest].isspace():
        rest += 1
    aside = _ASIDE.match(text, rest, end)
    return Span(a, b), aside.end() if aside is not None else rest


def _opens_mark(text: str, position: int) -> bool:
    return text[position : position + 1] in ("“", '"', "«", "‘", "„", "'") or text.startswith("``", position)


def _names_someone(reading: Reading, label: Span) -> bool:
    words = reading.text[label.start : label.end].split()
    content = [w for w in words if w[0].isalpha() and len(w) > 3]
    return len(words) <= 10 and all(w[0].isupper() for w in content)


def _is_name(reading: Reading, label: Span) -> bool:
    """Nothing but names and small words: no clause that leads a quotation in."""
    words = [w for w in reading.text[label.start : label.end].split() if w[0].isalpha() and len(w) > 4]
    return sum(w[0].islower() for w in words) <= len(words) // 2


def _paragraph_end(reading: Reading, position: int) -> int:
    return reading.paragraphs[reading.paragraph_of(position)][1]


def _dialogue(reading: Reading, labels: list[tuple[Span, int]]) -> list[Turn]:
    text, turns = reading.text, []
    for n, (label, rest) in enumerate(labels):
        end = labels[n + 1][0].start if n + 1 < len(labels) else len(text)
        while end > rest and text[end - 1].isspace():
            end -= 1
        turns.append(Turn(label, rest, max(end, rest)))
    said: dict[str, list[str]] = {}
    for t in turns:
        said.setdefault(text[t.label.start : t.label.end], []).append(text[t.start : t.end])
    asking = {name for name, parts in said.items() if _asks(name, parts, said)}
    asking |= _visitors([text[t.label.start : t.label.end] for t in turns])
    return [Turn(t.label, t.start, t.end, text[t.label.start : t.label.end] in asking) for t in turns]


def _asks(name: str, parts: list[str], said: dict[str, list[str]]) -> bool:
    """Does this label put questions? By its name, or because most of its turns end in one, or because
    it has few turns and they hold one while another label answers again and again.
    """
    if _ASKERS.match(name) or _OUTLETS.search(name) or _is_outlet(name):
        return True
    ends = sum(p.rstrip('"”’) ').endswith("?") for p in parts)
    holds = sum("?" in p for p in parts)
    most = max(map(len, said.values()))
    return ends / len(parts) > 0.5 or (len(parts) < most and holds / len(parts) > 0.5)


def _visitors(names: list[str]) -> set[str]:
    """ "Nordlys Daily, Kova" before the one who answers again and again: house and surname of a reporter."""
    answers = {name for name, n in Counter(names).items() if n >= _AGAIN}
    return {a for a, b in pairwise(names) if b in answers and a not in answers and _HOUSE.fullmatch(a)}


def _is_outlet(name: str) -> bool:
    from annotator.suggest import gazetteer

    tables = gazetteer.load()
    entry = tables.get(name)
    return entry is not None and entry.media


def drafts(reading: Reading, turns: Turns) -> list[Draft]:
    """A statement for each labelled quotation, for each part of an answer, and for each part of a
    joint statement.
    """
    if turns.transcript:
        return [
            d
            for n, t in enumerate(turns.turns)
            if not t.asks
            for d in _answer(reading, t, turns.turns[n - 1] if n else None)
        ]
    out = [d for t in turns.turns if (d := _labelled(reading, t)) is not None]
    return out + _joint(reading)


def _labelled(reading: Reading, turn: Turn) -> Draft | None:
    """NAME: “…”"""
    quotation = next((q for q in reading.outer if q.start == turn.start), None)
    if quotation is None or quotation.inner_end - quotation.inner_start < 8:
        return None
    return Draft(
        [Span(quotation.start, quotation.end)],
        "label before a colon",
        act="assert",
        speaker_span=turn.label,
        why_speaker="label before the colon",
    )


def _answer(reading: Reading, turn: Turn, before: Turn | None) -> list[Draft]:
    """The parts of an answer; a paragraph goes on with the part before unless it turns to something else."""
    question = (
        Span(before.start, before.end)
        if before is not None and before.asks and before.end > before.start
        else None
    )
    parts: list[Span] = []
    for a, b in reading.paragraphs:
        if b <= turn.start or a >= turn.end or answers.is_note(reading.text[a:b]):
            continue
        for n, (part, fresh) in enumerate(answers.parts(reading, max(a, turn.start), min(b, turn.end))):
            if n == 0 and parts and not fresh:
                parts[-1] = parts[-1].cover(part)
            else:
                parts.append(part)
    return [
        Draft(
            [part],
            "turn of a transcript",
            speaker_span=turn.label,
            why_speaker="label of the turn",
            question=question,
            flags=["transcript_turn"],
        )
        for part in parts
        if len(reading.text[part.start : part.end].split()) >= _LEAST_WORDS
    ]


def _joint(reading: Reading) -> list[Draft]:
    """“We, the ministers of …, reaffirm …”: one statement from each such sentence to the next."""
    found: list[tuple[Span, Span | None]] = []
    hits = 0
    for n, (a, b) in enumerate(reading.paragraphs):
        current: tuple[Span, Span | None] | None = None
        for sentence in answers.sentences(reading, a, b):
            words = reading.text[sentence.start : sentence.end]
            match = answers.WE.match(words)
            if match and match["we"] == "We" and not _in_marks(reading, sentence.start):
                hits += 1
                we = Span(sentence.start + match.start("we"), sentence.start + match.end("we"))
                current = (sentence, we)
                found.append(current)
            elif current is not None and answers.requests(reading.text[current[0].start : current[0].end]):
                current = (sentence, current[1])
                found.append(current)
            elif current is not None:
                current = (current[0].cover(sentence), current[1])
                found[-1] = current
        del n
    if hits < 3:
        return []
    return [
        Draft(
            [span],
            "joint statement",
            act=None,
            speaker_span=we,
            why_speaker="“We” of the statement",
            flags=["document_as_speaker"],
        )
        for span, we in found
    ]


def _in_marks(reading: Reading, position: int) -> bool:
    return any(q.start <= position < q.end for q in reading.outer)
