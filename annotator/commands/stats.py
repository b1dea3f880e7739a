"""`annotator stats`: what a project holds."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import OK, say, say_json


def stats(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Count articles, statements, topics and annotators."""
    from annotator.jobs import upkeep
    from annotator.jobs.opening import open_project

    with open_project(project, read_only=True) as opened:
        found = upkeep.stats(opened)
    if json:
        say_json(found)
    else:
        for line in upkeep.as_lines(found):
            say(line)
    return OK
