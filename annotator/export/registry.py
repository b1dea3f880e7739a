"""All export formats by name. A format is one module; adding one is adding its line here."""

from collections.abc import Mapping

from annotator.errors import AnnotatorError
from annotator.export import (
    brat,
    conll,
    conllu,
    docbin,
    doccano,
    huggingface,
    jsonl,
    labelstudio,
    prodigy,
    shape,
    table,
    tei,
    xmi,
)
from annotator.export.formats import Format

_ALL = (
    jsonl.FORMAT,
    conll.FORMAT,
    conllu.CONLLU,
    conllu.CONLLUP,
    docbin.FORMAT,
    brat.FORMAT,
    doccano.FORMAT,
    labelstudio.FORMAT,
    prodigy.FORMAT,
    tei.FORMAT,
    xmi.FORMAT,
    huggingface.FORMAT,
    table.CSV,
    table.JSONL,
    shape.FORMAT,
)

FORMATS: dict[str, Format] = {f.name: f for f in _ALL}


def find(name: str) -> Format:
    """The format of this name. Raises AnnotatorError naming the known ones."""
    if name not in FORMATS:
        raise AnnotatorError(f"There is no export format {name!r}.", f"Known: {', '.join(FORMATS)}.")
    return FORMATS[name]


def settled(format: Format, options: Mapping[str, str]) -> dict[str, str]:
    """All options of a format, those not given at their defaults.

    Raises AnnotatorError on an option or a choice that the format does not know.
    """
    known = {o.name: o for o in format.options}
    for name, value in options.items():
        if name not in known:
            raise AnnotatorError(f"The format {format.name} has no option {name!r}.")
        if known[name].choices and value not in known[name].choices:
            choices = ", ".join(known[name].choices)
            raise AnnotatorError(f"{name} cannot be {value!r}.", f"Choose from: {choices}.")
    return {o.name: options.get(o.name, o.choices[0] if o.choices else "") for o in format.options}
