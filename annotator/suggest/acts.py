"""Acts: what is done with the words. The cue verb decides; after said and stated the content does."""

import re

_REQUEST = re.compile(
    r"\b(?:should|must|need(?:s)? to|ought to|have to|has to|urge|call on|calls on|demand|let us|let's|let’s|it is time|stop|halt|must not|expect .{2,40} to|please|por favor)\b",
    re.IGNORECASE,
)
_DENY = re.compile(
    r"\b(?:never|not true|groundless|baseless|false|lie|lies|fabricat\w+|reject|rejects|deny|denies|no such|nothing but|did not|didn['’]t|isn['’]t|is not (?:aimed|targeting|directed)|not targeting|not target|no intention|will not accept|cannot accept|would not accept|will not trade|would not|taken out of context|not enough)\b",
    re.IGNORECASE,
)
_WARN = re.compile(
    r"\b(?:consequences|if .{3,120}\b(?:will|would|we'll)\b|will respond|would respond|at your own risk|playing with fire|severe|retaliat\w+|never be|deserves? .{0,20}punishment|risk(?:s)?)\b",
    re.IGNORECASE | re.DOTALL,
)
_COMMIT = re.compile(
    r"\b(?:we will|i will|we'll|we’ll|will continue|would continue|stands? ready|ready to|committed to|commitment|remain(?:s)? (?:firm|committed)|pledge|promise|will work|will only|would be announced|will host|would host|will observe|would observe)\b",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\b(?:welcome|welcomes|support|supports|thank|thanks|grateful|appreciat\w+|praise|congratulat\w+|stand(?:s)? with|commend|outstanding|success|historic|proud|hope|important first step)\b",
    re.IGNORECASE,
)
_CRITICISE = re.compile(
    r"\b(?:mistake|bullying|selfish|hegemon\w+|provocat\w+|suppress\w+|concern(?:ed|s)?|unacceptable|illegal|aggressi\w+|violat\w+|terroris\w+|threat\w*|condemn\w*|lies|propaganda|shame\w*|reckless|irresponsible|unfair|failed|failure|fails|wrong|regret\w*|suffer\w*|inflict\w*|undermin\w+|destabili\w+|coercion|interfer\w+|brutal\w*|crime\w*|war-mongering|deplor\w+|outrag\w+|hypocri\w+|disappoint\w+|blame|against)\b",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(
    r"\b(?:nothing to (?:add|announce|say)|no comment|would refer you|not going to (?:comment|speculate)|won['’]t comment|cannot comment)\b",
    re.IGNORECASE,
)
_ORDER = (
    ("no_comment", _NO_COMMENT),
    ("request", _REQUEST),
    ("deny", _DENY),
    ("support", _SUPPORT),
    ("warn", _WARN),
    ("commit", _COMMIT),
    ("criticise", _CRITICISE),
)


def act_of(cue_act: str | None, content: str) -> tuple[str, str]:
    """The act and what decided it: the cue's, unless the cue only says that something was said."""
    if cue_act and cue_act != "assert":
        return cue_act, "cue"
    for act, pattern in _ORDER:
        match = pattern.search(content)
        if match:
            return act, f"“{' '.join(match.group().split())[:40]}” in the content"
    return "assert", "default after a verb of saying"
