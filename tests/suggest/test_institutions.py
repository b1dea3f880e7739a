"""Phrases without a name and whom they stand for; people and events are invented."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iranian officials said the talks had failed.", "Iran"),
        ("The Swedish side said the talks had failed.", "Sweden"),
        ("One Spanish official said the talks had failed.", "Anonymous (Spain)"),
        ("A French foreign ministry source said the talks had failed.", None),
        ("The Thai army said the talks had failed.", "Army (Thailand)"),
        ("The Colombian foreign minister said the talks had failed.", "Foreign Minister of Colombia"),
        ("The Finnish Interior Ministry said the talks had failed.", "Ministry of the Interior (Finland)"),
        ("A person close to the talks said they had failed.", "Anonymous (person close to the talks)"),
    ],
)
def test_phrase_stands_for(found, text, name):
    names = found(text)[0].names
    assert names == [name or "Anonymous (Ministry of Foreign Affairs, France)"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ana Kova met Peter Lyle in Oslo. The two officials agreed to meet again.",
            ["Ana Kova", "Peter Lyle"],
        ),
        ("Two officials said the talks had failed.", ["Anonymous (officials)"]),
        ("Ana Kova said it was late. The senior diplomat said she was tired.", ["Ana Kova"]),
        ("One diplomat said it was late. The diplomat said more would follow.", ["Anonymous (diplomat)"]),
        ("The African Union met. The bloc said the talks had failed.", ["African Union"]),
        ("Nordlys Systems lost the bid. Nordlys said the tender was flawed.", ["Nordlys Systems"]),
    ],
)
def test_phrase_goes_back_to_what_was_named(found, text, names):
    assert found(text)[-1].names == names


def test_a_pronoun_is_nobody_named_in_its_own_content(found):
    seen = found("Ana Kova met Per Lund. She was tired. Lund, she said, had the wrong map.")
    assert seen[-1].names == ["Ana Kova"]


def test_name_in_apposition_stands_for_the_office(found):
    seen = found("“That is not a plan,” said its ambassador to the EU, Ana Kova, on Monday.")
    assert (seen[0].speaker, seen[0].names) == ("Ana Kova", ["Ana Kova"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway met Serbia. The talks had failed, diplomats say.", ["Anonymous (diplomats)"]),
        ("Libya closed the port. The interior ministry denies that it is shut.", None),
        ("The Washington Post had the story. The paper said it was true.", ["Washington Post"]),
    ],
)
def test_kinds_of_bodies(found, text, names):
    assert found(text)[-1].names == (names or ["Ministry of the Interior (Libya)"])


def test_the_group_is_the_one_that_spoke(found):
    assert found("Hamas said it was ready. The group said more would follow.")[-1].names == ["Hamas"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The representative of Slovenia said the talks had failed.", ["Slovenia"]),
        ("Rwanda's delegate said the talks had failed.", ["Rwanda"]),
        ("The Chilean delegate said it was late. He said he was tired.", ["Chile"]),
        ("Sen. Ana Kova is running again. Kova's campaign said it was hopeful.", ["Ana Kova (campaign)"]),
        ("Peter Lyle was not in court. His lawyer said he was ill.", ["Peter Lyle (lawyer)"]),
        ("Peter Lyle was not in Oslo. A spokesman for Lyle said he was ill.", ["Peter Lyle (office)"]),
        (
            "Peter Lyle was not in Oslo. A senior adviser to Lyle said he was ill.",
            ["Anonymous (senior adviser to Peter Lyle)"],
        ),
        ("The members of the Arctic Council said the talks had failed.", ["Arctic Council"]),
        (
            "Police officials in Tromsdal said the talks had failed.",
            ["Anonymous (Police officials in Tromsdal)"],
        ),
        ("A protester said the talks had failed.", ["Anonymous (protester)"]),
        ("A senior Japanese official said the talks had failed.", ["Anonymous (Japan)"]),
        ("A Nigerian security source said the talks had failed.", ["Anonymous (Nigeria)"]),
        ("A UN official said the talks had failed.", ["Anonymous (United Nations)"]),
        (
            "A State Department official said the talks had failed.",
            ["Anonymous (Department of State, United States)"],
        ),
        ("A senior Japanese official said it was late. The official said it rained.", ["Anonymous (Japan)"]),
        ("Gov. Ana Kova was away. A spokesman for the governor said it rained.", ["Ana Kova (office)"]),
        ("Norway met Chile in May. Each side said that the other was late.", ["Norway", "Chile"]),
        ("A Houthi official said the talks had failed.", ["Anonymous (Houthis)"]),
        ("China's customs authority said the talks had failed.", ["Customs authority (China)"]),
        (
            "The AU's Peace and Security Council said it was late.",
            ["African Union Peace and Security Council"],
        ),
        ("Israel fired first. Its military said the talks had failed.", ["Israel Defense Forces"]),
        ("Rain fell in Croatia. Prosecutors said the talks had failed.", ["Prosecutors (Croatia)"]),
        ("Moscow's spokesman said the talks had failed.", ["Russia"]),
        (
            "The House Budget Committee said it was late. Peter Lyle said no. The note said it was cold.",
            ["House Budget Committee"],
        ),
        ("Also briefing the Council, Ana Kova of Oslo warned that rain was near.", ["Ana Kova"]),
        ("Norway and the Cook Islands said they were not bound.", ["Norway", "Cook Islands"]),
        (
            "The declaration, signed by 29 of the 33 members of the African Union, urged Chad to wait.",
            ["African Union (29 signatories)"],
        ),
        ("Western powers said the talks had failed.", ["Western countries"]),
        ("NATO met Norway and Chile on Monday, after its policy chief said nobody won.", ["Policy chief"]),
        ("The GNB union said the talks had failed.", ["GNB"]),
        ("Two diplomats said it was late. He said it rained.", []),
    ],
)
def test_phrase_stands_for_what_it_belongs_to(found, text, names):
    assert found(text)[-1].names == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Kova met her Dutch counterpart, Peter Lyle. She said it was late.", "Ana Kova"),
        ("Ana Kova wrote to Peter Lyle. He said it was late.", "Peter Lyle"),
        ("Harriet Lund and Philip Ross met in Oslo. She said it was late.", "Harriet Lund"),
        ("Peter Lyle flew to Tromsdal. He said it was late.", "Peter Lyle"),
    ],
)
def test_pronoun_stands_for_one_of_its_gender(found, text, name):
    assert found(text)[-1].names == [name]


def test_they_are_the_two_named_just_before(found):
    text = "Ana Kova said it was late. Norway and Chile asked for a vote. They said rain was near."
    assert found(text)[-1].names == ["Norway", "Chile"]


def test_the_prime_minister_in_capitals_is_the_one_named_first(found):
    text = (
        "Today, the Prime Minister, Ana Kova, met the Prime Minister of Denmark, Ida Lund. "
        "The Prime Minister said that it was late."
    )
    assert found(text)[-1].names == ["Ana Kova"]


def test_a_pronoun_is_no_river(found):
    text = "Ana Kova was tired. The Teesta was high. She said that it was late."
    assert found(text)[-1].names == ["Ana Kova"]
