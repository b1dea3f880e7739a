"""Tokens and sentences of a text as spaCy's blank tokenizers cut it, and spans laid onto tokens.

All offsets are code points; tokens of white space are dropped.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotator.domain.text import without_long_runs

_TERMINAL = frozenset(".!?…。．！？؟۔।॥")
_CLOSING = frozenset("\"'”’»›)]}」』】）")
_LINE_ENDS = frozenset("\n\u2028\u2029")
_UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "yue"})  # cut by letters, as spaCy cuts Chinese
DOCSTART = "-DOCSTART-"  # a token that readers of CoNLL-2003 take for the start of a document

_MOST_WORDS = 200_000  # spaCy keeps every word it ever saw; a new start is cheaper than the memory

TokenRange = tuple[int, int]  # half-open, counted in tokens


@dataclass(frozen=True)
class Tokens:
    """Token offsets of one text, in order; none is white space, none overlap."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def words(self) -> list[str]:
        """The surface of every token."""
        return [self.text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]

    def aligned(self, start: int, end: int) -> TokenRange | None:
        """The tokens that `[start, end)` touches, or None when it touches none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (first, last) if first < last else None

    def surface_range(self, tokens: TokenRange) -> tuple[int, int]:
        """Code points from the first to the last token of a range."""
        return self.starts[tokens[0]], self.ends[tokens[1] - 1]

    def sentence_starts(self, whole: Iterable[TokenRange] = ()) -> list[int]:
        """Indices of the tokens that begin sentences: the first, those after a line end and those
        after a full stop and its closing marks. No sentence begins inside the ranges of `whole`.
        """
        inside = {i for a, b in whole for i in range(a + 1, b)}
        found, ended = [], True
        for i, word in enumerate(self.words):
            gap = self.text[self.ends[i - 1] : self.starts[i]] if i else "\n"
            closes = not gap and set(word) <= _CLOSING
            begins = not _LINE_ENDS.isdisjoint(gap) or (ended and not closes and not _is_stop(word))
            if begins and i not in inside:
                found.append(i)
            ended = _is_stop(word) or (ended and closes)
        return found


def _is_stop(word: str) -> bool:
    """True for a token that is nothing but terminal marks: `U.S.` is none."""
    return set(word) <= _TERMINAL


class Tokeniser:
    """Cuts texts with the blank tokenizer of their language; unknown languages with the
    language-neutral one. Loads spaCy when first used.
    """

    def __init__(self) -> None:
        self._by_lang: dict[str, Any] = {}

    def tokens(self, text: str, lang: str | None) -> Tokens:
        """Tokens of `text`. Never fails on strange text: what a language's own tokenizer
        cannot give back letter by letter is cut by the neutral one.
        """
        return tokens_of(self.doc(text, lang), text)

    def doc(self, text: str, lang: str | None) -> Any:
        """A spaCy Doc of `text`, white space tokens included."""
        nlp = self._pipeline(lang or "xx")
        doc = _cut(nlp, text)
        return doc if _keeps_letters(nlp) or doc.text == text else _cut(self._pipeline("xx"), text)

    def _pipeline(self, lang: str) -> Any:
        nlp = self._by_lang.get(lang)
        if nlp is None or len(nlp.vocab.strings) > _MOST_WORDS:
            nlp = self._by_lang[lang] = _blank(lang)
        return nlp


def _keeps_letters(nlp: Any) -> bool:
    """Whether it cuts by spaCy's own tokenizer, which never changes a text; those of some languages do."""
    from spacy.tokenizer import Tokenizer

    return type(nlp.tokenizer) is Tokenizer


def _cut(nlp: Any, text: str) -> Any:
    pieces = without_long_runs(text)
    if len(pieces) == 1:
        return nlp.tokenizer(text)
    from spacy.tokens import Doc

    return Doc.from_docs([nlp.tokenizer(p) for p in pieces], ensure_whitespace=False)


def tokens_of(doc: Any, text: str) -> Tokens:
    """The tokens of a Doc of this text that are not white space."""
    starts, ends, position = [], [], 0
    for length, space in doc.to_array(["LENGTH", "SPACY"]).tolist():
        if not text[position : position + length].isspace():
            for start, end in _safe(text, position, position + length):
                starts.append(start)
                ends.append(end)
        position += length + space
    return Tokens(text, tuple(starts), tuple(ends))


def _safe(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    if text[start:end] == DOCSTART:
        return (start, start + 1), (start + 1, end)
    return ((start, end),)


def _blank(lang: str) -> Any:
    import spacy

    try:
        return spacy.blank(lang)
    except (ImportError, OSError, ValueError):  # no such language, or its tokenizer needs a package
        return spacy.blank("zh" if lang in _UNSPACED else "xx")
