"""What is said in a turn, cut into the parts that are statements of their own; invented."""

import spacy
from spacy.tokens import Doc

from annotator.suggest import answers
from annotator.suggest.reading import Reading

HEAD = "Oslo, Norway\n\n2:05 P.M. CET\n\n"
TALK = (
    HEAD
    + "PRESIDENT KOVA: (As interpreted.) Good afternoon. Prime Minister Berg, dear friend, welcome back.\n\n"
    "We have signed two agreements on fish and on trains.\n\n"
    "On the border, our position is known: it stays open.\n\n"
    "And I hope they understand it.\n\n"
    "Q (As interpreted.) Mr. President, will you meet the King of Denmark?\n\n"
    "PRESIDENT KOVA: (As interpreted.) I don’t have a meeting to announce. "
    "Denmark is a close friend of ours.\n\n"
    "Q Will Norway buy the ships?\n\n"
    "PRESIDENT KOVA: Nice try. The price is far too high for us, and everybody knows it. "
    "But I’m not going to speculate on the sum.\n\n"
    "Thank you.\n\n"
    "END 2:31 P.M. CET"
)


def test_paragraphs_and_refusals_are_parts_and_greetings_and_clock_times_are_none(found):
    assert [s.content for s in found(TALK)] == [
        ["We have signed two agreements on fish and on trains."],
        ["On the border, our position is known: it stays open.\n\nAnd I hope they understand it."],
        ["I don’t have a meeting to announce."],
        ["Denmark is a close friend of ours."],
        ["The price is far too high for us, and everybody knows it."],
        ["But I’m not going to speculate on the sum."],
    ]


def test_a_paragraph_goes_on_when_it_takes_up_the_words_before(found):
    text = (
        "MS. BERG: I have a letter by five ministers here, and it is short.\n\n"
        "The letter asks for ships.\n\n"
        "Q Will you answer it?\n\n"
        "MS. BERG: We will answer it in May.\n\n"
        "Q Will the King?\n\n"
        "MS. BERG: He will not answer it."
    )
    assert found(text)[0].content == [
        "I have a letter by five ministers here, and it is short.\n\nThe letter asks for ships."
    ]


def test_what_a_question_reports_of_a_body_or_of_somebody_without_a_name(found):
    text = (
        "Daily Nord, Berg: The Danish Foreign Ministry has voiced regret that the bridge was closed. "
        "How do you respond?\n\n"
        "Minister KOVA: The bridge is old and will be closed until May.\n\n"
        "Wire, Holm: A weekly magazine says that you never saw the bridge.\n\n"
        "Minister KOVA: That is not a fact at all.\n\n"
        "Daily Nord, Berg: Has Denmark conveyed its concerns to Sweden on the bridge?\n\n"
        "Minister KOVA: I would not know about that."
    )
    asked = [s.content for s in found(text) if "transcript_turn" not in s.statement.flags]
    assert asked == [["the bridge was closed"], ["you never saw the bridge"]]


def test_an_answer_is_cut_where_it_asks_thanks_promises_or_turns_to_itself(found):
    text = (
        "MR. BERG: We have seen the reports. Both sides have to talk in earnest. "
        "We urge Oslo to open the port. The envoy was there on Monday. "
        "We are grateful to Norway for its help. We have also warned of the storm for some time. "
        "Denmark will soon join the talks. Norway will answer this calmly.\n\n"
        "QUESTION: Is he wrong?\n\n"
        "MR. BERG: I’m not going to discuss his letter. I would refer you to Oslo.\n\n"
        "QUESTION: Will it rain?\n\n"
        "MR. BERG: This is for the weather office. I cannot discuss it."
    )
    turns = [s.content[0] for s in found(text) if "transcript_turn" in s.statement.flags]
    assert turns == [
        "We have seen the reports. Both sides have to talk in earnest.",
        "We urge Oslo to open the port.",
        "The envoy was there on Monday.",
        "We are grateful to Norway for its help.",
        "We have also warned of the storm for some time.",
        "Denmark will soon join the talks. Norway will answer this calmly.",
        "I’m not going to discuss his letter. I would refer you to Oslo.",
        "This is for the weather office. I cannot discuss it.",
    ]


def test_courtesies_and_agendas_are_no_statements(found):
    text = (
        "SECRETARY KOVA: Good morning. It is a pleasure to have Minister Berg here in this old "
        "house of ours. We will also discuss the fish. "
        "The ban on herring came too early, and it cost both of us.\n\n"
        "MINISTER BERG: (Via interpreter) Thank you, Ana. I am so glad to see Oslo again. "
        "The ban is a matter of health. We have noted your views on it.\n\n"
        "SECRETARY KOVA: Thank you."
    )
    assert [s.content for s in found(text)] == [
        ["The ban on herring came too early, and it cost both of us."],
        ["The ban is a matter of health."],
        ["We have noted your views on it."],
    ]


def test_a_turn_of_one_endless_word_is_read_too(found):
    text = "MS. BERG: " + "A" * 20_000 + "\n\nMR. HOLM: We will keep the port open."
    assert found(text)[-1].content == ["We will keep the port open."]


def test_sentences_end_at_no_shortened_word_and_dots_without_end_are_read_at_once():
    words = "A. B. Kova met Mr. Berg. She left... “No.” He saw the U.S. Army. " + "." * 200_000 + " Yes"
    doc = Doc(spacy.blank("en").vocab, words=words.split(" "))
    reading = Reading(doc)
    found = [s.surface(reading.text)[:40] for s in answers.sentences(reading, 0, len(reading.text))]
    assert found == [
        "A. B. Kova met Mr. Berg.",
        "She left...",
        "“No.”",
        "He saw the U.S. Army. " + "." * 18,
        "Yes ",
    ]
