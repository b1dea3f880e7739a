"""One short text for each construction, through the real pipeline; people and events are invented."""

import pytest


def only(found, text):
    seen = found(text)
    assert len(seen) == 1, seen
    return seen[0]


@pytest.mark.parametrize(
    ("text", "content", "speaker", "kind"),
    [
        ("Ana Kova said the talks had failed.", "the talks had failed", "Ana Kova", "indirect"),
        (
            "Ana Kova said on Friday that the talks had failed.",
            "the talks had failed",
            "Ana Kova",
            "indirect",
        ),
        ("“The talks have failed,” Ana Kova said.", "“The talks have failed,”", "Ana Kova", "direct"),
        ("“The talks have failed,” said Ana Kova.", "“The talks have failed,”", "Ana Kova", "direct"),
        ("“The talks have failed,” she said on Monday.", "“The talks have failed,”", "she", "direct"),
        ("Ana Kova said: “The talks have failed.”", "“The talks have failed.”", "Ana Kova", "direct"),
        (
            "Ana Kova said the deal was “not dead, only asleep.”",
            "the deal was “not dead, only asleep.”",
            "Ana Kova",
            "mixed",
        ),
        ("China urged Japan to lift the import ban.", "to lift the import ban", "China", "indirect"),
        ("Oslo called on Belgrade to return to the table.", "to return to the table", "Oslo", "indirect"),
        ("Norway accused Serbia of “moving the goalposts”.", "“moving the goalposts”", "Norway", "direct"),
        ("Berlin pledged to send more aid.", "to send more aid", "Berlin", "indirect"),
        ("Canada warned against a new embargo.", "against a new embargo", "Canada", "indirect"),
        ("President Novak raised concerns about press freedom.", "press freedom", "Novak", "indirect"),
        (
            "Minister Ana Kova stressed the importance of trade.",
            "the importance of trade",
            "Ana Kova",
            "indirect",
        ),
        ("The minister declined to give details.", "to give details", "The minister", "indirect"),
        (
            "According to Ana Kova, the border will open in May.",
            "the border will open in May",
            "Ana Kova",
            "indirect",
        ),
        (
            "The border would open in May, two officials said.",
            "The border would open in May",
            "two officials",
            "indirect",
        ),
        ("“It is a short flight” — Kova.", "“It is a short flight”", "Kova", "direct"),
        (
            "Finland’s President Ana Kova: “We welcome the plan.”",
            "“We welcome the plan.”",
            "Ana Kova",
            "direct",
        ),
        (
            "Ana Kova was quoted as saying the talks had failed.",
            "the talks had failed",
            "Ana Kova",
            "indirect",
        ),
        ("Ana Kova denied that she had signed.", "she had signed", "Ana Kova", "indirect"),
    ],
)
def test_construction(found, text, content, speaker, kind):
    seen = only(found, text)
    assert seen.content == [content]
    assert seen.speaker == speaker
    assert seen.kind == kind


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ana Kova said the deal was dead, although Serbia disagreed.", "the deal was dead"),
        ("Ana Kova said the deal was dead, which Serbia denies.", "the deal was dead"),
        ("Ana Kova said the deal was dead, according to the ministry.", "the deal was dead"),
    ],
)
def test_content_stops_where_the_writer_speaks_again(found, text, content):
    assert [content] in [s.content for s in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway imposed sanctions on Serbia.",
        "The so-called “debt trap” is back.",
        "Beijing would say that this is wrong.",
        "The data suggest that trade fell.",
        "The ministry made no mention of the chips.",
        "Officials met in Oslo on Friday.",
        "",
    ],
)
def test_what_is_no_statement(found, text):
    assert found(text) == []


def test_split_quotation_is_one_statement(found):
    seen = only(found, "“Israel,” Ana Kova said, “is not bound by this. It never was.” Nobody replied.")
    assert seen.content == ["“Israel,”", "“is not bound by this. It never was.”"]


def test_quotation_that_goes_on_is_one_statement(found):
    seen = only(found, "“We have waited,” said Ana Kova. “Patience is not a policy.”")
    assert seen.content == ["“We have waited,”", "“Patience is not a policy.”"]


def test_quotation_over_paragraphs_is_one_span(found):
    seen = found("“It is a short flight.\n\n“But we will chase nobody,” Ana Kova added.")
    assert [s.content for s in seen] == [["“It is a short flight.\n\n“But we will chase nobody,”"]]


