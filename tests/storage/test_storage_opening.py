import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from annotator.domain.article import Article
from annotator.domain.edits import AddStatement, Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Statement
from annotator.errors import AnnotatorError
from annotator.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from annotator.storage.project import Project, ProjectLocked

ARTICLE = Article("Qin 😀 said no. " * 100)
STATEMENT = Statement("s1", (Span(0, 3),), Kind.INDIRECT)
NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.annot"
    with Project.create(path, annotator="ann") as project:
        project.add_articles([ARTICLE])
        project.do(Step("Add", (Placed(AddStatement(STATEMENT), ARTICLE.id),)))
    return path


def refusal(path, **how):
    """The sentence, once it is seen that opening changed nothing in the folder."""
    before = contents(path.parent)
    with pytest.raises(AnnotatorError) as caught:
        Project.open(path, **how)
    assert contents(path.parent) == before
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value.message


def contents(folder):
    """Every file but the lock, SQLite's index of its log, and a log that holds nothing."""
    kept = [p for p in folder.iterdir() if p.is_file() and not p.name.endswith((".lock", "-shm"))]
    return {p: p.read_bytes() for p in kept if not p.name.endswith("-wal") or p.stat().st_size}


def overwrite(path, at, data):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


# Files that are no projects


def test_a_file_that_is_not_there(tmp_path):
    assert "There is no file" in refusal(tmp_path / "none.annot")


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "p.annot is empty."),
        (b"Qin said no.", "p.annot is not a project file."),
        (b"PK\x03\x04" + bytes(200), "p.annot is not a project file."),
        (b"SQLite format 3\0", "p.annot is cut short."),
        (b"SQLite format 3\0" + bytes(200), "p.annot is a database of another program."),
    ],
)
def test_other_bytes(tmp_path, data, message):
    path = tmp_path / "p.annot"
    path.write_bytes(data)
    assert refusal(path) == message
    assert not path.with_name("p.annot.lock").exists()


def test_a_database_of_another_program_with_its_log(tmp_path):
    path = tmp_path / "places.sqlite"
    other = sqlite3.connect(path)
    with closing(other):
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE places (name)")
        other.commit()
        assert path.with_name("places.sqlite-wal").stat().st_size > 0
        assert refusal(path) == "places.sqlite is a database of another program."


def test_a_newer_version(path):
    overwrite(path, 60, (SCHEMA_VERSION + 1).to_bytes(4, "big"))
    assert "newer version" in refusal(path)
    assert "newer version" in refusal(path, read_only=True)


def test_a_newer_version_that_still_lies_in_the_log(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        assert "newer version" in refusal(path)


@pytest.mark.parametrize("kept", [0.99, 0.5, 0.05])
def test_a_truncated_file(path, kept):
    os.truncate(path, int(path.stat().st_size * kept))
    assert refusal(path) == "p.annot is cut short."


def test_a_file_whose_tables_are_garbage(path):
    overwrite(path, 100, b"\xff" * 3000)
    assert refusal(path) == "p.annot is damaged."


def test_a_file_of_a_format_that_sqlite_does_not_know(path):
    overwrite(path, 44, b"\0\0\0\xfb")
    assert refusal(path) == "p.annot is damaged."


def test_a_file_whose_schema_is_no_words(path):
    overwrite(path, path.read_bytes().index(b"WITHOUT ROWID") + 8, b"\xd2")
    assert refusal(path) == "p.annot is damaged."


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "p.annot")
    assert refusal(tmp_path / "p.annot") == "p.annot is not an ordinary file."


def test_a_database_that_only_pretends(tmp_path):
    path = tmp_path / "p.annot"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        other.execute("CREATE TABLE t (x)")
    assert refusal(path) == "p.annot is damaged."


