from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.hints import ALPHABET, codes


@given(st.integers(0, 600), st.sampled_from(["", "s", "t", "q"]))
def test_codes_are_different_and_none_starts_another(count, avoid):
    made = codes(count, avoid)
    assert len(made) == len(set(made)) == min(count, (26 - len(avoid)) ** 2)
    assert not any(a != b and b.startswith(a) for a in made for b in made if len(a) == 1)
    assert not any(avoid and avoid in c for c in made)


def test_one_letter_up_to_the_alphabet_then_two_for_the_unlikely():
    assert codes(26) == list(ALPHABET)
    assert codes(3, "s") == ["f", "j", "d"]
    assert [len(c) for c in codes(30)] == [1] * 25 + [2] * 5
