import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from window_samples import ARTICLE, machine_layer, make_project

from annotator.domain.edits import AddStatement, Placed, Step
from annotator.domain.statement import accepted
from annotator.errors import AnnotatorError
from annotator.storage.backup import KEPT, folder
from annotator.storage.lock import ProjectLocked
from annotator.storage.project import Project
from annotator.storage.restoring import backups, copy_beside, restore


@pytest.fixture
def path(tmp_path):
    return make_project(tmp_path / "news.annot")


def decide(path):
    with Project.open(path) as project:
        for n, s in enumerate(machine_layer().ordered_statements()[:2]):
            edit = AddStatement(accepted(s, "anna", "2026-03-10T08:00:00Z"))
            project.do(Step(f"Decide {n}", (Placed(edit, ARTICLE.id),)))


def decided(path):
    with Project.open(path) as project:
        assert project.check() == []
        return len(project.layer(ARTICLE.id).statements)


def back_up(path):
    with Project.open(path) as project:
        return project.backup()


def test_backups_are_listed_newest_first_with_date_and_size(path):
    assert backups(path) == []
    first, second = back_up(path), back_up(path)
    listed = backups(path)
    assert [b.path for b in listed] == [second, first]
    assert listed[0].size == second.stat().st_size > 0
    assert datetime.now(UTC) - listed[0].at < timedelta(minutes=5)


def test_a_file_put_there_by_hand_is_listed_by_its_time(path):
    made = back_up(path)
    by_hand = made.rename(made.with_name("before the holidays.annot"))
    os.utime(by_hand, (1_700_000_000, 1_700_000_000))
    (folder(path) / "notes.txt").write_text("not a backup")
    assert [(b.path, b.at.year) for b in backups(path)] == [(by_hand, 2023)]


def test_restoring_brings_the_backup_back_and_keeps_what_was(path):
    chosen = back_up(path)
    decide(path)
    kept = restore(path, chosen)
    assert decided(path) == 0
    assert kept in [b.path for b in backups(path)]
    restore(path, kept)  # and back again
    assert decided(path) == 2


def test_the_oldest_can_be_restored_though_a_new_one_pushes_it_out(path):
    chosen = back_up(path)
    decide(path)
    for _ in range(KEPT - 1):
        back_up(path)
    restore(path, chosen)
    assert decided(path) == 0
    assert len(backups(path)) == KEPT
    assert not list(path.parent.glob("*.restoring"))


def test_a_project_open_here_is_not_replaced(path):
    chosen = back_up(path)
    with Project.open(path), pytest.raises(AnnotatorError, match="still open"):
        restore(path, chosen)


def test_a_project_open_elsewhere_is_not_replaced(path):
    chosen = back_up(path)
    decide(path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom annotator.storage.project import Project\n"
        "with Project.open(Path(sys.argv[1])):\n    print('open', flush=True)\n    sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(ProjectLocked):
            restore(path, chosen)
    finally:
        other.communicate("")
    assert decided(path) == 2


def test_somebody_reading_meanwhile_sees_the_restored_project_whole(path):
    chosen = back_up(path)
    decide(path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom annotator.storage.project import Project\n"
        "with Project.open(Path(sys.argv[1]), read_only=True) as p:\n"
        "    for _ in sys.stdin:\n        print(p.counts(), p.statements.counts(), p.check(), flush=True)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        other.stdin.write("1\n")
        other.stdin.flush()
        assert "'confirmed': 2" in other.stdout.readline()
        restore(path, chosen)
        after, _ = other.communicate("2\n")
    finally:
        other.kill()
        other.wait()
    assert "confirmed" not in after
    assert after.rstrip().endswith("[]")
    assert decided(path) == 0


def test_a_damaged_project_is_put_aside(path):
    chosen = back_up(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    kept = restore(path, chosen)
    assert decided(path) == 0
    assert "damaged" in kept.name
    assert kept.read_bytes() == whole[: len(whole) // 2]


def test_a_backup_that_is_no_project_changes_nothing(path, tmp_path):
    decide(path)
    for n, content in enumerate((b"", b"some words", back_up(path).read_bytes()[:5000])):
        bad = tmp_path / f"bad{n}.annot"
        bad.write_bytes(content)
        with pytest.raises(AnnotatorError):
            restore(path, bad)
    assert decided(path) == 2


def test_a_copy_is_a_project_of_its_own(path):
    chosen = back_up(path)
    decide(path)
    copy, again = copy_beside(path, chosen), copy_beside(path, chosen)
    assert copy != again
    assert copy.parent == path.parent
    assert copy.name.startswith("news as of ")
    assert (decided(copy), decided(path)) == (0, 2)
