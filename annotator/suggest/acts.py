"""Acts: what is done with the words. The cue verb decides; after said and stated the content does."""

import re

_PATTERNS = {
    "no_comment": r"nothing to (?:add|announce|say)|no comment|(?:would|will|'ll|’ll) refer you|not going to (?:comment|speculate)|(?:won['’]t|cannot|can['’]t) comment",
    "request": r"should(?!n)|must|ought to|we (?:urge|ask|call on|demand)|urges?|calls? (?:on|for|upon)|demands?|let us|let['’]s|it is time (?:for|to)|i expect \w+ to|we (?:do )?need|needs to|has to stop|have to stop",
    "deny": r"never (?:used|said|did|made|was|were|had)|not true|groundless|baseless|false(?:hood)?|fabricat\w+|rejects?|den(?:y|ies)|no such|nothing but|not (?:aimed|targeting|directed|enough|rivals)|not target|no intention|(?:will|would|cannot|can) ?not accept|(?:will|would) not (?:alter|change|trade|yield|bow)|taken out of context|certainly not|(?:do|does|did) not have|(?:don|doesn|didn|isn|wasn|aren)['’]t|(?:is|are|was|were) not",
    "warn": r"consequences|if [^.]{3,140}\b(?:will|would|we['’]ll)\b|(?:will|would) (?:respond|retaliate|attack)|respond with force|at (?:your|their) own (?:risk|peril)|playing with fire|retaliat\w+|deserves? [^.]{0,20}punishment|will not allow|will never",
    "commit": r"(?:we|i) will|we['’]ll|(?:will|would) (?:continue|work|host|observe|only open|be (?:announced|enhanced|released))|shall be|stands? ready|ready to|open to|committed to|commitment|determination|remains? (?:firm|committed)|firmly adheres?|pledges?|promises?",
    "support": r"welcomes?|supports?|thanks?|grateful|appreciates?|praises?|congratulat\w+|stands? with|will stand with|commends?|outstanding|success\w*|important first step|magnificent\w*|proud",
    "criticise": r"mistakes?|bullying|selfish|hegemon\w+|provocat\w+|suppress\w*|concerned|concerns|unacceptable|illegal|aggressi\w+|violat\w+|terrorists?|condemn\w*|lies|propaganda|sham\w+|reckless|irresponsible|unfair|fail(?:ed|ure|s)|wrong|regret\w*|inflict\w*|undermin\w+|destabili\w+|coercion|interfer\w+|brutal\w*|crimes?|war-mongering|deplor\w+|outrag\w+|hypocri\w+|disappoint\w+|blame|unhelpful|misuse|betray\w*|weaponi[sz]\w+|excus\w+|pretext|incompatible with|cosmetic|deceiv\w+|absurd|persecut\w+|injustice|occup(?:ier|ation)",
}  # in order: what comes first wins between matches at one place
_ACTS = {act: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for act, words in _PATTERNS.items()}


def act_of(cue_act: str | None, content: str) -> tuple[str, str]:
    """The act and what decided it: the cue's, unless the cue only says that something was said; then
    the first telling words of the content.
    """
    if cue_act and cue_act != "assert":
        return cue_act, "cue"
    found = [
        (match.start(), n, act, match.group())
        for n, (act, pattern) in enumerate(_ACTS.items())
        if (match := pattern.search(content))
    ]
    if not found:
        return "assert", "default after a verb of saying"
    _, _, act, words = min(found)
    return act, f"“{' '.join(words.split())[:40]}” in the content"
