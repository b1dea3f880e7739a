"""The records of a release on their way into its files, and the facts told of them."""

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from annotator.domain.actors import slug
from annotator.domain.record import dumps
from annotator.domain.scheme import LabelScheme
from annotator.errors import AnnotatorError
from annotator.export import checksums, negatives, registry, wording
from annotator.export import loss as loss_
from annotator.export.formats import Format, Job
from annotator.export.loss import Loss
from annotator.export.masking import told
from annotator.export.tally import Tally
from annotator.jobs.choosing import Chosen, Record
from annotator.jobs.progress import Progress
from annotator.jobs.release_options import ReleaseOptions
from annotator.storage.project import Entry

SCHEMA = "annotator-release/1"
_NEGATIVES = "negatives"


Passing = Callable[[Iterable[Record]], Iterator[Record]]


class Writing:
    """The records of a release on their way into its formats."""

    def __init__(self, chosen: Chosen, options: ReleaseOptions, folder: Path, program: str) -> None:
        self._chosen = chosen
        self._options = options
        self._folder = folder
        self._program = program
        self._tally = Tally(chosen.split_names())
        self._sections: list[str] = []
        self._met: Counter[tuple[str, str]] = Counter()
        self.entries: list[Entry] = []

    def write(self) -> Iterator[Progress]:
        """Every format, then what goes beside them."""
        counting: Passing = self._counted
        for name in self._options.formats:
            yield from self._format(registry.find(name), counting)
            counting = iter
        order = self._chosen.split_names()
        self.entries.sort(key=lambda e: (order.index(e.split), e.article, e.layer))
        if "candidates" in self._options.filters.negatives:
            self._candidates()
        report = loss_.with_section("", "\n".join(self._sections), self._folder)
        (self._folder / loss_.NAME).write_text(report, encoding="utf-8", newline="\n")

    def facts(self, number: int, scheme: LabelScheme) -> dict[str, Any]:
        """What `release.json` says, all but README.md among its files."""
        chosen, options = self._chosen, self._options
        facts: dict[str, Any] = {
            "schema": SCHEMA,
            "program": self._program,
            "number": number,
            "name": options.name,
            "note": options.note,
            "date": self._tally.newest,
            "options": _public(options, chosen.new_names),
            "scheme": {"id": scheme.id, "version": scheme.version, "sha256": _sha256(scheme.as_dict())},
            "guidelines": sorted(self._tally.guidelines),
            "suggesters": sorted(self._tally.suggesters),
            "annotators": sorted({name for name in chosen.new_names.values() if name}),
            "counts": self._tally.as_dict(),
            "near_copies": asdict(chosen.near_copies),
            "left_out": chosen.left_out,
            "agreement": chosen.agreement(),
            "inputs": {
                "records": len(self.entries),
                "sha256": checksums.digest(f"{e.article} {e.layer} {e.sha256}" for e in self.entries),
            },
        }
        facts["limits"] = wording.limits(facts)
        facts["files"] = listed(self._folder)
        facts["records"] = [
            {"article": e.article, "layer": e.layer, "split": e.split, "sha256": e.sha256}
            for e in self.entries
        ]
        return facts

    def _counted(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records as they pass, each counted and written down."""
        for record in records:
            split = self._chosen.splits[record["id"]]
            self._tally.add(record, split)
            self.entries.append(self._entry(record, split))
            yield record

    def _entry(self, record: Record, split: str) -> Entry:
        layer = f"{record['layer']['kind']} {record['layer']['annotator']}".rstrip()
        self._met[record["id"], layer] += 1
        if (nth := self._met[record["id"], layer]) > 1:  # people without names
            layer = f"{layer} {nth}"
        statements = {
            s["id"]: _sha256({k: v for k, v in s.items() if k not in ("provenance", "note")})[:16]
            for s in record["statements"]
        }
        digest = hashlib.sha256(dumps(record).encode()).hexdigest()
        return Entry(record["id"], layer, split, digest, statements)

    def _format(self, format: Format, counting: Passing) -> Iterator[Progress]:
        loss, files = Loss(), []
        settled = registry.settled(format, self._options.format_options.get(format.name, {}))
        if format.splits:
            place = self._folder / format.name
            place.mkdir()
            job = Job(place, slug(self._options.name), settled, loss, self._chosen.splits)
            files = yield from _written(format, job, counting(self._chosen.all_records()))
        for split in self._chosen.split_names() if not format.splits else ():
            place = self._folder / format.name / split
            place.mkdir(parents=True)
            job = Job(place, split, settled, loss)
            written = yield from _written(format, job, counting(self._chosen.records(split)))
            files += _flattened(written, place)
        sizes = {s: n["articles"] for s, n in self._tally.splits.items()}
        note = f"{format.note} One folder of files a split." if files == [] else format.note
        self._sections.append(loss_.section(format.name, note, {**settled, **sizes}, files, loss))

    def _candidates(self) -> None:
        place = self._folder / _NEGATIVES
        place.mkdir()
        for split in self._chosen.split_names():
            lines = chain.from_iterable(map(negatives.candidates, self._chosen.records(split)))
            with (place / f"{split}.jsonl").open("w", encoding="utf-8", newline="\n") as f:
                f.writelines(f"{dumps(line)}\n" for line in lines)


def _written(format: Format, job: Job, records: Iterable[Record]) -> Generator[Progress, None, list[Path]]:
    """Write records in one format, read them back and compare."""
    writer = format.writer(job)
    meant: list[bytes] = []
    files: list[Path] = []
    try:
        for n, record in enumerate(records):
            yield Progress(n, None, f"Writing {format.name}, {job.stem}")
            found = writer.add(record)
            if found is not None:
                meant.append(_fingerprint(found))
    finally:
        files = writer.close()
    yield Progress(len(meant), None, f"Reading {format.name} back")
    try:
        same = all(a == b for a, b in zip_longest(meant, map(_fingerprint, writer.reread())))
    except ValueError:
        same = False
    if not same:
        message = f"What was written as {format.name} reads back differently."
        raise AnnotatorError(message, "Nothing was released; please report this.")
    return files


def _flattened(files: list[Path], place: Path) -> list[Path]:
    """Files named after their split move up beside those of the other splits; a format with files an
    article keeps a folder a split, and names none.
    """
    if not all(f.parent == place and f.name.split(".")[0] == place.name for f in files):
        return []
    moved = [f.replace(place.parent / f.name) for f in files if f.is_file()]
    with contextlib.suppress(OSError):  # holds something else as well
        place.rmdir()
    return moved


def _public(options: ReleaseOptions, new_names: Mapping[str, str]) -> dict[str, Any]:
    """The options as files tell them: people under the names they go out by."""
    return {**options.as_dict(), "filters": told(options.filters, options.masking, new_names)}


def listed(folder: Path) -> list[dict[str, Any]]:
    """Every file of a release so far, with its hash and size."""
    sums = checksums.sums(folder)
    return [
        {"path": path, "sha256": sha256, "bytes": (folder / path).stat().st_size}
        for path, sha256 in sums.items()
    ]


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _fingerprint(found: str) -> bytes:
    return hashlib.blake2b(found.encode(), digest_size=16).digest()
