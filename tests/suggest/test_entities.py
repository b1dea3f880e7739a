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
