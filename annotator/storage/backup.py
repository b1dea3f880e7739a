"""Copies of a project beside it, made while it is open; the newest ones are kept."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage.connection import plain_errors

KEPT = 10


def folder(project: Path) -> Path:
    """Where the backups of a project lie."""
    return project.with_name(f"{project.stem}-backups")


def back_up(conn: sqlite3.Connection, project: Path, to: Path | None = None) -> Path:
    """Copy what is committed to `to`, or to a new file among the project's backups, of which the
    oldest go. The copy is a project: opening it restores.

    Raises AnnotatorError when the copy cannot be made; nothing half-made stays.
    """
    target = to or _new_name(project)
    if target.exists():
        raise AnnotatorError(f"{target.name} is already there.", "Choose another name for the backup.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with plain_errors(target):
            _copy(conn, target)
    except OSError as e:
        message = f"The backup {target} cannot be written: {e.strerror or e}."
        raise AnnotatorError(message, "Choose another folder.") from None
    if to is None:
        _rotate(project)
    return target


def _copy(conn: sqlite3.Connection, target: Path) -> None:
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    try:
        half.touch()
        copy = sqlite3.connect(half)
        try:
            conn.backup(copy)
        finally:
            copy.close()
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _new_name(project: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder(project) / f"{project.stem}-{stamp}{project.suffix}"


def _rotate(project: Path) -> None:
    stem, end = f"{project.stem}-", project.suffix
    made = sorted(
        p
        for p in folder(project).iterdir()
        if p.name.startswith(stem)
        and p.name.endswith(end)
        and _is_stamp(p.name[len(stem) : -len(end) or None])
    )
    for old in made[:-KEPT]:
        old.unlink(missing_ok=True)


def _is_stamp(middle: str) -> bool:
    try:
        datetime.strptime(middle, "%Y%m%d-%H%M%S-%f")  # noqa: DTZ007 - only its shape matters
    except ValueError:
        return False
    return True
