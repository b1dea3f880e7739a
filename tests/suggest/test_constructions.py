"""Constructions beyond the plain ones: asides, judgements, silence, summings-up of the writer; invented."""

import pytest
from spacy.tokens import Doc

from annotator.suggest.cues import speaker_of


@pytest.mark.parametrize(
    ("text", "pieces", "speaker"),
    [
        (
            "The embargo, she told Radio Nord, was “a wall made of paper”.",
            ["The embargo", "was “a wall made of paper”"],
            "she",
        ),
        (
            "Norway stood ready, Minister Ana Kova said, to host the talks.",
            ["Norway stood ready", "to host the talks"],
            "Ana Kova",
        ),
        (
            "Oslo wanted a treaty, he said, and was in touch with Belgrade.",
            ["Oslo wanted a treaty", "and was in touch with Belgrade"],
            "he",
        ),
        (
            "A second round, according to two diplomats, could follow in May.",
            ["A second round", "could follow in May"],
            "two diplomats",
        ),
    ],
)
def test_attribution_inside_its_own_content(found, text, pieces, speaker):
    seen = found(text)
    assert [(s.content, s.speaker) for s in seen] == [(pieces, speaker)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kova described the move as “a monument to fear.”", "the move as “a monument to fear.”"),
        ("Kova praised both negotiators as patriots.", "both negotiators as patriots"),
        ("Kova dismissed the remarks as “theatre”.", "“theatre”"),
        ("The plan was dismissed by Kova as “pure invention”.", "“pure invention”"),
    ],
)
def test_what_is_judged_belongs_to_the_judgement_when_it_follows_the_cue(found, text, content):
    assert [s.content for s in found(text)] == [[content]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ana Kova refrained from comment when asked whether ships would sail.", "whether ships would sail"),
        ("Norway would not discuss the letter.", "the letter"),
        ("Ana Kova declined to comment on the raid.", "the raid"),
    ],
)
def test_silence_on_something_is_a_statement(found, text, content):
    seen = found(text)
    assert [(s.content, s.act) for s in seen] == [([content], "no_comment")]


def test_nothing_is_said_where_someone_has_not_said(found):
    assert found("The president has not said if he will sign the bill.") == []
    assert found("The panel failed to agree on a budget.") == []
    assert found("Serbia was accused of backing the rebels.") == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kova told Serbia to leave, setting up a legal fight.", "to leave"),
        (
            "Kova said the talks were “on track”, a phrase that provoked laughter.",
            "the talks were “on track”",
        ),
        (
            "Norway condemned a clash that killed two guards, the deadliest incident in years.",
            "a clash that killed two guards",
        ),
        (
            "The bloc called for the return of Peter Lyle, who was last seen in Oslo, and urged calm.",
            "the return of Peter Lyle",
        ),
    ],
)
def test_content_ends_where_the_writer_sums_up(found, text, content):
    assert found(text)[0].content == [content]


def test_thanks_look_back(found):
    seen = found("Kova thanked Norway for its help after the floods.")
    assert seen[0].content == ["its help after the floods"]


def test_a_proposal_has_an_author(found):
    seen = found("A proposal by Norway to send a mission was postponed.")
    assert [(s.content, s.speaker) for s in seen] == [(["to send a mission"], "Norway")]


def test_a_possessive_commitment_is_the_content(found):
    seen = found("The ministers reaffirmed their commitment to the treaty and to respect its borders.")
    assert seen[0].content == ["their commitment to the treaty and to respect its borders"]


def test_titles_in_marks_are_no_speech(found):
    assert found("“The Long Road,” the cover read.") == []


BRIEFING = (
    "MS. KOVA: Good afternoon. I have two things at the top.\n\n"
    "Norway condemns the raid on the port. We call for calm.\n\n"
    "Nordic News: Will ships sail?\n\n"
    "MS. KOVA: Those plans are secret, so I’m not going to speak to them. "
    "What I will say is that we are calm.\n\n"
    "(The briefing ended at 2 p.m.)"
)


def test_an_answer_is_cut_where_its_act_changes(found):
    assert [s.content for s in found(BRIEFING)] == [
        ["Norway condemns the raid on the port."],
        ["We call for calm."],
        ["Those plans are secret, so I’m not going to speak to them."],
        ["What I will say is that we are calm."],
    ]


def test_what_cannot_speak_does_not_urge(found):
    seen = found('The union said the deal was "a disaster" and urged senators to reject it.')
    assert [(s.content, s.speaker) for s in seen] == [
        (['the deal was "a disaster"'], "The union"),
        (["to reject it"], "The union"),
    ]


