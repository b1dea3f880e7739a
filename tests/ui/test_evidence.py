"""Which words a target takes that is chosen from the list."""

from dataclasses import replace

from window_samples import ARTICLE, find, machine_layer

from annotator.domain.layer import Layer
from annotator.domain.spans import Span
from annotator.domain.statement import Speaker
from annotator.ui.candidates import Candidate
from annotator.ui.evidence import ELSEWHERE, own_words, with_own_words
from annotator.ui.pickers.rows import Choice
from annotator.ui.snapshot import Snapshot

SHOWN = Snapshot(ARTICLE, Layer(ARTICLE.id, "anna"), machine_layer())
FIRST, SECOND, THIRD = SHOWN.statements


def test_words_of_the_content_and_beside_the_cue_are_its_own():
    assert own_words(find("table"), FIRST, SHOWN)
    assert own_words(find("Serbia"), FIRST, SHOWN)
    assert own_words(find("reporters"), SECOND, SHOWN)
    assert own_words(find("Belgrade"), THIRD, SHOWN)


def test_words_of_other_sentences_and_of_other_speakers_are_not():
    assert not own_words(find("NATO"), FIRST, SHOWN)
    assert not own_words(find("Serbia"), SECOND, SHOWN)
    assert not own_words(find("Goran Petric"), SECOND, SHOWN)
    other = replace(SECOND, speaker=Speaker(find("Serbia")))
    assert not own_words(find("Serbia"), FIRST, Snapshot(ARTICLE, SHOWN.human, _with(other)))
    assert not own_words(find("Serbia"), replace(FIRST, cue=None), SHOWN)


def test_a_frame_that_is_quoted_as_a_whole_keeps_its_words():
    frame = Span(find("Ilse").start, find("table").end)
    outer = replace(SECOND, spans=(frame,))
    assert own_words(find("Serbia"), FIRST, Snapshot(ARTICLE, SHOWN.human, _with(outer)))


def test_who_is_named_elsewhere_is_offered_without_words_and_the_chosen_words_stay():
    nato = Choice(Candidate(find("NATO"), "org:NATO"), "NATO", "“NATO” · after it")
    (taken,) = with_own_words([nato], FIRST, SHOWN, [])
    assert (taken.value, taken.detail) == (Candidate(None, "org:NATO"), ELSEWHERE)
    assert with_own_words([nato], FIRST, SHOWN, [find("NATO")]) == [nato]
    unnamed = Choice(Candidate(find("NATO")), "NATO")
    assert with_own_words([unnamed], FIRST, SHOWN, []) == [unnamed]


def _with(*statements):
    layer = machine_layer()
    return replace(layer, statements={**layer.statements, **{s.id: s for s in statements}})
