"""Where one reads stays where it is, whatever the letters."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.article import Article, Meta
from annotator.storage.project import Project
from annotator.ui.program import Program
from annotator.ui.settings import Settings

LONG = "\n\n".join(f"Paragraph {n}. " + "The minister said that talks would go on. " * 12 for n in range(60))


@pytest.fixture
def program(qtbot, tmp_path):
    with Project.create(tmp_path / "p.annot", annotator="anna") as project:
        project.add_articles([Article(LONG, "en", Meta(title="Long"))])
    made = Program(Settings(tmp_path / "settings.ini"), command=None)
    qtbot.addWidget(made.open(tmp_path / "p.annot"))
    made.window.resize(1200, 800)
    return made


def test_larger_and_smaller_letters_do_not_move_the_text(program):
    article = program.window.article
    start = LONG.index("Paragraph 30.")
    article.go_to(start)
    for scale in (1.25, 2.0, 0.8, 1.0):
        program.be_comfortable(replace(program.comfort, scale=scale))
        QApplication.processEvents()
        assert abs(program.window.article.place() - start) < 300, scale
