"""DocBin and the training folder as spaCy itself reads them: any pipeline, its scorer, `debug data`."""

import json
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import DocBin
from training_samples import training_project

from annotator.export.filters import Filters
from annotator.export.splits import SplitOptions
from annotator.jobs.progress import run
from annotator.jobs.train_export import train_export


@pytest.fixture(scope="module")
def docs(exported):
    [file] = exported("docbin").glob("*.spacy")
    return list(DocBin().from_disk(file).get_docs(spacy.blank("en").vocab))


def test_texts_records_and_spans_are_there(docs, records, kept):
    assert [doc.text for doc in docs] == [r["text"] for r in records.values()]
    for doc, (id, record) in zip(docs, records.items(), strict=True):
        assert json.loads(doc.user_data["annotator"])["statements"] == record["statements"]
        contents = [(x.start_char, x.end_char) for x in doc.spans["sc"] if x.label_ == "CONTENT"]
        wanted = {(x["start"], x["end"]) for s in kept(id, "statements") for x in s["spans"]}
        assert set(contents) == wanted
        for mention in kept(id, "mentions"):
            around = [s for s in doc.spans["entities"] if s.label_ == mention["label"]]
            assert any(s.start_char <= mention["start"] < mention["end"] <= s.end_char for s in around)


def test_examples_score_full_against_themselves(docs):
    from spacy.scorer import Scorer
    from spacy.training import Example

    examples = [Example(doc, doc) for doc in docs]
    assert Scorer.score_spans(examples, "ents")["ents_f"] == 1
    scores = Scorer.score_spans(examples, "sc", getter=lambda doc, key: doc.spans[key], allow_overlap=True)
    assert scores["sc_f"] == 1


@pytest.mark.parametrize("component", ["ner", "spancat", "textcat_multilabel"])
def test_debug_data_finds_nothing_wrong_with_the_training_folder(tmp_path, component):
    with training_project(tmp_path / "news.annot") as project:
        run(train_export(project, tmp_path / "out", Filters(), SplitOptions(ratios=(70, 15, 15))))
    command = [sys.executable, "-m", "spacy", "debug", "data", f"configs/{component}.cfg"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✘" not in done.stdout
