"""`annotator release`: frozen datasets with splits, a card and checksums; listed, compared, made again."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.commands.console import OK, drive, say, say_json
from annotator.commands.filtering import choosing, several
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.jobs.release_history import Changes
    from annotator.jobs.release_options import Filters, Masking, ReleaseOptions
    from annotator.jobs.releasing import ReleaseReport

_SHOWN = 5  # ids of each kind that a comparison names


@choosing
def release(
    project: Annotated[Path, typer.Argument(help="The project file.")],
    *,
    name: Annotated[str | None, typer.Option("--name", "-n", help="What the new release is called.")] = None,
    again: Annotated[int | None, typer.Option("--again", help="Make this release once more.")] = None,
    compare: Annotated[
        tuple[int, int] | None, typer.Option("--compare", help="What changed from one release to another.")
    ] = None,
    changed: Annotated[
        int | None, typer.Option("--changed", help="What changed in the project since this release.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the releases made so far.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The release's own folder, new or empty.")
    ] = None,
    format: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="An export format; may be repeated. [jsonl]")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option("--option", help="FORMAT.NAME=VALUE, as in conll.labels=roles.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A sentence for the card.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="Licence of the annotations.")] = None,
    text_licence: Annotated[
        list[str] | None, typer.Option("--text-licence", help="OUTLET=LICENCE of its texts.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option("--layer", help="An annotator's name, machine, gold or all.")
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", help="done articles, all, or decided statements. [done]")
    ] = None,
    negatives: Annotated[
        list[str] | None,
        typer.Option("--negatives", help="rejected suggestions, candidates that are no answer."),
    ] = None,
    split: Annotated[str, typer.Option("--split", help="ratio, date or outlet.")] = "ratio",
    ratios: Annotated[str, typer.Option("--ratios", help="Parts of train/dev/test.")] = "80/10/10",
    cuts: Annotated[
        str | None, typer.Option("--cuts", help="With --split date: first days of dev and test, DATE/DATE.")
    ] = None,
    seed: Annotated[str, typer.Option("--seed", help="Another seed, another division.")] = "1",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    filters: "Filters",
    masking: "Masking",
) -> int:
    """Freeze a numbered release: curated records in splits, a dataset card, release.json, SHA256SUMS.

    The same project and options give the same bytes. Also --list, --compare ONE OTHER,
    --changed NUMBER, --again NUMBER.
    """
    if sum((*(asked is not None for asked in (name, again, compare, changed)), list_)) != 1:
        raise AnnotatorError("Say one of --name, --list, --compare, --changed or --again.")
    if list_:
        return _list(project, json=json)
    if compare:
        return _compare(project, *compare, json=json)
    if changed is not None:
        return _changed(project, changed, json=json)
    if again is not None:
        return _again(project, again, out, json=json)
    from annotator.jobs.release_options import ReleaseOptions

    only = only or ("all" if filters.states else "done")
    filters = replace(filters, layer=layer, only=only, negatives=several(negatives))
    options = ReleaseOptions(
        name=(name or "").strip(),
        formats=several(format) or ("jsonl",),
        filters=filters,
        splits=_splits(split, ratios, cuts, seed),
        masking=masking,
        format_options=_format_options(option),
        note=note,
        licence=licence,
        licences=dict(_pair(given, "--text-licence OUTLET=LICENCE") for given in text_licence or ()),
    )
    return _new(project, options, out, json=json)


def _new(path: Path, options: "ReleaseOptions", out: Path | None, *, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.releasing import default_folder, release_project

    with open_project(path) as project:
        folder = out or default_folder(project, options.name)
        report = drive(release_project(project, options, folder), "Releasing")
    return _tell(report, json=json)


def _again(path: Path, number: int, out: Path | None, *, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.release_history import find
    from annotator.jobs.releasing import default_folder, make_again

    with open_project(path, read_only=True) as project:
        folder = out or default_folder(project, find(project, number).name)
        report = drive(make_again(project, number, folder), "Releasing")
    return _tell(report, json=json)


def _tell(report: "ReleaseReport", *, json: bool) -> int:
    if json:
        say_json(report.as_dict())
        return OK
    known = ", the same as before" if report.already else ""
    say(f"{report.folder}: release {report.number} “{report.name}”{known}")
    for split, sizes in report.splits.items():
        say(f"  {split:<6}" + ", ".join(_counted(count, what) for what, count in sizes.items()))
    say(f"  SHA-256 {report.sha256}")
    return OK


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what.removesuffix('s') if count == 1 else what}"


def _list(path: Path, *, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.release_history import listing

    with open_project(path, read_only=True) as project:
        found = listing(project)
    if json:
        say_json({"releases": found})
        return OK
    for r in found:
        formats = ", ".join(r["options"].get("formats", ()))
        size = _counted(r["articles"], "articles")
        say(f"{r['number']:>3}  {r['name']}  {size}  {formats}  {r['sha256'][:16]}")
    if not found:
        say("No releases yet.")
    return OK


def _compare(path: Path, one: int, other: int, *, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.release_history import compare, different_options

    with open_project(path, read_only=True) as project:
        changes = compare(project, one, other)
        options = different_options(project, one, other)
    if json:
        say_json({"from": one, "to": other, **changes.as_dict(), "options": options})
        return OK
    say(f"release {one} to {other}: {changes.summary()}")
    for line in _named(changes):
        say(line)
    for key, (before, after) in options.items():
        say(f"  {key}: {before} -> {after}")
    return OK


def _changed(path: Path, number: int, *, json: bool) -> int:
    from annotator.jobs.opening import open_project
    from annotator.jobs.releasing import changed_since

    with open_project(path, read_only=True) as project:
        changes = drive(changed_since(project, number), "Comparing")
    if json:
        say_json({"from": number, **changes.as_dict()})
        return OK
    say(f"since release {number}: {changes.summary()}")
    for line in _named(changes):
        say(line)
    return OK


def _named(changes: "Changes") -> list[str]:
    lines = []
    for key, ids in vars(changes).items():
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            lines.append(f"  {key.replace('_', ' ')}: {', '.join(ids[:_SHOWN])}{more}")
    return lines


def _splits(by: str, ratios: str, cuts: str | None, seed: str) -> Any:
    from annotator.jobs.release_options import SplitOptions

    try:
        train, dev, test = (float(part) for part in ratios.split("/"))
    except ValueError:
        raise AnnotatorError(f"Ratios cannot be {ratios!r}.", "Three numbers, as in 80/10/10.") from None
    days = cuts.split("/") if cuts else ()
    if cuts and len(days) != 2:
        raise AnnotatorError(f"Cuts cannot be {cuts!r}.", "Two dates, as in 2024-01-01/2024-06-01.")
    return SplitOptions(by, (train, dev, test), seed, (days[0], days[1]) if days else None)


def _format_options(given: list[str] | None) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for one in given or ():
        key, value = _pair(one, "--option FORMAT.NAME=VALUE")
        format, _, name = key.partition(".")
        out.setdefault(format, {})[name] = value
    return out


def _pair(given: str, shape: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not (key and equals and value):
        raise AnnotatorError(f"{given!r} cannot be read.", f"Write {shape}.")
    return key, value
