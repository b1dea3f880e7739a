import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors, kind_of, new_actor, slug

CHAIN = Actors(
    [
        Actor("person:qin", "Qin", "person", merged_into="person:qin-g"),
        Actor("person:qin-g", "Qin G.", "person", merged_into="person:qin-gang"),
        Actor("person:qin-gang", "Qin Gang", "person", "state:CN"),
    ]
)


def test_merges_are_followed_to_the_end():
    assert CHAIN.resolve("person:qin").id == "person:qin-gang"
    assert CHAIN.name("person:qin-g") == "Qin Gang"
    assert CHAIN.get("person:qin").name == "Qin"


ids = st.sampled_from(["a", "b", "c", "d"])


@given(st.dictionaries(ids, st.none() | ids), ids)
def test_any_tangle_of_merges_ends_somewhere(merges, start):
    known = Actors(Actor(id, id, "group", merged_into=to) for id, to in merges.items())
    end = known.resolve(start)
    if end.id in merges and merges[end.id] in merges:
        chain, at = [], start  # no end: only a ring may stop where a merge leads on
        while at not in chain:
            chain.append(at)
            at = merges[at]
        assert end.id in chain


def test_an_unknown_id_names_itself():
    assert Actors().resolve("org:NATO") == Actor("org:NATO", "NATO", "org")
    assert Actors().name("nobody") == "nobody"


@pytest.mark.parametrize(
    ("id", "kind"), [("state:CN", "state"), ("mfa:CN", "mfa"), ("x:y", "group"), ("", "group")]
)
def test_the_kind_stands_before_the_colon(id, kind):
    assert kind_of(id) == kind


@pytest.mark.parametrize(
    ("name", "made"),
    [("Qin Gang", "qin-gang"), (" São_Tomé ", "sao-tome"), ("秦刚", "秦刚"), ("…", "unnamed")],
)
def test_ids_are_made_from_names(name, made):
    assert slug(name) == made


def test_two_people_of_one_name_get_two_ids():
    first = new_actor("Wang  Yi", "person", Actors(), "state:CN")
    second = new_actor("Wang Yi", "person", Actors([first]))
    assert first == Actor("person:wang-yi", "Wang Yi", "person", "state:CN")
    assert second.id == "person:wang-yi-2"


def test_actors_are_never_changed_in_place():
    more = CHAIN.with_(Actor("state:CN", "China", "state"))
    assert "state:CN" in more
    assert "state:CN" not in CHAIN
    assert len(more.without("state:CN")) == len(CHAIN) == 3
