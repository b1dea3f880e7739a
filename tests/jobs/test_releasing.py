import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys

import pytest
from release_samples import copied, layer, made, story

from annotator import __version__
from annotator.domain.edits import ChangeStatement, Placed, PutMeta, Step
from annotator.domain.record import from_record
from annotator.errors import AnnotatorError
from annotator.export import checksums
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.registry import FORMATS
from annotator.export.splits import NAMES, SplitOptions
from annotator.ingest import near
from annotator.jobs import releasing
from annotator.jobs.progress import run
from annotator.jobs.release_history import compare, listing
from annotator.jobs.release_options import ReleaseOptions
from annotator.jobs.releasing import changed_since, make_again, release_project
from annotator.storage.project import Project


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return made(tmp_path_factory.mktemp("news") / "news.annot")


@pytest.fixture
def project(tmp_path, news):
    with Project.open(copied(news, tmp_path)) as opened:
        yield opened


def release(project, out, name="first", **options):
    return run(release_project(project, ReleaseOptions(name, **options), out))


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def facts(folder):
    return json.loads((folder / "release.json").read_text("utf-8"))


def lines(folder, split, format="jsonl"):
    return (folder / format / f"{split}.jsonl").read_text("utf-8").split("\n")[:-1]


def records(folder):
    return {split: [json.loads(line) for line in lines(folder, split)] for split in NAMES}


def change(project, n, **fields):
    """Change statement s1 of a story."""
    edit = ChangeStatement("s1", tuple(fields.items()))
    project.do(Step("Change", (Placed(edit, story(n).id, "ann"),)))


def test_a_release_is_files_a_split_a_card_facts_and_sums(project, tmp_path):
    report = release(project, tmp_path / "out")
    assert set(files(tmp_path / "out")) == {
        "README.md", "release.json", "SHA256SUMS", "LOSS.md",
        "jsonl/train.jsonl", "jsonl/dev.jsonl", "jsonl/test.jsonl",
    }  # fmt: skip
    assert (report.number, report.already, report.files) == (1, False, 7)
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == ["out"]
    assert checksums.problems(tmp_path / "out") == []
    found = records(tmp_path / "out")
    assert sum(map(len, found.values())) == 23
    for split in found.values():
        assert [r["id"] for r in split] == sorted(r["id"] for r in split)
        for record in split:
            from_record(record)


def test_sha256sum_finds_it_whole_and_finds_what_was_changed(project, tmp_path):
    out = tmp_path / "out"
    release(project, out)
    for line in (out / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    (out / "jsonl" / "dev.jsonl").write_text("")
    (out / "jsonl" / "test.jsonl").unlink()
    (out / "extra.txt").write_text("")
    assert checksums.problems(out) == [
        "jsonl/test.jsonl is missing", "jsonl/dev.jsonl was changed", "extra.txt is not of the release",
    ]  # fmt: skip


def test_facts_are_what_the_files_hold(project, tmp_path):
    out = tmp_path / "out"
    release(project, out, formats=("jsonl", "table-csv"))
    told = facts(out)
    assert {f["path"]: f["sha256"] for f in told["files"]} == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files(out).items()
        if name not in ("release.json", "SHA256SUMS")
    }
    by_split = {split: {r["id"] for r in found} for split, found in records(out).items()}
    assert {split: n["articles"] for split, n in told["counts"]["splits"].items()} == {
        split: len(ids) for split, ids in by_split.items()
    }
    digests = {hashlib.sha256(line.encode()).hexdigest() for s in NAMES for line in lines(out, s)}
    assert {r["sha256"] for r in told["records"]} == digests
    assert {(r["article"], r["split"]) for r in told["records"]} == {
        (id, split) for split, ids in by_split.items() for id in ids
    }
    assert told["program"] == __version__
    assert told["date"] == "2026-03-19T10:00:00Z"


