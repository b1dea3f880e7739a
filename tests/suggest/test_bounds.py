"""Where reported content ends, and whose the verb is that follows it; invented."""

import pytest


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            'Kova warned that a second raid would be "a cause for war", and called Berg a "thief".',
            ['a second raid would be "a cause for war"', 'Berg a "thief"'],
        ),
        (
            'Ana Kova said that Norway was owed an apology "without delay" and offered to help in any talks.',
            ['Norway was owed an apology "without delay"', "to help in any talks"],
        ),
        (
            'The ministry said that Serbia was "dragging out the talks" and demanded maps of the mines.',
            ['Serbia was "dragging out the talks"', "maps of the mines"],
        ),
        (
            "Kova urged all sides to stay calm and thanked Norway for its ships.",
            ["to stay calm", "its ships"],
        ),
        (
            "Kova said that trade could suffer, but would not speculate about the price.",
            ["trade could suffer", "the price"],
        ),
        ("Norway, after promising that the firm would stay, threw it out in May.", ["the firm would stay"]),
        (
            "When Kova told the ministers that her country would not pay, there was a long silence.",
            ["her country would not pay"],
        ),
        ("Norway, which led the talks in May, offered to pay for the road.", ["to pay for the road"]),
        (
            "Minister Ana Kova, asked about the crew, told reporters that all of them were safe.",
            ["all of them were safe"],
        ),
        ("Kova has vowed never to accept the plan.", ["never to accept the plan"]),
    ],
)
def test_each_verb_of_speech_has_its_own_content(found, text, contents):
    assert [" ".join(s.content) for s in found(text)] == contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She demanded an inquiry into the raid, in which two men were killed.", "an inquiry into the raid"),
        (
            "He said they had tried to free Ana Berg, the envoy held since May.",
            "they had tried to free Ana Berg",
        ),
    ],
)
def test_what_the_writer_adds_at_the_end_is_not_content(found, text, content):
    assert [s.content for s in found(text)] == [[content]]


def test_a_sentence_after_a_colon_is_the_writers(found):
    text = "Kova admitted that the fleet would be hit hard: Norway is the largest buyer of its fish."
    assert [s.content for s in found(text)] == [["the fleet would be hit hard"]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Asked about the ships, Ana Kova refused to speculate.", "to speculate"),
        ("Ana Kova declined to go into details.", "to go into details"),
        ("Berg’s office would not comment on the exercises.", "the exercises"),
    ],
)
def test_what_is_not_said(found, text, content):
    assert [(s.content, s.act) for s in found(text)] == [([content], "no_comment")]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey, which keeps two observers there, backs the position of Azerbaijan.",
        "The Prime Minister welcomed the President of Indonesia, Ana Berg, to London this afternoon.",
        "The Senate on Wednesday rejected a resolution on the strikes.",
        "London ruled that out within the hour.",
    ],
)
def test_deeds_and_attitudes_are_no_statements(found, text):
    assert found(text) == []
