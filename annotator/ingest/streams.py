"""What tables and JSONL share: opening as a stream of characters, guessing columns, rows -> articles."""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

from annotator.domain.article import Article
from annotator.ingest.dates import iso_date
from annotator.ingest.decoding import SAMPLE, guess, looks_binary, marked
from annotator.ingest.finishing import finish, headline
from annotator.ingest.results import Columns, Draft, UnfitError
from annotator.ingest.sniffing import refuse_container

# columns of our exported tables
_STATEMENTS = ({"article_id", "statement_id"}, {"article", "statement", "candidate", "answer"})

MOST_CHARACTERS = 50_000_000  # of one article

NAMES_OF: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "full_text",
        "fulltext",
        "maintext",
        "story",
    ),
    "id": ("id", "article_id", "doc_id", "document_id", "source_id", "uid", "uuid", "guid"),
    "title": ("title", "headline", "heading", "subject"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "publication", "agency", "media", "sitename"),
    "date": ("date", "published", "published_at", "publication_date", "pub_date", "publish_date", "datetime"),
    "url": ("url", "link", "uri", "href", "permalink"),
}


def open_text(path: Path, wanted: str) -> tuple[IO[str], tuple[str, ...]]:
    """The file as characters with its line ends kept, and notes on a guessed encoding.

    Raises UnfitError when it is empty or no text; OSError as `open` does.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if not head:
        raise UnfitError("it is empty")
    refuse_container(head, wanted)
    encoding = marked(head)
    notes: tuple[str, ...] = ()
    if encoding is None and (broken := _first_not_utf8(path)) is not None:
        encoding = guess(broken)
        notes = (f"decoded as {encoding}",)
    encoding = encoding or "utf-8"
    if looks_binary(head.decode(encoding, "replace")):
        raise UnfitError("it is not a text file")
    return path.open(encoding=encoding, errors="replace", newline=""), notes


def refuse_statements(names: Iterable[str], chosen: Columns) -> None:
    """Raises UnfitError for our own tables, whose rows are statements or candidates and no articles;
    not when the user says where the text is.
    """
    if chosen.text is None and any(keys <= set(names) for keys in _STATEMENTS):
        raise UnfitError("its rows are statements, not articles; import the canonical records instead")


def guess_columns(names: Sequence[str], chosen: Columns) -> Columns:
    """`chosen` with its gaps filled by names that say what they hold; text may stay None.

    Raises UnfitError when a chosen column is not there.
    """
    by_key = {_key(name): name for name in reversed(names)}
    found: dict[str, str | None] = {}
    for role, known in NAMES_OF.items():
        wanted = getattr(chosen, role)
        if wanted is not None and wanted not in names:
            raise UnfitError(f"it has no column {wanted!r}; it has {listed(names)}")
        found[role] = wanted or next((by_key[k] for k in known if k in by_key), None)
    taken = found["text"]
    return Columns(**{k: (None if k != "text" and v == taken else v) for k, v in found.items()})


def longest(rows: Sequence[Mapping[str, object]]) -> str | None:
    """The column whose values read like articles: the longest on average."""
    totals: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str):
                totals[name] = totals.get(name, 0) + len(value)
    best = max(totals, key=lambda name: totals[name], default=None)
    return best if best is not None and totals[best] >= 40 * len(rows) else None


def listed(names: Sequence[str]) -> str:
    """Names for a sentence, the first dozen."""
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


def article_of(
    row: Mapping[str, object], columns: Columns, *, file: str, extractor: str, notes: tuple[str, ...]
) -> Article:
    """One row's article. Raises UnfitError when its text is missing, empty or too long."""
    text = row.get(columns.text or "")
    if not isinstance(text, str):
        raise UnfitError(f"it has no text under {columns.text!r}")
    if len(text) > MOST_CHARACTERS:
        raise UnfitError("it is too large for one article")
    date = _value(row, columns.date)
    published = iso_date(date) if date else None
    if date and not published:
        notes = (*notes, f"date {date[:40]!r} not understood")
    draft = Draft(
        text,
        extractor,
        title=_value(row, columns.title) or headline(text),
        outlet=_value(row, columns.outlet),
        published=published,
        url=_value(row, columns.url),
        source_id=_value(row, columns.id),
        changed=notes,
    )
    raw = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return finish(draft, file=file, raw_sha256=raw)


def _value(row: Mapping[str, object], name: str | None) -> str | None:
    value = row.get(name) if name is not None else None
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


def _key(name: str) -> str:
    return "_".join(name.replace("\ufeff", "").strip().lower().replace("-", " ").replace("_", " ").split())


def _first_not_utf8(path: Path) -> bytes | None:
    """Bytes around the first that are not UTF-8, or None; reads in pieces. UTF-8 cut off within its last
    character is UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    ascii_alone = True
    for piece in _pieces(path):
        try:
            ascii_alone &= decoder.decode(piece).isascii()
        except UnicodeDecodeError:
            return piece
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return b"\xff" if ascii_alone else None
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(SAMPLE):
            yield piece