def test_no_story_leaks_from_one_split_into_another(project, tmp_path):
    release(project, tmp_path / "out")
    found = records(tmp_path / "out")
    groups = near.groups((r["id"], r["text"]) for split in found.values() for r in split)
    splits_of = {}
    for split, inside in found.items():
        for record in inside:
            splits_of.setdefault(groups[record["id"]], set()).add(split)
    assert len(splits_of) < sum(map(len, found.values()))
    assert all(len(splits) == 1 for splits in splits_of.values())


def test_the_same_project_and_options_give_the_same_bytes(project, news, tmp_path):
    options = {
        "formats": ("jsonl", "table-csv", "conll"),
        "filters": Filters(negatives=("rejected", "candidates")),
        "masking": Masking("pseudonyms"),
    }
    first = release(project, tmp_path / "one", **options)
    again = release(project, tmp_path / "two", **options)
    assert (again.number, again.sha256, again.already) == (1, first.sha256, True)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    with Project.open(shutil.copy(news, tmp_path / "elsewhere.annot")) as other:
        release(other, tmp_path / "three", **options)
    assert files(tmp_path / "one") == files(tmp_path / "three")


def test_bytes_do_not_depend_on_how_python_hashes(project, tmp_path):
    release(project, tmp_path / "here")
    project.close()
    copy = shutil.copy(project.path, tmp_path / "again.annot")
    code = (
        "import sys; from pathlib import Path; from annotator.__main__ import main; "
        "sys.exit(main(['release', sys.argv[1], '--again', '1', '--out', sys.argv[2]]))"
    )
    command = [sys.executable, "-c", code, copy, str(tmp_path / "there")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True)
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_a_name_is_never_given_to_something_else(project, tmp_path):
    release(project, tmp_path / "one")
    change(project, 2, act="deny")
    with pytest.raises(
        AnnotatorError, match=r"already a release 'first'.*1 article changed, 1 statement changed"
    ):
        release(project, tmp_path / "two")
    project.undo()
    with pytest.raises(AnnotatorError, match="records are the same"):
        release(project, tmp_path / "two", licence="CC BY 4.0")
    assert not (tmp_path / "two").exists()
    assert len(listing(project)) == 1


def test_numbers_go_up_and_never_come_back(project, tmp_path):
    assert release(project, tmp_path / "one").number == 1
    assert release(project, tmp_path / "two", name="second").number == 2
    project._conn.execute("DELETE FROM release WHERE id = 2")  # by hand, with another program
    assert release(project, tmp_path / "three", name="third").number == 3
    assert [r["number"] for r in listing(project)] == [1, 3]


def test_a_release_survives_closing(project, tmp_path):
    report = release(project, tmp_path / "out", note="For the paper", licence="CC BY 4.0")
    project.close()
    with Project.open(project.path, read_only=True) as opened:
        (found,) = listing(opened)
        assert opened.check() == []
    assert (found["number"], found["name"], found["note"]) == (1, "first", "For the paper")
    assert (found["sha256"], found["articles"], found["program"]) == (report.sha256, 23, __version__)
    assert found["options"]["licence"] == "CC BY 4.0"


def test_made_again_it_is_the_same(project, tmp_path):
    options = {
        "formats": ("jsonl", "conll"),
        "filters": Filters(layer="ann", near_copies="one", topics=("trade",)),
        "splits": SplitOptions("outlet", (60, 20, 20), "7"),
        "masking": Masking("pseudonyms", notes=False),
        "format_options": {"conll": {"labels": "roles"}},
        "licences": {"Outlet 1": "CC0"},
    }
    report = release(project, tmp_path / "one", **options)
    again = run(make_again(project, 1, tmp_path / "two"))
    assert again.sha256 == report.sha256
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_made_again_it_says_what_changed_instead(project, tmp_path):
    release(project, tmp_path / "one")
    change(project, 2, topics=("war.ceasefire",))
    new = story(50)
    project.add_articles([new])
    project.put_layer(layer(new, 50))
    with pytest.raises(AnnotatorError) as said:
        run(make_again(project, 1, tmp_path / "two"))
    assert "1 article added, 1 article changed" in str(said.value)
    assert "3 statements added" not in str(said.value)  # a rejected one is not in it
    assert "2 statements added, 1 statement changed" in str(said.value)
    assert not (tmp_path / "two").exists()
    project.undo()


