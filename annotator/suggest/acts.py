"""Acts: what is done with the words. The cue, telling words of the content and the way it speaks are weighed;
the weights lie in resources/cues/act_weights.tsv.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from annotator import paths
from annotator.suggest import loglinear
from annotator.suggest.lexicon import rows
from annotator.suggest.loglinear import Weights

ASSERT = "assert"
_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_LONGEST = 40  # characters of the telling words that are shown


@dataclass(frozen=True)
class Act:
    """The likeliest act, the plain reason, and how likely it is."""

    id: str
    why: str
    score: float


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The telling words of each act, from resources/cues/acts.tsv."""
    words: dict[str, list[str]] = {}
    for row in rows(paths.resources() / "cues" / "acts.tsv"):
        words.setdefault(row["act"], []).append(row["pattern"])
    return {act: re.compile(rf"(?<!\w)(?:{'|'.join(ps)})(?!\w)") for act, ps in words.items()}


@cache
def weights() -> Weights:
    """The weights that the program ships, from resources/cues/act_weights.tsv."""
    return loglinear.read(paths.resources() / "cues" / "act_weights.tsv")


def told(content: str) -> dict[str, str]:
    """Acts that words of the content tell, those first that come first, each with its words."""
    small = content.lower()  # faster than a pattern that passes over capitals
    shown = content if len(small) == len(content) else small
    found = [
        (match.start(), n, act, shown[match.start() : match.end()])
        for n, (act, pattern) in enumerate(_patterns().items())
        if (match := pattern.search(small))
    ]
    return {act: " ".join(words.split())[:_LONGEST] for _, _, act, words in sorted(found)}


def options(cue_act: str | None, content: str, words: Sequence[str]) -> dict[str, dict[str, float]]:
    """Every act with the features that speak for or against it; `words` are acts told, in order."""
    said = cue_act in (ASSERT, None)
    around = _around(content, silent=said and not words)
    out = {}
    for act in (ASSERT, *_patterns()):
        names = [f"is {act}", *(f"{act}: {x}" for x in around)]
        if act == cue_act and not said:
            names += ["the cue", f"the cue: {act}"]
        if act in words[:1]:
            names += ["first words", f"first words: {act}", *(["first words after said"] if said else [])]
        elif act in words:
            names.append("further words")
        out[act] = dict.fromkeys(names, 1.0)
    return out


def _around(content: str, *, silent: bool) -> list[str]:
    """What the content is like: it tells no act, speaks to "you", asks."""
    return [
        *(["no telling words"] if silent else []),
        *(["says you"] if _YOU.search(content) else []),
        *(["a question"] if "?" in content else []),
    ]


def act_of(cue_act: str | None, content: str, weighing: Weights | None = None) -> Act:
    """The likeliest act."""
    weighing = weighing or weights()
    words = told(content)
    choices = options(cue_act, content, list(words))
    shares = dict(zip(choices, weighing.shares(list(choices.values())), strict=True))
    best = max(shares, key=lambda act: shares[act])
    return Act(best, _why(choices[best], words.get(best, ""), weighing), round(shares[best], 2))


def _why(features: dict[str, float], words: str, weighing: Weights) -> str:
    strongest = weighing.strongest(features)
    if strongest.startswith("the cue"):
        return "cue"
    if words and "words" in strongest:
        return f"“{words}” in the content"
    return weighing.why.get(strongest) or "default after a verb of saying"
