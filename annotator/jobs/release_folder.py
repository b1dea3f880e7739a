"""Where a release comes to lie: made beside its place, given its name at the end, nothing overwritten."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.export import checksums


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A temporary folder beside `out`, gone afterwards unless it was renamed."""
    partial = out.parent / f".{out.name}.partial"
    try:
        existed = out.parent.is_dir()
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)  # of a release that was killed
        partial.mkdir()
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            if not existed and not any(out.parent.iterdir()):
                out.parent.rmdir()
    except OSError as e:
        reason = e.strerror or str(e)
        raise AnnotatorError(f"Cannot write the release to {out}: {reason}.", "Choose another folder.") from e


def refuse_foreign(out: Path) -> None:
    """Raises AnnotatorError when `out` can only be something else than this release."""
    if out.exists() and not out.is_dir():
        raise AnnotatorError(f"{out} is a file.", "Choose another folder.")
    if out.is_dir() and any(out.iterdir()) and not (out / checksums.NAME).is_file():
        raise AnnotatorError(f"{out} holds something else already.", "Choose a new or an empty folder.")


def refuse_other(out: Path, partial: Path) -> None:
    """Raises AnnotatorError when `out` holds anything but what `partial` does."""
    if not out.is_dir() or not any(out.iterdir()):
        return
    wrong = checksums.problems(out)
    if not wrong and checksums.sums(out) == checksums.sums(partial):
        return
    why = wrong[0] if wrong else "it is another release"
    raise AnnotatorError(f"{out} holds something else already: {why}.", "Choose a new or an empty folder.")


def place(partial: Path, out: Path, number: int) -> None:
    """Give a finished release its name. Raises AnnotatorError; then `partial` is left as it was."""
    if out.is_dir() and any(out.iterdir()):
        return  # the very same, as was checked
    try:
        give_name(partial, out)
    except OSError as e:
        reason = e.strerror or str(e)
        hint = f"It is release {number} of the project all the same: write it with --again {number}."
        raise AnnotatorError(f"The release cannot get its name {out}: {reason}.", hint) from e


def give_name(partial: Path, out: Path) -> None:
    """Rename a finished folder to `out`, which is missing or empty."""
    if out.is_dir():
        out.rmdir()
    partial.rename(out)
