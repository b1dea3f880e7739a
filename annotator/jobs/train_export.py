"""A folder that spaCy trains in as it is: corpora in splits, a config for each component, a project file."""

from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export import loss as loss_
from annotator.export.filters import Filters
from annotator.export.loss import Loss
from annotator.export.masking import Masking
from annotator.export.splits import SplitOptions
from annotator.export.tokens import Tokeniser
from annotator.export.training import CONFIGS, TrainingSet, config, language
from annotator.jobs.choosing import choose
from annotator.jobs.progress import Progress
from annotator.jobs.release_folder import beside, give_name
from annotator.storage.project import Project

_README = """# Training with spaCy

Made from `{project}`. In this folder, with spaCy 3.8:

    python -m spacy train configs/ner.cfg --output trained/ner
    python -m spacy train configs/spancat.cfg --output trained/spancat
    python -m spacy train configs/textcat_multilabel.cfg --output trained/textcat_multilabel

`ner` learns entities, `spancat` CONTENT, SPEAKER, CUE and TARGET of statements (spans of up to {widest}
tokens, the longest there is), both from paragraphs; `textcat_multilabel` learns the topics of statements
from their words. `python -m spacy debug data configs/ner.cfg` looks at the data first. All of it at once:
`python -m spacy project run all`. What spaCy cannot hold is counted in `LOSS.md`.

| split | paragraphs | statements with topics |
|---|---:|---:|
{rows}
"""


@dataclass(frozen=True)
class TrainExportReport:
    """What was written: counts by split, the language, the widest span in tokens."""

    folder: Path
    lang: str
    widest: int
    splits: dict[str, dict[str, int]]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "folder": str(self.folder)}


def train_export(
    project: Project, out: Path, filters: Filters, splits: SplitOptions
) -> Generator[Progress, None, TrainExportReport]:
    """Write the training folder `out`, which must be new or empty. Raises AnnotatorError when there is
    nothing to train on, or no second split to measure on.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AnnotatorError(f"{out} holds something already.", "Choose a new or an empty folder.")
    with beside(out) as partial, project.sibling() as own, own.snapshot():
        report = yield from _write(own, partial, out, filters, splits)
        give_name(partial, out)
    return report


def _write(
    project: Project, folder: Path, out: Path, filters: Filters, splits: SplitOptions
) -> Generator[Progress, None, TrainExportReport]:
    chosen = yield from choose(project, filters, splits, Masking(notes=False))
    names = chosen.split_names()
    if not {"train", "dev"} <= set(names):
        raise AnnotatorError("There are too few articles to train on some and measure on others.")
    tokeniser, loss = Tokeniser(), Loss()
    sets: dict[str, TrainingSet] = {}
    langs: list[str | None] = []
    for name in reversed(names):  # what is measured on comes first, train last
        sets[name] = TrainingSet(tokeniser, loss, {w for s in sets.values() for w in s.words})
        for record in chosen.records(name):
            yield Progress(len(langs), len(chosen.splits), f"Writing {name}")
            sets[name].add(record)
            langs.append(record["lang"])
    if not sets["train"].statements:
        raise AnnotatorError("No statement to train on has a decided topic.")
    (folder / "corpus").mkdir()
    for name in names:
        sets[name].write(folder / "corpus", name, sets["train"].topics)
    lang, widest = language(langs), sets["train"].longest
    (folder / "configs").mkdir()
    for component in CONFIGS:
        _put(folder / "configs" / f"{component}.cfg", config(component, lang, widest))
    counts = {n: {"paragraphs": sets[n].paragraphs, "statements": sets[n].statements} for n in names}
    rows = "\n".join(f"| {n} | {c['paragraphs']:,} | {c['statements']:,} |" for n, c in counts.items())
    _put(folder / "README.md", _README.format(project=project.path.name, widest=widest, rows=rows))
    _put(folder / "project.yml", _project_yml(names))
    section = loss_.section("training", "Paragraphs and statements for spaCy.", {"language": lang}, (), loss)
    _put(folder / loss_.NAME, loss_.with_section("", section, folder))
    return TrainExportReport(out, lang, widest, counts)


def _project_yml(splits: list[str]) -> str:
    """Commands for `spacy project run`."""
    measured = "test" if "test" in splits else "dev"
    lines = ["title: Who says what to or about whom", "directories: [corpus, configs, trained]"]
    lines += ["workflows:", "  all:", *(f"    - {c}" for c in CONFIGS), "commands:"]
    for component, corpus in CONFIGS.items():
        model = f"trained/{component}"
        data = f"corpus/{measured}-{corpus}.spacy"
        lines += [
            f"  - name: {component}",
            "    script:",
            f'      - "python -m spacy train configs/{component}.cfg --output {model}"',
            f'      - "python -m spacy evaluate {model}/model-best {data} --output {model}/metrics.json"',
            f"    deps: [configs/{component}.cfg, corpus/train-{corpus}.spacy, corpus/dev-{corpus}.spacy]",
            f"    outputs: [{model}/model-best]",
        ]
    return "\n".join(lines) + "\n"


def _put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
