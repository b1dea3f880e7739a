"""How commands talk: results on standard output, refusals and a progress bar on standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from annotator.jobs.progress import Job, Progress, run

R = TypeVar("R")

OK, SOME_REFUSED, NOTHING_DONE = 0, 1, 2  # exit codes
_NOTHING = Path(os.devnull)


def say(line: str) -> None:
    """A result for people."""
    sys.stdout.write(f"{line}\n")


def say_json(value: Any) -> None:
    """A result for scripts."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def refuse(why: object) -> None:
    """A refusal or an error, on one line."""
    sys.stderr.write(f"{' '.join(str(why).split())}\n")


def settle_streams() -> None:
    """Make both outputs UTF-8 that never fails on a character, whatever the terminal says, and
    let a stream that was closed be an empty one.
    """
    sys.stdin = sys.stdin or _NOTHING.open(encoding="utf-8")
    sys.stdout = sys.stdout or _NOTHING.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or _NOTHING.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def drive(job: Job[R], what: str) -> R:
    """Run a job to its end; a bar on a terminal, silence elsewhere."""
    with shown(what) as show:
        return run(job, show)


@contextmanager
def shown(what: str) -> Iterator[Callable[[Progress], None]]:
    """A function that shows progress on a bar while the block lasts, or does nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(what), total=None)

        def show(progress: Progress) -> None:
            words = escape(progress.message or what)
            bar.update(task, completed=progress.done, total=progress.total, description=words)

        yield show
