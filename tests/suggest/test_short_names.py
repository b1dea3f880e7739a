"""Short names of bodies, held against their full ones."""

import pytest

from annotator.suggest.short_names import ShortName


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("Council", "UN Security Council", True),
        ("Council", "Councils of Europe", False),
        ("CBI", "Central Bureau of Inquiry", True),
        ("CBI", "Confederation of Business", False),
        ("NATO", "NATO", False),
        ("coast guard", "Japan coast guard", True),
        ("Oslo", "University of Oslo", True),
        ("guard", "Japan coast guard", False),
        ("", "Japan coast guard", False),
    ],
)
def test_a_short_name_fits_by_initials_or_last_words(short, name, fits):
    assert ShortName(short).fits(name) == fits


def test_who_is_named_in_full_speaks_by_initials_too(found):
    seen = found("The Central Bureau of Inquiry (CBI) wrote. A CBI spokesperson said the case was shut.")
    assert [s.names for s in seen] == [["Central Bureau of Inquiry"]]
