import pytest
import spacy

from annotator.errors import AnnotatorError
from annotator.suggest import installed
from annotator.suggest.pipeline import DEFAULT, lacks, sentence


def test_installed_pipelines_are_found_the_default_first():
    first = installed.installed()[0]
    assert (first.name, first.language, first.lacks, first.note) == (DEFAULT, "en", (), "")
    assert first.title.startswith("en_core_web_sm 3.")


def test_pipeline_in_a_folder(tmp_path):
    nlp = spacy.blank("fr")
    nlp.add_pipe("entity_ruler")
    nlp.to_disk(tmp_path / "pipe")
    found = installed.in_folder(tmp_path / "pipe")
    assert (found.name, found.language, found.lacks) == (str(tmp_path / "pipe"), "fr", ("parser",))
    assert found.note == "It has no parser: statements are found in quotation marks only."


def test_folder_without_a_pipeline_is_refused(tmp_path):
    with pytest.raises(AnnotatorError, match="holds no language pipeline"):
        installed.in_folder(tmp_path)
    (tmp_path / "meta.json").write_text("[1]")
    with pytest.raises(AnnotatorError):
        installed.in_folder(tmp_path)


def test_what_a_pipeline_lacks_by_language_and_parts():
    whole = {"tagger", "parser", "lemmatizer", "ner"}
    assert lacks("en", whole) == ()
    assert lacks("fr", whole) == ("english",)
    assert lacks("en", {"parser", "ner"}) == ("tagger",)
    assert lacks("en", {"parser", "tagger"}) == ("lemmatizer", "ner")
    assert lacks("xx", set()) == ("parser", "ner")
    assert sentence(()) == ""
    assert sentence(["english", "ner"]).count(";") == 1
