"""The weighing of candidates: shares, reasons, the shipped table, and the history of an article."""

import pytest

from annotator.suggest.exchange import Exchange, Said
from annotator.suggest.loglinear import Weights, read
from annotator.suggest.targets import weights

TABLE = "# a comment\nfeature\tweight\twhy\nnear\t2\tnamed near\nfar\t-1\t\n"


@pytest.fixture
def weighing(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return read(path)


def test_a_table_gives_weights_and_plain_words(weighing):
    assert weighing.total({"near": 1, "far": 0.5, "unheard of": 9}) == 1.5
    assert weighing.why["near"] == "named near"


def test_shares_add_up_and_follow_the_weights(weighing):
    shares = weighing.shares([{"near": 1}, {"far": 1}, {}])
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > shares[2] > shares[1]


def test_huge_weights_do_no_harm():
    shares = Weights({"a": 1e6}).shares([{"a": 1}, {"a": -1}])
    assert shares == [1.0, 0.0]


def test_the_strongest_feature_speaks_for_an_option(weighing):
    assert weighing.strongest({"near": 0.1, "far": 1}) == "near"
    assert weighing.strongest({"far": 1}) == ""


def test_the_shipped_table_weighs_what_decides_first():
    values = weights().values
    assert values["in the content"] > values["named beside"] > 0
    assert values["in the frame"] > 0 > values["the speaker"]
    assert values["a newspaper or agency"] < 0


def test_only_a_recent_statement_of_the_same_side_counts():
    exchange, norway, others = Exchange(), frozenset({"state:NO"}), frozenset({"state:CH"})
    first = Said(norway, {"state:RS": 0.9}, 0)
    exchange.add(first)
    assert exchange.same_speaker(norway) == (first, 1)
    for _ in range(4):
        exchange.add(Said(others, {}, 1))
    assert exchange.same_speaker(norway) == (None, 0)
    assert exchange.last == Said(others, {}, 1)
