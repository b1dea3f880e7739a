"""Columns say what the tokens say."""

from annotator.suggest import gazetteer
from annotator.suggest.columns import Columns

TEXT = "Dr. Ana Kova,\n\nenvoy of the U.S., said:  “We’re ready.”\n"


def test_each_list_holds_what_the_tokens_hold(suggester):
    doc = suggester.parse(TEXT)
    columns = Columns(doc)
    assert columns.text == TEXT
    assert columns.words == [t.text for t in doc]
    assert columns.small == [t.lower_ for t in doc]
    assert columns.starts == [t.idx for t in doc]
    assert columns.classes == [t.pos_ for t in doc]
    assert columns.tags == [t.tag_ for t in doc]
    assert columns.relations == [t.dep_ for t in doc]
    assert columns.lemmas == [t.lemma_ for t in doc]
    assert columns.heads == [t.head.i for t in doc]
    assert [t.i for t in columns.tokens] == list(range(len(doc)))


def test_the_surface_of_an_entity_is_its_text(suggester):
    doc = suggester.parse(TEXT)
    columns = Columns(doc)
    assert [columns.surface(s) for s in doc.sents] == [s.text for s in doc.sents]


def test_a_text_without_tokens_has_empty_lists(suggester):
    columns = Columns(suggester.parse(""))
    assert (columns.text, columns.words, columns.starts, columns.heads) == ("", [], [], [])


def test_names_may_begin_only_where_one_is_listed():
    names = gazetteer.load()
    text = "the UN’s envoy in Tokyo, TOKYO, UN\nEnvoys, Zzyzx"
    found = [w for w in ("UN’s", "Tokyo", "TOKYO", "UN\n", "Zzyzx") if names.may_begin(text, text.index(w))]
    assert found == ["UN’s", "Tokyo", "TOKYO", "UN\n"]
