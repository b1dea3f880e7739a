"""What is said in a turn or a document, cut into sentences and into the parts that are statements of
their own: at another paragraph, another act, another question.
"""

import re

from annotator.domain.spans import Span
from annotator.suggest.reading import Reading

_NUMBERED = re.compile(r"\d{1,2}\. [A-Z][^.?!:]{2,80}")
_CLOCK = re.compile(r"(?:END\b.{0,3})?\d{1,2}[:.]\d\d [AaPp]\.?[Mm]\.?(?: [A-Z]{2,5})?|END|#+(?: #)*")
_GREETING = re.compile(
    r"^(?:(?:and |but |so )?(?:thank(?:s| you)|(?:I|we)(?: (?:really )?|['’](?:m|re) | am | are )"
    r"look(?:ing)? forward)"
    r"|good (?:morning|afternoon|evening|day)|hello|hi|hey|welcome|okay|ok|all right|sure"
    r"|sorry|(?:i|we) (?:just )?have (?:\w+ ){0,3}(?:announcements?|things?|items?|toppers?)\b"
    r"|i will take|we can take|(?:and )?with that\b"
    r"|let me (?:begin|start|stay|finish)|(?:I|we)[’']ll come (?:back )?to you"
    r"|the (?:first|second|third) is|next|go ahead|please|nice try|good to see"
    r"|get some (?:rest|sleep)|have a (?:good|nice)|see you|take care"
    r"|it(?: is| was|[’']s) (?:a |an |my )?(?:great )?(?:pleasure|honou?r)"
    r"|(?:just )?(?:one|two|three|a couple of) (?:announcements?|items?|things?)|I will now take"
    r"|anything else|(?:every|any)body|are we)\b[^.?!]{0,60}[.?!]",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(  # "President Lima, dear friend, welcome back to Oslo."
    r"^(?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'.-]+,(?: [^.?!,]{1,30},)?"
    r" (?:thank you|thanks|welcome|(?:it is|it[’']s) good to see)\b[^.?!]{0,50}[.?!]"
)
_OPENING = re.compile(
    r"^(?:It(?: is|[’']s) (?:a |my )?(?:great )?(?:pleasure|honou?r)\b|Please excuse\b"
    r"|I am (?:very |so )?(?:pleased|glad|happy|delighted|honou?red) to (?:be|welcome|see|host)\b"
    r"|We (?:are going to|will|[’']ll) (?:also )?(?:talk|discuss)\b)"
)
_GOES_ON = re.compile(
    r"^(?:And|But|So|That|This|These|Those|It|Again)\b"
    r"(?! (?:then|on|in|as|for|to|lastly|finally|secondly)\b)"
)
_PERFORMATIVE = (
    r"(?:urge|call (?:on|upon|for)|appeal|thank|welcome|condemn|reject|ask|demand|regret|appreciate"
    r"|congratulate|reiterate|reaffirm|affirm|recall|stress|underline|underscore|emphasi[sz]e|deplore|denounce|support"
    r"|express|encourage|invite|pledge|commit|agree|note|recogni[sz]e|acknowledge|warn|oppose|deny|remain|stand|commend"
    r"|are (?:\w+ )?(?:concerned|committed|determined|convinced|united|grateful|deeply|ready|alarmed)"
    r"|will (?:not )?(?:continue|step up|work|propose|keep|strengthen|increase|provide|pursue|take|deepen)"
    r"|expect|hope|look forward|insist|confirm|endorse|resolve|declare|share)"
)
WE = re.compile(
    r"^(?:And |But |So |Therefore, |In this (?:regard|context), |Today, |Finally, )?(?P<we>We|I)\b"
    r"(?:,[^.]{0,260}?,)?(?: (?:also|again|once again|strongly|further|fully|would|do|will|therefore|firmly"
    r"|have|deeply|jointly|unequivocally)){0,3} (?P<verb>" + _PERFORMATIVE + r")\b"
)
_TOPIC_CHANGE = re.compile(
    r"^(?:On|As (?:for|regards)|Regarding|With regard to|Concerning|Turning to|As to)"
    r" (?:your|the (?:second|first|other|third|last))\b"
    r"|^And (?:then|lastly|finally|secondly|(?:I think (?:that )?)?\w+ will also)\b"
    r"|^(?:Secondly|Second|Lastly|Finally),"
    r"|^(?:But )?[Oo]ur (?:policy|position) (?:on|towards?|regarding) |^On (?:this|that) basis,"
    r"|^What I (?:can|will) (?:tell|say)\b|^As you (?:said|know|put)\b"
    r"|^(?:We|I) (?:(?:have|would|will|do|are) )?also\b|^I want to be clear\b"
    r"|^We (?:have (?:noted|seen)|take note)\b|^The (?:Secretary|President|Minister) (?:spoke|met) with\b"
    r"|^(?:I am|I[’']m|We are|We[’']re) (?:\w+ )?grateful\b|^I (?:congratulate|want to thank|encourage)\b"
    r"|^On the (?!basis|contrary|other|one)[^,.]{3,50},"
)
_REFUSES = re.compile(
    r"\b(?:not going to (?:speak|comment|get (?:into|ahead)|discuss|speculate|tell you|characteri[sz]e)"
    r"|(?:won['’]t|will not|can['’]t|cannot) (?:comment|speak to|get into|speculate|discuss)"
    r"|no comment\b|nothing (?:more |further )?to add\b"
    r"|do(?:n['’]t| not) have (?:(?:the|any|an?) (?:details?|update|information|timeline|readout)"
    r"|anything|(?:an? |any )?(?:\w+ ){0,2}to (?:announce|share|preview|add|offer))"
    r"|(?:I['’]d|(?:I|we) would|(?:I|we)['’]ll|let me) refer you)",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"^(?!He |She |It |They |We |This |That |You |There |What |Who )(?:[A-Z]\w+|The [A-Z]\w+(?: [A-Z]\w+)?)"
    r" will (?!\w+ (?:\w+ )?(?:this|it|that)\b)\w+|^We will (?:\w+ )?(?:coordinate|cooperate|work) "
)
_TAKES_UP = re.compile(r"^(?:As|It|This|That|They|These|Those|He|She|And|But|So)\b")
_BRIEF = 50  # letters of an answer that a refusal goes on with
REQUESTS = re.compile(r"\b(?:urge|call (?:on|upon|for)|demand|appeal)\b")

_SENTENCE_END = re.compile(r"(?<![.?!…])[.?!…]++[\"”’»)]*+\s+(?=[\"“‘«(]?[^\Wa-z])")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Lt|Col|Gov|U\.S|U\.N|U\.K|No|vs|[A-Z])\.$"
)  # no sentence ends here
_TITLE = 12  # more letters than a shortened word has


