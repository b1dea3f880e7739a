"""The practice articles, whole, through the real pipeline."""

import pytest

from annotator import paths
from annotator.domain.rules import inconsistent
from annotator.suggest.analysis import default_scheme

ARTICLES = sorted(paths.seeds().glob("*.txt"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_practice_article_has_statements_with_roles(suggester, path):
    text = path.read_text(encoding="utf-8")
    found = suggester.suggest(path.stem, text)
    statements = found.layer.ordered_statements()
    assert len(statements) >= 4
    assert inconsistent(found.layer, text, default_scheme()) == []
    named = [s for s in statements if s.speaker.span and s.speaker.actors]
    assert len(named) >= 0.8 * len(statements)
    assert all(s.topics or s.no_topic for s in statements)
    assert all(s.act for s in statements)
    known = {a.id for a in found.actors}
    assert all(a in known for s in statements for a in s.speaker.actors)
