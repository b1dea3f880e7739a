"""Acts: what is done with the words. The cue, telling words of the content and the way it speaks are weighed;
the weights lie in resources/cues/act_weights.tsv.
"""

import re
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
    return {act: re.compile(rf"(?<!\w)(?:{'|'.join(ps)})(?!\w)", re.IGNORECASE) for act, ps in words.items()}


@cache
def weights() -> Weights:
    """The weights that the program ships, from resources/cues/act_weights.tsv."""
    return loglinear.read(paths.resources() / "cues" / "act_weights.tsv")


def told(content: str) -> dict[str, str]:
    """Acts that words of the content tell, those first that come first, each with its words."""
    found = [
        (match.start(), n, act, match.group())
        for n, (act, pattern) in enumerate(_patterns().items())
        if (match := pattern.search(content))
    ]
    return {act: " ".join(words.split())[:_LONGEST] for _, _, act, words in sorted(found)}


def options(cue_act: str | None, content: str) -> dict[str, dict[str, float]]:
    """Every act with the features that speak for or against it."""
    words = list(told(content))
    said = cue_act in (ASSERT, None)
    around = _around(content, silent=said and not words)
    out = {}
    for act in (ASSERT, *_patterns()):
        names = [f"is {act}", *(f"{act}: {x}" for x in around)]
        if act == cue_act and not said:
            names += ["the cue", f"the cue: {act}"]
        if words[:1] == [act]:
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
    choices = options(cue_act, content)
    shares = dict(zip(choices, weighing.shares(list(choices.values())), strict=True))
    best = max(shares, key=lambda act: shares[act])
    return Act(best, _why(best, choices[best], content, weighing), round(shares[best], 2))


def _why(act: str, features: dict[str, float], content: str, weighing: Weights) -> str:
    strongest = weighing.strongest(features)
    if strongest.startswith("the cue"):
        return "cue"
    if "words" in strongest and (words := told(content).get(act)):
        return f"“{words}” in the content"
    return weighing.why.get(strongest) or "default after a verb of saying"
