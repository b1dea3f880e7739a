"""JSON objects of other annotation programs, known by their keys."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.ingest.annotated.doccano import is_doccano, read_doccano
from annotator.ingest.annotated.labelstudio import is_labelstudio, read_labelstudio
from annotator.ingest.annotated.prodigy import is_prodigy, read_prodigy
from annotator.ingest.results import Result, UnfitError

Object = Mapping[str, Any]
Reader = Callable[[Object, str, str], Iterator[Result]]

KINDS: dict[str, tuple[Callable[[Object], bool], Reader, str]] = {
    "labelstudio": (is_labelstudio, read_labelstudio, "a task of Label Studio"),
    "doccano": (is_doccano, read_doccano, "a line of doccano"),
    "prodigy": (is_prodigy, read_prodigy, "a task of Prodigy"),
}


def kind_of_object(data: Object) -> str | None:
    """The name of the program that writes such objects; None when none does."""
    return next((name for name, (fits, _, _) in KINDS.items() if fits(data)), None)


def read_object(kind: str, data: Object, file: str, where: str) -> Iterator[Result]:
    """The article of one object. Raises UnfitError when it is not of this kind, or has no text."""
    fits, read, what = KINDS[kind]
    if not fits(data):
        raise UnfitError(f"it is not {what}")
    try:
        yield from read(data, file, where)
    except (TypeError, AttributeError, KeyError) as e:
        raise UnfitError(f"it is not of the shape of {what} ({e})") from None
