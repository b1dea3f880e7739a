"""Where reported content ends, and whose the verb is that follows it; invented."""

import pytest


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            (
                'Kova warned that a new road into her country would be "a cause of hunger", '
                'and called Norwegian President Jon Berg a "thief".'
            ),
            [
                'a new road into her country would be "a cause of hunger"',
                'Norwegian President Jon Berg a "thief"',
            ],
        ),
        (
            'Ana Kova said that the city was given a harbour "by mistake" and offered to pay for a new one.',
            ['the city was given a harbour "by mistake"', "to pay for a new one"],
        ),
        (
            'The ministry said that Norway was "hiding the bill" and demanded copies of the letters.',
            ['Norway was "hiding the bill"', "copies of the letters"],
        ),
        (
            "Kova urged the crews to wait for her and thanked Norway for its ships.",
            ["to wait for her", "its ships"],
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
        (
            "Ana Kova said the crew had been locked in a shed and denied letters from home.",
            ["the crew had been locked in a shed"],
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
    text = "Kova admitted that the fleet would lose money: Norway buys most of its fish."
    assert [s.content for s in found(text)] == [["the fleet would lose money"]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Asked about the ships, Ana Kova refused to speculate.", "to speculate"),
        ("Ana Kova declined to go into the costs.", "to go into the costs"),
        ("Berg’s office would not comment on the photographs.", "the photographs"),
    ],
)
def test_what_is_not_said(found, text, content):
    assert [(s.content, s.act) for s in found(text)] == [([content], "no_comment")]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey, which keeps two observers there, backs the position of Azerbaijan.",
        "The King welcomed the Chancellor of Austria, Ana Berg, to Oslo in the rain.",
        "The Senate on Wednesday rejected a resolution on the strikes.",
        "Oslo ruled that out the same evening.",
    ],
)
def test_deeds_and_attitudes_are_no_statements(found, text):
    assert found(text) == []


def test_two_participles_with_subjects_of_their_own(found):
    text = (
        "The meeting ended in a quarrel on Friday, with Gov. Ana Kova vowing that she would "
        '"never pay a cent" and Gov. Jon Berg telling her to "read the law."'
    )
    assert [s.content for s in found(text)] == [['she would "never pay a cent"'], ['to "read the law."']]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kova repeated her offer of ships, and the Prime Minister thanked her for it.",
        "It rains every time Oslo says that the sun will shine.",
        "The road follows Oslo's refusal to pay for a tunnel.",
    ],
)
def test_what_names_nothing_or_is_said_in_general_is_no_statement(found, text):
    assert not any(
        s.content == ["it"] or "sun" in s.content[0] or "tunnel" in s.content[0] for s in found(text)
    )


def test_what_one_calls_so_belongs_to_the_welcome(found):
    text = "Secretary Ana Kova welcomed what she called “a new start” for the schools of the north."
    assert [s.content for s in found(text)] == [
        ["what she called “a new start” for the schools of the north"]
    ]


def test_a_quotation_goes_on_after_the_one_who_speaks_is_described(found):
    text = "‘My voters don’t hate ships,’ said Ana Kova, who sits for a northern town, ‘they hate queues.’"
    assert [s.content for s in found(text)] == [["‘My voters don’t hate ships,’", "‘they hate queues.’"]]


def test_words_in_marks_inside_marks_are_a_statement_too(found):
    text = "‘They told me, “Tomorrow the sea is flat,”’ he said."
    assert ["“Tomorrow the sea is flat,”"] in [s.content for s in found(text)]


def test_support_reaffirmed_is_whose_support_it_is(found):
    text = "The minister, Ana Kova, reaffirmed Norway’s full support for the borders of Ukraine."
    assert [s.content for s in found(text)] == [["Norway’s full support for the borders of Ukraine"]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "President Kova reaffirmed the iron commitments of Norway to its neighbours.",
            "the iron commitments of Norway to its neighbours",
        ),
        ("Minister Kova rejected the claim that the ships carried arms.", "the ships carried arms"),
        ("Minister Kova expressed her gratitude to Norway for hosting the talks.", "hosting the talks"),
        ("Ana Kova, the minister, welcomed the treaty in a call with her Danish counterpart.", "the treaty"),
        (
            "Kova told her colleague that the sailors must be paid, during a visit to the port.",
            "the sailors must be paid",
        ),
        ("Explaining her vote, the delegate of Norway said the text was weak.", "the text was weak"),
        ("Kova complained to Norway about the noise of its ships.", "the noise of its ships"),
    ],
)
def test_what_content_is_and_where_it_was_said(found, text, content):
    assert [s.content for s in found(text)] == [[content]]


def test_envoys_recalled_and_sympathy_of_the_writer_are_no_statements(found):
    assert found("Oslo recalled its ambassadors from both capitals. I have no objection to the city.") == []
