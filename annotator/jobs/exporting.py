"""Export: choose one view of every article, write it in a format, read it back, compare, and only
then put the files under their names.
"""

import hashlib
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export import loss as loss_
from annotator.export import registry
from annotator.export.filters import ONLY, Filters, left_out, trimmed, why_not
from annotator.export.formats import Format, Job, Writer
from annotator.export.loss import Loss
from annotator.export.masking import Masking, told
from annotator.export.splits import Item, SplitOptions, assign
from annotator.ingest import near
from annotator.jobs.choosing import Chosen, Record, choose
from annotator.jobs.progress import Progress
from annotator.jobs.whose_work import Choice
from annotator.storage.project import Project

AS_IT_IS = Masking()
EVERYTHING = Filters(only="all", negatives=("rejected",))
_DEFAULT_LAYER = "the only annotator's, else the machine's"


@dataclass(frozen=True)
class ExportReport:
    """What was written. `records` counts lines or documents, one an article unless all layers were
    asked for; `loss` says what the files do not hold.
    """

    format: str
    files: tuple[Path, ...]
    loss_file: Path
    records: int
    statements: int
    mentions: int
    loss: Loss = field(compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "format": self.format,
            "files": [str(f) for f in self.files],
            "loss_file": str(self.loss_file),
            "records": self.records,
            "statements": self.statements,
            "mentions": self.mentions,
            "lost": self.loss.counts(),
        }


def export_project(
    project: Project,
    format: str,
    out: Path,
    *,
    layer: str | None = None,
    only: str = "all",
    options: Mapping[str, str] = MappingProxyType({}),
    filters: Filters = EVERYTHING,
    masking: Masking = AS_IT_IS,
) -> Generator[Progress, None, ExportReport]:
    """Write the project in `format` into the folder `out`, made when missing.

    `layer` is an annotator's name, `machine`, `gold` or `all`; None takes each article's only human
    layer, else the machine's, else an empty one. `only`: `all` articles; `done` ones; `decided` drops
    undecided statements, and articles that no person has begun. `filters` leave out more; their own
    `layer` and `only` are not looked at. `masking` says what of people goes out.

    Closing the generator, or an error, leaves the folder as it was. Raises AnnotatorError when nothing
    fits, when two people's layers meet in an article and none is chosen, when files cannot be written,
    or when what was read back is not what was meant.
    """
    chosen = registry.find(format)
    settled = registry.settled(chosen, options)
    if only not in ONLY:
        raise AnnotatorError(f"--only cannot be {only!r}.", f"Choose from: {', '.join(ONLY)}.")
    partial = out / f".{format}.partial"
    try:
        existed = out.is_dir()
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)  # of an export that was killed
        partial.mkdir()
        try:
            filters = replace(filters, layer=layer, only=only)
            whole = None
            if _needs_a_look_at_all(filters, masking):
                whole = yield from choose(project, filters, SplitOptions(), masking, Choice)
            writing = _Writing(project, chosen, partial, settled, filters, masking, whole)
            yield from writing.write()
            yield from writing.compare()
            return writing.publish(out)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            if not existed:
                _remove_if_empty(out)
    except OSError as e:
        reason = e.strerror or str(e)
        raise AnnotatorError(f"Cannot export to {out}: {reason}.", "The old files are untouched.") from e


