"""The options that say what goes into a dataset, declared once for the commands that share them."""

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from annotator.jobs.release_options import Filters, Masking


def choices(
    *,
    state: Annotated[
        list[str] | None, typer.Option("--state", help="Articles in this state: todo, doing, done, flagged.")
    ] = None,
    decided_by: Annotated[
        list[str] | None, typer.Option("--decided-by", help="Articles with statements decided by this name.")
    ] = None,
    least_score: Annotated[
        float | None, typer.Option("--least-score", help="Drop undecided suggestions below this score.")
    ] = None,
    least_agreement: Annotated[
        float | None,
        typer.Option("--least-agreement", help="Drop articles whose annotators agree less (F1)."),
    ] = None,
    outlet: Annotated[list[str] | None, typer.Option("--outlet", help="Articles of this outlet.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Published on this date or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Published on this date or earlier.")] = None,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="Articles with statements on this topic or area.")
    ] = None,
    actor: Annotated[
        list[str] | None, typer.Option("--actor", help="Articles with statements by, to or about this actor.")
    ] = None,
    matching_only: Annotated[
        bool, typer.Option("--matching-only", help="Leave out the other statements of these articles.")
    ] = False,
    no_practice: Annotated[bool, typer.Option("--no-practice", help="No practice texts.")] = False,
    near_copies: Annotated[
        str, typer.Option("--near-copies", help="together (all are kept), or one of each group.")
    ] = "together",
    names: Annotated[str, typer.Option("--names", help="Annotators: keep, pseudonyms or drop.")] = "keep",
    no_notes: Annotated[bool, typer.Option("--no-notes", help="Leave personal notes out.")] = False,
) -> "tuple[Filters, Masking]":
    """What these options ask for."""
    from annotator.jobs.release_options import Filters, Masking

    filters = Filters(
        only="all",
        states=several(state),
        decided_by=several(decided_by),
        least_score=least_score,
        least_agreement=least_agreement,
        outlets=several(outlet),
        since=since,
        until=until,
        topics=several(topic),
        actors=several(actor),
        matching_only=matching_only,
        practice=not no_practice,
        near_copies=near_copies,
    )
    return filters, Masking(names, notes=not no_notes)


def choosing(command: Callable[..., int]) -> Callable[..., int]:
    """The command with the options of `choices` in place of its parameters `filters` and `masking`."""
    own, shared = inspect.signature(command), inspect.signature(choices)

    @functools.wraps(command)
    def run(**given: Any) -> int:
        filters, masking = choices(**{name: given.pop(name) for name in shared.parameters})
        return command(**given, filters=filters, masking=masking)

    kept = [p for name, p in own.parameters.items() if name not in ("filters", "masking")]
    run.__signature__ = own.replace(parameters=[*kept, *shared.parameters.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in run.__signature__.parameters.values()}  # type: ignore[attr-defined]
    return run


def several(given: list[str] | None) -> tuple[str, ...]:
    """The values of an option that may be repeated."""
    return tuple(given or ())
