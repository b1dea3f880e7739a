"""`annotator train-export`: a folder that `spacy train` runs in as it is."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import OK, drive, say, say_json


def train_export(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="A new or an empty folder.")],
    layer: Annotated[
        str | None, typer.Option("--layer", help="An annotator's name, machine or gold.")
    ] = None,
    only: Annotated[str, typer.Option("--only", help="done articles, all, or decided statements.")] = "done",
    no_practice: Annotated[bool, typer.Option("--no-practice", help="No practice texts.")] = False,
    near_copies: Annotated[
        str, typer.Option("--near-copies", help="together, or one of each group.")
    ] = "one",
    split: Annotated[str, typer.Option("--split", help="ratio, date or outlet.")] = "ratio",
    seed: Annotated[str, typer.Option("--seed", help="Another seed, another division.")] = "1",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Write corpora in splits and configs for entities (ner), roles (spancat) and topics (textcat).

    Then, in that folder: python -m spacy train configs/ner.cfg --output trained/ner
    """
    from annotator.jobs.opening import open_project
    from annotator.jobs.release_options import Filters, SplitOptions
    from annotator.jobs.train_export import train_export as job

    filters = Filters(layer=layer, only=only, practice=not no_practice, near_copies=near_copies)
    with open_project(project, read_only=True) as opened:
        report = drive(job(opened, out, filters, SplitOptions(split, seed=seed)), "Writing corpora")
    if json:
        say_json(report.as_dict())
        return OK
    for name, counts in report.splits.items():
        say(f"{name:<6}{counts['paragraphs']:,} paragraphs, {counts['statements']:,} statements with topics")
    say(f"{report.folder}: now run `python -m spacy train configs/ner.cfg --output trained/ner` in it")
    return OK
