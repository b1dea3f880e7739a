import pytest

from annotator.domain.actors import Actor, Actors
from annotator.suggest.analysis import default_scheme
from annotator.suggest.chains import Chains
from annotator.suggest.gazetteer import family_name, load
from annotator.suggest.ministries import find as ministries
from annotator.suggest.suggester import Suggester


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chinese Foreign Minister Qin Gang arrived. Qin said the talks went well.", ["Qin Gang"]),
        ("Beijing said the talks went well.", ["China"]),
        ("The Chinese foreign ministry said the talks went well.", ["Ministry of Foreign Affairs (China)"]),
        ("The Defence Ministry of Belarus said the talks went well.", ["Ministry of Defence (Belarus)"]),
        ("A State Department spokeswoman said the talks went well.", ["Department of State (United States)"]),
        ("Nato said the talks went well.", ["NATO"]),
        ("Ana Kova waited. She said the talks went well.", ["Ana Kova"]),
        ("Qin Gang and Peter Lyle said the talks went well.", ["Qin Gang", "Peter Lyle"]),
        ("Serbia’s envoy, Marko Vuletic, said the talks went well.", ["Marko Vuletic"]),
        ("President Joseph R. Biden, Jr. said the talks went well.", ["Joe Biden"]),
        ("Japan’s cabinet said the talks went well.", ["Cabinet of Japan"]),
        ("A senior EU diplomat said the talks went well.", ["Senior EU diplomat"]),
    ],
)
def test_speaker_actor(found, text, names):
    assert found(text)[-1].names == names


def test_title_says_whom_a_person_speaks_for(suggester):
    layer = suggester.suggest("a", "Norwegian Foreign Minister Ingrid Solbakken said no.")
    assert {a.name: a.speaks_for for a in layer.actors}["Ingrid Solbakken"] == "state:NO"


def test_office_stands_for_the_person_named_so(found):
    seen = found("Iranian President Hassan Karimi flew home. The Iranian president said the talks went well.")
    assert seen[-1].names == ["Hassan Karimi"]


def test_known_actors_of_the_project_are_used():
    known = Actors([Actor("person:kova-7", "Ana Kova", "person")])
    suggester = Suggester(scheme=default_scheme(), known=known)
    found = suggester.suggest("a", "Kova said the talks had failed.")
    assert next(iter(found.layer.statements.values())).speaker.actors == ("person:kova-7",)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("China urged Japan to lift the ban.", {"Japan": "both"}),
        ("Norway accused Serbia of “moving the goalposts”.", {"Serbia": "object"}),
        ("Ana Kova said Serbia had broken the deal.", {"Serbia": "object"}),
    ],
)
def test_target_with_role(found, text, roles):
    assert {name: role.value for name, role in found(text)[0].targets.items()} == roles


def test_joint_commitment_has_no_target(found):
    seen = found("Japan and Norway pledged to share river data.")[0]
    assert seen.statement.no_target
    assert not seen.targets


def test_implied_target_is_the_other_side(found):
    seen = found("Norway and Serbia met. Norway accused Serbia of theft. “They will pay,” said Oslo.")
    assert list(seen[-1].targets) == ["Serbia"]
    assert "implicit_target" in seen[-1].statement.flags


@pytest.mark.parametrize(
    ("text", "surface", "actor"),
    [
        ("the Chinese foreign ministry said", "Chinese foreign ministry", "mfa:CN"),
        ("Japan’s Ministry of Foreign Affairs said", "Ministry of Foreign Affairs", "mfa:JP"),
        ("The Defence Ministry of Belarus said", "Defence Ministry", None),
        ("its foreign ministry said", "foreign ministry", None),
    ],
)
def test_ministries_by_rule(text, surface, actor):
    body = next(ministries(text, load()))
    assert text[body.span.start : body.span.end].startswith(surface)
    if actor:
        assert body.actor is not None
        assert body.actor.id == actor


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Qin Gang", "Qin"),
        ("Moon Jae-in", "Moon"),
        ("Ana Kova", "Kova"),
        ("Ursula von der Leyen", "der Leyen"),
        (" ", ""),
    ],
)
def test_family_name(name, family):
    assert family_name(name) == family


def test_every_state_has_name_and_label():
    gazetteer = load()
    assert gazetteer.state("Tokyo") == gazetteer.state("Japanese") == gazetteer.state("Japan") == "state:JP"
    assert gazetteer.get("U.S.").actor == "state:US"
    assert gazetteer.get("TOKYO").metonym
    assert gazetteer.is_media("org:tass")


def test_a_word_of_a_name_is_whose_name_had_it_first():
    chains = Chains()
    first = chains.person("Ana Kova Lind")
    assert chains.person("Lind") == chains.person("Kova") == first
    second = chains.person("Bo Kova Marr")
    assert (chains.person("Kova"), chains.person("Marr")) == (first, second)


def test_a_person_without_a_name_stands_in_nobodys_way():
    known = Actors([Actor("person:a", " ", "person"), Actor("person:b", "\n", "person")])
    found = Suggester(scheme=default_scheme(), known=known).suggest("a", "China said talks had failed.")
    assert len(found.layer.statements) == 1


@pytest.mark.parametrize("title", ["Lieutenant", "Chairperson", "Special Representative", "Corporal"])
def test_a_title_is_no_part_of_the_name(found, title):
    assert found(f"{title} Ana Kova said that it was late.")[-1].names == ["Ana Kova"]
