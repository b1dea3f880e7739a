import pytest

from annotator.errors import AnnotatorError
from annotator.export.registry import FORMATS, find, settled


def test_names_and_suffixes_are_their_own():
    assert all(name == f.name for name, f in FORMATS.items())
    assert all(f.suffix.startswith(".") and f.note.endswith(".") for f in FORMATS.values())
    lossless = {f.name for f in FORMATS.values() if f.lossless}
    assert lossless == {"jsonl", "conllu", "conllup", "docbin", "hf", "xmi"}


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(AnnotatorError, match=r"no export format 'xls'.*jsonl, conll, "):
        find("xls")


def test_options_have_defaults_and_limits():
    assert settled(find("conll"), {}) == {"labels": "entities"}
    assert settled(find("conll"), {"labels": "roles"}) == {"labels": "roles"}
    with pytest.raises(AnnotatorError, match="labels cannot be 'x'"):
        settled(find("conll"), {"labels": "x"})
    with pytest.raises(AnnotatorError, match="jsonl has no option 'labels'"):
        settled(find("jsonl"), {"labels": "roles"})