def is_note(words: str) -> bool:
    """ "(The talk ended at 1:52 p.m.)", "3. The fishing accord" """
    return (_NUMBERED.fullmatch(words) or _CLOCK.fullmatch(words)) is not None or (
        words[0] + words[-1] in ("()", "[]") and len(words) < 300
    )


def sentences(reading: Reading, start: int, end: int) -> list[Span]:
    """Sentences between two positions; an end inside marks is none."""
    out: list[Span] = []
    begin = start
    for match in _SENTENCE_END.finditer(reading.text[start:end]):
        at = start + match.end()
        before = reading.text[max(begin, start + match.start() - _TITLE) : at].rstrip()
        if _SHORTENED.search(before) or any(
            q.start < at - 1 < q.end - 1 and at < q.inner_end for q in reading.outer_in(at - 1, at)
        ):
            continue
        out.append(Span(begin, start + match.start() + len(match.group().rstrip())))
        begin = at
    if begin < end:
        out.append(Span(begin, end))
    return out


def parts(reading: Reading, start: int, end: int) -> list[tuple[Span, bool]]:
    """A paragraph of an answer without greetings, cut where it turns to another act or question.
    With each part: whether it is a new one, or goes on with the part before the paragraph.
    """
    parts: list[tuple[Span, bool]] = []
    before = ""  # the sentence before, of the same part or another; empty after a greeting
    skipped = False
    for sentence in sentences(reading, start, end):
        words = reading.text[sentence.start : sentence.end]
        if _is_greeting(words):
            before, skipped = "", True
            continue
        turns = _turns(before, words)
        if turns or not before:
            parts.append((sentence, turns or skipped or not _goes_on(reading, sentence)))
        else:
            parts[-1] = (parts[-1][0].cover(sentence), parts[-1][1])
        before = words
    return parts


def _turns(before: str, words: str) -> bool:
    """Does a sentence turn to something else than the one before it: a request, a refusal, a promise?"""
    if _TOPIC_CHANGE.match(words) or requests(words):
        return True
    if not before:
        return False
    refuses = bool(_REFUSES.search(words))
    if refuses != bool(_REFUSES.search(before)):
        return not refuses or len(before) > _BRIEF
    return bool(_PROMISES.match(words)) or (requests(before) and not _TAKES_UP.match(words))


def _is_greeting(words: str) -> bool:
    """ "Good morning, everybody.", "Nice try.": nothing is said yet, or no more."""
    if _ADDRESSED.match(words) or _OPENING.match(words):
        return True
    return bool(_GREETING.match(words)) and len(words) < 90 and not REQUESTS.search(words)


def _goes_on(reading: Reading, sentence: Span) -> bool:
    """Does a paragraph's first sentence go on with the paragraph before: "And I hope …", or in its words?"""
    words = reading.text[sentence.start : sentence.end]
    if _GOES_ON.match(words):
        return True
    opening = words.split()
    number = reading.paragraph_of(sentence.start)
    before = reading.text[slice(*reading.paragraphs[number - 1])] if number else ""
    taken_up = opening[0] == "The" and len(opening) > 1 and f" {opening[1]} " in before
    return taken_up or " ".join(opening[:4]) in before


def requests(words: str) -> bool:
    """ "We urge Minsk to …", but not "I would urge you to …", which is for the reporter."""
    match = WE.match(words)
    return bool(match and REQUESTS.match(match["verb"]) and not re.match(r"\s+you\b", words[match.end() :]))
