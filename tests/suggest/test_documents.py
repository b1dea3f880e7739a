"""Documents of one issuer, in the first person plural and without marks."""

import pytest

DOCUMENT = """Ministry of Foreign Affairs
Press Release 12: Events on the border

We strongly condemn the shelling of our border villages by Belarus on Sunday night. Two houses were lost.

Lithuania will not allow its people to be put at risk.

We call upon Belarus to return to the talks of the border commission.
"""


@pytest.fixture(scope="module")
def found(suggester):
    return suggester.suggest("x", DOCUMENT)


def test_each_paragraph_in_the_issuers_voice_is_a_statement(found):
    contents = [s.spans[0].surface(DOCUMENT) for s in found.layer.ordered_statements()]
    assert [c.split()[0] for c in contents] == ["We", "Lithuania", "We"]
    assert contents[0].endswith("Two houses were lost.")


def test_the_issuing_ministry_speaks(found):
    statements = found.layer.ordered_statements()
    assert {s.speaker.actors for s in statements} == {("mfa:LT",)}
    assert all("document_as_speaker" in s.flags for s in statements)
    assert statements[2].targets[0].actor == "state:BY"


def test_news_of_a_ministry_is_no_document(suggester):
    text = "Statement on the border, 3 May\n\nWe heard shots, a farmer said. We ran, his wife told us.\n"
    statements = suggester.suggest("x", text).layer.ordered_statements()
    assert statements
    assert not any("document_as_speaker" in s.flags for s in statements)


def test_a_state_that_speaks_of_itself_in_a_document_of_its_own(suggester):
    text = (
        "Statement by the Minister for Foreign Affairs\n\n"
        "Australia condemns the attack on the convoy. We extend our condolences to the families.\n\n"
        "Aid workers must never be a target.\n\n"
        "Australia will provide more food. We welcome the decision to send observers."
    )
    statements = suggester.suggest("x", text).layer.ordered_statements()
    assert [s.spans[0].surface(text).split(".")[0] for s in statements] == [
        "Australia condemns the attack on the convoy",
        "Australia will provide more food",
    ]
    assert {s.speaker.actors for s in statements} == {("state:AU",)}


def test_all_that_a_spokesperson_issues_is_said_by_the_one_the_heading_names(suggester):
    text = (
        "Statement by the Spokesperson, Foreign Ministry of Norway, Ana Kova, on the fence\n\n"
        "The fence built on Sunday by Finland is null and void. We reject it.\n\n"
        "Finland must open the road at once.\n\n"
        "As for the offer of the mayor, it comes late. We expect him to repeat it in writing.\n\n"
        "We thank the fishermen of both sides."
    )
    statements = suggester.suggest("x", text).layer.ordered_statements()
    assert [s.spans[0].surface(text).split(" ", 2)[:2] for s in statements] == [
        ["The", "fence"],
        ["Finland", "must"],
        ["As", "for"],
        ["We", "expect"],
        ["We", "thank"],
    ]
    assert {s.speaker.span.surface(text) for s in statements} == {"Ana Kova"}
    assert {s.speaker.actors for s in statements} == {("person:ana-kova",)}
