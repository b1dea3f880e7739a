import json
from collections import Counter

import pytest
import srsly
from export_samples import sample_records

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.export import features, wording
from annotator.export.agreement import alpha
from annotator.export.card import card
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.splits import SplitOptions
from annotator.export.tally import Tally


@pytest.fixture(scope="module")
def scheme():
    return LabelScheme.from_toml((paths.resources() / "scheme" / "diplomacy.toml").read_text("utf-8"))


def facts(**changes):
    """What a release.json over the samples says."""
    tally = Tally()
    for n, record in enumerate(sample_records()):
        tally.add(record, ("train", "train", "dev", "test", "train")[n])
    told = {
        "program": "1.0",
        "number": 3,
        "name": "Balkans: “2026” | first",
        "note": "For the paper.",
        "date": tally.newest,
        "options": {
            "filters": Filters(topics=("territory",)).as_dict(),
            "splits": SplitOptions().as_dict(),
            "masking": vars(Masking("pseudonyms")),
            "licence": "CC BY 4.0",
            "licences": {"Daily": "fair | use"},
        },
        "scheme": {"id": "diplomacy-default", "version": "1", "sha256": "f" * 64},
        "guidelines": ["1", "2"],
        "suggesters": ["rules 1"],
        "annotators": ["a1"],
        "counts": tally.as_dict(),
        "near_copies": {"groups": 2, "articles": 5, "left_out": 0, "pulled": 0},
        "left_out": {"articles not done": 7},
        "agreement": [],
        "files": [{"path": f"jsonl/{s}.jsonl", "sha256": "0", "bytes": 1} for s in ("train", "dev", "test")],
        **changes,
    }
    return {"limits": wording.limits(told), **told}


def head(text):
    _, yaml, body = text.split("---\n", 2)
    return srsly.yaml_loads(yaml), body


def test_the_head_declares_splits_and_the_type_of_every_column(scheme):
    declared, _ = head(card(facts(), scheme))
    assert declared["pretty_name"] == "Balkans: “2026” | first"
    assert declared["license"] == "CC BY 4.0"
    assert declared["language"] == ["ar", "en"]
    (config,) = declared["configs"]
    assert [(f["split"], f["path"]) for f in config["data_files"]] == [
        ("train", "jsonl/train.jsonl"),
        ("validation", "jsonl/dev.jsonl"),
        ("test", "jsonl/test.jsonl"),
    ]
    (info,) = declared["dataset_info"]
    for record in sample_records():
        assert_typed(record, info["features"])


def assert_typed(value, columns):
    """Every key of a record has a column of its type, and every column a key."""
    assert list(value) == [c["name"] for c in columns]
    for column in columns:
        found = value[column["name"]]
        if "dtype" in column:
            kinds = {"int64": int, "float64": (int, float), "bool": bool}
            assert found is None or isinstance(found, kinds.get(column["dtype"], str)), column
        elif "struct" in column:
            if found is not None:
                assert_typed(found, column["struct"])
        elif isinstance(column["list"], str):
            assert all(isinstance(x, str) for x in found)
        else:
            for x in found:
                assert_typed(x, column["list"])


def test_dates_are_days_only_when_all_of_them_are(scheme):
    def published(text):
        (info,) = head(text)[0]["dataset_info"]
        meta = next(c["struct"] for c in info["features"] if c["name"] == "meta")
        return next(c["dtype"] for c in meta if c["name"] == "published")

    assert published(card(facts(), scheme)) == "date32"
    vague = facts()
    vague["counts"]["whole_days"] = False
    assert published(card(vague, scheme)) == "string"


def test_without_records_as_json_lines_no_columns_are_declared(scheme):
    declared, body = head(card(facts(files=[{"path": "conll/train.conll"}]), scheme))
    assert "configs" not in declared
    assert "load_dataset" not in body


