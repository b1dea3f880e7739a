import json

import pytest
from export_samples import ACTORS, articles, emoji, sample_records, samples, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.article import Article
from annotator.domain.layer import Layer
from annotator.domain.record import to_record
from annotator.export.conllu import read_records

BOTH = [("conllu", 9), ("conllup", 2)]


def documents(file):
    """[(comments, [cells of a token])] a sentence, in documents."""
    out = []
    for block in file.read_text("utf-8").split("\n\n")[:-1]:
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("# ")]
        tokens = [line.split("\t") for line in lines if not line.startswith("# ")]
        if any(c.startswith("# newdoc id = ") for c in comments):
            out.append([])
        out[-1].append((comments, tokens))
    return out


@pytest.mark.parametrize(("format", "misc"), BOTH)
def test_the_file_holds_the_whole_record(tmp_path, format, misc):
    (file,), loss = written(format, sample_records(), tmp_path)
    assert list(read_records(file, misc)) == sample_records()
    assert not loss.lost
    raw = file.read_text("utf-8")
    assert raw.endswith("\n\n")
    assert raw.split("\n") == [*raw.splitlines(), ""]  # nothing that some readers take for a line end


def test_tokens_have_ten_columns_and_their_places(tmp_path):
    (file,), _ = written("conllu", sample_records(), tmp_path)
    for sentences, (article, _) in zip(documents(file), samples(), strict=True):
        for _, tokens in sentences:
            assert [int(t[0]) for t in tokens] == list(range(1, len(tokens) + 1))
            for cells in tokens:
                assert len(cells) == 10
                misc = dict(x.split("=") for x in cells[9].split("|"))
                assert article.text[int(misc["start_char"]) : int(misc["end_char"])] == cells[1]


def test_entities_are_tagged_and_statements_are_in_a_comment(tmp_path):
    record = to_record(*emoji(), ACTORS)
    (file,), _ = written("conllu", [record], tmp_path)
    (sentences,) = documents(file)
    comments = dict(c[2:].split(" = ", 1) for c in sentences[0][0])
    assert json.loads(comments["statements"]) == record["statements"]
    tags = [x for _, tokens in sentences for t in tokens for x in t[9].split("|") if x.startswith("ner=")]
    persons = [t for t in tags if t.endswith("PERSON")]
    assert persons == ["ner=B-PERSON", "ner=I-PERSON", "ner=I-PERSON", "ner=I-PERSON"]


def test_plus_names_every_mark_on_a_token(tmp_path):
    (file,), _ = written("conllup", [to_record(*tangled(), ACTORS)], tmp_path)
    names = file.read_text("utf-8").split("\n")[0].removeprefix("# global.columns = ").split(" ")
    tokens = [dict(zip(names, t, strict=True)) for s in documents(file)[0] for t in s[1]]
    embassy = next(t for t in tokens if t["FORM"] == "Embassy")
    assert embassy["ANNOTATOR:ENTITY"] == "I-ORG:4;B-EVENT:5"
    seoul = next(t for t in tokens if t["FORM"] == "Seoul")
    assert (seoul["ANNOTATOR:CONTENT"], seoul["ANNOTATOR:TARGET"]) == ("I-1", "B-2")
    tokyo = [t for t in tokens if t["FORM"] == "Tokyo"][1]
    assert (tokyo["ANNOTATOR:CONTENT"], tokyo["ANNOTATOR:TARGET"]) == ("I-1;B-2", "B-1")


def test_an_article_without_words_is_reported(tmp_path):
    article = Article(" \n ", "en")
    _, loss = written("conllu", [to_record(article, Layer(article.id, "ann"), ACTORS)], tmp_path)
    assert loss.counts() == {"articles without a single word": 1}


@pytest.mark.parametrize(("format", "misc"), BOTH)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3))
def test_any_records_come_back_whole(tmp_path, format, misc, pairs):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    (file,), _ = written(format, records, tmp_path)
    assert list(read_records(file, misc)) == records
