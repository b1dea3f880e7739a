"""Rich text (rtf)."""

import re
from importlib.metadata import version

from annotator.ingest.finishing import believable_title, headline
from annotator.ingest.results import Draft, UnfitError

_LINE = re.compile(r"(?<!\\)\\line(?![a-z]) ?")
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
_BREAK = "\x1f"


def read_rtf(data: bytes) -> Draft:
    """The document's text, each paragraph by itself; bytes outside ASCII are cp1252."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnfitError("it is not a rich text document")
    from striprtf.striprtf import rtf_to_text

    source = data.decode("cp1252", "replace")
    stripped: str = rtf_to_text(_LINE.sub(_BREAK, source), errors="replace")  # type: ignore[no-untyped-call]
    paragraphs = (p.replace(_BREAK, "\n").strip(" ") for p in stripped.split("\n"))
    text = "\n\n".join(p for p in paragraphs if p.strip())
    found = _TITLE.search(source[:20_000])
    title = believable_title(found[1]) if found else None
    return Draft(text, f"striprtf {version('striprtf')}", title=title or headline(text))
