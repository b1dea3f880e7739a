"""`annotator suggest`: the machine's suggestions, into a project, a file or a stream."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from annotator.commands.console import NOTHING_DONE, OK, SOME_REFUSED, drive, refuse, say, say_json, shown
from annotator.errors import AnnotatorError

_STREAM = Path("-")


def suggest(
    project: Annotated[
        Path | None, typer.Argument(help="The project file, or - for lines from standard input.")
    ] = None,
    *,
    input: Annotated[
        Path | None, typer.Option("--input", help="Lines with id and text (jsonl), or an article.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="The file for the records.")] = None,
    pipeline: Annotated[
        str | None, typer.Option("--pipeline", help="A spaCy pipeline: an installed name or a folder.")
    ] = None,
    for_: Annotated[
        Path | None, typer.Option("--for", help="With -: scheme, actors and pipeline of this project.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Suggest anew for every article of the project not yet done.")
    ] = False,
    replies: Annotated[
        bool, typer.Option("--replies", help="With -: answer refused lines on standard output too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Suggest entities and statements.

    A project gets suggestions where it has none yet (--again: wherever it is not done); nothing that a
    person decided is touched, and what people linked to actors so far is used.
    --input F --output G reads and writes canonical records; - streams them.
    """
    if for_ is not None and project != _STREAM:
        raise AnnotatorError("--for goes with - alone.", "A project is suggested for by its name.")
    if project is None and input is not None and output is not None:
        return _file(input, output, pipeline, json=json)
    if project is None or input is not None or output is not None:
        raise AnnotatorError("Say a project, or -, or --input F with --output G.")
    if project == _STREAM:
        return _stream(for_, pipeline, replies=replies)
    return _project(project, pipeline, again=again, json=json)


def _project(path: Path, pipeline: str | None, *, again: bool, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.suggesting import suggest_project

    with open_project(path) as opened:
        count = drive(suggest_project(opened, pipeline=pipeline, again=again), "Suggesting")
    if json:
        say_json({"suggested": count})
    else:
        say(f"{count} articles suggested")
    return OK


def _file(source: Path, target: Path, pipeline: str | None, *, json: bool) -> int:
    from annotator.jobs.streaming import suggest_file

    def complain(why: str) -> None:
        refuse(f"{source.name}: {why}")

    with shown("Suggesting") as show:
        report = suggest_file(source, target, pipeline=pipeline, complain=complain, on_progress=show)
    if json:
        say_json({"suggested": report.answered, "refused": list(report.refused)})
    else:
        say(f"{report.answered} suggested, {len(report.refused)} refused")
    return _code(report.answered, len(report.refused))


def _stream(project: Path | None, pipeline: str | None, *, replies: bool) -> int:
    from annotator.jobs.streaming import suggest_between

    report = suggest_between(
        sys.stdin.buffer, sys.stdout.buffer, project=project, pipeline=pipeline, replies=replies
    )
    return _code(report.answered, len(report.refused))


def _code(done: int, refused: int) -> int:
    if not refused:
        return OK
    return SOME_REFUSED if done else NOTHING_DONE
