"""Opening a project for a job without a screen."""

from getpass import getuser
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage.project import Project


def open_project(path: Path, *, read_only: bool = False) -> Project:
    """The project at `path`. Raises AnnotatorError when it is missing or cannot be opened."""
    if not path.exists():
        raise AnnotatorError(f"There is no project {path}.")
    return Project.open(path, read_only=read_only)


def open_or_create(path: Path, *, annotator: str) -> Project:
    """The project at `path`, created under this annotator when missing."""
    return Project.open(path) if path.exists() else Project.create(path, annotator=annotator)


def login_name() -> str:
    """The name to work under until another one is given."""
    try:
        return getuser() or "annotator"
    except (ImportError, KeyError, OSError):  # a user without a name, as in some containers
        return "annotator"
