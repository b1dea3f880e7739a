"""Draft -> Article: normalised text, tidy metadata, language guess; and titles seen in plain text."""

import re
from itertools import dropwhile

from annotator.domain.article import Article, Meta
from annotator.domain.text import normalise
from annotator.ingest.results import Draft, UnfitError

_JUNK_TITLE = re.compile(
    r"microsoft word|untitled|document ?\d*$|.*\.(docx?|indd|pdf|rtf|odt|qxd|html?|txt)$", re.IGNORECASE
)
_MOST_META = 500  # code points kept of one piece of metadata
_MOST_TITLE = 160
_TITLE_SAMPLE = 2000
_LANG_SAMPLE = 1200  # characters; more costs time and tells nothing new
_LANG_LEAST = 40  # letters below which a guess is worth nothing


def finish(draft: Draft, *, file: str | None = None, raw_sha256: str | None = None) -> Article:
    """The article of a draft. Raises UnfitError when nothing but white space is left."""
    normal = normalise(draft.text)
    if not normal.text.strip():
        raise UnfitError("there is no text in it")
    meta = Meta(
        title=tidy(draft.title),
        outlet=tidy(draft.outlet),
        published=draft.published,
        url=tidy(draft.url),
        file=tidy(file),
        extractor=draft.extractor,
        source_id=tidy(draft.source_id),
        raw_sha256=raw_sha256,
        changed=(*draft.changed, *normal.changed),
    )
    return Article(normal.text, language(normal.text), meta)


def tidy(value: str | None) -> str | None:
    """Metadata on one line, free of what a database refuses; None when nothing is left."""
    if value is None:
        return None
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _odd(value) else value
    return " ".join(normalise(value).text.split())[:_MOST_META].rstrip() or None


def _odd(value: str) -> bool:
    return any("\udc80" <= c <= "\udcff" for c in value)


def language(text: str) -> str | None:
    """ISO 639-1 guess from the beginning; None for texts too short to tell."""
    sample = text[:_LANG_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LANG_LEAST:
        return None
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)


def headline(text: str) -> str | None:
    """The first line, when it is short, has no final stop and a blank line follows it."""
    beginning = text[:_TITLE_SAMPLE].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    lines = dropwhile(lambda line: not line.strip(), beginning.split("\n"))
    line, gap, *rest = (*lines, "", "")
    line = line.strip()
    if gap.strip() or not any(map(str.strip, rest)):
        return None
    short = 0 < len(line) <= _MOST_TITLE and len(line.split()) <= 25
    return line if short and line[-1] not in ".,;:。．" else None


def believable_title(title: str | None) -> str | None:
    """A document's own title, unless its program made it up."""
    title = tidy(title)
    return None if title is None or _JUNK_TITLE.match(title) else title
