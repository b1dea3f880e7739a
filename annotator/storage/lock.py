"""One writer at a time: an operating-system lock on a small file beside the project, which ends with
the process whatever happens to it. The file itself is never deleted: deleting would let two in.
"""

from pathlib import Path

from filelock import FileLock, Timeout

from annotator.errors import AnnotatorError


class ProjectLocked(AnnotatorError):  # noqa: N818 - a state of the project, said to people
    """Another window or command writes this project; it can still be opened read-only."""


class WriterLock:
    """The right to write one project, shared by the connections of one process."""

    def __init__(self, project: Path) -> None:
        """Take the lock or raise ProjectLocked at once; OSError when the folder cannot be written."""
        self._lock = FileLock(f"{project}.lock", thread_local=False)
        self._holders = 1
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise ProjectLocked(
                f"{project.name} is open in another window or command.",
                "Close it there, or open it here for reading only.",
            ) from None

    @classmethod
    def of(cls, project: Path) -> "WriterLock | None":
        """The lock, or None where the folder lets nobody write."""
        try:
            return cls(project)
        except OSError:
            return None

    def share(self) -> "WriterLock":
        """One more holder; each has to release."""
        self._holders += 1
        return self

    def release(self) -> None:
        """Give up one hold; the last one lets others in."""
        self._holders -= 1
        if self._holders == 0:
            self._lock.release()
