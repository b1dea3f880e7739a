"""`annotator import`: articles into a project."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import NOTHING_DONE, OK, SOME_REFUSED, drive, refuse, say, say_json


def import_(
    project: Annotated[Path, typer.Argument(help="The project file; created when missing.")],
    paths: Annotated[
        list[Path],
        # One that may not be read is refused by its name like any other, the rest goes on.
        typer.Argument(readable=False, help="Files and folders (with all folders in them)."),
    ],
    *,
    text: Annotated[str | None, typer.Option(help="Tables: column of the text; guessed otherwise.")] = None,
    id: Annotated[str | None, typer.Option(help="Tables: column of the article's id.")] = None,
    title: Annotated[str | None, typer.Option(help="Tables: column of the title.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Tables: column of the outlet.")] = None,
    date: Annotated[str | None, typer.Option(help="Tables: column of the date.")] = None,
    url: Annotated[str | None, typer.Option(help="Tables: column of the address.")] = None,
    format: Annotated[
        str | None,
        typer.Option(
            help="When suffix and content do not tell: jsonl, doccano, labelstudio, prodigy, conll, conllu, "
            "conllup, docbin, brat, xmi."
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="A strange label and the scheme's it stands for, as PER=PERSON; may be repeated."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Import articles from txt, md, html, docx, pdf, rtf, eml, csv, tsv and jsonl files, and articles
    with annotations from jsonl, doccano, Label Studio, Prodigy, CoNLL, CoNLL-U, spaCy, brat and XMI files.
    """
    from annotator.jobs.columns import named_columns
    from annotator.jobs.importing import check_format, import_paths
    from annotator.jobs.opening import login_name, open_or_create

    columns = named_columns(text=text, id=id, title=title, outlet=outlet, date=date, url=url)
    check_format(format)
    labels = pairs(label or [])
    with open_or_create(project, annotator=login_name()) as opened:
        job = import_paths(opened, paths, columns=columns, format=format, labels=labels)
        report = drive(job, "Importing")
    for refused in report.refused:
        refuse(refused)
    counts = {"added": report.added, "already": report.already, "layers": report.layers}
    if json:
        more = {"skipped": report.skipped, "unplaced": report.unplaced, "notes": report.notes}
        say_json({**counts, **more, "refused": [str(r) for r in report.refused]})
    else:
        say("\n".join((report.summary(), *report.notes)))
    if not any(counts.values()):
        if not report.refused:
            refuse(f"There is nothing to import in {', '.join(map(str, paths))}.")
        return NOTHING_DONE
    return SOME_REFUSED if report.refused else OK


def pairs(given: list[str]) -> dict[str, str]:
    """`A=B` words as a mapping. Raises AnnotatorError on other words."""
    from annotator.errors import AnnotatorError

    for word in given:
        if not all(word.partition("=")):
            raise AnnotatorError(
                f"--label {word!r} does not say which label stands for which.", "Write PER=PERSON."
            )
    return {strange: ours for strange, _, ours in (word.partition("=") for word in given)}
