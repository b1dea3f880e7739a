"""Decisions are written in a child process that is killed at random moments: whatever it had
acknowledged has to be there. The control acknowledges too early and has to lose something.
"""

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.domain.article import Article
from annotator.storage.project import Project

CHILD = Path(__file__).with_name("kill_child.py")
KILLS = 50


def killed(place, acknowledgements, round_, mode, dice):
    """Lines that the child had acknowledged when it was killed."""
    with acknowledgements.open("wb") as out:
        child = subprocess.Popen([sys.executable, CHILD, place, str(round_), mode], stdout=out)
        try:
            if dice.random() < 0.8:  # else perhaps killed while it starts or opens the project
                while not acknowledgements.stat().st_size:
                    with suppress(subprocess.TimeoutExpired):
                        child.wait(timeout=0.01)
                        pytest.fail("the child ended by itself")
            child.wait(timeout=dice.uniform(0, 0.15))
            pytest.fail("the child ended by itself")
        except subprocess.TimeoutExpired:
            pass
        finally:
            child.kill()
            child.wait()
    return acknowledgements.read_text().splitlines()


def holds(project, article, name, what):
    """Whether the project holds what was acknowledged."""
    if what == "article":
        return project.has_article(article)
    statement = project.layer(article).statements.get(name)
    if what == "undone":
        return statement is None
    return statement is not None and statement.decision == what


@pytest.fixture
def project_path(tmp_path):
    path = tmp_path / "killed.annot"
    with Project.create(path, annotator="ann") as project:
        project.add_articles(Article(f"Qin said no, number {n}.") for n in range(40))
    return path


def lost(project_path, lines):
    with Project.open(project_path) as project:
        assert project.check() == []
        return [line for line in lines if not holds(project, *line.split())]


def test_no_acknowledged_decision_is_ever_lost(project_path, tmp_path):
    dice, acknowledged = random.Random(), []
    for round_ in range(KILLS):
        lines = killed(project_path, tmp_path / "acks", round_, "save", dice)
        assert lost(project_path, lines) == []
        acknowledged += lines
    assert lost(project_path, acknowledged) == []
    assert len(acknowledged) > KILLS
    print(f"\nkilled {KILLS} times, {len(acknowledged)} acknowledged pieces of work, 0 lost, check clean")


def test_acknowledging_before_the_commit_loses_work(project_path, tmp_path):
    dice, missing, kills = random.Random(), [], 0
    while not missing and kills < KILLS:
        lines = killed(project_path, tmp_path / "acks", kills, "early", dice)
        missing += lost(project_path, lines)
        kills += 1
    assert missing
    print(f"\ncontrol: acknowledged before the commit, {len(missing)} lost after {kills} kills")


def test_killed_while_creating_leaves_nothing_or_a_clean_project(tmp_path):
    dice, whole = random.Random(), 0
    folder = tmp_path / "projects"
    folder.mkdir()
    for round_ in range(8):
        lines = killed(folder, tmp_path / "acks", round_, "create", dice)
        made = sorted(p.name for p in folder.glob("*.annot"))
        assert set(lines) <= set(made)
        for name in made:
            with Project.open(folder / name) as project:
                assert project.check() == []
                assert project.annotator == "ann"
            (folder / name).unlink()
        whole += len(made)
    assert whole > 0
    print(f"\nkilled 8 times while creating, {whole} projects, all clean")
