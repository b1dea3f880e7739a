import pytest


def entities(suggester, text):
    layer = suggester.suggest("a", text).layer
    return [(m.span.surface(text), m.label) for m in layer.ordered_mentions()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nato met in Oslo.", [("Nato", "ORG"), ("Oslo", "GPE")]),
        ("The Chinese foreign ministry met.", [("Chinese foreign ministry", "ORG")]),
        ("Ships crossed the Taiwan Strait.", [("Taiwan Strait", "LOC")]),
        ("President Kova met Sir Peter Lyle.", [("Kova", "PERSON"), ("Peter Lyle", "PERSON")]),
        ("Qin Gang spoke. Qin left.", [("Qin Gang", "PERSON"), ("Qin", "PERSON")]),
        ("Mexico’s envoy, Rodrigo Batres, left.", [("Mexico", "GPE"), ("Rodrigo Batres", "PERSON")]),
        ("French troops left.", [("French", "NORP")]),
    ],
)
def test_labels_are_repaired(suggester, text, expected):
    assert entities(suggester, text) == expected


def test_capital_is_flagged_as_metonym(suggester):
    layer = suggester.suggest("a", "Tokyo protested.").layer
    (mention,) = layer.mentions.values()
    assert (mention.actor, mention.flags) == ("state:JP", ("metonym",))


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The rebels hold the eastern city of Goma. Soldiers left Goma.", "Goma", "GPE"),
        ("The ministers signed the Non-Proliferation Treaty in May.", "Non-Proliferation Treaty", "LAW"),
        ("The Kremlin denied it.", "Kremlin", "ORG"),
        ("MS. HOLLOWAY: Good morning to you all.", "HOLLOWAY", "PERSON"),
        ("Pakistan’s Foreign Office said the talks had failed.", "Foreign Office", "ORG"),
        ("Ana Kova said the talks had failed.", "Ana Kova", "PERSON"),
        ("Nordlys Systems lost the bid. Nordlys said the tender was flawed.", "Nordlys", "ORG"),
    ],
)
def test_labels_are_set_right_by_the_words_around(suggester, text, name, label):
    found = suggester.suggest("a", text).layer.mentions.values()
    assert (name, label) in {(m.span.surface(text), m.label) for m in found}


def test_labels_of_turns_are_no_names(suggester):
    text = "QUESTION: Will it rain?\n\nMS. HOLLOWAY: We will see about the rain tomorrow."
    found = suggester.suggest("a", text).layer.mentions.values()
    assert "QUESTION" not in {m.span.surface(text) for m in found}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The Alliance of Serbs in Croatia left.", "Alliance of Serbs in Croatia", "ORG"),
        ("The Union's Peace and Development Council met.", "Peace and Development Council", "ORG"),
        ("The Hale Center for Justice met on Monday.", "Hale Center for Justice", "ORG"),
        ("Troops left. TROMSDAL, Norway (Wire) — Rain fell.", "Norway", "GPE"),
        ("TROMSDAL, Norway (Wire) — Rain fell.", "TROMSDAL", "GPE"),
        ("Rep. Ana Kova, D-Ohio, left.", "Ohio", "GPE"),
        ("Justice Ana Kova wrote the ruling.", "Ana Kova", "PERSON"),
        ("Moderator Ana Kova asked them to stop.", "Ana Kova", "PERSON"),
        ("The mission (MINUNDA) left the town.", "MINUNDA", "ORG"),
        ("They broke the European Convention on Human Rights.", "European Convention on Human Rights", "LAW"),
        ("The minister flew to Calais yesterday with a plan.", "Calais", "GPE"),
    ],
)
def test_long_names_and_those_with_titles(suggester, text, name, label):
    found = suggester.suggest("a", text).layer.mentions.values()
    assert (name, label) in {(m.span.surface(text), m.label) for m in found}


def test_first_name_by_which_a_text_goes_on(suggester):
    text = "Prime Minister Rafidah Zulk left. Rafidah said she would return."
    suggested = suggester.suggest("a", text)
    (statement,) = suggested.layer.statements.values()
    assert [a.name for a in suggested.actors if a.id in statement.speaker.actors] == ["Rafidah Zulk"]
