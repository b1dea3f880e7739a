"""The options that choose articles and statements, declared once for the commands that share them."""

from typing import Annotated

import typer

State = Annotated[
    list[str] | None, typer.Option("--state", help="Articles in this state: todo, doing, done, flagged.")
]
DecidedBy = Annotated[
    list[str] | None, typer.Option("--decided-by", help="Articles with statements decided by this name.")
]
LeastScore = Annotated[
    float | None, typer.Option("--least-score", help="Drop undecided suggestions below this score.")
]
Outlet = Annotated[list[str] | None, typer.Option("--outlet", help="Articles of this outlet.")]
Since = Annotated[str | None, typer.Option("--since", help="Published on this date or later.")]
Until = Annotated[str | None, typer.Option("--until", help="Published on this date or earlier.")]
Topic = Annotated[
    list[str] | None, typer.Option("--topic", help="Articles with statements on this topic or area.")
]
Actor = Annotated[
    list[str] | None, typer.Option("--actor", help="Articles with statements by, to or about this actor.")
]
MatchingOnly = Annotated[
    bool, typer.Option("--matching-only", help="Leave out the other statements of these articles.")
]
NoPractice = Annotated[bool, typer.Option("--no-practice", help="No practice texts.")]


def several(given: list[str] | None) -> tuple[str, ...]:
    """The values of an option that may be repeated."""
    return tuple(given or ())
