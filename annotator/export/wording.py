"""Sentences of a release about itself: what was chosen, how it was split, what to be careful with."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.export.tally import UNDECIDED

SMALL = 100  # articles below which a test split says little

_ONLY = {
    "all": "all articles, undecided suggestions included",
    "done": "articles that are done",
    "decided": "articles that somebody began, decided statements only",
}


def what_chosen(options: Mapping[str, Any], left_out: Mapping[str, int]) -> Iterator[str]:
    """A line for each filter that was used, and for what they left out."""
    f = options["filters"]
    yield _ONLY[f["only"]]
    default = "gold, else the only annotator's layer, else the machine's"
    yield f"the layer of {f['layer']}" if f["layer"] else default
    for key, words in (
        ("states", "in state"),
        ("decided_by", "with statements decided by"),
        ("outlets", "of"),
        ("topics", "with statements on"),
        ("actors", "with statements by, to or about"),
    ):
        if f[key]:
            yield f"{words} {', '.join(f[key])}"
    if f["since"] or f["until"]:
        yield f"published {f['since'] or '…'} to {f['until'] or '…'}"
    if f["matching_only"]:
        yield "other statements of these articles left out"
    if f["least_score"] is not None:
        yield f"without suggestions below score {f['least_score']}"
    if f["least_agreement"] is not None:
        yield f"without articles whose annotators agree less than {f['least_agreement']}"
    if not f["practice"]:
        yield "no practice texts"
    yield "near-copies together" if f["near_copies"] == "together" else "one of each group of near-copies"
    yield _negatives(f["negatives"])
    masking = options["masking"]
    if masking["names"] != "keep":
        yield "annotators under pseudonyms" if masking["names"] == "pseudonyms" else "annotators unnamed"
    if not masking["notes"]:
        yield "without personal notes"
    for why, count in left_out.items():
        yield f"left out: {count:,} {why}"


def _negatives(asked: list[str]) -> str:
    rejected = "with rejected suggestions" if "rejected" in asked else "without rejected suggestions"
    return f"{rejected}, mentions that are no answer in `negatives/`" if "candidates" in asked else rejected


def how_split(s: Mapping[str, Any]) -> str:
    """One sentence on how splits were made."""
    ratios = "/".join(map(str, s["ratios"]))
    if s["by"] == "date" and s["cuts"]:
        return (
            f"By date: dev begins on {s['cuts'][0]}, test on {s['cuts'][1]}; near-copies go with the "
            "earliest of them, undated articles into train."
        )
    if s["by"] == "date":
        return (
            f"By date, {ratios}: the newest days are test; near-copies go with the earliest of them, "
            "undated articles into train."
        )
    if s["by"] == "outlet":
        return (
            f"By outlet, near {ratios}: no outlet stands in two splits, but for near-copies. "
            f"Seed {s['seed']}."
        )
    return f"{ratios} by story, stratified by topic as far as topics have enough stories. Seed {s['seed']}."


def counted(count: int, what: str) -> str:
    """`1 article`, `1,200 articles`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def limits(facts: Mapping[str, Any]) -> list[str]:
    """What somebody who trains or measures on the release should know before."""
    return [*_of_size(facts), *_of_decisions(facts), *_of_articles(facts)]


def _of_size(facts: Mapping[str, Any]) -> Iterator[str]:
    sizes = facts["counts"]["splits"]
    articles = sum(s["articles"] for s in sizes.values())
    if articles < SMALL:
        yield f"It is small ({counted(articles, 'article')}): figures measured on its test split say little."
    missing = [name for name in ("train", "dev", "test") if name not in sizes]
    if missing:
        yield f"There is no {' and no '.join(missing)} split."


def _of_decisions(facts: Mapping[str, Any]) -> Iterator[str]:
    found = facts["counts"]["distributions"]
    undecided = sum(found["decisions"].get("suggested", {}).values())
    if undecided:
        yield f"Only suggested, decided by nobody: {counted(undecided, 'statement')}."
    unfinished = sum(sum(n.values()) for state, n in found["states"].items() if state != "done")
    if unfinished:
        found_in = counted(unfinished, "record")
        yield f"Of articles not done: {found_in}; what is unmarked there may be a statement."
    without = sum(found["topics"].get(UNDECIDED, {}).values())
    if without:
        yield f"Without a decided topic: {counted(without, 'statement')}."
    if facts["options"]["filters"]["matching_only"]:
        yield "Statements that the filters did not ask for are missing from its articles."
    if not facts["agreement"]:
        yield "No article was done by two people, so how reliable the labels are is not known."


def _of_articles(facts: Mapping[str, Any]) -> Iterator[str]:
    counts = facts["counts"]
    if counts["practice"]:
        yield f"Practice texts, invented for learning the program: {counted(counts['practice'], 'article')}."
    for key, what in (("outlets", "an outlet"), ("languages", "a known language")):
        if counts[key].get(""):
            yield f"Without {what}: {counted(counts[key][''], 'article')}."
    if facts["options"]["filters"]["near_copies"] == "together" and facts["near_copies"]["groups"]:
        yield "Near-copies are in it: the same story counts several times."
    yield "Near-copies are found by shared runs of words; retold or translated stories are not recognised."
