"""What the scores of statements mean: of suggestions scored 0.9, how many are right? Each article is
scored with shares fitted on the others, so that no score has seen its own answer.

`python -m tests.bench calibration` takes the practice articles; `python -m tests.bench.bench_calibration
GOLD…` takes files of answers: canonical records, or lines with `text` and `quotes`. With `--table` it
prints the table of shares over all of them, which is `resources/cues/scores.tsv`.

The rules were written with such answers in view, so they err less there than on articles that nobody
had looked at; measured on those, about twice as often (14 against 7 in 100). The table therefore counts
every error CAUTION times, and seems too modest where the rules come from.
"""

import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.record import from_record
from annotator.domain.spans import Span, likeness
from annotator.domain.statement import Statement
from annotator.suggest import scores
from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester

_SAME = 0.8
_PRIOR = 10  # a share of few is drawn towards the mean as if so many more had been seen
CAUTION = 2
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)

Answer = tuple[tuple[Span, ...], Span | None]


@dataclass(frozen=True)
class Case:
    """One suggestion and whether a person would have kept it."""

    article: str
    rule: str
    speaker: str
    content: bool
    kept: bool
    shipped: float


def main(files: Iterable[Path] = ()) -> None:
    """The reliability of scores fitted on the other articles, and of the shipped table."""
    found = list(_cases(files or sorted((paths.seeds() / "gold").glob("*.jsonl"))))
    print(f"{len(found)} suggestions in {len({c.article for c in found})} articles")
    _report("fitted on the other articles", list(_held_out(found)))
    _report("the shipped table", [(c.shipped, c.kept) for c in found])
    mean = statistics.mean(c.kept for c in found)
    print(f"Brier of the mean alone: {_brier([(mean, c.kept) for c in found]):.3f}")


def fit(found: list[Case]) -> dict[tuple[str, str], tuple[float, int]]:
    """The share of right ones by rule, drawn towards the mean of all; how many it rests on."""
    right = [c for c in found if c.content]
    table: dict[tuple[str, str], tuple[float, int]] = {}
    for what, rows in (
        ("content", [(c.rule, c.content) for c in found]),
        ("speaker", [(c.speaker, c.kept) for c in right]),
    ):
        mean = statistics.mean(ok for _, ok in rows)
        by_rule: dict[str, list[bool]] = defaultdict(list)
        for rule, ok in rows:
            by_rule[rule].append(ok)
        for rule, oks in by_rule.items():
            table[what, rule] = ((sum(oks) + _PRIOR * mean) / (len(oks) + _PRIOR), len(oks))
        table[what, scores.OTHER] = (mean, len(rows))
    return table


def _held_out(found: list[Case]) -> Iterator[tuple[float, bool]]:
    for article in sorted({c.article for c in found}):
        table = fit([c for c in found if c.article != article])
        for case in (c for c in found if c.article == article):
            yield _share(table, "content", case.rule) * _share(table, "speaker", case.speaker), case.kept


def _share(table: dict[tuple[str, str], tuple[float, int]], what: str, rule: str) -> float:
    return table.get((what, rule), table[what, scores.OTHER])[0]


def _report(title: str, rows: list[tuple[float, bool]]) -> None:
    print(f"{title}: Brier {_brier(rows):.3f}")
    for low, high in pairwise(_EDGES):
        inside = [(score, kept) for score, kept in rows if low <= score < high]
        if inside:
            mean, kept = (statistics.mean(column) for column in zip(*inside, strict=True))
            print(
                f"  {low:.2f} to {min(high, 1):.2f}: {len(inside):4}  mean score {mean:.2f}  kept {kept:.2f}"
            )


def _brier(rows: list[tuple[float, bool]]) -> float:
    return statistics.mean((score - kept) ** 2 for score, kept in rows)


def _cases(files: Iterable[Path]) -> Iterator[Case]:
    suggester = Suggester(scheme=default_scheme())
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n")):
            if line.strip():
                yield from _of_article(suggester, f"{file.name}:{number}", json.loads(line))


def _of_article(suggester: Suggester, name: str, line: dict[str, Any]) -> Iterator[Case]:
    answers, complete = _answers(line), line.get("complete", True)
    for s in suggester.suggest("article", line["text"]).layer.statements.values():
        same = [speaker for spans, speaker in answers if likeness(s.spans, spans) >= _SAME]
        if not same and not complete:
            continue  # only some statements of the text are in the answers
        kept = any(_same_speaker(s.speaker.span, speaker) for speaker in same)
        rule, speaker = scores.rules_of(s)
        yield Case(name, rule, speaker, bool(same), kept, s.provenance.score or 0)


def _answers(line: dict[str, Any]) -> list[Answer]:
    if "quotes" not in line:
        statements: Iterable[Statement] = from_record(line).layer.statements.values()
        return [(s.spans, s.speaker.span) for s in statements]
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for n, quote in enumerate(line["quotes"]):
        groups[str(quote.get("group") or f"#{n}")].append(quote)
    return [
        (tuple(Span(q["start"], q["end"]) for q in group), _span(group[0].get("speaker")))
        for group in groups.values()
    ]


def _span(given: list[int] | None) -> Span | None:
    return Span(*given) if given else None


def _same_speaker(ours: Span | None, theirs: Span | None) -> bool:
    return ours.overlaps(theirs) if ours is not None and theirs is not None else ours is theirs


def table_of(found: list[Case]) -> str:
    """The rows of `resources/cues/scores.tsv`."""
    rows = sorted(fit(found).items(), key=lambda row: (row[0][0], -row[1][1], row[0][1]))
    return "\n".join(
        f"{what}\t{rule}\t{max(0.3, 1 - CAUTION * (1 - share)):.2f}\t{seen}"
        for (what, rule), (share, seen) in rows
    )


if __name__ == "__main__":
    gold = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    if "--table" in sys.argv:
        print(table_of(list(_cases(gold or sorted((paths.seeds() / "gold").glob("*.jsonl"))))))
    else:
        main(gold)
