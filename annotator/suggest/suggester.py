"""The suggester: one object that turns a text into a machine layer, offline."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from annotator.domain.actors import Actors, LinkedName
from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.scheme import LabelScheme
from annotator.domain.spans import Span, merged, trimmed
from annotator.suggest import pieces
from annotator.suggest import pipeline as pipelines
from annotator.suggest.analysis import Analyst, Suggested

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOBODY = Actors()

__all__ = ["NoContentError", "Suggested", "Suggester"]


class NoContentError(ValueError):
    """What is to be filled is no content of the text."""


class Suggester:
    """Suggests entities and statements with a spaCy pipeline and our rules.

    Raises AnnotatorError when the pipeline cannot be loaded. `lacks` names what the pipeline has not
    ("parser", "ner"): then marked quotations and known names are still suggested.
    """

    def __init__(
        self,
        pipeline: str = pipelines.DEFAULT,
        *,
        scheme: LabelScheme,
        known: Actors = NOBODY,
        names: Iterable[LinkedName] = (),
    ) -> None:
        self._nlp = pipelines.load(pipeline)
        self.lacks = pipelines.lacking(self._nlp)
        self.learn(scheme, known, names)
        self.name = self._analyst.name

    def learn(self, scheme: LabelScheme, known: Actors, names: Iterable[LinkedName]) -> None:
        """From now on this scheme, these actors of a project, and what people linked to them."""
        self._analyst = Analyst(scheme, pipelines.display_name(self._nlp), known, names)

    @property
    def note(self) -> str:
        """What the pipeline lacks and what is suggested all the same; empty when it lacks nothing."""
        return pipelines.sentence(self.lacks)

    def parse(self, text: str) -> "Doc":
        """The pipeline's doc for one piece of text."""
        return self._nlp(text)

    def suggest(self, article_id: str, text: str, *, title: str | None = None) -> Suggested:
        """All entities and statements of an article. Long texts are read in pieces."""
        parts = pieces.cut(text)
        if len(parts) == 1:
            return self._analyst.analyse(self.parse(text), article_id, title=title)
        return self._in_pieces(article_id, text, parts, title)

    def _in_pieces(self, article_id: str, text: str, parts: list[Span], title: str | None) -> Suggested:
        joined = pieces.Joined(article_id)
        chains = self._analyst.chains(self._nlp.lang or "en")
        for part in parts:
            found = self._analyst.analyse(
                self.parse(text[part.start : part.end]), "", title=title, chains=chains
            )
            joined.add(found.layer, part.start)
            joined.actors.update({a.id: a for a in found.actors})
            chains = chains.carried()
        layer = Layer(
            article_id,
            self.name,
            LayerKind.MACHINE,
            mentions=MappingProxyType(joined.mentions),
            statements=MappingProxyType(joined.statements),
        )
        return Suggested(layer, tuple(joined.actors.values()))

    def fill(self, article_id: str, text: str, spans: tuple[Span, ...]) -> Suggested:
        """Exactly one statement over these spans, with cue, kind, speaker, targets, topics and act.

        White space at their ends is left out, and those that touch become one. Raises NoContentError
        when no words are left, or one reaches past the text.
        """
        if not spans or any(s.end > len(text) for s in spans):
            raise NoContentError("the content to fill does not lie in its text")
        words = merged(w for s in spans if (w := trimmed(text, s.start, s.end)) is not None)
        if not words:
            raise NoContentError("the content to fill holds no words")
        window = pieces.around(text, words)
        found = self._analyst.fill(self.parse(text[window.start : window.end]), pieces.inside(window, words))
        joined = pieces.Joined(article_id)
        joined.add(found.layer, window.start)
        id = statement_id(article_id, words)
        made = (replace(s, id=id, spans=words) for s in joined.statements.values())
        statements = MappingProxyType({s.id: s for s in made})
        layer = Layer(article_id, self.name, LayerKind.MACHINE, statements=statements)
        return Suggested(layer, found.actors)


def statement_id(article: str, spans: tuple[Span, ...]) -> str:
    """Id of a suggested statement: the same words of the same article always have the same."""
    return suggestion_id("s", article, spans)
