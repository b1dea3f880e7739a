import hashlib

from annotator.export.loss import EXAMPLES, Loss, quoted, section, with_section


def test_counts_go_on_after_the_examples_are_full():
    loss = Loss()
    for n in range(9):
        loss.add("nested", f"case {n}")
    loss.add("links", count=4)
    loss.add("never", count=0)
    assert loss.counts() == {"nested": 9, "links": 4}
    assert loss.lost["nested"].examples == [f"case {n}" for n in range(EXAMPLES)]


def test_a_place_is_named_by_article_offsets_and_words():
    record = {"id": "6f0c", "text": "Qin\nsaid " + "very " * 40 + "little"}
    assert quoted(record, 0, 3) == "6f0c 0–3 “Qin”"
    long = quoted(record, 0, len(record["text"]))
    assert len(long) < 90
    assert long.endswith("very little”")


def test_the_report_says_choice_files_hashes_counts_and_examples(tmp_path):
    file = tmp_path / "a.conll"
    file.write_bytes(b"x")
    loss = Loss()
    loss.add("nested spans", "here\nand # there")
    loss.leave_out("rejected entities", count=2)
    report = with_section("", section("conll of a", "IOB2.", {"layer": "gold"}, [file], loss), tmp_path)
    assert report.startswith("# Loss report\n")
    assert "## conll of a\n\nIOB2.\n\n- layer: gold\n" in report
    assert f"- `a.conll` SHA-256 `{hashlib.sha256(b'x').hexdigest()}`" in report
    assert "- nested spans: 1\n  - here and # there\n" in report
    assert "- rejected entities: 2\n" in report


def test_a_folder_of_two_exports_has_one_report_with_both(tmp_path):
    for name in ("a.conll", "a.jsonl"):
        (tmp_path / name).write_bytes(b"x")
    first = with_section("", section("jsonl of a", "n", {}, [tmp_path / "a.jsonl"], Loss()), tmp_path)
    both = with_section(first, section("conll of a", "n", {}, [tmp_path / "a.conll"], Loss()), tmp_path)
    assert both.index("## conll of a") < both.index("## jsonl of a")
    again = with_section(both, section("conll of a", "n", {}, [tmp_path / "a.conll"], Loss()), tmp_path)
    assert again == both
    (tmp_path / "a.jsonl").unlink()
    left = with_section(both, section("conll of a", "n", {}, [tmp_path / "a.conll"], Loss()), tmp_path)
    assert "jsonl of a" not in left


def test_a_foreign_report_is_replaced(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"x")
    report = with_section("## mine\n\nhello", section("jsonl of a", "n", {}, [file], Loss()), tmp_path)
    assert "hello" not in report
