"""Offsets in any counting are told by the words beside them; what has no place is listed, never guessed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import normalise
from annotator.ingest import Foreign, Unplaced, read_file
from annotator.ingest.annotated.placing import UTF16, Place, Placing

TEXT = "🙂 Ada Berg, “Norland”\n\nsaid no 🚀.\n\nSudria — Norland’s neighbour — agreed.\n"
WORDS = (("Ada Berg", "PERSON"), ("Norland”\n\nsaid", "ORG"), ("Sudria", "GPE"), ("🚀", "EVENT"))

Count = Callable[[str], int]
COUNTS: dict[str, Count] = {
    "": len,
    "UTF-16 units": lambda s: len(s.encode("utf-16-le")) // 2,
    "UTF-8 bytes": lambda s: len(s.encode()),
    "code points over CRLF line ends": lambda s: len(s.replace("\n", "\r\n")),
    "UTF-16 units over CRLF line ends": lambda s: len(s.replace("\n", "\r\n").encode("utf-16-le")) // 2,
    "UTF-8 bytes over CRLF line ends": lambda s: len(s.replace("\n", "\r\n").encode()),
    "code points with a byte order mark": lambda s: 1 + len(s),
    "UTF-16 units with a byte order mark": lambda s: 1 + len(s.encode("utf-16-le")) // 2,
}


def marks(count: Count) -> list[tuple[int, int, str, str]]:
    """(start, end, label, words) of every mark as one who counts so has it."""
    out = []
    for words, label in WORDS:
        at = TEXT.index(words)
        out.append((count(TEXT[:at]), count(TEXT[: at + len(words)]), label, words))
    return out


def brat(folder: Path, found: list[tuple[int, int, str, str]]) -> Path:
    lines = [
        f"T{n}\t{label} {start} {end}\t{words.replace(chr(10), ' ')}\n"
        for n, (start, end, label, words) in enumerate(found, 1)
    ]
    (folder / "a.ann").write_text("".join(lines), encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8", newline="\n")
    return folder / "a.ann"


def labelstudio(folder: Path, found: list[tuple[int, int, str, str]]) -> Path:
    result = [
        {
            "id": f"r{n}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": words, "labels": [label]},
        }
        for n, (start, end, label, words) in enumerate(found)
    ]
    return dumped(folder / "a.json", [{"data": {"body": TEXT}, "annotations": [{"result": result}]}])


def prodigy(folder: Path, found: list[tuple[int, int, str, str]]) -> Path:
    spans = [{"start": a, "end": b, "label": label} for a, b, label, _ in found]
    tokens = [{"text": words, "start": a, "end": b, "id": n} for n, (a, b, _, words) in enumerate(found)]
    return dumped(folder / "a.jsonl", {"text": TEXT, "spans": spans, "tokens": tokens, "answer": "accept"})


def record(folder: Path, found: list[tuple[int, int, str, str]]) -> Path:
    mentions = [
        {"id": f"m{n}", "start": a, "end": b, "text": words, "label": label, "decision": "confirmed"}
        for n, (a, b, label, words) in enumerate(found)
    ]
    layer = {"annotator": "cy", "kind": "human", "state": "doing"}
    data = {"schema": "annotator/1", "text": TEXT, "layer": layer, "mentions": mentions}
    return dumped(folder / "a.jsonl", data)


def dumped(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize("counting", COUNTS)
@pytest.mark.parametrize("write", [brat, labelstudio, prodigy, record])
def test_any_counting_is_told_by_the_words(tmp_path, write, counting):
    (found,) = read_file(write(tmp_path, marks(COUNTS[counting])))
    assert isinstance(found, Foreign)
    text = found.record.article.text
    assert text == TEXT
    mentions = found.record.layer.ordered_mentions()
    assert {(m.span.surface(text), m.label) for m in mentions} == set(WORDS)
    assert found.notes == ((f"offsets converted from {counting}",) if counting else ())
    if write is not record:
        assert found.record.article.meta.changed == found.notes


@pytest.mark.parametrize("write", [brat, labelstudio, prodigy])
def test_one_wrong_place_is_listed_and_the_others_come(tmp_path, write):
    wrong = marks(len)
    start, end, label, _ = wrong[0]
    wrong[0] = (start + 1, end + 1, label, "Ada Berg")
    found, listed = read_file(write(tmp_path, wrong))
    assert isinstance(found, Foreign)
    assert len(found.record.layer.mentions) == 3
    assert isinstance(listed, Unplaced)
    assert "“Ada Berg” is not placed: at 3 to 11 the text says “da Berg,”" in listed.why


def test_a_line_of_the_report_names_file_id_and_words(tmp_path):
    wrong = [(0, 9000, "PERSON", "Ada  Berg"), (5, 5, "GPE", "x"), *marks(len)]
    _, outside, empty = read_file(brat(tmp_path, wrong))
    assert str(outside) == (
        "a.ann: T1 “Ada Berg” is not placed: 0 to 9000 lies outside the text or inside a character"
    )
    assert str(empty) == "a.ann: T2 “x” is not placed: 5 to 5 lies outside the text or inside a character"


def test_words_that_stand_elsewhere_are_not_looked_for(tmp_path):
    at = TEXT.index("Sudria")
    path = brat(tmp_path, [(at, at + 7, "GPE", "Norland")])
    found, listed = read_file(path)
    assert isinstance(found, Foreign)
    assert found.record.layer.empty
    assert "at" in str(listed)


def test_a_crlf_text_may_be_counted_either_way(tmp_path):
    for n, count in enumerate((COUNTS[""], COUNTS["code points over CRLF line ends"])):
        path = brat(tmp_path, marks(count))
        path.with_suffix(".txt").write_text(TEXT, encoding="utf-8", newline="\r\n")
        (found,) = read_file(path)
        assert isinstance(found, Foreign)
        assert found.notes == (("offsets converted from code points over LF line ends",) if n == 0 else ())
        assert found.record.article.text == TEXT
        assert len(found.record.layer.mentions) == len(WORDS)


def test_what_normalising_drops_moves_offsets():
    raw = "\ufeffa\u00adb\r\nc\x07d 🙂e"
    placing = Placing(raw, [])
    text = normalise(raw).text
    start = raw.index("d")
    (span,) = placing.spans(Place(((start, start + 3),)))
    assert span.surface(text) == "d 🙂"
    assert placing.spans(Place(((2, 3),))) == "there are no words at 2 to 3"


@given(st.text(max_size=40), st.data())
def test_utf16_places_come_back(text, data):
    ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    words = text[ends[0] : ends[1]]
    start = len(text[: ends[0]].encode("utf-16-le")) // 2
    place = Place(((start, start + len(words.encode("utf-16-le")) // 2),), words or None)
    found = Placing(text, [place], UTF16).spans(place)
    normal = normalise(text).text
    if isinstance(found, str):
        assert not normalise(words).text.strip()
    else:
        assert found[0].surface(normal).split() == normalise(words).text.split()


def test_doccano_without_words_says_that_nothing_checked_them(tmp_path):
    entities = [[a, b, label] for a, b, label, _ in marks(len)]
    (found,) = read_file(dumped(tmp_path / "a.jsonl", {"text": TEXT, "label": entities}))
    assert isinstance(found, Foreign)
    assert found.notes == ("offsets taken as code points, no words beside them to check by",)
    text = found.record.article.text
    assert {(m.span.surface(text), m.label) for m in found.record.layer.mentions.values()} == set(WORDS)
