"""Columns: what a parsed text says of its tokens as plain lists, each read at once when first asked for.
They hold what the parser said; entities change and have none.
"""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan


class _Strings(dict[int, str]):
    """The strings of a vocabulary by number, each looked up once."""

    def __init__(self, doc: "Doc") -> None:
        self._strings = doc.vocab.strings

    def __missing__(self, number: int) -> str:
        found: str = self._strings[number]
        self[number] = found
        return found


class Columns:
    """The tokens of a doc, by attribute: `words[i]` is `doc[i].text`."""

    def __init__(self, doc: "Doc") -> None:
        self._doc = doc
        self._strings = _Strings(doc)

    @cached_property
    def text(self) -> str:
        """The text of the doc, exactly."""
        return str(self._doc.text)

    def surface(self, span: "TokenSpan") -> str:
        """`text` of some tokens."""
        return self.text[span.start_char : span.end_char]

    @cached_property
    def tokens(self) -> list["Token"]:
        """The tokens themselves."""
        return list(self._doc)

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts, in code points."""
        found: list[int] = self._doc.to_array("IDX").tolist()
        return found

    @cached_property
    def words(self) -> list[str]:
        """`text` of each token."""
        return self._named("ORTH")

    @cached_property
    def small(self) -> list[str]:
        """`lower_` of each token."""
        return self._named("LOWER")

    @cached_property
    def classes(self) -> list[str]:
        """`pos_` of each token."""
        return self._named("POS")

    @cached_property
    def tags(self) -> list[str]:
        """`tag_` of each token."""
        return self._named("TAG")

    @cached_property
    def relations(self) -> list[str]:
        """`dep_` of each token."""
        return self._named("DEP")

    @cached_property
    def lemmas(self) -> list[str]:
        """`lemma_` of each token."""
        return self._named("LEMMA")

    @cached_property
    def heads(self) -> list[int]:
        """Index of each token's head."""
        away = self._doc.to_array("HEAD").astype("int64").tolist()
        return [i + a for i, a in enumerate(away)]

    def _named(self, attribute: str) -> list[str]:
        numbers = self._doc.to_array(attribute).tolist()
        return list(map(self._strings.__getitem__, numbers))