def test_another_version_of_the_program_is_named(project, tmp_path, monkeypatch):
    release(project, tmp_path / "one")
    monkeypatch.setattr(releasing, "__version__", "9.9")
    with pytest.raises(AnnotatorError, match=f"made by version {re.escape(__version__)} .* this is 9.9"):
        run(make_again(project, 1, tmp_path / "two"))


def test_releases_are_compared(project, tmp_path):
    release(project, tmp_path / "one")
    change(project, 2, act="deny", note="later")
    change(project, 3, note="only a note")
    meta = PutMeta(story(5).id, story(500).meta)
    project.do(Step("Meta", (Placed(meta),)))
    release(
        project, tmp_path / "two", name="second", filters=Filters(negatives=("rejected",), practice=False)
    )
    found = compare(project, 1, 2)
    assert found.articles_added == ()
    assert set(found.articles_removed) == {story(9).id}
    assert {f"{story(2).id}/s1"} == set(found.statements_changed)
    assert len(found.statements_added) == 22
    assert {s.partition("/")[2] for s in found.statements_added} == {"s2"}
    back = compare(project, 2, 1)
    assert back.articles_added == found.articles_removed
    assert back.statements_removed == found.statements_added
    assert not compare(project, 2, 2)


def test_what_changed_since_a_release_is_told_and_nothing_is_written(project, tmp_path):
    release(project, tmp_path / "one", formats=("conll", "docbin"))
    assert not run(changed_since(project, 1))
    change(project, 2, act="deny", note="later")
    found = run(changed_since(project, 1))
    assert set(found.statements_changed) == {f"{story(2).id}/s1"}
    assert found.summary() == "1 article changed, 1 statement changed"
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == ["one"]
    assert len(project.releases.all()) == 1


def test_an_unknown_release_is_a_sentence_that_names_the_known(project, tmp_path):
    release(project, tmp_path / "one")
    with pytest.raises(AnnotatorError) as said:
        compare(project, 1, 8)
    assert "release 8" in str(said.value)
    assert "1" in said.value.hint


