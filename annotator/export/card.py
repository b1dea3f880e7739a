"""The dataset card, README.md of a release: written from its `release.json` alone, with the YAML head
that Hugging Face `datasets` reads.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.domain.scheme import LabelScheme
from annotator.export import features
from annotator.export.tally import SIZES
from annotator.export.wording import counted, how_split, what_chosen

Facts = Mapping[str, Any]

_DATASETS_SPLITS = {"dev": "validation"}  # what `datasets` calls it
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LONGEST = 60  # rows of a distribution


def card(facts: Facts, scheme: LabelScheme) -> str:
    """The whole README.md. `facts` is what `release.json` holds."""
    parts = [
        _head(facts),
        _what(facts),
        _how(facts),
        _splits(facts),
        _distributions(facts, scheme),
        _agreement(facts),
        _limits(facts),
        _sources(facts),
        _files(facts),
    ]
    return "\n".join(line for part in parts for line in (*part, ""))


def _head(facts: Facts) -> Iterator[str]:
    yield "---"
    yield f"pretty_name: {features.quoted(facts['name'])}"
    languages = [code for code in facts["counts"]["languages"] if code]
    if languages:
        yield "language:"
        yield from (f"- {code}" for code in languages)
    yield f"license: {features.quoted(facts['options']['licence'] or 'unknown')}"
    yield "annotations_creators:"
    yield "- expert-generated" if facts["annotators"] else "- machine-generated"
    yield "task_categories:"
    yield "- token-classification"
    yield "- text-classification"
    yield "size_categories:"
    articles = sum(sizes["articles"] for sizes in facts["counts"]["splits"].values())
    yield f"- {next((name for most, name in _SIZES if articles < most), 'n>1M')}"
    yield from _configs(facts)
    yield "---"


def _configs(facts: Facts) -> Iterator[str]:
    """Where the lines of each split lie, and their columns, for those who load the folder."""
    paths = {f["path"] for f in facts["files"]}
    record = features.record(whole_days=facts["counts"]["whole_days"])
    configs = [("default", "jsonl", record), ("negatives", "negatives", features.CANDIDATE)]
    found = [
        (name, shape, files)
        for name, folder, shape in configs
        if (files := [(s, p) for s in facts["counts"]["splits"] if (p := f"{folder}/{s}.jsonl") in paths])
    ]
    if not found:
        return
    yield "configs:"
    for name, _, files in found:
        yield f"- config_name: {name}"
        yield "  data_files:"
        for split, path in files:
            yield f"  - split: {_DATASETS_SPLITS.get(split, split)}"
            yield f"    path: {path}"
    yield "dataset_info:"
    for name, shape, _ in found:
        yield f"- config_name: {name}"
        yield "  features:"
        yield from features.yaml(shape, "  ")


def _what(facts: Facts) -> Iterator[str]:
    yield f"# {facts['name']}"
    yield ""
    if facts["note"]:
        yield facts["note"]
        yield ""
    total = {size: sum(sizes[size] for sizes in facts["counts"]["splits"].values()) for size in SIZES}
    yield (
        f"Release {facts['number']}. Diplomatic news in which is marked **who says what to or about whom, on "
        f"which topic**: {counted(total['articles'], 'article')} with "
        f"{counted(total['statements'], 'statement')} and "
        f"{counted(total['mentions'], 'entity mention')}, {total['words']:,} words."
    )
    yield ""
    newest = facts["date"]
    yield f"- Newest decision: {newest}" if newest else "- No decision of a person is in it."
    dates = facts["counts"]["dates"]
    yield f"- Published: {dates[0]} to {dates[1]}" if dates else "- Published: no article has a date"
    yield f"- Made with annotator {facts['program']}"
    yield "- Chosen:"
    yield from (f"  - {line}" for line in what_chosen(facts["options"], facts["left_out"]))


def _how(facts: Facts) -> Iterator[str]:
    people, suggesters = facts["annotators"], facts["suggesters"]
    yield "## How it was annotated"
    yield ""
    yield (
        "A machine suggests statements and entities; a person confirms, corrects or rejects each statement "
        "and adds what is missing. Entities count as accepted when their article is done. `decision` tells "
        "which happened, `provenance` who, when, and what the machine had said."
    )
    yield ""
    yield f"- Annotators: {', '.join(people) if people else 'none named'}"
    yield f"- Guideline version: {_listed(facts['guidelines'], 'not recorded')}"
    scheme = facts["scheme"]
    yield f"- Label scheme: {scheme['id']} {scheme['version']} (SHA-256 `{scheme['sha256'][:16]}…`)"
    yield f"- Suggester: {_listed(suggesters, 'none')}"
    yield (
        "- *Not decided* (empty), *explicitly none* (`not_stated`, `no_target`, `no_topic`, act `none`) and "
        "*rejected* are three different things."
    )
    yield "- Offsets are half-open ranges of Unicode code points of `text`."


def _splits(facts: Facts) -> Iterator[str]:
    yield "## Splits"
    yield ""
    yield how_split(facts["options"]["splits"])
    yield ""
    rows = [(name, *(f"{sizes[s]:,}" for s in SIZES)) for name, sizes in facts["counts"]["splits"].items()]
    yield from _table(("split", *SIZES), rows)
    copies = facts["near_copies"]
    yield ""
    if not copies["groups"]:
        yield "There are no near-copies among the articles."
    elif facts["options"]["filters"]["near_copies"] == "one":
        yield f"Of {counted(copies['groups'], 'group')} of near-copies one article each was kept."
    else:
        yield (
            f"No story stands in two splits: {counted(copies['groups'], 'group')} of near-copies "
            f"({counted(copies['articles'], 'article')}) were kept together."
        )
    if copies["pulled"]:
        yield ""
        yield (
            f"{counted(copies['pulled'], 'article')} stand in another split than their outlet, beside their "
            "near-copies."
        )


def _distributions(facts: Facts, scheme: LabelScheme) -> Iterator[str]:
    names = {"topics": scheme.topic_name, "acts": scheme.act_name, "entity labels": scheme.label_name}
    yield "## Label distribution"
    splits = list(facts["counts"]["splits"])
    for what, found in facts["counts"]["distributions"].items():
        if not found:
            continue
        yield ""
        yield f"### {what.capitalize()}"
        yield ""
        shown = list(found.items())[:_LONGEST]
        rows = [(_named(value, names.get(what)), *_cells(counts, splits)) for value, counts in shown]
        yield from _table((what, *splits, "all"), rows)
        if len(found) > len(shown):
            yield ""
            yield f"… and {len(found) - len(shown)} rarer ones, see `release.json`."


def _agreement(facts: Facts) -> Iterator[str]:
    yield "## Agreement"
    yield ""
    if not facts["agreement"]:
        yield "No two people have done the same article, so nothing can be said about agreement."
        return
    yield (
        "Between every two people, over the articles that both have done. *F1 exact*: statements with the "
        "same content to the character; *F1 alike*: content that shares at least half of its characters. "
        "Speaker, targets and topics: share of alike statements where they are the same. *Alpha*: "
        "Krippendorff's, nominal, over the topics of alike statements."
    )
    yield ""
    keys = ("f1_exact", "f1_alike", "same_speaker", "same_targets", "same_topics", "alpha_topics")
    counts = ("annotators", "articles", "statements")
    head = (*counts, "F1 exact", "F1 alike", "speaker", "targets", "topics", "alpha")
    rows = [
        (
            " – ".join(pair["annotators"]), str(pair["articles"]), str(pair["statements"]),
            *("–" if pair[k] is None else f"{pair[k]:.2f}" for k in keys),
        )
        for pair in facts["agreement"]
    ]  # fmt: skip
    yield from _table(head, rows)


def _limits(facts: Facts) -> Iterator[str]:
    yield "## Known limits"
    yield ""
    yield from (f"- {limit}" for limit in facts["limits"])
    yield "- What each format cannot carry is counted in `LOSS.md`."


def _sources(facts: Facts) -> Iterator[str]:
    yield "## Sources and licences"
    yield ""
    licences = facts["options"]["licences"]
    yield f"Annotations: {facts['options']['licence'] or 'no licence stated'}."
    yield ""
    yield "The texts belong to their outlets. Check their terms before you pass the texts on."
    yield ""
    rows = [
        (_plain(outlet) or "*no outlet*", f"{count:,}", _plain(licences.get(outlet, "")) or "not stated")
        for outlet, count in facts["counts"]["outlets"].items()
    ]
    yield from _table(("outlet", "articles", "licence of the texts"), rows)


def _files(facts: Facts) -> Iterator[str]:
    yield "## Files"
    yield ""
    yield "`release.json` says all of this for programs; `sha256sum -c SHA256SUMS` checks the files."
    yield ""
    folders = Counter(f["path"].partition("/")[0] for f in facts["files"] if "/" in f["path"])
    for folder in sorted(folders):
        yield f"- `{folder}/`: {counted(folders[folder], 'file')}"
    yield ""
    yield "To train with spaCy, from the project that this was made of:"
    yield ""
    yield "    annotator train-export PROJECT --out training && cd training"
    yield "    python -m spacy train configs/ner.cfg --output trained/ner"
    if any(f["path"].startswith("jsonl/") for f in facts["files"]):
        yield ""
        yield "With Hugging Face `datasets`, FOLDER being where this file lies:"
        yield ""
        yield "    from datasets import load_dataset"
        yield '    dataset = load_dataset("FOLDER")  # train, validation, test'


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cells(counts: Mapping[str, int], splits: Iterable[str]) -> list[str]:
    return [*(f"{counts.get(s, 0):,}" for s in splits), f"{sum(counts.values()):,}"]


def _named(value: str, name_of: Any) -> str:
    name = name_of(value) if name_of else value
    return f"`{_plain(value)}`" if name == value else f"{_plain(name)} `{_plain(value)}`"


def _plain(words: str) -> str:
    """Words that break neither table nor line."""
    return " ".join(words.split()).replace("|", "\\|")


def _listed(values: Iterable[str], nothing: str) -> str:
    return ", ".join(values) or nothing
