from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.pieces import cut

SENTENCE = "Chinese Foreign Minister Qin Gang met reporters. Qin said the talks had failed.\n\n"


@given(st.text(alphabet="ab .\n”", max_size=400), st.integers(10, 80))
def test_pieces_cover_the_text_in_order(text, longest):
    parts = cut(text, longest)
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert all(p.end - p.start <= longest for p in parts)


def test_cut_at_paragraphs_then_sentences_then_spaces():
    assert [p.end for p in cut("a" * 60 + "\n\n" + "b" * 60, 100)] == [62, 122]
    assert [p.end for p in cut("a" * 60 + ". " + "b" * 60, 100)] == [62, 122]
    assert [p.end for p in cut("a" * 60 + " " + "b" * 60, 100)] == [61, 121]
    assert [p.end for p in cut("a" * 150, 100)] == [100, 150]


def test_actors_are_carried_into_later_pieces(suggester, monkeypatch):
    monkeypatch.setattr("annotator.suggest.pieces.LONGEST", 120)
    monkeypatch.setattr("annotator.suggest.pieces.cut.__defaults__", (120,))
    text = SENTENCE + "The weather was fine and nothing happened for a long while.\n\nQin said no."
    found = suggester.suggest("article", text)
    speakers = [s.speaker.actors for s in found.layer.ordered_statements()]
    assert speakers
    assert set(speakers) == {("person:qin-gang",)}
    for statement in found.layer.statements.values():
        assert statement.cue.surface(text) == "said"
    for id, mention in found.layer.mentions.items():
        assert id == mention.id
        assert mention.span.surface(text).strip()


def test_pieces_give_what_the_whole_gives(suggester, monkeypatch):
    text = "".join(f"Minister Ana Kova said plan {n} had failed.\n\n" for n in range(12))
    whole = suggester.suggest("article", text)
    monkeypatch.setattr("annotator.suggest.pieces.cut.__defaults__", (200,))
    parts = suggester.suggest("article", text)
    assert {i: s.spans for i, s in parts.layer.statements.items()} == {
        i: s.spans for i, s in whole.layer.statements.items()
    }
    assert parts.layer.mentions.keys() == whole.layer.mentions.keys()
