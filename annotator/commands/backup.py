"""`annotator backup`: a copy of a project."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import OK, say, say_json


def backup(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    to: Annotated[
        Path | None, typer.Option("--to", help="The copy's file; without it beside the project, rotating.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Copy a project, also while it is open. Restoring is opening the copy."""
    from annotator.jobs import upkeep
    from annotator.jobs.opening import open_project

    with open_project(project, read_only=True) as opened:
        copy = upkeep.backup(opened, to)
    if json:
        say_json({"backup": str(copy)})
    else:
        say(f"Copied to {copy}")
    return OK
