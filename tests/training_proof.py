"""What spaCy learns from a training folder as the program writes it, out of practice articles and made-up
news: `debug data` and `spacy train` on the untouched configs, and how they score on test beside whoever
always says the most frequent answer.

`python -m tests.training_proof` prints all of it, with the logs; some ten minutes on a CPU.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import spacy
from spacy.tokens import DocBin
from training_samples import with_practice

from annotator.__main__ import main as annotator
from annotator.export.training import CONFIGS

SCORES = {"ner": "ents_f", "spancat": "spans_sc_f", "textcat_multilabel": "cats_micro_f"}


def make(folder: Path, name: str = "training") -> Path:
    """The training folder, written by the command."""
    project = folder / "both.annot"
    if not project.exists():
        with_practice(project).close()
    if annotator(["train-export", str(project), "--out", str(folder / name)]):
        raise SystemExit("train-export failed")
    return folder / name


def most_frequent(folder: Path, component: str, split: str = "dev") -> float:
    """F of saying the most frequent answer of train everywhere. Of tokens and of spans that is
    “nothing”, which finds none.
    """
    if component != "textcat_multilabel":
        return 0.0
    train, held_back = (_topics(folder, name) for name in ("train", split))
    [(topic, _)] = Counter(topic for topics in train for topic in topics).most_common(1)
    right = sum(topic in topics for topics in held_back)
    return 2 * right / (len(held_back) + sum(map(len, held_back)))


def _topics(folder: Path, split: str) -> list[set[str]]:
    docs = DocBin().from_disk(folder / "corpus" / f"{split}-topics.spacy").get_docs(spacy.blank("en").vocab)
    return [{topic for topic, yes in doc.cats.items() if yes} for doc in docs]


def spacy_says(folder: Path, *args: str) -> str:
    """Run one of spaCy's commands in the folder; what it says."""
    command = [sys.executable, "-m", "spacy", *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(args)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Print logs and scores."""
    with tempfile.TemporaryDirectory() as place:
        folder = make(Path(place))
        rows = []
        for component in CONFIGS:
            config, model = f"configs/{component}.cfg", f"trained/{component}"
            print(spacy_says(folder, "debug", "data", config))
            print(spacy_says(folder, "train", config, "--output", model))
            rows += [(component, split, *scores(folder, component, split)) for split in ("dev", "test")]
        for component, split, found, most in rows:
            score = SCORES[component]
            print(f"{component} on {split}: {score} {found:.2f}; the most frequent answer alone {most:.2f}")


def scores(folder: Path, component: str, split: str) -> tuple[float, float]:
    """Of the model, and of the most frequent answer."""
    model, data = f"trained/{component}/model-best", f"corpus/{split}-{CONFIGS[component]}.spacy"
    spacy_says(folder, "evaluate", model, data, "--output", "metrics.json")
    found = json.loads((folder / "metrics.json").read_text("utf-8"))
    return found[SCORES[component]], most_frequent(folder, component, split)


if __name__ == "__main__":
    main()
