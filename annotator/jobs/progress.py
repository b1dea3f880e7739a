"""How a job tells how far it is, and how it is driven to its end."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

R = TypeVar("R")


@dataclass(frozen=True)
class Progress:
    """`done` of `total` items; `total` is None while unknown; `message` is for people."""

    done: int
    total: int | None = None
    message: str = ""


Job = Generator[Progress, None, R]


def run(job: Job[R], on_progress: Callable[[Progress], None] = lambda _: None) -> R:
    """Drive a job to its end and return its report; cancelling is closing the job instead."""
    while True:
        try:
            on_progress(next(job))
        except StopIteration as end:
            report: R = end.value
            return report