def test_nouns_joined_are_statements_each(found):
    seen = found("Norway expressed its hope for a settlement and its readiness to accept observers.")
    assert [(s.content, s.speaker) for s in seen] == [
        (["a settlement"], "Norway"),
        (["to accept observers"], "Norway"),
    ]


def test_a_quotation_goes_on_after_that(found):
    seen = found("“There is no doubt,” Kova said, smiling, that “the vote was fair.”")
    assert [s.content for s in seen] == [["“There is no doubt,”", "“the vote was fair.”"]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kova proposed a joint committee to manage the fund.", "a joint committee to manage the fund"),
        ("The council reiterated its call on all states to comply.", "to comply"),
        ("Kova said in a statement that the vote was fair.", "the vote was fair"),
        ("Kova called the charges “absurd” and “false.”", "the charges “absurd” and “false.”"),
        ("Kova told supporters in Oslo she would not run.", "she would not run"),
        ("Kova said on Friday she would resign.", "she would resign"),
    ],
)
def test_content_begins_and_ends_where_it_does(found, text, content):
    assert [s.content for s in found(text)] == [[content]]


def test_a_question_put_to_somebody_is_not_theirs(found):
    seen = found("Asked whether Norway would accept, Kova said it was one of the ideas.")
    assert [s.content for s in seen] == [["it was one of the ideas"]]


def test_that_after_an_occasion_opens_the_content(found):
    seen = found("Lin Wei said at a daily briefing that Beijing opposed sanctions.")
    assert [s.content for s in seen] == [["Beijing opposed sanctions"]]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Oslo pledged to send aid during Ana Kova's visit.", ["to send aid"]),
        ("Oslo urged Serbia to return to talks after a week of blockades.", ["to return to talks"]),
        (
            "China is willing to buy more fish, Lin Wei said, adding that trade had grown.",
            ["China is willing to buy more fish", "trade had grown"],
        ),
        (
            "A claim by Serbia that agents had crossed the border was dismissed by Norway.",
            ["agents had crossed the border"],
        ),
        ("Ana Kova would not be drawn on the surcharges.", ["the surcharges"]),
        ("The report drew on old files.", []),
    ],
)
def test_further_bounds(found, text, contents):
    assert [s.content[0] for s in found(text)] == contents


def test_a_second_demand_without_a_comma(found):
    seen = found("In a note, Norway demands that Peru retract it and warns that it will act.")
    assert [(s.content, s.names) for s in seen] == [
        (["Peru retract it"], ["Norway"]),
        (["it will act"], ["Norway"]),
    ]


def test_told_a_conference_that(found):
    seen = found("Ana Kova told a press conference that Oslo “cannot wait” and that it expected an answer.")
    assert [s.content for s in seen] == [["Oslo “cannot wait” and that it expected an answer"]]


def test_an_infinitive_in_marks_is_the_whole_request(found):
    assert [s.content for s in found("Kova urged Fiji “to correct its mistake”.")] == [
        ["“to correct its mistake”"]
    ]


def test_quotations_side_by_side_are_two(found):
    seen = found("Kevin Lund called the claim “simply false.” “We never did that,” Lund said.")
    assert [s.content for s in seen] == [["the claim “simply false.”"], ["“We never did that,”"]]


def test_a_short_exclamation_is_no_title(found):
    seen = found('"This went badly wrong," Ana Kova wrote. "This is Madness!"')
    assert [s.content for s in seen] == [['"This went badly wrong,"', '"This is Madness!"']]


def test_a_show_between_the_halves_is_no_half(found):
    seen = found('"Look," Ana Kova said on ABC\'s "This Week," "if she says so, it is true."')
    assert [s.content for s in seen] == [['"Look,"', '"if she says so, it is true."']]


@pytest.mark.parametrize(
    ("text", "contents", "speakers"),
    [
        (
            "Ana Kova said the border would be closed by May, and left the hall.",
            ["the border would be closed by May"],
            ["Ana Kova"],
        ),
        (
            "Ana Kova said Norway would not accept the terms and urged Serbia to talk.",
            ["Norway would not accept the terms", "to talk"],
            ["Ana Kova", "Ana Kova"],
        ),
        (
            "The mayor insisted that he was ready and rejected calls for a vote.",
            ["he was ready", "calls for a vote"],
            ["The mayor", "The mayor"],
        ),
        (
            "Ana Kova said the tunnel would be examined and rejected by engineers.",
            ["the tunnel would be examined and rejected by engineers"],
            ["Ana Kova"],
        ),
        (
            "Ana Kova said she would visit Oslo and meet Peter Lyle.",
            ["she would visit Oslo and meet Peter Lyle"],
            ["Ana Kova"],
        ),
    ],
)
def test_and_goes_back_to_the_one_who_reports(found, text, contents, speakers):
    seen = found(text)
    assert ([s.content[0] for s in seen], [s.speaker for s in seen]) == (contents, speakers)