def test_a_folder_with_anything_else_is_left_alone(project, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("Years of work")
    with pytest.raises(AnnotatorError, match="something else"):
        release(project, out)
    assert files(out) == {"thesis.txt": b"Years of work"}
    assert listing(project) == []
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(AnnotatorError, match="is a file"):
        release(project, file)


def test_an_older_release_in_the_folder_is_left_alone_and_the_same_one_is_fine(project, tmp_path):
    out = tmp_path / "out"
    release(project, out)
    before = files(out)
    with pytest.raises(AnnotatorError, match="another release"):
        release(project, out, name="second")
    assert files(out) == before
    assert len(listing(project)) == 1
    assert release(project, out).already
    (out / "README.md").write_text("mine now")
    with pytest.raises(AnnotatorError, match=r"README\.md was changed"):
        release(project, out)
    assert (out / "README.md").read_text() == "mine now"


def test_an_empty_folder_is_taken(project, tmp_path):
    out = tmp_path / "a" / "out"
    out.mkdir(parents=True)
    release(project, out)
    assert checksums.problems(out) == []


def test_cancelling_anywhere_leaves_neither_folder_nor_number(project, news, tmp_path):
    options = ReleaseOptions("first", formats=("jsonl", "table-csv"))
    (tmp_path / "copy").mkdir()
    with Project.open(copied(news, tmp_path / "copy")) as other:
        steps = sum(1 for _ in release_project(other, options, tmp_path / "copy" / "out"))
    before = set(tmp_path.iterdir())
    for stop in {*range(1, steps, 17), steps - 1, steps}:
        job = release_project(project, options, tmp_path / "out")
        for _ in range(stop):
            next(job)
        job.close()
        assert set(tmp_path.iterdir()) == before
    assert listing(project) == []
    assert release(project, tmp_path / "out").number == 1


def test_pseudonyms_reach_every_file(project, tmp_path):
    out = tmp_path / "out"
    release(
        project, out, filters=Filters(layer="ann", decided_by=("ann",)), masking=Masking("pseudonyms", False)
    )
    told = facts(out)
    assert told["annotators"] == ["a1", "a2"]
    assert told["options"]["filters"]["decided_by"] == ["a1"]
    assert told["options"]["filters"]["layer"] == "a1"
    for name, content in files(out).items():
        assert not re.search(rb"\b(ann|bob)\b", content), name
    again = run(make_again(project, 1, tmp_path / "two"))  # the project itself still knows them
    assert again.number == 1


@pytest.mark.parametrize("names", ["keep", "pseudonyms", "drop"])
def test_all_layers_of_an_article_go_into_one_split(project, tmp_path, names):
    release(project, tmp_path / "out", filters=Filters(layer="all"), masking=Masking(names))
    first = [r for r in facts(tmp_path / "out")["records"] if r["article"] == story(0).id]
    assert len({r["layer"] for r in first}) == 3
    assert len({r["split"] for r in first}) == 1
    assert not compare(project, 1, 1)


def test_candidates_lie_beside_the_records(project, tmp_path):
    out = tmp_path / "out"
    release(project, out, filters=Filters(negatives=("candidates",)))
    found = [json.loads(line) for split in NAMES for line in lines(out, split, "negatives")]
    assert len(found) == 46
    assert {x["answer"] for x in found} == {False}
    by_split = {s: {r["id"] for r in inside} for s, inside in records(out).items()}
    for split in NAMES:
        assert {json.loads(line)["article"] for line in lines(out, split, "negatives")} == by_split[split]
    assert "config_name: negatives" in (out / "README.md").read_text("utf-8")


def test_every_format_lies_in_its_own_folder(project, tmp_path):
    out = tmp_path / "out"
    release(project, out, formats=("conll", "brat"))
    found = set(files(out))
    assert {"conll/train.conll", "conll/dev.conll", "conll/test.conll"} <= found
    ids = {r["article"]: r["split"] for r in facts(out)["records"]}
    for id, split in ids.items():
        assert any(name.startswith(f"brat/{split}/") and id in name for name in found)
    loss = (out / "LOSS.md").read_text("utf-8")
    assert "## brat" in loss
    assert "## conll" in loss


def test_the_order_of_formats_does_not_matter(project, tmp_path):
    release(project, tmp_path / "one", formats=("jsonl", "hf"))
    told = facts(tmp_path / "one")
    release(project, tmp_path / "two", name="second", formats=("hf", "jsonl"))
    other = facts(tmp_path / "two")
    for key in ("counts", "records", "inputs"):
        assert json.dumps(told[key]) == json.dumps(other[key])


def test_what_nobody_releases_is_refused(project):
    for wrong in ({"name": " "}, {"name": "two\nlines"}, {"formats": ()}, {"formats": ("jsonl", "jsonl")}):
        with pytest.raises(AnnotatorError):
            ReleaseOptions(**{"name": "x", **wrong})
    with pytest.raises(AnnotatorError, match="no export format 'bogus'"):
        ReleaseOptions("x", formats=("bogus",))
    with pytest.raises(AnnotatorError, match="no option"):
        ReleaseOptions("x", format_options={"jsonl": {"labels": "roles"}})


def test_a_read_only_project_makes_an_old_release_again_but_no_new_one(project, tmp_path):
    release(project, tmp_path / "one")
    project.close()
    with Project.open(project.path, read_only=True) as reading:
        run(make_again(reading, 1, tmp_path / "two"))
        with pytest.raises(AnnotatorError, match="reading only"):
            release(reading, tmp_path / "three", name="second")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert not (tmp_path / "three").exists()


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"shape"}))
def test_a_full_disk_is_said_and_leaves_neither_folder_nor_number(project, tmp_path, format):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(AnnotatorError, match="Cannot write the release"):
            run(release_project(project, ReleaseOptions("r", formats=(format,)), tmp_path / "deep" / "out"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "deep").exists()
    assert project.releases.all() == []
