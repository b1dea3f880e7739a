"""Fitting weights to choices marked by hand: the right options become likely, and no step leads astray."""

import json

import pytest
from bench.fitting import Choice, features, fit, plain, read, write

from annotator.domain.spans import Span
from annotator.suggest.loglinear import Weights
from annotator.suggest.loglinear import read as read_weights


def choice(right, *options):
    shares = [float(i == right) for i in range(len(options))]
    return Choice([dict.fromkeys(names, 1.0) for names in options], shares, 1.0)


CHOICES = [choice(0, ["near"], ["far"])] * 9 + [choice(1, ["near"], ["far"])]


def test_what_is_mostly_right_becomes_likely():
    names = features(CHOICES)
    near, far = (fit(CHOICES, names)[names.index(n)] for n in ("near", "far"))
    assert near > 0 > far


def test_rare_features_are_left_out():
    assert features([choice(0, ["near"], ["seen once"])] * 2 + CHOICES) == ["far", "near"]


def test_weights_stay_small_when_everything_agrees():
    sure = [choice(0, ["near", "big"], ["far"])] * 50
    assert abs(fit(sure, features(sure), steps=30)).max() < 10


def test_nothing_to_fit_gives_zeros():
    assert list(fit([], ["near"])) == [0.0]


def test_rows_with_quotes_are_read(tmp_path):
    path = tmp_path / "marked.jsonl"
    quotes = [{"start": 0, "end": 4, "targets": ["The Netherlands"], "act": "deny"}]
    path.write_text(json.dumps({"id": "a", "text": "Nope.", "quotes": quotes}) + "\n", encoding="utf-8")
    [article] = read([path])
    assert article.pieces[0].span == Span(0, 4)
    assert article.pieces[0].targets == {"netherlands"}
    assert plain("The P5+1") == "p51"


def test_a_table_keeps_comments_and_plain_words(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text("# told\nfeature\tweight\twhy\nnear\t0\tnamed near\nold\t3\tonce\n", encoding="utf-8")
    write(Weights({"near": 1.234, "new": -1.0}, read_weights(path).why), path)
    assert path.read_text(encoding="utf-8").startswith(
        "# told\nfeature\tweight\twhy\nnear\t1.23\tnamed near\n"
    )
    assert read_weights(path).values == pytest.approx({"near": 1.23, "old": 0.0, "new": -1.0})