@pytest.mark.parametrize(
    ("text", "content", "act"),
    [
        ("Norway urged Chile, which hosts the talks, to open its ports.", "to open its ports", "request"),
        ("Neither would say how much it cost.", "how much it cost", "no_comment"),
        ("The ministry would neither confirm nor deny the raid.", "the raid", "no_comment"),
        ("Her spokesman would only say that the talks went on.", "the talks went on", "assert"),
        (
            "The minister committed to working with Oslo to lower the fees.",
            "to working with Oslo to lower the fees",
            "commit",
        ),
        (
            "Norway will not become a harbour for spies, Ana Kova assured Denmark on Friday.",
            "Norway will not become a harbour for spies",
            "commit",
        ),
        (
            "Kova hailed the vote as a victory for “plain sense.”",
            "the vote as a victory for “plain sense.”",
            "support",
        ),
        ("He called on the agency to name those who fire.", "to name those who fire", "request"),
    ],
)
def test_what_stands_between_cue_and_content(found, text, content, act):
    (statement,) = found(text)
    assert (statement.content, statement.act) == ([content], act)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The dam was built in 1962, Peter Lyle said, and nobody had repaired it.",
            ["The dam was built in 1962", "and nobody had repaired it"],
        ),
        (
            "The rule was “the will of the town”, Lu told reporters, and those who broke it would pay.",
            ["The rule was “the will of the town”", "and those who broke it would pay"],
        ),
        (
            "Norway would pay its share, he said, and “let the water speak”.",
            ["Norway would pay its share", "and “let the water speak”"],
        ),
    ],
)
def test_clause_of_its_own_after_an_aside(found, text, pieces):
    (statement,) = found(text)
    assert statement.content == pieces


def test_reporters_by_house_and_surname_ask(found):
    text = (
        "Nordlys Avis, Berg: Will the ports open?\n\nMinister KOVA: They will open in May.\n\n"
        "2. The northern road\n\nFreelance, Lind: The road is closed again today.\n\n"
        "Minister KOVA: It is open to all of us.\n\n3. Fees\n\nDagen, Moe: Fees rise once more.\n\n"
        "Minister KOVA: That is not a fact at all."
    )
    assert [s.content[0] for s in found(text)] == [
        "They will open in May.",
        "It is open to all of us.",
        "That is not a fact at all.",
    ]


def test_statement_of_one_office_speaks_by_paragraphs(found):
    text = (
        "Arms in the Strait\nOffice of the Spokesperson\nJuly 3\n\n"
        "Canada today found that shells were used. We condemn this act.\n\n"
        "Such arms are a danger to all. We are joined in this view by Chile. We urge all to stop.\n\n"
        "The people want peace. We stand with them."
    )
    seen = found(text)
    assert seen[0].content == ["Canada today found that shells were used. We condemn this act."]
    assert {name for s in seen for name in s.names} == {"Canada"}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "They welcomed growing interest in the port of Tromsdal.",
            "growing interest in the port of Tromsdal",
        ),
        ("Norway called for those responsible to be tried.", "those responsible to be tried"),
        ("Analysts estimated its cost at $3 million a year.", "its cost at $3 million a year"),
        ("The vote was put off after two members threatened to leave the hall.", "to leave the hall"),
        (
            "The court ruled that towns may close their ports, handing victory to Oslo.",
            "towns may close their ports",
        ),
        (
            "The warring sides have agreed to free 300 prisoners, the United Nations announced.",
            "The warring sides have agreed to free 300 prisoners",
        ),
        ("Commenting on the drills, Ana Kova said they were over.", "they were over"),
    ],
)
def test_further_objects_of_cues(found, text, content):
    (statement,) = found(text)
    assert statement.content == [content]


