"""Opening a project for a job without a screen."""

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
