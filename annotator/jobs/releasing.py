"""Releases: a chosen dataset frozen under a number. Written beside its place, read back, checked, then
renamed; the same project and options give the same bytes, whenever and wherever.
"""

import hashlib
import json
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator import __version__, paths
from annotator.domain.actors import slug
from annotator.errors import AnnotatorError
from annotator.export import card, checksums
from annotator.jobs.choosing import choose
from annotator.jobs.progress import Progress
from annotator.jobs.release_folder import beside, place, refuse_foreign, refuse_other
from annotator.jobs.release_history import Changes, changes, find
from annotator.jobs.release_options import ReleaseOptions
from annotator.jobs.release_writing import Writing, listed
from annotator.storage.project import Entry, Project, Release

README, FACTS = "README.md", "release.json"


@dataclass(frozen=True)
class ReleaseReport:
    """A release as it lies in `folder`; `already` when project and options had made it before."""

    number: int
    name: str
    folder: Path
    sha256: str
    splits: Mapping[str, Mapping[str, int]]
    files: int
    already: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "folder": str(self.folder)}


def default_folder(project: Project, name: str) -> Path:
    """Where a release goes unless the user says otherwise."""
    return paths.exports() / f"{project.path.stem}-{slug(name)}"


def release_project(
    project: Project, options: ReleaseOptions, out: Path
) -> Generator[Progress, None, ReleaseReport]:
    """Freeze a release under the next number into the folder `out`, which must be new, empty, or hold
    the very same release. Under the name of an earlier release only that very release is made.

    Closing the generator, or an error, leaves neither folder nor number. Raises AnnotatorError.
    """
    refuse_foreign(out)
    earlier = next((r for r in project.releases.all() if r.name == options.name), None)
    number = earlier.number if earlier else project.releases.next_number()
    with beside(out) as partial, project.sibling() as own:
        built = yield from _build(own, options, number, partial)
        if earlier and built.sha256 != earlier.sha256:
            raise _otherwise(f"There is already a release {options.name!r}", project, earlier, built)
        refuse_other(out, partial)
        if not earlier:
            project.releases.add(_row(options, built), built.entries)
        place(partial, out, number)
    return built.report(options.name, out, already=earlier is not None)


def make_again(project: Project, number: int, out: Path) -> Generator[Progress, None, ReleaseReport]:
    """Make release `number` once more, with the same bytes. Raises AnnotatorError that says what
    changed since when that cannot be.
    """
    refuse_foreign(out)
    release = find(project, number)
    options = ReleaseOptions.from_dict(release.name, release.note, release.options)
    with beside(out) as partial, project.sibling() as own:
        built = yield from _build(own, options, number, partial)
        if built.sha256 != release.sha256:
            raise _otherwise(f"Release {number} cannot be made again", project, release, built)
        refuse_other(out, partial)
        place(partial, out, number)
    return built.report(release.name, out, already=True)


def changed_since(project: Project, number: int) -> Generator[Progress, None, Changes]:
    """What a release chosen as release `number` was would hold now, told apart from what that holds."""
    release = find(project, number)
    options = ReleaseOptions.from_dict(release.name, release.note, release.options)
    with TemporaryDirectory() as place, project.sibling() as own:
        built = yield from _build(own, options.plainly(), number, Path(place))
    return changes(project.releases.entries(number), built.entries)


@dataclass(frozen=True)
class _Built:
    """A release in its temporary folder."""

    number: int
    sha256: str
    entries: tuple[Entry, ...]
    splits: Mapping[str, Mapping[str, int]]
    files: int

    def report(self, name: str, out: Path, *, already: bool) -> ReleaseReport:
        return ReleaseReport(self.number, name, out, self.sha256, self.splits, self.files, already)


def _row(options: ReleaseOptions, built: _Built) -> Release:
    articles = len({e.article for e in built.entries})
    return Release(
        built.number, options.name, built.sha256, articles, options.as_dict(), __version__, options.note
    )


def _otherwise(what: str, project: Project, release: Release, built: _Built) -> AnnotatorError:
    found = changes(project.releases.entries(release.number), built.entries)
    since = found.summary()
    if not found:
        since = "the records are the same, but what is told of them (options, names, scheme) is not"
        if release.program != __version__:
            since = f"it was made by version {release.program} of the program, this is {__version__}"
    hint = "Choose another name for a new release; --compare says more."
    return AnnotatorError(f"{what}; since then: {since}.", hint)


def _build(
    project: Project, options: ReleaseOptions, number: int, folder: Path
) -> Generator[Progress, None, _Built]:
    """Write a whole release into `folder` and check it. `project` is a connection of our own."""
    with project.snapshot():
        chosen = yield from choose(project, options.filters, options.splits, options.masking)
        writing = Writing(chosen, options, folder, __version__)
        yield from writing.write()
        facts = writing.facts(number, project.scheme)
        (folder / README).write_text(card.card(facts, project.scheme), encoding="utf-8", newline="\n")
    facts["files"] = listed(folder)
    with (folder / FACTS).open("w", encoding="utf-8", newline="\n") as f:
        json.dump(facts, f, ensure_ascii=False, indent=1)
        f.write("\n")
    sums = checksums.text(checksums.sums(folder))
    (folder / checksums.NAME).write_text(sums, encoding="utf-8", newline="\n")
    yield Progress(1, 1, "Checking")
    wrong = checksums.problems(folder)
    if wrong:
        raise AnnotatorError(f"What was written is not what lies on the disk: {wrong[0]}.", "Try again.")
    sha256 = hashlib.sha256(sums.encode()).hexdigest()
    return _Built(
        number, sha256, tuple(writing.entries), facts["counts"]["splits"], len(sums.splitlines()) + 1
    )
