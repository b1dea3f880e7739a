"""An article: immutable text with metadata that may be mended."""

from dataclasses import dataclass, field
from functools import cached_property

from annotator.domain import text as text_


@dataclass(frozen=True)
class Meta:
    """What is known about an article besides its text; all of it optional.

    `published` is an ISO date (YYYY, YYYY-MM or YYYY-MM-DD); `changed` is what normalising did;
    `source_id` is the id that the file gave; `extractor` names reader and version.
    """

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    file: str | None = None
    extractor: str | None = None
    source_id: str | None = None
    raw_sha256: str | None = None
    changed: tuple[str, ...] = ()
    practice: bool = False


@dataclass(frozen=True)
class Article:
    """A normalised text under its content id. `lang` is an ISO 639-1 guess or None."""

    text: str
    lang: str | None = None
    meta: Meta = field(default_factory=Meta)

    @cached_property
    def id(self) -> str:
        """The content id: equal texts have equal ids."""
        return text_.article_id(self.text)
