"""`annotator open`: the window."""

from pathlib import Path
from typing import Annotated

import typer


def open_(
    project: Annotated[Path | None, typer.Argument(help="The project; without it the last one.")] = None,
    *,
    starter: Annotated[bool, typer.Option("--starter", help="Open the practice articles.")] = False,
) -> int:
    """Open a project in the window."""
    from annotator import app

    code: int = app.main(str(project) if project else None, starter=starter)
    return code
