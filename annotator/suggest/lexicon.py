"""The open lexicons of resources/cues: verbs and nouns of speech, verbs that carry them, nouns that
can speak. Plain TSV that users may edit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotator import paths


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech, as one row of verbs.tsv says it."""

    lemma: str
    act: str
    takes: frozenset[str]
    object: str = ""
    prepositions: frozenset[str] = frozenset()
    attitude: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of speech, as one row of nouns.tsv says it."""

    lemma: str
    act: str
    takes: frozenset[str]
    prepositions: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """All lexicons; `phrases` holds the second words of verbs like "call on", by first word."""

    verbs: dict[str, Verb]
    nouns: dict[str, Noun]
    carriers: frozenset[str]
    sources: dict[str, str]
    phrases: dict[str, tuple[str, ...]]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a TSV with a header line; lines that start with # are comments."""
    lines = (x for x in path.read_text(encoding="utf-8").split("\n") if x and not x.startswith("#"))
    header = next(lines, "").split("\t")
    for line in lines:
        cells = line.split("\t")
        cells += [""] * (len(header) - len(cells))
        yield dict(zip(header, cells, strict=False))


def items(cell: str) -> list[str]:
    """The values of a cell: `a; b`."""
    return [x.strip() for x in cell.split(";") if x.strip()]


@cache
def load(folder: Path | None = None) -> Lexicon:
    """Read the lexicons, by default those the program ships."""
    folder = folder or paths.resources() / "cues"
    verbs = {v.lemma: v for v in map(_verb, rows(folder / "verbs.tsv"))}
    nouns = {n.lemma: n for n in map(_noun, rows(folder / "nouns.tsv"))}
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        carriers=frozenset(r["lemma"] for r in rows(folder / "carriers.tsv")),
        sources={r["noun"]: r["class"] for r in rows(folder / "sources.tsv")},
        phrases=_phrases(verbs),
    )


def _verb(row: dict[str, str]) -> Verb:
    return Verb(
        lemma=row["lemma"],
        act=row["act"],
        takes=frozenset(items(row["takes"])),
        object=row["object"],
        prepositions=frozenset(items(row["prepositions"])),
        attitude=row["sense"] == "attitude",
    )


def _noun(row: dict[str, str]) -> Noun:
    return Noun(
        row["lemma"], row["act"], frozenset(items(row["takes"])), frozenset(items(row["prepositions"]))
    )


def _phrases(verbs: dict[str, Verb]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for lemma in verbs:
        first, _, rest = lemma.partition(" ")
        if rest:
            out.setdefault(first, []).append(rest)
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in out.items()}


@cache
def name_words(kind: str) -> frozenset[str]:
    """Words of one class of resources/actors/words.tsv."""
    return frozenset(
        r["word"] for r in rows(paths.resources() / "actors" / "words.tsv") if r["class"] == kind
    )


@cache
def given_names() -> dict[str, str]:
    """Given names that tell: name -> "female" or "male"."""
    tables = rows(paths.resources() / "actors" / "given.tsv")
    return {name: row["class"] for row in tables for name in items(row["names"])}


@cache
def forms() -> dict[str, str]:
    """Word forms of verbs of speech and their lemmas, for texts without a parse."""
    return {r["form"]: r["lemma"] for r in rows(paths.resources() / "cues" / "forms.tsv")}
