"""What reading yields: articles, canonical records, refusals; and the draft a format's reader hands in."""

from dataclasses import dataclass

from annotator.domain.article import Article
from annotator.domain.record import Record


@dataclass(frozen=True)
class Read:
    """An article; `where` is "line 12" when its file holds many."""

    article: Article
    where: str = ""


@dataclass(frozen=True)
class Foreign:
    """An article with a layer that some program wrote. `own`: it is a canonical record, to be kept
    as it is; others still have to be fitted to the project's scheme, and their layer may name no
    annotator. `notes` says what was converted.
    """

    record: Record
    where: str = ""
    own: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """What could not be taken in: one sentence that names file and, in tables, the line."""

    file: str
    where: str
    why: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.where, self.why) if part)


@dataclass(frozen=True)
class Unplaced(Refused):
    """One mark of a file that is otherwise taken in."""


Result = Read | Foreign | Refused


@dataclass(frozen=True)
class Columns:
    """Which columns (or JSON keys) hold what; those left None are guessed by their names."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Draft:
    """What one format's reader found, before normalising; `changed` holds notes for people."""

    text: str
    extractor: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    source_id: str | None = None
    changed: tuple[str, ...] = ()


class UnfitError(Exception):
    """The file or line cannot be taken in; the message is a clause such as "it is empty"."""
