"""French texts, with a blank pipeline and a ruler of names: marked quotations, names, states in French."""

import pytest
import spacy

from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester

TEXT = (
    "« Nous attendons de Belgrade un geste », a déclaré la cheffe de la diplomatie, Élise Verhaeghe. "
    "« Ce n'est une faveur pour personne. »\n\n"
    "Le président français Luc Moreau a estimé que l'accord était « un pas dans la bonne direction ».\n\n"
    "La Chine, les États-Unis et l'Union européenne ont salué l'annonce. Londres s'est tue."
)


@pytest.fixture(scope="module")
def french(tmp_path_factory):
    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Élise Verhaeghe"},
            {"label": "PER", "pattern": "Luc Moreau"},
            {"label": "LOC", "pattern": "La Chine"},
        ]
    )
    folder = tmp_path_factory.mktemp("french") / "pipe"
    nlp.to_disk(folder)
    return Suggester(str(folder), scheme=default_scheme())


def test_pipeline_says_what_it_lacks(french):
    assert french.lacks == ["parser"]


def test_marked_quotations_with_the_name_beside_their_verb(french):
    found = french.suggest("a", TEXT)
    seen = [
        ([s.surface(TEXT) for s in st.spans], st.speaker.span.surface(TEXT), st.kind.value)
        for st in found.layer.ordered_statements()
    ]
    assert seen == [
        (
            ["« Nous attendons de Belgrade un geste »", "« Ce n'est une faveur pour personne. »"],
            "Élise Verhaeghe",
            "direct",
        ),
        (["« un pas dans la bonne direction »"], "Luc Moreau", "direct"),
    ]


def test_states_and_capitals_in_french(french):
    found = french.suggest("a", TEXT)
    linked = {m.span.surface(TEXT): (m.label, m.actor) for m in found.layer.ordered_mentions()}
    assert linked["Chine"] == ("GPE", "state:CN")
    assert linked["États-Unis"] == ("GPE", "state:US")
    assert linked["Union européenne"] == ("ORG", "org:eu")
    assert linked["Londres"] == ("GPE", "state:GB")
    assert linked["français"] == ("NORP", "state:FR")
    assert linked["Luc Moreau"][0] == "PERSON"


def test_french_names_are_no_names_in_english(suggester):
    found = suggester.suggest("a", "He drank a Londres and left.")
    assert "state:GB" not in {m.actor for m in found.layer.mentions.values()}
