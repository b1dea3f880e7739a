"""Names that nobody marked, and names for those who are only described."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors
from annotator.domain.spans import Span
from annotator.jobs.names_in_text import NameFinder, described

TEXT = (
    "Talks in Tokyo. Serbian Foreign Minister Goran Petric met Brazil’s envoy Célia Noronha and leaders of "
    "Western countries. When Petric spoke, the Chinese foreign ministry and Friends of Dialogue listened. "
    "A senior ministry official left. On Monday Zorro Weekly and Norway and Serbia agreed."
)
CHINA, UZBEKISTAN = Actor("state:CN", "China", "state"), Actor("state:UZ", "Uzbekistan", "state")


def names(known=(), here=()):
    found = NameFinder(Actors(known), here).names(TEXT, Span(0, len(TEXT)))
    return {n.span.surface(TEXT): n.actor for n in found}


def ids(found):
    return {words: actor.id for words, actor in found.items()}


def test_states_ministries_people_and_groups_are_named():
    found = ids(names())
    assert found["Tokyo"] == "state:JP"
    assert found["Goran Petric"] == "person:goran-petric"
    assert found["Célia Noronha"] == "person:celia-noronha"
    assert found["Chinese foreign ministry"] == "mfa:CN"
    assert found["Western countries"] == "group:western-countries"
    assert found["Friends of Dialogue"] == "org:friends-of-dialogue"
    assert {found["Norway"], found["Serbia"]} == {"state:NO", "state:RS"}


def test_listed_groups_are_found_whatever_they_are_called():
    text = "Certain\nforces stir up trouble; the international community and Arab nations must not."
    found = {n.span.surface(text): n.actor.name for n in NameFinder(Actors()).names(text, Span(0, len(text)))}
    assert found == {
        "Certain\nforces": "unnamed forces",
        "international community": "international community",
        "Arab nations": "Arab countries",
    }


def test_a_group_of_the_project_keeps_its_own_name():
    own = Actor("group:arab-countries", "The Arab states", "group")
    text = "He spoke of Arab nations."
    (found,) = NameFinder(Actors([own])).names(text, Span(0, len(text)))
    assert found.actor is own


def test_a_surname_alone_is_the_person_named_before():
    assert ids(names())["Petric"] == "person:goran-petric"
    own = Actor("person:gp", "Goran Petric", "person")
    assert ids(names([own], ["person:gp"]))["Petric"] == "person:gp"


def test_titles_days_and_words_that_open_a_sentence_are_no_names():
    found = names()
    assert not {"Talks", "When", "When Petric", "Monday", "Foreign Minister"} & set(found)


def test_letters_of_a_name_are_exactly_its_own():
    for span, words in (
        (n.span, n.span.surface(TEXT)) for n in NameFinder(Actors()).names(TEXT, Span(0, 80))
    ):
        assert TEXT[span.start : span.end] == words == words.strip()


def test_words_that_describe_somebody_are_found():
    found = [s.surface(TEXT) for s in NameFinder(Actors()).offices(TEXT, Span(0, len(TEXT)))]
    assert "A senior ministry official" in found


def test_described_bodies_get_the_names_of_their_states():
    def said(words, states=(CHINA, UZBEKISTAN)):
        return [a.name for a in described(words, states, (), Actors())]

    assert said("The Chinese embassy")[0] == "Embassy of China in Uzbekistan"
    assert "Government of China" in said("the government")
    assert said("one Spanish official") == ["anonymous (Spain)"]
    assert said("a senior ministry official")[0] == "anonymous (Ministry of Foreign Affairs, China)"
    assert said("the harbour") == []


def test_an_office_of_a_person_carries_the_person():
    known = Actors([Actor("person:ap", "Ada Penn", "person")])
    (office,) = described("Penn’s office", (), (), known)
    assert (office.name, office.speaks_for) == ("Ada Penn (office)", "person:ap")


_WORDS = "Serbia|’s|'| |\n|\n\n|and|of|Foreign Minister|The|officials|X’|İ|—|both parties|Mr|China's|“|”|.|É"
_PIECES = st.sampled_from([*_WORDS.split("|"), "🕊", "外相", "a senior", "embassy", "U.N.", "Al-"])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_without_complaint(text):
    if not text:
        return
    finder, within = NameFinder(Actors([CHINA])), Span(0, len(text))
    for span in [*(n.span for n in finder.names(text, within)), *finder.offices(text, within)]:
        assert within.contains(span)
        assert span.surface(text).strip() == span.surface(text)
        assert isinstance(described(span.surface(text), [CHINA], [], Actors([CHINA])), list)


def test_actors_without_a_name_stand_in_nobodys_way():
    blank = [
        Actor("person:x", " ", "person"),
        Actor("org:y", "\u0301", "org"),
        Actor("person:z", "\u0301", "person"),
    ]
    assert ids(names(blank))["Goran Petric"] == "person:goran-petric"
    assert described("Petric’s office", [], [], Actors(blank)) == []
