"""Export: choose one view of every article, write it in a format, read it back, compare, and only
then put the files under their names.
"""

import hashlib
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.domain.layer import Layer, LayerKind, State, view
from annotator.domain.record import to_record
from annotator.errors import AnnotatorError
from annotator.export import loss as loss_
from annotator.export import registry
from annotator.export.filters import Filters, left_out, trimmed, why_not
from annotator.export.formats import Format, Job, Writer
from annotator.export.loss import Loss
from annotator.export.splits import Item, SplitOptions, assign
from annotator.ingest import near
from annotator.jobs.progress import Progress
from annotator.storage.project import Project

ONLY = ("all", "done", "decided")
MACHINE, GOLD, ALL = "machine", "gold", "all"
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
) -> Generator[Progress, None, ExportReport]:
    """Write the project in `format` into the folder `out`, made when missing.

    `layer` is an annotator's name, `machine`, `gold` or `all`; None takes each article's only human
    layer, else the machine's, else an empty one. `only`: `all` articles; `done` ones; `decided` drops
    undecided statements, and articles that no person has begun. `filters` leave out more; of them
    `layer`, `only`, `near_copies` and `least_agreement` are not looked at here.

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
            writing = _Writing(project, chosen, partial, layer, only, settled, filters)
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
        layer: str | None,
        only: str,
        options: Mapping[str, str],
        filters: Filters,
    ) -> None:
        self._project = project
        self._filters = filters
        self._format = format
        self._folder = folder
        self._loss = Loss()
        self._choice = Choice(project, layer, only, self._loss)
        self._chosen = {**options, "layer": layer or _DEFAULT_LAYER, "only": only, **_asked(filters)}
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
        try:
            for n, id in enumerate(ids):
                yield Progress(n, 2 * len(ids), f"Writing {self._format.name}")
                for record in self._choice.records(id):
                    self._filter(record)
        finally:
            self._files = self._writer.close()
        self._choice.check()
        if not self._records:
            reasons = ", ".join(f"{n.count:,} {why}" for why, n in self._loss.left_out.items())
            raise AnnotatorError("Nothing is left to export.", f"Left out: {reasons}.")

    def _filter(self, record: dict[str, Any]) -> None:
        if self._filters == EVERYTHING:
            self._add(record)
        elif reason := why_not(record, self._filters):
            self._loss.leave_out(reason)
        else:
            kept = trimmed(record, self._filters)
            for what, count in left_out(record, kept).items():
                self._loss.leave_out(what, count=count)
            self._add(kept)

    def _splits(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Train, dev or test for every article of the project; near-copies stay together."""
        group_of = near.groups((id, self._project.article(id).text) for id in ids)
        return assign([Item(id, group) for id, group in group_of.items()], SplitOptions())

    def _add(self, record: Mapping[str, Any]) -> None:
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


class Choice:
    """Which layers of an article stand for it, and what of them is left out."""

    def __init__(self, project: Project, layer: str | None, only: str, loss: Loss) -> None:
        self._project = project
        self._layer = layer
        self._only = only
        self._loss = loss
        self._actors = project.actors()
        self._names: set[str] = set()
        self._asked_for_seen = layer in (None, MACHINE, ALL)
        self._any = False

    def records(self, id: str) -> Iterator[dict[str, Any]]:
        """The records of one article, usually one."""
        humans = self._project.human_layers(id)
        self._names.update(layer.annotator for layer in humans)
        article = None
        for layer in self._layers(id, humans):
            if not self._wanted(layer, humans):
                self._loss.leave_out(f"articles not {self._only}")
                continue
            self._any = True
            article = article or self._project.article(id)
            yield to_record(article, self._without_undecided(layer), self._actors)

    def check(self) -> None:
        """After the last article. Raises AnnotatorError when the layer asked for, or any record, is
        nowhere.
        """
        if not self._asked_for_seen:
            known = ", ".join(sorted(self._names)) or "nobody yet"
            who = "a gold layer" if self._layer == GOLD else f"an annotator {self._layer!r}"
            raise AnnotatorError(f"No article has {who}.", f"Annotators here: {known}.")
        if not self._any:
            what = "has articles" if self._only == "all" else f"has articles that are {self._only}"
            raise AnnotatorError(f"Nothing in {self._project.path.name} {what}, so nothing was exported.")

    def _layers(self, id: str, humans: list[Layer]) -> Iterable[Layer]:
        machine = self._project.machine_layer(id)
        if self._layer == ALL:
            gold = self._project.gold_layer(id)
            views = [view(h, machine) for h in humans]
            return [*views, *(x for x in (machine, gold) if x)] or [_nobodys(id)]
        if self._layer == MACHINE:
            chosen = machine or Layer(id, MACHINE, LayerKind.MACHINE)
        elif self._layer == GOLD:
            chosen = self._gold(id)
        elif self._layer is not None:
            chosen = self._person(id, self._layer, humans, machine)
        else:
            chosen = self._default(id, humans, machine)
        others = [h for h in humans if h.annotator != chosen.annotator]
        self._loss.leave_out("layers of other annotators", count=len(others))
        return [chosen]

    def _gold(self, id: str) -> Layer:
        gold = self._project.gold_layer(id)
        self._asked_for_seen |= gold is not None
        return gold or Layer(id, GOLD, LayerKind.GOLD)

    def _person(self, id: str, name: str, humans: list[Layer], machine: Layer | None) -> Layer:
        own = next((h for h in humans if h.annotator == name), None)
        self._asked_for_seen |= own is not None
        return view(own or Layer(id, name), machine)

    def _default(self, id: str, humans: list[Layer], machine: Layer | None) -> Layer:
        if len(humans) > 1:
            names = ", ".join(h.annotator for h in humans)
            raise AnnotatorError(
                f"Article {id} has the layers of more than one annotator: {names}.",
                "Choose one with --layer NAME, or --layer all.",
            )
        if humans:
            return view(humans[0], machine)
        return machine or _nobodys(id)

    def _wanted(self, layer: Layer, humans: list[Layer]) -> bool:
        human = layer.kind is LayerKind.HUMAN
        if self._only == "done":
            done_by_any = any(h.state is State.DONE for h in humans)
            return layer.state is State.DONE or (not human and done_by_any)
        if self._only == "decided":
            begun = any(layer.annotator == h.annotator for h in humans)
            return begun if human else layer.kind is LayerKind.GOLD and not layer.empty
        return True

    def _without_undecided(self, layer: Layer) -> Layer:
        if self._only != "decided":
            return layer
        decided = {id: s for id, s in layer.statements.items() if s.decided}
        self._loss.leave_out("undecided statements", count=len(layer.statements) - len(decided))
        return replace(layer, statements=MappingProxyType(decided))


def _asked(filters: Filters) -> dict[str, Any]:
    """The filters that are not at rest, for the report."""
    usual = EVERYTHING.as_dict()
    return {k: v for k, v in filters.as_dict().items() if v != usual[k]}


def _old_report(out: Path) -> str:
    file = out / loss_.NAME
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def _nobodys(id: str) -> Layer:
    return Layer(id, "")  # not whoever exports: the same content must give the same bytes


def _fingerprint(found: str) -> bytes:
    return hashlib.blake2b(found.encode(), digest_size=16).digest()


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
