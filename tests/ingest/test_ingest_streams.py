"""Tables and JSONL: columns named or guessed, good lines taken in, bad ones refused by their numbers."""

import csv
import io
import json
from pathlib import Path

import ingest_samples as made
import pytest

from annotator.errors import AnnotatorError
from annotator.ingest import Columns, Foreign, Read, Refused, read_file, table_columns
from annotator.ingest.dates import iso_date


def results(path: Path, **columns: str) -> list[Read | Foreign | Refused]:
    return list(read_file(path, columns=Columns(**columns) if columns else None))


def table(path: Path, *rows: tuple[object, ...], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def texts(found: list[Read | Foreign | Refused]) -> list[str]:
    return [r.article.text if isinstance(r, Read) else str(r) for r in found]


HEADER = ("Article ID", "Headline", "Body", "Source", "Published", "Link")
ROW = (7, "Norland warns", made.BODY, "The Bay Review", "April 2, 2023", "https://bay.example/7")


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "utf-8"),
        ("a.csv", ";", "utf-8-sig"),
        ("a.tsv", "\t", "utf-8"),
        ("a.csv", "|", "utf-16"),
    ],
)
def test_columns_are_guessed_and_kept(tmp_path, name, delimiter, encoding):
    path = table(tmp_path / name, HEADER, ROW, delimiter=delimiter, encoding=encoding)
    (result,) = results(path)
    assert isinstance(result, Read)
    assert (result.where, result.article.text) == ("line 2", made.BODY)
    meta = result.article.meta
    assert (meta.source_id, meta.title, meta.outlet) == ("7", "Norland warns", "The Bay Review")
    assert (meta.published, meta.url, meta.file) == ("2023-04-02", "https://bay.example/7", name)
    assert table_columns(path) == list(HEADER)


def test_western_table_is_decoded_and_told(tmp_path):
    path = table(tmp_path / "a.csv", ("text",), ("A “café” – it’s open.",), encoding="cp1252")
    (result,) = results(path)
    assert isinstance(result, Read)
    assert result.article.text == "A “café” – it’s open."
    assert result.article.meta.changed == ("decoded as cp1252",)


def test_text_column_is_the_longest_when_no_name_tells(tmp_path):
    path = table(tmp_path / "a.csv", ("n", "what", "kind"), (1, made.BODY, "news"), (2, "Short one.", "news"))
    assert texts(results(path)) == [made.BODY, "Short one."]


def test_columns_chosen(tmp_path):
    path = table(tmp_path / "a.csv", ("text", "other", "n"), ("No.", "Yes.", "x9"))
    (result,) = results(path, text="other", id="n")
    assert isinstance(result, Read)
    assert (result.article.text, result.article.meta.source_id) == ("Yes.", "x9")
    assert texts(results(path, text="body")) == ["a.csv: it has no column 'body'; it has text, other, n"]


def test_no_column_for_the_text(tmp_path):
    path = table(tmp_path / "a.csv", ("n", "m"), (1, 2))
    assert texts(results(path)) == ["a.csv: no column looks like the text of articles; it has n, m"]
    assert texts(results(table(path, ("text",)))) == ["a.csv: it has no rows below its header"]


def test_bad_rows_are_refused_by_line_and_the_rest_taken(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'id,text\n1,"Two\nlines, ""quoted"""\n\n2,\n3,"x"y"\n4,"good",more\n5,fine\n6\n7,last\n'
        b'8,"never closed\n'
    )
    assert [(r.where, t) for r, t in zip(results(path), texts(results(path)), strict=True)] == [
        ("line 2", 'Two\nlines, "quoted"'),
        ("line 5", "a.csv: line 5: there is no text in it"),
        ("line 6", "a.csv: line 6: its quotation marks are not those of a table (',' expected after '\"')"),
        ("line 7", "a.csv: line 7: it has 3 cells where the header has 2"),
        ("line 8", "fine"),
        ("line 9", "a.csv: line 9: it has no text under 'text'"),
        ("line 10", "last"),
        ("line 11", "a.csv: line 11: a quotation mark is never closed"),
    ]