class _Writing:
    """One export from its first record to its files' final names."""

    def __init__(
        self,
        project: Project,
        format: Format,
        folder: Path,
        options: Mapping[str, str],
        filters: Filters,
        masking: Masking,
        whole: Chosen | None,
    ) -> None:
        self._project = project
        self._filters = filters
        self._everything = replace(filters, layer=None, only=EVERYTHING.only) == EVERYTHING
        self._format = format
        self._folder = folder
        self._whole = whole
        self._loss = Loss()
        self._choice = Choice(project, filters.layer, filters.only, self._loss)
        self._chosen = {**options, **_asked(filters, masking, whole.new_names if whole else {})}
        self._options = options
        self._heading = f"{format.name} of {project.path.stem}"
        self._files: list[Path] = []
        self._fingerprints: list[bytes] = []
        self._records = 0
        self._counts = {"statements": 0, "mentions": 0}

    def write(self) -> Iterator[Progress]:
        ids = self._project.article_ids()
        splits = self._splits(ids) if self._format.splits else {}
        job = Job(self._folder, self._project.path.stem, self._options, self._loss, splits)
        self._writer: Writer = self._format.writer(job)
        records = map(self._one_by_one, ids) if self._whole is None else self._of_chosen(self._whole)
        try:
            for n, of_article in enumerate(records):
                yield Progress(n, 2 * len(ids), f"Writing {self._format.name}")
                for record in of_article:
                    self._add(record)
        finally:
            self._files = self._writer.close()
        if self._whole is None:
            self._choice.check()
        if not self._records:
            reasons = ", ".join(f"{n.count:,} {why}" for why, n in self._loss.left_out.items())
            raise AnnotatorError("Nothing is left to export.", f"Left out: {reasons}.")

    def _one_by_one(self, id: str) -> Iterator[Record]:
        """What of an article goes in, as far as the article itself says."""
        for record in self._choice.records(id):
            if self._everything:
                yield record
            elif reason := why_not(record, self._filters):
                self._loss.leave_out(reason)
            else:
                kept = trimmed(record, self._filters)
                for what, count in left_out(record, kept).items():
                    self._loss.leave_out(what, count=count)
                yield kept

    def _of_chosen(self, whole: Chosen) -> Iterator[Iterable[Record]]:
        """The same, where all articles had to be looked at first."""
        for reason, count in whole.left_out.items():
            self._loss.leave_out(reason, count=count)
        self._loss.leave_out("near-copies of articles that are here", count=whole.near_copies.left_out)
        return ([record] for record in whole.all_records())

    def _splits(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Train, dev or test for every article of the project; near-copies stay together."""
        group_of = near.groups((id, self._project.article(id).text) for id in ids)
        return assign([Item(id, group) for id, group in group_of.items()], SplitOptions())

    def _add(self, record: Record) -> None:
        meant = self._writer.add(record)
        if meant is not None:
            self._fingerprints.append(_fingerprint(meant))
        self._records += 1
        for key in self._counts:
            self._counts[key] += len(record[key])

    def compare(self) -> Iterator[Progress]:
        """Read everything back; what is found must be what was meant, record by record."""
        total = len(self._fingerprints)
        for n, (meant, found) in enumerate(zip_longest(self._fingerprints, self._found())):
            yield Progress(total + n, 2 * total, f"Reading {self._format.name} back")
            if meant != found:
                raise self._different(f"at record {n + 1}")

    def _found(self) -> Iterator[bytes]:
        try:
            yield from map(_fingerprint, self._writer.reread())
        except ValueError as e:
            raise self._different(f"({e})") from e

    def _different(self, where: str) -> AnnotatorError:
        return AnnotatorError(
            f"What was written as {self._format.name} reads back differently {where}.",
            "Nothing was exported; please report this.",
        )

    def publish(self, out: Path) -> ExportReport:
        """Give the files their names; from here on the export is done, whatever happens.

        Raises AnnotatorError, before anything is replaced, when a file of somebody else's has the name.
        """
        self._refuse_foreign(out)
        report = self._folder / loss_.NAME
        report.write_text(self._report_text(out), encoding="utf-8", newline="\n")
        files = [file.replace(out / file.name) for file in self._files]
        for name in self._old_names(out).difference(file.name for file in files):
            (out / name).unlink(missing_ok=True)
        report.replace(out / loss_.NAME)
        return ExportReport(
            format=self._format.name,
            files=tuple(files),
            loss_file=out / loss_.NAME,
            records=self._records,
            loss=self._loss,
            **self._counts,
        )

    def _report_text(self, out: Path) -> str:
        facts = {**self._chosen, "records": self._records, **self._counts}
        section = loss_.section(self._heading, self._format.note, facts, self._files, self._loss)
        return loss_.with_section(_old_report(out), section, out)

    def _refuse_foreign(self, out: Path) -> None:
        """Only what LOSS.md lists, an earlier export, may be replaced."""
        ours = _old_report(out)
        for file in self._files:
            if (out / file.name).exists() and f"`{file.name}`" not in ours:
                raise AnnotatorError(
                    f"{out / file.name} is there already and is no earlier export, so it was left alone.",
                    "Choose another folder, or move that file away.",
                )

    def _old_names(self, out: Path) -> set[str]:
        """Files that the last export of this kind left in the folder."""
        return set(loss_.files_of(_old_report(out), self._heading))


def _needs_a_look_at_all(filters: Filters, masking: Masking) -> bool:
    """Whether an article cannot say alone if it goes in and under which names."""
    copies = filters.near_copies != EVERYTHING.near_copies
    return copies or filters.least_agreement is not None or masking != AS_IT_IS


def _asked(filters: Filters, masking: Masking, new_names: Mapping[str, str]) -> dict[str, Any]:
    """Whose work, which articles, and the filters that are not at rest, for the report."""
    usual = {**EVERYTHING.as_dict(), **asdict(AS_IT_IS)}
    given = {**told(filters, masking, new_names), **asdict(masking)}
    asked = {k: v for k, v in given.items() if v != usual[k] and k not in ("layer", "only")}
    return {"layer": given["layer"] or _DEFAULT_LAYER, "only": filters.only, **asked}


def _old_report(out: Path) -> str:
    file = out / loss_.NAME
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def _fingerprint(found: str) -> bytes:
    return hashlib.blake2b(found.encode(), digest_size=16).digest()


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
