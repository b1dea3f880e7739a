"""Export and import of 10,000 articles with 20 statements each: time against plain writing and
reading of the same bytes and against spaCy's blank tokenizer, and memory at two sizes. Times are of the
processor, so that other work on the machine does not count.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from annotator.domain.actors import Actors
from annotator.domain.article import Article
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.record import to_record
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Mention, Provenance, Role, Speaker, Statement, Target
from annotator.export.formats import Job
from annotator.export.loss import Loss
from annotator.export.registry import FORMATS, settled
from annotator.storage.project import Project

ARTICLES, SMALL, STATEMENTS = 10_000, 1_000, 20
SENTENCE = "Foreign Minister Qin Gang told reporters in Tokyo that trade with Japan must grow in year {}. "
BY = Provenance("ann", "2026-03-02T10:14:05Z", "rules 1", 0.5)


def article(n: int) -> Article:
    """About 350 words, unlike any other."""
    return Article("".join(SENTENCE.format(n * 100 + i) for i in range(STATEMENTS)), "en")


def layer(a: Article) -> Layer:
    """A statement and two mentions in every sentence."""
    mentions, statements, start = {}, {}, 0
    for i in range(STATEMENTS):
        end = a.text.index(". ", start) + 1
        content = Span(a.text.index("trade", start), end - 1)
        speaker = Span(start, a.text.index(" told", start))
        japan = Span(a.text.index("Japan", start), a.text.index("Japan", start) + 5)
        cue = Span(speaker.end + 1, speaker.end + 5)
        mentions[f"p{i}"] = Mention(
            f"p{i}", speaker, "PERSON", "person:qin", decision=Decision.CONFIRMED, provenance=BY
        )
        mentions[f"g{i}"] = Mention(
            f"g{i}", japan, "GPE", "state:JP", decision=Decision.CONFIRMED, provenance=BY
        )
        statements[f"s{i}"] = Statement(
            f"s{i}",
            (content,),
            Kind.INDIRECT,
            cue=cue,
            speaker=Speaker(speaker, ("person:qin",)),
            targets=(Target("state:JP", Role.OBJECT, japan),),
            topics=("trade.tariffs",),
            act="request",
            decision=Decision.CONFIRMED,
            provenance=BY,
        )
        start = end + 1
    done = Layer(a.id, "bench", LayerKind.MACHINE)
    return replace(done, mentions=MappingProxyType(mentions), statements=MappingProxyType(statements))


def build(path: Path, count: int) -> None:
    """A project of that many articles."""
    with Project.create(path, annotator="ann") as project:
        articles = [article(n) for n in range(count)]
        project.add_articles(articles)
        with project.batch():
            for a in articles:
                project.put_machine_layer(a.id, layer(a))


def command(*args: object) -> tuple[float, int]:
    """Seconds and peak KiB of one command run as a child."""
    code = (
        "import resource, sys, time; from annotator.__main__ import main\n"
        "start = time.process_time(); code = main(sys.argv[1:]); took = time.process_time() - start\n"
        "print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)], check=True, capture_output=True, text=True
    )
    took, peak = done.stderr.splitlines()[-1].split()
    return float(took), int(peak)


def plainly(source: Path, copy: Path) -> float:
    """Seconds to read the lines of a JSONL file, and to write and read the same bytes again."""
    start = time.process_time()
    with source.open(encoding="utf-8") as a, copy.open("w", encoding="utf-8") as b:
        for line in a:
            b.write(json.dumps(json.loads(line), ensure_ascii=False) + "\n")
    with copy.open(encoding="utf-8") as f:
        for line in f:
            json.loads(line)
    return time.process_time() - start


def texts(source: Path) -> Iterator[str]:
    """The texts of a JSONL file."""
    with source.open(encoding="utf-8") as f:
        yield from (json.loads(line)["text"] for line in f)


def tokenizing(source: Path) -> float:
    """Seconds that spaCy's blank tokenizer alone takes over the texts."""
    import spacy

    nlp = spacy.blank("en")
    start = time.process_time()
    for text in texts(source):
        nlp.tokenizer(text)
    return time.process_time() - start


def long_article(folder: Path) -> None:
    """Print the seconds that every format takes for one article of 1 MB with 5,000 statements."""
    words = SENTENCE.format(2026)
    a = Article(words * (1_000_000 // len(words)), "en")
    statements = {}
    for n in range(5_000):
        start = n * len(words)
        content, speaker = Span(start + 50, start + 80), Span(start, start + 25)
        statements[f"s{n}"] = Statement(
            f"s{n}", (content,), Kind.INDIRECT, speaker=Speaker(speaker), decision=Decision.CONFIRMED
        )
    marked = replace(Layer(a.id, "ann"), statements=MappingProxyType(statements))
    record = to_record(a, marked, Actors())
    for format in (f for f in FORMATS.values() if f.name != "shape"):
        place = folder / format.name
        place.mkdir()
        start_time = time.process_time()
        writer = format.writer(Job(place, "long", settled(format, {}), Loss()))
        writer.add(record)
        writer.close()
        read = sum(map(len, writer.reread()))
        took = time.process_time() - start_time
        print(f"1 MB, 5,000 statements, {format.name}: {took:.1f} s, {read >> 20} MiB read back")


def main() -> None:
    """Print seconds, ratios and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        for count in (SMALL, ARTICLES):
            build(where / f"{count}.annot", count)
        big, small, out = where / f"{ARTICLES}.annot", where / f"{SMALL}.annot", where / "out"
        jsonl, peak = command("export", big, "--format", "jsonl", "--out", out)
        _, peak_small = command("export", small, "--format", "jsonl", "--out", out)
        file = out / f"{ARTICLES}.jsonl"
        plain = plainly(file, where / "copy")
        print(f"jsonl export {jsonl:.1f} s = {jsonl / plain:.2f} x plain JSON there and back ({plain:.1f} s)")
        print(f"jsonl memory {peak >> 10} MiB, {peak / peak_small:.2f} x that of a tenth of the articles")
        took, peak = command("import", where / "again.annot", file)
        _, peak_small = command("import", where / "small.annot", out / f"{SMALL}.jsonl")
        print(f"jsonl import {took:.1f} s = {took / plain:.2f} x plain JSON there and back")
        print(f"import memory {peak >> 10} MiB, {peak / peak_small:.2f} x that of a tenth of the articles")
        conll, peak = command("export", big, "--format", "conll", "--out", out)
        _, peak_small = command("export", small, "--format", "conll", "--out", out)
        blank = tokenizing(file)
        print(f"conll export {conll:.1f} s = {conll / jsonl:.2f} x jsonl export", end=", ")
        print(f"{conll / blank:.2f} x spaCy's blank tokenizer ({blank:.1f} s)")
        print(f"conll memory {peak >> 10} MiB, {peak / peak_small:.2f} x that of a tenth of the articles")
        long_article(where)  # last: a child's peak memory counts from its parent's


if __name__ == "__main__":
    main()