def test_hundred_thousand_cells_and_one_huge_cell(tmp_path):
    huge = "A sentence in a cell. " * 50_000
    path = table(tmp_path / "a.csv", ("id", "text"), (1, *["x"] * 99_999), (2, huge), (3, "End."))
    first, second, third = results(path)
    assert str(first) == "a.csv: line 2: it has 100,000 cells where the header has 2"
    assert isinstance(second, Read)
    assert second.article.text == huge
    assert texts([third]) == ["End."]
    assert texts(results(table(path, ["x"] * 100_000, ["y"] * 100_000))) == [
        "a.csv: it has 100,000 columns, too many for a table of articles"
    ]


def test_dates_that_could_be_two_are_not_guessed(tmp_path):
    path = table(tmp_path / "a.csv", ("text", "date"), ("Words.", "02/04/2023"))
    (result,) = results(path)
    assert isinstance(result, Read)
    assert result.article.meta.published is None
    assert result.article.meta.changed == ("date '02/04/2023' not understood",)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-04-02", "2023-04-02"),
        ("2023-04-02T10:00:00Z", "2023-04-02"),
        ("2023/4/2 10:00", "2023-04-02"),
        ("2023-04", "2023-04"),
        ("2023", "2023"),
        ("20230402", "2023-04-02"),
        ("2 April 2023", "2023-04-02"),
        ("Sunday, 2nd Apr. 2023", "2023-04-02"),
        ("April 2, 2023", "2023-04-02"),
        ("25.12.2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("04/04/2023", "2023-04-04"),
        ("Sun, 02 Apr 2023 23:59:00 -0500", "2023-04-02"),
        ("02/04/2023", None),
        ("2023-02-30", None),
        ("20231", None),
        ("soon", None),
        ("", None),
        ("99 Abc 2023", None),
        ("9" * 100, None),
    ],
)
def test_dates(written, iso):
    assert iso_date(written) == iso


def test_table_columns_of_no_table(tmp_path):
    with pytest.raises(AnnotatorError, match="cannot be read as a table"):
        table_columns(tmp_path / "gone.csv")


def test_jsonl_of_any_objects(tmp_path):
    path = tmp_path / "a.jsonl"
    line = {
        "id": 7,
        "body": made.BODY,
        "outlet": "The Bay Review",
        "date": "2023-04-02",
        "url": None,
        "n": [1],
    }
    path.write_text(json.dumps(line) + "\n\n" + json.dumps({"fulltext": "Other key."}), encoding="utf-8")
    first, second = results(path)
    assert isinstance(first, Read)
    meta = first.article.meta
    assert (meta.source_id, meta.outlet, meta.published, meta.url) == (
        "7",
        "The Bay Review",
        "2023-04-02",
        None,
    )
    assert meta.title == made.TITLE
    assert isinstance(second, Read)
    assert (second.where, second.article.text) == ("line 3", "Other key.")


def test_bad_lines_in_the_middle(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "One."}\n{"text": "Two."\n["list"]\n{"text": ""}\n{"text": 5}\n{"n": 1}\n'
        b'{"text": NaN}\n{"text": "Half \\ud83d."}\n{"text": "Last."}'
    )
    assert texts(results(path)) == [
        "One.",
        "a.jsonl: line 2: it is not JSON (Expecting ',' delimiter at character 16)",
        "a.jsonl: line 3: it is not a JSON object",
        "a.jsonl: line 4: there is no text in it",
        "a.jsonl: line 5: it has no text under 'text'",
        "a.jsonl: line 6: no key looks like the text of an article; it has n",
        "a.jsonl: line 7: it is not JSON (NaN is no number)",
        "Half \ufffd.",
        "Last.",
    ]
    assert texts(results(path, text="body"))[0] == "a.jsonl: line 1: it has no column 'body'; it has text"


def test_a_stream_is_read_as_it_is_asked_for(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n' * 1000)
    stream = read_file(path)
    assert isinstance(next(stream), Read)
    stream.close()
