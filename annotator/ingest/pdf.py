"""PDF: lines are joined to paragraphs by their gaps, indents and endings."""

import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from annotator.ingest.finishing import believable_title, headline
from annotator.ingest.results import Draft, UnfitError

_PAGE_NUMBER = re.compile(r"(?:page\s+)?\W{0,2}\d{1,4}\W{0,2}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:…。][\"'”’»)\]]*$")
_WIDE_GAP = 1.3  # times the usual distance of lines
_SHORT = 0.7  # of the usual length of lines


@dataclass(frozen=True)
class Line:
    """One printed line; `x` and `y` in points, y upwards, both 0 when unknown."""

    text: str
    x: float
    y: float


def read_pdf(data: bytes) -> Draft:
    """The text of all pages in the order the file gives it."""
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it complains to the terminal
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnfitError("it is protected by a password")
        pages = [_lines(page) for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except DependencyError:
        raise UnfitError("it is protected by encryption") from None
    except PyPdfError:
        raise UnfitError("it is a broken PDF") from None
    text, notes = flow(pages)
    if pages and not text:
        raise UnfitError("there is no text in it, perhaps only scanned pictures")
    title = believable_title(title if isinstance(title, str) else None)
    shown = title and " ".join(text[:2000].split()).casefold().find(title.casefold()) >= 0
    return Draft(
        text, f"pypdf {pypdf.__version__}", title=title if shown else headline(text) or title, changed=notes
    )


def _lines(page: Any) -> list[Line]:
    """Lines of a page; pypdf tells a place for each run of text."""
    lines: list[Line] = []
    words, x, y = "", 0.0, 0.0

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        nonlocal words, x, y
        if not words.strip() and text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        *ended, rest = (words + text).split("\n")
        lines.extend(Line(" ".join(part.split()), x, y) for part in ended)
        words = rest

    page.extract_text(visitor_text=visit)
    lines.append(Line(" ".join(words.split()), x, y))
    return [line for line in lines if line.text]


def flow(pages: Iterable[list[Line]]) -> tuple[str, tuple[str, ...]]:
    """Paragraphs with a blank line between, and notes on what was joined and dropped."""
    kept = [_without_number(page) for page in pages]
    dropped = sum(n for _, n in kept)
    sheets = [lines for lines, _ in kept]
    everything = [line for lines in sheets for line in lines]
    if not everything:
        return "", ()
    gap, width, left = _usual(sheets)
    paragraphs: list[list[str]] = [[everything[0].text]]
    for before, line in pairwise(everything):
        if _starts_paragraph(before, line, gap, width, left):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    whole = " ".join(line.text for line in everything)
    joined = [_join(lines, whole) for lines in paragraphs]
    counts = {
        "printed lines joined": len(everything) - len(paragraphs),
        "hyphens at line ends joined": sum(n for _, n in joined),
        "page numbers dropped": dropped,
    }
    notes = tuple(f"{what} ×{count}" for what, count in counts.items() if count)
    return "\n\n".join(text for text, _ in joined), notes


def _without_number(lines: list[Line]) -> tuple[list[Line], int]:
    before = len(lines)
    if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[-1].text):
        lines = lines[:-1]
    if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[0].text):
        lines = lines[1:]
    return lines, before - len(lines)


def _usual(sheets: list[list[Line]]) -> tuple[float, float, float]:
    """Usual distance of lines, length of full lines, and left edge."""
    gaps = [a.y - b.y for lines in sheets for a, b in pairwise(lines) if a.y > b.y]
    lengths = sorted(len(line.text) for lines in sheets for line in lines)
    lefts = [line.x for lines in sheets for line in lines]
    low = sorted(gaps)[: max(1, len(gaps) * 3 // 4)]
    return (median(low) if low else 0.0), float(lengths[len(lengths) * 4 // 5]), median(lefts)


def _starts_paragraph(before: Line, line: Line, gap: float, width: float, left: float) -> bool:
    distance = before.y - line.y
    if gap and distance > _WIDE_GAP * gap:
        return True
    if gap and abs(distance) < 1.0:  # the same printed line in pieces
        return False
    ended = bool(_ENDS_SENTENCE.search(before.text[-9:]))
    if ended and len(before.text) < _SHORT * width:
        return True
    return ended and 6 < line.x - left < 60 and abs(before.x - left) < 3


def _join(lines: list[str], whole: str) -> tuple[str, int]:
    """Lines as one; a hyphen at an end goes when the word stands nowhere with it."""
    text, count = lines[0], 0
    for line in lines[1:]:
        if re.search(r"[^\W\d_]-$", text) and line[:1].islower():
            first, second = re.findall(r"\w+", text)[-1], re.match(r"\w+", line)
            count += 1
            if f"{first}-{second[0] if second else ''}" not in whole:
                text = text[:-1]
            text += line
        else:
            text += " " + line
    return text, count
