"""Plain text and Markdown, and what is pasted."""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from annotator.domain.article import Article
from annotator.errors import AnnotatorError
from annotator.ingest.dates import iso_date
from annotator.ingest.decoding import decode, looks_binary
from annotator.ingest.finishing import finish, headline
from annotator.ingest.results import Draft, UnfitError


def read_plain(data: bytes) -> Draft:
    """The text as it stands."""
    text, notes = decode(data)
    if looks_binary(text):
        raise UnfitError("it is not a text file")
    return Draft(text, "plain 1", title=headline(text), changed=notes)


def read_paste(text: str) -> Article:
    """The article that a clipboard holds. Raises AnnotatorError when it holds none."""
    raw = text.encode("utf-8", "surrogatepass")
    draft = Draft(text, "paste 1", title=headline(text))
    try:
        return finish(draft, raw_sha256=sha256(raw).hexdigest())
    except UnfitError:
        raise AnnotatorError("There is no text to paste.", "Copy an article first.") from None


def read_markdown(data: bytes) -> Draft:
    """Markdown without its marks: headings, emphasis and links become the words a reader sees."""
    plain = read_plain(data)
    text, front = _without_front_matter(_lf(plain.text))
    text, dropped = _without_marks(text)
    heading = _HEADING.search(_lf(plain.text))
    title = front.get("title") or (_without_marks(heading[0])[0] if heading else headline(text))
    notes = [f"Markdown marks dropped ×{dropped}"] if dropped else []
    notes += ["front matter read as metadata"] if front else []
    return replace(
        plain,
        text=text,
        extractor="markdown 1",
        title=title,
        outlet=front.get("outlet") or front.get("source"),
        published=iso_date(front.get("date", "")),
        url=front.get("url") or front.get("link"),
        changed=(*plain.changed, *notes),
    )


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,60}?)---[ \t]*\n+")
_FRONT_LINE = re.compile(r"""^(\w+):[ \t]*(["']?)(.*?)\2[ \t]*$""", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
# What every pattern can look ahead is bounded, so that no line makes it slow.
_MARKS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_HEADING, lambda found: _without_closing_marks(found[1].rstrip())),
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{1,2000}(?:[ \t]\"[^\"\n]{0,300}\")?\)"), r"\1"),
    (re.compile(r"(?<![\\!])\[([^\[\]\n]{1,300})\]\([^()\s]{1,2000}(?:[ \t]\"[^\"\n]{0,300}\")?\)"), r"\1"),
    (re.compile(r"(?<![\\*\w])\*\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![\\_\w])__(?=\S)([^_\n]{1,2000}?)(?<=\S)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\\*\w])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![*\w])"), r"\1"),
    (re.compile(r"(?<![\\_\w])_(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])_(?![_\w])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])"), r"\1"),
)


def _without_front_matter(text: str) -> tuple[str, dict[str, str]]:
    found = _FRONT.match(text)
    if not found or len(found[1]) > 8000:
        return text, {}
    values = {key.lower(): value for key, _, value in _FRONT_LINE.findall(found[1]) if value}
    return (text[found.end() :], values) if values else (text, {})


def _without_closing_marks(heading: str) -> str:
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != heading and bare[-1:].isspace() else heading


def _without_marks(text: str) -> tuple[str, int]:
    dropped = 0
    for pattern, kept in _MARKS:
        text, count = pattern.subn(kept, text)
        dropped += count
    return text, dropped