def test_second_cue_makes_a_second_statement(found):
    seen = found("“I heard a lecture,” Ana Kova said, adding that Serbia would not sign.")
    assert [s.content for s in seen] == [["“I heard a lecture,”"], ["Serbia would not sign"]]
    assert {s.speaker for s in seen} == {"Ana Kova"}


def test_quotation_without_cue_takes_the_subject_before(found):
    seen = only(found, "Ana Kova turned to the embargo. “This policy failed every country in the region.”")
    assert seen.speaker == "Ana Kova"


def test_agency_only_relays(found):
    text = "Kazinform reported that Foreign Minister Daniyar Seit told the session that the plan was dead."
    seen = only(found, text)
    assert seen.speaker == "Daniyar Seit"
    assert seen.content == ["the plan was dead"]


def test_ministry_relays_a_named_speaker(found):
    seen = found("Minase told reporters that the plan was dead, the Japanese Foreign Ministry said.")
    assert seen[0].content == ["the plan was dead"]
    assert seen[0].via == "Ministry of Foreign Affairs (Japan)"


def test_headline_is_no_statement(found):
    text = "Kova says talks failed\n\nAna Kova said the talks had failed."
    assert [s.content for s in found(text)] == [["the talks had failed"]]


TRANSCRIPT = """Regular press briefing of Foreign Ministry Spokesperson Dalia Petrauskas

Baltic News: The Defence Ministry of Belarus said that drones had entered its airspace. Your response?

Dalia Petrauskas: Thank you. This claim is groundless, and we reject it. We urge Minsk to stop the flights.

AFP: Will the border stay open?

Dalia Petrauskas: On your question, the border stays open for all who need it."""


def test_transcript_turns(found):
    seen = found(TRANSCRIPT)
    turns = [s for s in seen if "transcript_turn" in s.statement.flags]
    assert [s.content for s in turns] == [
        ["This claim is groundless, and we reject it."],
        ["We urge Minsk to stop the flights."],
        ["On your question, the border stays open for all who need it."],
    ]
    assert {s.speaker for s in turns} == {"Dalia Petrauskas"}
    asked = [s for s in seen if s not in turns]
    assert [s.content for s in asked] == [["drones had entered its airspace"]]
    assert asked[0].names == ["Ministry of Defence (Belarus)"]


def test_joint_statement_in_the_first_person_plural(found):
    text = (
        "The foreign ministers of Canada, France and Japan issued this text.\n\n"
        "We, the foreign ministers of Canada, France and Japan, reaffirm our commitment to peace.\n\n"
        "We condemn the attack on the port.\n\nWe call on North Korea to return to the talks."
    )
    seen = found(text)
    assert [s.speaker for s in seen] == ["We", "We", "We"]
    assert seen[0].names == ["Canada", "France", "Japan"]


def test_every_statement_says_why(found):
    for seen in found("China urged Japan to lift the ban. “We will see,” said Ana Kova."):
        roles = [role for role, _ in seen.statement.provenance.reasons]
        assert roles == ["content", "kind", "speaker", "target", "topic", "act"]
        assert all(r.why and 0 < r.score <= 1 for _, r in seen.statement.provenance.reasons)
        assert 0 < seen.statement.provenance.score <= 1


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ('Asked about the vote, Peter Lyle replied, "Absolutely not."', '"Absolutely not."', "Peter Lyle"),
        ("Peter Lyle, who has said he would stay, left.", "he would stay", "Peter Lyle"),
        (
            'One aide, who asked not to be named, described the mood as "grim."',
            'the mood as "grim."',
            "One aide",
        ),
    ],
)
def test_asides_are_not_taken_for_content(found, text, content, speaker):
    seen = only(found, text)
    assert (seen.content, seen.speaker) == ([content], speaker)


def test_participle_after_a_comma_goes_on_with_the_speaker(found):
    seen = found(
        'Peter Lyle said that Republicans would not sign, telling reporters it was "dead on arrival."'
    )
    assert [s.speaker for s in seen] == ["Peter Lyle", "Peter Lyle"]
    assert seen[1].content == ['it was "dead on arrival."']


def test_with_somebody_warning_is_a_statement_of_its_own(found):
    seen = found(
        "The European Union urged Serbia to return to talks, with its foreign policy chief warning that "
        "neither side could claim a veto."
    )
    assert [s.content for s in seen] == [["to return to talks"], ["neither side could claim a veto"]]
    assert seen[1].speaker == "its foreign policy chief"


def test_who_denies_and_blames_says_two_things(found):
    seen = found(
        "A spokesman denied that the fighters were blocking trucks and blamed the army for the hunger."
    )
    assert seen[0].content == ["the fighters were blocking trucks"]
    assert len(seen) == 2
