import pytest
from window_samples import Desk, make_project

from annotator.storage.project import Project


@pytest.fixture
def project_path(tmp_path):
    return make_project(tmp_path / "p.annot")


@pytest.fixture
def desk(qtbot, project_path):
    with Project.open(project_path) as project:
        desk = Desk(qtbot, project)
        yield desk
        desk.window.close()
