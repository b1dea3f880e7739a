"""Acts: what is done with the words. The cue verb decides; after said and stated the content does."""

import re
from functools import cache

from annotator import paths
from annotator.suggest.lexicon import rows


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The telling words of each act, from resources/cues/acts.tsv."""
    words: dict[str, list[str]] = {}
    for row in rows(paths.resources() / "cues" / "acts.tsv"):
        words.setdefault(row["act"], []).append(row["pattern"])
    return {act: re.compile(rf"(?<!\w)(?:{'|'.join(ps)})(?!\w)", re.IGNORECASE) for act, ps in words.items()}


def act_of(cue_act: str | None, content: str) -> tuple[str, str]:
    """The act and what decided it: the cue's, unless the cue only says that something was said; then
    the first telling words of the content.
    """
    if cue_act and cue_act != "assert":
        return cue_act, "cue"
    found = [
        (match.start(), n, act, match.group())
        for n, (act, pattern) in enumerate(_patterns().items())
        if (match := pattern.search(content))
    ]
    if not found:
        return "assert", "default after a verb of saying"
    _, _, act, words = min(found)
    return act, f"“{' '.join(words.split())[:40]}” in the content"