def test_damage_deep_inside_is_told_in_a_sentence(path):
    page = 4096
    for n in range(3, path.stat().st_size // page):
        overwrite(path, n * page, b"\xff" * page)
    with suppress(AnnotatorError), Project.open(path) as project:
        found = project.check()
        assert found
        assert all(message.startswith("The file is damaged") for message in found)
        with pytest.raises(AnnotatorError, match=r"p.annot is damaged"):
            project.article(ARTICLE.id)


# Making projects


def test_an_existing_file_is_never_overwritten(path):
    before = contents(path.parent)
    with pytest.raises(AnnotatorError, match="already there"):
        Project.create(path, annotator="bob")
    assert contents(path.parent) == before


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(AnnotatorError, match="There is no folder"):
        Project.create(tmp_path / "none" / "p.annot", annotator="ann")
    assert list(tmp_path.iterdir()) == []


def test_the_log_of_a_lost_project_is_not_taken_in(tmp_path):
    log = tmp_path / "p.annot-wal"
    log.write_bytes(b"work")
    with pytest.raises(AnnotatorError, match="left of another project"):
        Project.create(tmp_path / "p.annot", annotator="ann")
    assert list(tmp_path.iterdir()) == [log]


def test_what_a_crash_left_is_cleared_away(tmp_path):
    (tmp_path / ".p.annot.0a1b.new").write_bytes(b"half")
    (tmp_path / ".p.annot.0a1b.new-journal").write_bytes(b"half")
    Project.create(tmp_path / "p.annot", annotator="ann").close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p.annot", "p.annot.lock"]


def test_a_new_project_is_ready(tmp_path):
    with Project.create(tmp_path / "a [b]?%41 😀.annot", annotator="ann") as project:
        assert (project.annotator, project.read_only) == ("ann", False)
        assert project.scheme.topics
        assert project.rows() == []
        assert project.counts() == dict.fromkeys(State, 0)
        assert project.check() == []
        assert project.path.exists()
    with Project.open(tmp_path / "a [b]?%41 😀.annot") as project:
        assert project.check() == []


# One writer


def test_a_second_opening_is_refused_and_may_read(path):
    with Project.open(path) as first:
        with pytest.raises(ProjectLocked, match="open in another window"):
            Project.open(path)
        with Project.open(path, read_only=True) as second:
            assert second.read_only
            first.do(Step("Doing", (Placed(SetState(State.DOING), ARTICLE.id),)))
            assert second.layer(ARTICLE.id).state is State.DOING
            assert second.check() == []
            for write in (
                lambda: second.do(Step("No", (Placed(SetState(State.DONE), ARTICLE.id),))),
                lambda: second.add_articles([ARTICLE]),
                lambda: second.set_setting("x", 1),
                second.undo,
            ):
                with pytest.raises(AnnotatorError, match="for reading only"):
                    write()
        assert first.layer(ARTICLE.id).state is State.DOING
    Project.open(path).close()


def test_another_process_is_refused_until_the_first_ends(path):
    code = (
        "import sys; from pathlib import Path; from annotator.storage.project import Project, ProjectLocked\n"
        "try: Project.open(Path(sys.argv[1])).close()\n"
        "except ProjectLocked as e: print(e)\n"
        "else: print('opened')\n"
        "with Project.open(Path(sys.argv[1]), read_only=True) as p: print(len(p.rows()), p.check())"
    )

    def other():
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    with Project.open(path) as project, project.sibling() as sibling:
        project.close()  # the sibling still writes
        sentence, rows = other()
        assert sentence == (
            "p.annot is open in another window or command. Close it there, or open it here for reading only."
        )
        assert rows == "1 []"
        sibling.set_setting("still", "here")
    assert other() == ["opened", "1 []"]


def test_siblings_see_each_others_work(path):
    with Project.open(path, annotator="bob") as project, project.sibling() as sibling:
        assert sibling.annotator == "bob"
        sibling.add_articles([Article("Another.")])
        assert len(project.rows()) == 2
        sibling.do(Step("Done", (Placed(SetState(State.DONE), ARTICLE.id),)))
        assert project.undo().label == "Done"
        assert sibling.layer(ARTICLE.id, "bob").empty


def test_nothing_is_written_amid_a_snapshot_that_would_take_it_back(path):
    with Project.open(path) as project:
        with project.snapshot():
            seen = project.rows()
            with pytest.raises(RuntimeError, match="amid a snapshot"):
                project.do(Step("Lost", (Placed(SetState(State.DONE), ARTICLE.id),)))
            with project.sibling() as sibling:
                sibling.do(Step("Done", (Placed(SetState(State.DONE), ARTICLE.id),)))
            assert project.rows() == seen
        assert project.row(ARTICLE.id).state is State.DONE
        with project.batch():
            assert project.undo().label == "Done"
            assert project.row(ARTICLE.id).state is State.TODO
        assert project.row(ARTICLE.id).state is State.TODO


def test_a_link_leads_to_the_same_project(path):
    link = path.parent / "link.annot"
    link.symlink_to(path)
    with Project.open(path), pytest.raises(ProjectLocked):
        Project.open(link)


# Places that cannot be written


@contextmanager
def ordinary_user():
    """Rights that root does not heed hold inside."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder(path):
    """A folder that anybody may enter and write, with the project in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        shutil.copy(path, folder)
        (folder / "p.annot").chmod(0o666)
        yield folder
        folder.chmod(0o777)


def test_a_folder_that_cannot_be_written_opens_for_reading(open_folder):
    open_folder.chmod(0o555)
    before = contents(open_folder)
    with ordinary_user(), Project.open(open_folder / "p.annot") as project:
        assert project.read_only
        assert list(project.layer(ARTICLE.id).statements) == ["s1"]
        assert project.search("said no")
        with project.sibling() as sibling:
            assert sibling.article(ARTICLE.id) == ARTICLE
        assert project.check() == []
    assert contents(open_folder) == before


def test_a_file_that_cannot_be_written_opens_for_reading(open_folder):
    (open_folder / "p.annot").chmod(0o444)
    before = (open_folder / "p.annot").read_bytes()
    with ordinary_user(), Project.open(open_folder / "p.annot") as project:
        assert project.read_only
        assert project.rows()
    assert (open_folder / "p.annot").read_bytes() == before


def test_a_file_that_cannot_be_read(open_folder):
    (open_folder / "p.annot").chmod(0o000)
    with ordinary_user(), pytest.raises(AnnotatorError, match=r"p.annot may not be read"):
        Project.open(open_folder / "p.annot")


def test_unsaved_log_in_a_folder_that_cannot_be_written(open_folder):
    (open_folder / "p.annot-wal").write_bytes(b"unfinished")
    open_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(AnnotatorError, match="was not closed properly"):
        Project.open(open_folder / "p.annot")


def test_no_project_is_made_in_a_folder_that_cannot_be_written(open_folder):
    open_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(AnnotatorError, match=r"new.annot cannot be made"):
        Project.create(open_folder / "new.annot", annotator="ann")
    assert [p.name for p in open_folder.iterdir()] == ["p.annot"]


# Full disks


@contextmanager
def files_no_longer_than(size):
    """The disk refuses to write past `size` bytes of any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def big_step():
    note = "x" * 400_000
    statement = Statement("s2", (Span(0, 3),), Kind.INDIRECT, note=note)
    return Step(
        "Big", (Placed(SetState(State.DONE), ARTICLE.id), Placed(AddStatement(statement), ARTICLE.id))
    )


def test_a_full_disk_changes_nothing_and_work_goes_on_later(path):
    with Project.open(path) as project:
        pages = project._conn.execute("PRAGMA page_count").fetchone()[0]
        project._conn.execute(f"PRAGMA max_page_count = {pages + 2}")
        before = project.layer(ARTICLE.id)
        with pytest.raises(
            AnnotatorError, match=r"The disk is full, so p.annot was not changed. Free some space"
        ):
            project.do(big_step())
        with pytest.raises(AnnotatorError, match="The disk is full"):
            project.add_articles(Article(f"{n} " * 1000) for n in range(100))
        assert project.layer(ARTICLE.id) == before
        assert [e.label for e in project.history()] == ["Add"]
        assert len(project.rows()) == 1
        assert project.check() == []
        project._conn.execute("PRAGMA max_page_count = 1000000")
        project.do(big_step())
        assert project.undo().label == "Big"
        assert project.check() == []


def test_a_disk_that_fails_while_writing_changes_nothing(path):
    with Project.open(path) as project:
        before = project.layer(ARTICLE.id)
        with files_no_longer_than(100_000), pytest.raises(AnnotatorError, match="disk"):
            project.do(big_step())
        assert project.layer(ARTICLE.id) == before
        project.do(big_step())
    with Project.open(path) as project:
        assert project.layer(ARTICLE.id).state is State.DONE
        assert project.check() == []


def test_a_full_disk_amid_a_batch_saves_nothing_of_it(path):
    def fill(project):
        with project.batch():
            project.do(Step("Doing", (Placed(SetState(State.DOING), ARTICLE.id),)))
            with suppress(AnnotatorError):
                project.do(big_step())

    with Project.open(path) as project:
        with files_no_longer_than(100_000), suppress(AnnotatorError):
            fill(project)
        assert "s2" not in project.layer(ARTICLE.id).statements
        assert project.check() == []


def test_no_half_project_is_made_on_a_full_disk(tmp_path):
    Project.create(tmp_path / "first.annot", annotator="ann").close()
    with files_no_longer_than(20_000), pytest.raises(AnnotatorError):
        Project.create(tmp_path / "p.annot", annotator="ann")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["first.annot", "first.annot.lock", "p.annot.lock"]
    Project.create(tmp_path / "p.annot", annotator="ann").close()
