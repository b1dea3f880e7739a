"""`annotator import`: articles into a project."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import NOTHING_DONE, OK, SOME_REFUSED, drive, refuse, say, say_json


def import_(
    project: Annotated[Path, typer.Argument(help="The project file; created when missing.")],
    paths: Annotated[list[Path], typer.Argument(help="Files and folders (with all folders in them).")],
    *,
    text: Annotated[str | None, typer.Option(help="Tables: column of the text; guessed otherwise.")] = None,
    id: Annotated[str | None, typer.Option(help="Tables: column of the article's id.")] = None,
    title: Annotated[str | None, typer.Option(help="Tables: column of the title.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Tables: column of the outlet.")] = None,
    date: Annotated[str | None, typer.Option(help="Tables: column of the date.")] = None,
    url: Annotated[str | None, typer.Option(help="Tables: column of the address.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Import articles from txt, md, html, docx, pdf, rtf, eml, csv, tsv and jsonl files."""
    from getpass import getuser

    from annotator.jobs.importing import Columns, import_paths
    from annotator.jobs.opening import open_or_create

    named = {"text": text, "id": id, "title": title, "outlet": outlet, "date": date, "url": url}
    columns = Columns(**named) if any(named.values()) else None
    with open_or_create(project, annotator=getuser()) as opened:
        report = drive(import_paths(opened, paths, columns=columns), "Importing")
    for refused in report.refused:
        refuse(refused)
    counts = {"added": report.added, "already": report.already, "layers": report.layers}
    if json:
        say_json({**counts, "refused": [str(r) for r in report.refused]})
    else:
        say(f"{report.added} added, {report.already} already there, {len(report.refused)} refused")
    if not report.refused:
        return OK
    return SOME_REFUSED if any(counts.values()) else NOTHING_DONE
