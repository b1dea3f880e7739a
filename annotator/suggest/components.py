"""spaCy components, registered as factories: put them in any pipeline with `nlp.add_pipe`.

`annotator_marks` (before the parser) makes sentences start at blank lines; `annotator_entities`
(after the recogniser) repairs entities and links them to actors (`ent.kb_id_`);
`annotator_statements` (last) fills `doc._.statements`: a list of statements as the canonical record
holds them, offsets in code points. They are kept as JSON text in `doc.user_data`, so a DocBin with
`store_user_data=True` carries them.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from annotator.suggest.analysis import Analyst

KEY = "annotator.statements"
_BREAK = re.compile(r"\n\s*\n|\n(?=[^\na-z])")
_LABEL = re.compile(r"(?:^|\n)[^\W\d_a-z][^:\n“”\"]{1,80}:[ \t]+(?=[^\W\d_a-z])")  # "MS. X: We …"

_END = re.compile(r"[.?!…]|\n(?![a-z])")
_LONGEST = 2_500  # characters without an end, which no sentence has; a parse must not grow with the text


def _statements(doc: Doc) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(doc.user_data.get(KEY, "[]"))
    return found


def _register() -> None:
    if not Doc.has_extension("statements"):
        Doc.set_extension("statements", getter=_statements)


_register()


class Marks:
    """Makes a sentence start after every blank line and in endless words; put it before the parser."""

    def __call__(self, doc: Doc) -> Doc:  # noqa: D102 - spaCy calls it
        text = doc.text
        found = {m.end() for pattern in (_BREAK, _LABEL) for m in pattern.finditer(text)}
        starts = sorted(found.union(_in_endless(text)))
        at = 0
        for token in doc:
            if at < len(starts) and token.idx >= starts[at] and not token.is_space:
                if token.i > 0:
                    token.is_sent_start = True
                while at < len(starts) and starts[at] <= token.idx:
                    at += 1
        return doc


def _in_endless(text: str) -> Iterator[int]:
    """Where to part words that go on and on without an end."""
    last = 0
    for end in (*(m.start() for m in _END.finditer(text)), len(text)):
        while end - last > _LONGEST:
            last += _LONGEST
            yield last
        last = end


class Entities:
    """Repairs the entities of a doc and gives each its actor's id in `kb_id_`."""

    def __call__(self, doc: Doc) -> Doc:  # noqa: D102 - spaCy calls it
        from annotator.suggest import entities

        entities.repair(doc)
        return doc


class Statements:
    """Finds the statements of a doc; needs nothing but tokens, is best after parser and recogniser."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._analyst: Analyst | None = None

    def __call__(self, doc: Doc) -> Doc:  # noqa: D102 - spaCy calls it
        from annotator.domain.actors import Actors
        from annotator.domain.article import Article
        from annotator.domain.record import to_record

        analyst = self._analyst or self._make()
        found = analyst.analyse(doc, "")
        record = to_record(Article(doc.text), found.layer, Actors(found.actors))
        doc.user_data[KEY] = json.dumps(record["statements"], ensure_ascii=False)
        return doc

    def _make(self) -> "Analyst":
        from annotator.suggest.analysis import Analyst, default_scheme
        from annotator.suggest.pipeline import display_name

        self._analyst = Analyst(default_scheme(), display_name(self._nlp))
        return self._analyst


@Language.factory("annotator_marks", assigns=["token.is_sent_start"])
def make_marks(nlp: Language, name: str) -> Marks:
    """Factory of `annotator_marks`."""
    del nlp, name
    return Marks()


@Language.factory("annotator_entities", assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> Entities:
    """Factory of `annotator_entities`."""
    del nlp, name
    return Entities()


@Language.factory("annotator_statements", assigns=["doc._.statements"])
def make_statements(nlp: Language, name: str) -> Statements:
    """Factory of `annotator_statements`."""
    del name
    return Statements(nlp)
