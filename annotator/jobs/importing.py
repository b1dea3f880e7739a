"""Importing: files and folders into a project, in batches that are whole when the job is cancelled."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from annotator.domain.article import Article
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.record import Record, to_record
from annotator.domain.statement import Decision, Mention, Statement
from annotator.errors import AnnotatorError
from annotator.ingest import Columns, Foreign, Read, Refused, Unplaced, look, read_file
from annotator.ingest.annotated.fitting import fitted
from annotator.ingest.finding import Found
from annotator.ingest.suffixes import ASKED_FOR, FORMAT_OF, STREAMED
from annotator.jobs.progress import Progress
from annotator.storage.project import Project

BATCH = 200  # articles in a transaction
_BATCH_CHARACTERS = 20_000_000  # or earlier, when they are long
_EVERY = 50  # lines of a stream between two reports of progress


@dataclass
class ImportReport:
    """`already` counts articles whose same text is there; `skipped` files of folders that no
    reader knows; `layers` the layers that came with articles; `notes` says what was converted.
    Marks that have no place are among `refused`, as `Unplaced`.
    """

    added: int = 0
    already: int = 0
    refused: list[Refused] = field(default_factory=list)
    skipped: int = 0
    layers: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def unplaced(self) -> int:
        """How many marks of files have no place."""
        return sum(isinstance(r, Unplaced) for r in self.refused)

    def summary(self) -> str:
        """One line for people."""
        parts = [f"{_count(self.added, 'article')} added"]
        parts += [f"{self.already:,} already there"] if self.already else []
        parts += [f"{_count(self.layers, 'layer')} of annotations added"] if self.layers else []
        refused = len(self.refused) - self.unplaced
        parts += [f"{refused:,} refused"] if refused else []
        parts += [f"{_count(self.unplaced, 'mark')} not placed"] if self.unplaced else []
        parts += [f"{_count(self.skipped, 'other file')} passed over"] if self.skipped else []
        return ", ".join(parts)

    def lines(self) -> list[str]:
        """The summary, then one line for each note and each refusal."""
        return [f"{line}." for line in (self.summary(), *self.notes, *self.refused)]


T = TypeVar("T", Mention, Statement)
Item = tuple[str, Read | Foreign]


def import_paths(
    project: Project,
    paths: Iterable[Path],
    *,
    columns: Columns | None = None,
    format: str | None = None,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Generator[Progress, None, ImportReport]:
    """Read files and folders into the project; whatever cannot be read is refused and the rest
    goes on. `format` names the format when suffix and content do not tell it; `labels` says which
    label of the scheme a strange one stands for. Closing the job keeps the batches that are in.

    Raises AnnotatorError on a format or a label that does not exist.
    """
    check_format(format)
    _check_labels(project, labels)
    found = look(paths, format=format)
    report = ImportReport(refused=list(found.refused), skipped=found.skipped)
    batch = _Batch(project, report, labels)
    total = 0
    try:
        total = yield from _fill(batch, found, columns, format)
    except AnnotatorError as e:
        if not report.added:
            raise
        report.refused.append(Refused(project.path.name, "", f"the import stopped here: {e}".rstrip(".")))
    yield Progress(total, total, report.summary())
    return report


def _fill(
    batch: "_Batch", found: Found, columns: Columns | None, format: str | None
) -> Generator[Progress, None, int]:
    sizes = {path: _lines_in(path) for path in found.files}
    total, before = sum(sizes.values()), 0
    for path in found.files:
        label = found.labels[path]
        yield Progress(before, total, label)
        for count, result in enumerate(read_file(path, columns=columns, format=format), 1):
            batch.take(label, result)
            if count % _EVERY == 0:
                yield Progress(before + min(_line(result.where, count), sizes[path]), total, label)
        before += sizes[path]
    batch.flush()
    return total


def check_format(format: str | None) -> None:
    """Raise AnnotatorError when there is no such format to import."""
    if format is not None and format not in ASKED_FOR:
        raise AnnotatorError(f"There is no format {format!r} to import.", f"Known: {', '.join(ASKED_FOR)}.")


def _check_labels(project: Project, labels: Mapping[str, str]) -> None:
    known = [label.id for label in project.scheme.labels]
    for label in labels.values():
        if label not in known:
            raise AnnotatorError(f"The scheme has no label {label!r}.", f"It has: {', '.join(known)}.")


class _Batch:
    """Results waiting to be written together."""

    def __init__(self, project: Project, report: ImportReport, labels: Mapping[str, str]) -> None:
        self._project = project
        self._scheme = project.scheme
        self._report = report
        self._labels = labels
        self._waiting: list[Item] = []
        self._characters = 0

    def take(self, label: str, result: Read | Foreign | Refused) -> None:
        """Keep a result, and write all when the batch is full."""
        if isinstance(result, Refused):
            self._report.refused.append(replace(result, file=label))
            return
        if isinstance(result, Foreign) and not result.own:
            result = self._fitted(label, result)
        self._waiting.append((label, result))
        self._characters += len(_article(result).text)
        if len(self._waiting) >= BATCH or self._characters >= _BATCH_CHARACTERS:
            self.flush()

    def _fitted(self, label: str, foreign: Foreign) -> Foreign:
        """Fitted to the project's scheme, and under somebody's name."""
        fit = fitted(foreign.record, self._scheme, self._labels)
        for line in fit.unplaceable:
            self._report.refused.append(Unplaced(label, foreign.where, str(line)))
        layer = fit.record.layer
        signed = layer if layer.annotator else signed_by(layer, self._project.annotator)
        return replace(foreign, record=replace(fit.record, layer=signed))

    def flush(self) -> None:
        """Write the articles and the layers that came with them, in one transaction."""
        items, self._waiting, self._characters = self._waiting, [], 0
        if not items:
            return
        with self._project.batch():
            added = self._project.add_articles([_article(result) for _, result in items])
            for label, result in items:
                if isinstance(result, Foreign):
                    self._take_layer(label, result)
                    where = ": ".join(part for part in (label, result.where) if part)
                    self._report.notes += [f"{where}: {note}" for note in result.notes]
        self._report.added += sum(added)
        self._report.already += len(added) - sum(added)

    def _take_layer(self, label: str, foreign: Foreign) -> None:
        why, layers = put_record(self._project, foreign.record)
        self._report.layers += layers
        if why:
            self._report.refused.append(Refused(label, foreign.where, why))


def put_record(project: Project, record: Record) -> tuple[str | None, int]:
    """Put a record's layers beside its article, which must be there: why that cannot be (or
    None), and how many layers were added. Nobody's work is ever overwritten.
    """
    own, suggestions = split(record.layer)
    if own is not None and not own.empty:
        if not own.annotator:
            return "its layer names no annotator", 0
        before = _own_layer(project, own)
        if before is not None:
            if not _same(project, record, before, own):
                return f"{own.annotator} has already work on this article; nothing changed", 0
            own = None
    layers = 0
    if own is not None and not own.empty:
        project.put_layer(own, record.actors)
        layers += 1
    if suggestions is not None:
        layers += _put_suggestions(project, record, suggestions)
    return None, layers


def signed_by(layer: Layer, annotator: str) -> Layer:
    """A nobody's layer as this annotator's, with what is decided in it."""
    mentions = {m.id: _signed(m, annotator) for m in layer.mentions.values()}
    statements = {s.id: _signed(s, annotator) for s in layer.statements.values()}
    return replace(
        layer,
        annotator=annotator,
        mentions=MappingProxyType(mentions),
        statements=MappingProxyType(statements),
    )


def _signed(item: T, annotator: str) -> T:
    if item.decision is Decision.SUGGESTED:
        return item
    return replace(item, provenance=replace(item.provenance, by=annotator))


def split(layer: Layer) -> tuple[Layer | None, Layer | None]:
    """A record's layer as a project keeps it: somebody's own work, and the machine's suggestions
    that nobody has touched.
    """
    if layer.kind is LayerKind.MACHINE:
        return None, replace(layer, annotator=layer.annotator or _suggester(layer))
    if layer.kind is LayerKind.GOLD:
        return replace(layer, annotator=layer.annotator or "gold"), None
    own = _only(layer, untouched=False)
    rest = _only(layer, untouched=True)
    if not (rest.mentions or rest.statements):
        return own, None
    machine = Layer(layer.article, _suggester(rest), LayerKind.MACHINE)
    return own, replace(machine, mentions=rest.mentions, statements=rest.statements)


def _only(layer: Layer, *, untouched: bool) -> Layer:
    mentions = {k: m for k, m in layer.mentions.items() if _untouched(m) is untouched}
    statements = {k: s for k, s in layer.statements.items() if _untouched(s) is untouched}
    return replace(layer, mentions=MappingProxyType(mentions), statements=MappingProxyType(statements))


def _untouched(item: Mention | Statement) -> bool:
    return item.decision is Decision.SUGGESTED and item.provenance.by is None


def _suggester(layer: Layer) -> str:
    items: list[Mention | Statement] = [*layer.ordered_statements(), *layer.ordered_mentions()]
    return next((i.provenance.suggester for i in items if i.provenance.suggester), "unknown suggester")


def _own_layer(project: Project, layer: Layer) -> Layer | None:
    if layer.kind is LayerKind.GOLD:
        return project.gold_layer(layer.article)
    before = project.layer(layer.article, layer.annotator)
    return None if before.empty else before


def _same(project: Project, record: Record, before: Layer, after: Layer) -> bool:
    """Equal as records are: ids of merged actors resolved."""
    actors = project.actors()
    one, other = (to_record(record.article, layer, actors) for layer in (before, after))
    return all(one[part] == other[part] for part in ("layer", "mentions", "statements"))


def _put_suggestions(project: Project, record: Record, new: Layer) -> int:
    """A machine's record replaces what the machine said before; a person's view only adds to
    the same suggester's, because it holds just what that person had left open.
    """
    before = project.machine_layer(new.article)
    if before is not None and record.layer.kind is not LayerKind.MACHINE:
        if before.annotator != new.annotator:
            return 0
        mentions = MappingProxyType({**new.mentions, **before.mentions})
        statements = MappingProxyType({**new.statements, **before.statements})
        new = replace(before, mentions=mentions, statements=statements)
    if before is not None and _same(project, record, before, new):
        return 0
    project.put_machine_layer(new.article, new, record.actors)
    return 1


def _article(result: Read | Foreign) -> Article:
    return result.article if isinstance(result, Read) else result.record.article


def _lines_in(path: Path) -> int:
    """What a file counts for in the progress: its lines when it is read by lines, else one."""
    if FORMAT_OF.get(path.suffix.lower()) not in STREAMED:
        return 1
    try:
        with path.open("rb") as file:
            return 1 + sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1


def _line(where: str, count: int) -> int:
    number = where.removeprefix("line ")
    return int(number) if number.isdigit() else count


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