@pytest.mark.parametrize(
    "text",
    [
        "Norway declared two Serbian diplomats persona non grata.",
        "Kova wants to raise the question of fees.",
        "Peter Lyle begged to differ.",
        "Oslo rejected the complaint.",
        "Kova left, a person briefed on the matter.",
    ],
)
def test_deeds_and_intentions_are_no_statements(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Kenya and Somalia have agreed to reopen their border, the two presidents announced after talks.",
            "Kenya and Somalia have agreed to reopen their border",
            "the two presidents",
        ),
        ("Envoys met in Oslo, urging both sides to respect the truce.", "to respect the truce", "Envoys"),
        (
            "Ana Kova praised the deal; her host, Peter Lyle, was careful, warning that rain was near.",
            "rain was near",
            "Peter Lyle",
        ),
        (
            "Ana Kova confirmed that a ship had been lost, but would not say who sank it.",
            "who sank it",
            "Ana Kova",
        ),
        (
            "According to two diplomats, Chile and Peru had sought an exemption.",
            "Chile and Peru had sought an exemption",
            "two diplomats",
        ),
        ("She declined to be drawn on whether oil would follow.", "whether oil would follow", "She"),
        ("Ana Kova said the pipe would be mended, and thanked Norway for its help.", "its help", "Ana Kova"),
    ],
)
def test_last_statement_is_by_its_own_speaker(found, text, content, speaker):
    last = found(text)[-1]
    assert (last.content, last.speaker) == ([content], speaker)


def test_a_surname_alone_speaks_for_what_the_sides_agreed(suggester):
    text = "The two ministers agreed to work together in November, Hayashi said."
    statement = next(iter(suggester.suggest("x", text).layer.statements.values()))
    assert statement.speaker.span.surface(text) == "Hayashi"
    assert statement.via is None


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("The minister was adamant that the road would open.", "the road would open", "The minister"),
        ("She made clear that ships would be let in.", "ships would be let in", "She"),
        ("President Kova has made it clear that Norway will sail.", "Norway will sail", "Kova"),
        ("Norway’s answer was that the letter was lost.", "the letter was lost", "Norway"),
    ],
)
def test_what_is_made_known_without_a_verb_of_speech(found, text, content, speaker):
    assert [(s.content, s.speaker) for s in found(text)] == [([content], speaker)]


def test_figures_make_things_clear_but_say_nothing(found):
    assert found("The figures made clear that trade was falling.") == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The king, Olaf Kova, ruled out sending ships to Norway.", "sending ships to Norway"),
        ("India lodged a strong protest with Norway over the remarks.", "the remarks"),
        ("Germany conveyed its concerns to Oslo about the ships.", "the ships"),
        ("The prime minister hinted at early elections.", "early elections"),
        ("Kova has threatened high tariffs on Danish goods.", "high tariffs on Danish goods"),
        ("He also touched on the case of the writer.", "the case of the writer"),
        ("Kova gave a cautious welcome to the plan.", "the plan"),
        ("Ana Kova, the minister, expressed sorrow at the deaths.", "the deaths"),
        (
            "In the call, Kova stressed the value of the treaty, the Norwegian news agency NTB reported.",
            "the value of the treaty",
        ),
        ("Ana Kova paid tribute to the sailors of the fleet.", "the sailors of the fleet"),
    ],
)
def test_further_ways_to_say_something(found, text, content):
    assert [s.content for s in found(text)] == [[content]]


def test_a_town_under_threat_and_a_briefing_to_come_are_no_statements(found):
    assert found("Kova threatened Norway. The Secretary will brief the mayor on the outcome.") == []


@pytest.mark.parametrize(("label", "speaker"), [("PERSON", "Holm"), ("PRODUCT", "club")])
def test_a_headline_that_runs_into_a_sentence_does_not_speak(suggester, label, speaker):
    doc = Doc(
        suggester.parse("").vocab,
        ["A", "club", "aims", "to", "save", "fuel", "Holm", "stressed", "doubts"],
        heads=[1, 2, 2, 4, 2, 4, 4, 2, 7],
        deps=["det", "nsubj", "ROOT", "aux", "xcomp", "dobj", "dobj", "conj", "dobj"],
        tags=["DT", "NN", "VBZ", "TO", "VB", "NN", "NNP", "VBD", "NNS"],
        pos=["DET", "NOUN", "VERB", "PART", "VERB", "NOUN", "PROPN", "VERB", "NOUN"],
        ents=["O"] * 6 + [f"B-{label}", "O", "O"],
    )
    assert speaker_of(doc[7])[0].text == speaker


def test_a_sourced_event_is_nobodys_statement(found):
    seen = found(
        "Ana Kova and Peter Lyle spoke by phone on Monday, according to both offices. "
        "The two ministers met for an hour in Oslo, according to the ministry. The talks had failed, "
        "according to the ministry."
    )
    assert [s.content for s in seen] == [["The talks had failed"]]


def test_what_a_state_claims_of_an_island_is_not_said(found):
    seen = found(
        "Holm warned against Danish votes on matters tied to Jan Mayen, the self-ruled island that Norway "
        "claims for itself, saying Denmark should wait."
    )
    assert [(" ".join(s.content), s.speaker) for s in seen] == [
        ("against Danish votes on matters tied to Jan Mayen", "Holm"),
        ("Denmark should wait", "Holm"),
    ]
