from dataclasses import replace

import pytest

from annotator.domain.scheme import Area, Topic
from annotator.domain.spans import Span
from annotator.suggest.analysis import default_scheme
from annotator.suggest.topics import Ranking, Topics


@pytest.fixture(scope="module")
def topics():
    return Topics(default_scheme())


def ranked(topics, text, content, title=""):
    start = text.index(content)
    return Ranking(topics, text, title).of([Span(start, start + len(content))])


def rank(topics, text, content, title=""):
    return [t for t, _ in ranked(topics, text, content, title).topics]


def changed(scheme, **topics):
    """The scheme with some topics changed: area.topic written area__topic."""
    new = {name.replace("__", "."): change for name, change in topics.items()}
    areas = tuple(
        replace(a, topics=tuple(replace(t, **new.get(t.id, {})) for t in a.topics)) for a in scheme.areas
    )
    return replace(scheme, areas=areas)


def test_words_of_the_content_decide(topics):
    text = "The summit went on. He spoke of chip-making equipment and export controls. Talks followed."
    assert rank(topics, text, "chip-making equipment and export controls")[0] in (
        "economy.export_controls",
        "technology.semiconductors",
    )


def test_at_most_three_likeliest_first(topics):
    text = "Taiwan, sanctions, refugees, tariffs, grain, hostages and the climate"
    found = ranked(topics, text, text)
    assert len(found.topics) == 3
    assert [share for _, share in found.topics] == sorted((share for _, share in found.topics), reverse=True)
    assert 0 < found.sure <= 1


def test_without_words_the_article_decides(topics):
    text = "The ceasefire and the truce held, observers of the truce say. “We did not expect it,” he said."
    found = ranked(topics, text, "We did not expect it")
    assert found.topics[0][0] == "conflict.ceasefire"
    assert found.why in ("“ceasefire” nearby", "“truce” nearby")


def test_a_headline_counts(topics):
    text = "“We did not expect it,” he said."
    assert rank(topics, text, "We did not expect it", "Import duties on steel raised again")[0] == (
        "economy.tariffs"
    )


def test_words_of_the_sentence_help_a_short_content(topics):
    text = "Nothing else happened.\n\nOn the new tariffs and import duties he said: “We do not like it.”"
    found = ranked(topics, text, "We do not like it")
    assert found.topics[0][0] == "economy.tariffs"
    assert found.why in ("“import duties” in its sentence", "“tariffs” in its sentence")


def test_an_answer_without_words_has_the_topic_of_its_question(topics):
    text = "QUESTION: Will the grain ships sail before the famine spreads?\n\nMS. COLE: Nothing to preview."
    answer = Span(text.index("Nothing"), len(text))
    found = Ranking(topics, text).of([answer], Span(text.index("Will"), text.index("\n")))
    assert found.topics[0][0] == "humanitarian.food_security"
    assert found.why.endswith("in its sentence or the question")


def test_the_story_before_weighs_more_than_another(topics):
    story = "Fishermen saw the coast guard ram a boat at the shoal. The lagoon is full of buoys."
    other = "Farmers fear famine. The harvest failed and bread is short."
    filler = "It was a long day. Nobody came. It rained. He went home. She read a book. " * 3
    said = "“It will not end well,” she said."
    assert rank(topics, f"{story}\n\n{filler}\n\n{other} {said}", "It will not end well")[0] == (
        "humanitarian.food_security"
    )
    assert rank(topics, f"{other}\n\n{filler}\n\n{story} {said}", "It will not end well")[0] == (
        "territory.maritime"
    )


def test_no_topic_when_nothing_is_said_of_one(topics):
    text = "The crowd was loud. “I like it here,” he said. Later somebody sang."
    found = ranked(topics, text, "I like it here")
    assert (found.topics, found.why) == ((), "too few words of any topic")
    assert found.sure > 0.2


def test_the_body_that_meets_is_but_the_setting(topics):
    text = (
        "EU foreign ministers met in Brussels. The European Union has 27 member states.\n\n"
        "The ministers argued over the asset freezes and travel bans of the new sanctions.\n\n"
        "“It was not possible today,” the minister said."
    )
    assert rank(topics, text, "It was not possible today")[0] == "economy.sanctions"


def test_colourless_talk_has_the_topic_of_the_talk_around_it(topics):
    text = (
        "MS. COLE: Good afternoon, everyone. The famine spreads, and the grain ships must sail.\n\n"
        "MS. COLE: I have nothing further to add on that and would refer you to the department."
    )
    found = rank(topics, text, "I have nothing further to add on that and would refer you to the department.")
    assert found[0] == "humanitarian.food_security"


def test_a_race_at_home_is_an_election(topics):
    text = (
        "The candidates for governor met in their last debate before the voters decide in November.\n\n"
        "“My opponent would like you to forget that,” she said."
    )
    assert rank(topics, text, "My opponent would like you to forget that")[0] == "rights.democracy_elections"


def test_politics_at_home_is_no_topic(topics):
    text = (
        "Senators argue about the shutdown. Republicans in the House want tax cuts and lower pensions.\n\n"
        "“He broke his word,” the governor said of the majority leader."
    )
    assert rank(topics, text, "He broke his word") == []


def test_learned_words_decide_without_a_cue(topics):
    text = "“Not a single lorry with flour and blankets got through the gate,” she said."
    found = ranked(topics, text, "Not a single lorry with flour and blankets got through the gate")
    assert found.topics[0][0] == "humanitarian.aid"
    assert found.why.endswith("in the content")


def test_a_project_keeps_its_own_topics():
    scheme = default_scheme()
    own = Area("sport", "Sport", topics=(Topic("sport.chess", "Chess", cues=("chess", "grandmaster")),))
    topics = Topics(replace(scheme, areas=(*scheme.areas, own)))
    text = "“The grandmaster will play,” he said."
    assert rank(topics, text, "The grandmaster will play")[0] == "sport.chess"


def test_a_retired_topic_is_not_suggested_and_a_merged_one_gives_its_words():
    text = "“Not a single lorry with flour and blankets got through the gate,” she said."
    content = "Not a single lorry with flour and blankets got through the gate"
    gone = changed(default_scheme(), humanitarian__aid={"retired": True})
    assert "humanitarian.aid" not in rank(Topics(gone), text, content)
    merged = changed(
        default_scheme(), humanitarian__aid={"retired": True, "merged_into": "humanitarian.food_security"}
    )
    assert rank(Topics(merged), text, content)[0] == "humanitarian.food_security"


def test_a_scheme_without_topics_suggests_none():
    topics = Topics(replace(default_scheme(), areas=()))
    assert rank(topics, "“The truce holds,” he said.", "The truce holds") == []


@pytest.mark.parametrize("text", ["x", "\n\n", "A.B.C" * 50, "…”)”)" * 50, "a" * 3000])
def test_any_text_can_be_ranked(topics, text):
    assert Ranking(topics, text).of([Span(0, 1)]).sure > 0
