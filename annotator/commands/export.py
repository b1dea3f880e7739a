"""`annotator export`: datasets for models and other programs."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.commands.console import OK, drive, say, say_json
from annotator.commands.filtering import choosing

if TYPE_CHECKING:
    from annotator.jobs.release_options import Filters, Masking

# Said here too, so that --help loads no format; a test holds the two together.
_FORMATS = (
    "jsonl, conll, conllu, conllup, docbin, brat, doccano, labelstudio, prodigy, tei, xmi, hf, "
    "table-csv, table-jsonl, shape"
)


@choosing
def export(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    format: Annotated[str, typer.Option("--format", "-f", help=f"{_FORMATS}.")] = "jsonl",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder to write in; made when missing.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option("--layer", help="An annotator's name, machine, gold or all (a line each).")
    ] = None,
    only: Annotated[
        str, typer.Option("--only", help="all articles, done ones, or decided statements.")
    ] = "all",
    labels: Annotated[
        str | None, typer.Option("--labels", help="conll: entities (default) or roles.")
    ] = None,
    files: Annotated[
        str | None, typer.Option("--files", help="hf: splits as jsonl (default), or parquet.")
    ] = None,
    shape: Annotated[
        Path | None, typer.Option("--shape", help="shape: the mapping file with rows and fields.")
    ] = None,
    no_rejected: Annotated[
        bool, typer.Option("--no-rejected", help="Leave out rejected suggestions, which are marked as such.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    filters: "Filters",
    masking: "Masking",
) -> int:
    """Export a project, with a report of what the format could not carry (LOSS.md).

    Without --layer each article's only human layer is taken, else the machine's. Every export is read
    back and compared before it appears under its name.
    """
    from annotator import paths
    from annotator.jobs.exporting import export_project
    from annotator.jobs.opening import open_project

    filters = replace(filters, negatives=() if no_rejected else ("rejected",))
    options = {
        name: str(value)
        for name, value in {"labels": labels, "files": files, "shape": shape}.items()
        if value
    }
    with open_project(project, read_only=True) as opened:
        where = out or paths.exports()
        job = export_project(
            opened, format, where, layer=layer, only=only, options=options, filters=filters, masking=masking
        )
        report = drive(job, f"Exporting {format}")
    if json:
        say_json(report.as_dict())
        return OK
    for file in report.files:
        say(f"{file}: {report.records} records, {report.statements} statements, {report.mentions} mentions")
    say(f"{report.loss_file}: {_summary(report.loss.counts())}")
    return OK


def _summary(lost: dict[str, int]) -> str:
    kinds = len(lost)
    if not kinds:
        return "nothing was lost"
    return f"{kinds} {'kind' if kinds == 1 else 'kinds'} of things could not be carried"
