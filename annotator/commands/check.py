"""`annotator check`: is a project sound?"""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import OK, SOME_REFUSED, refuse, say, say_json


def check(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Check a project's file, texts, spans and journal. Exit code 1 when something is wrong."""
    from annotator.jobs import upkeep
    from annotator.jobs.opening import open_project

    with open_project(project, read_only=True) as opened:
        problems = upkeep.check(opened)
    for problem in problems:
        refuse(f"{project.name}: {problem}")
    if json:
        say_json({"project": str(project), "problems": problems})
    elif not problems:
        say(f"{project.name}: sound")
    return SOME_REFUSED if problems else OK