def test_the_body_says_what_how_and_how_much(scheme):
    _, body = head(card(facts(), scheme))
    for words in (
        "Release 3.",
        "5 articles with 4 statements",
        "For the paper.",
        "Newest decision: 2026-03-02T10:14:05Z",
        "Guideline version: 1, 2",
        "Label scheme: diplomacy-default 1",
        "Suggester: rules 1",
        "left out: 7 articles not done",
        "with statements on territory",
        "annotators under pseudonyms",
        "2 groups of near-copies (5 articles) were kept together",
        "Sovereignty & territory › Taiwan `territory.taiwan`",
        "State / place with government `GPE`",
        "| Daily | 1 | fair \\| use |",
        "| *no outlet* | 4 | not stated |",
        "No two people have done the same article",
    ):
        assert words in body


def test_tables_of_the_card_are_whole(scheme):
    _, body = head(card(facts(), scheme))
    widths = {}
    for n, line in enumerate(body.split("\n")):
        if line.startswith("|"):
            widths.setdefault(line.count("|") - line.count("\\|"), []).append(n)
            previous = body.split("\n")[n - 1]
            assert not previous.startswith("|") or previous.replace("\\|", "").count("|") == line.replace(
                "\\|", ""
            ).count("|")
    assert len(widths) > 1


def test_limits_name_what_a_reader_must_know():
    said = " ".join(facts()["limits"])
    assert "small (5 articles)" in said
    assert "Only suggested, decided by nobody: 1 statement." in said
    assert "Of articles not done: 4 records;" in said
    assert "Without an outlet: 4 articles." in said
    assert "Near-copies are in it" in said
    one_split = facts()
    one_split["counts"]["splits"] = {"train": one_split["counts"]["splits"]["train"]}
    assert "There is no dev and no test split." in wording.limits(one_split)


def test_agreement_is_a_table(scheme):
    pair = {
        "annotators": ["a1", "a2"], "articles": 4, "statements": 60, "f1_exact": 0.5, "f1_alike": 0.75,
        "same_speaker": 0.9, "same_targets": 0.8, "same_topics": 0.7, "alpha_topics": None,
    }  # fmt: skip
    _, body = head(card(facts(agreement=[pair]), scheme))
    assert "| a1 – a2 | 4 | 60 | 0.50 | 0.75 | 0.90 | 0.80 | 0.70 | – |" in body


def test_one_sentence_tells_how_splits_were_made():
    for options, words in (
        (SplitOptions(), "80/10/10 by story"),
        (SplitOptions("date"), "newest days are test"),
        (SplitOptions("date", cuts=("2024-01-01", "2024-06-01")), "dev begins on 2024-01-01"),
        (SplitOptions("outlet", (60, 20, 20), "x"), "Seed x"),
    ):
        assert words in wording.how_split(options.as_dict())


def test_what_is_explicit_undecided_and_rejected_is_counted_apart():
    tally = Tally()
    for record in sample_records():
        tally.add(record, "train")
    decisions = {name: n["train"] for name, n in tally.distribution("decisions").items()}
    assert decisions == {"confirmed": 2, "corrected": 1, "suggested": 1, "rejected": 1}
    topics = {name: n["train"] for name, n in tally.distribution("topics").items()}
    assert topics == Counter(["territory.taiwan", "none", "trade.tariffs", "security.alliance", "undecided"])
    assert tally.total("mentions") == 12
    assert tally.explicit == {"speaker not stated": 1, "no target": 1, "no topic": 1}


def test_alpha_is_krippendorffs():
    # Ten units judged by two, binary: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), B.
    one, other = "0100000010", "1110010000"
    assert alpha(list(zip(one, other, strict=True))) == 0.095
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([]) is None


def test_strings_of_the_head_survive_whatever_they_hold():
    for words in ("a: b", 'it\'s "so"', "# no", "- x\ny", "🚀", "yes", "1.0"):
        assert srsly.yaml_loads(f"key: {features.quoted(words)}") == {"key": words}
    assert json.loads(features.quoted("🚀")) == "🚀"
