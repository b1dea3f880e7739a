import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import spacy
import srsly
from release_samples import news_project
from spacy.tokens import DocBin
from training_proof import SCORES, make, most_frequent
from training_samples import WORDS, training_project

from annotator.__main__ import main
from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.splits import SplitOptions
from annotator.export.training import CONFIGS
from annotator.jobs.progress import run
from annotator.jobs.release_options import ReleaseOptions
from annotator.jobs.releasing import release_project
from annotator.jobs.train_export import train_export


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("training")
    with training_project(where / "news.annot") as project:
        run(train_export(project, where / "out", Filters(), SplitOptions(ratios=(70, 15, 15))))
    return where / "out"


def docs(folder, name):
    return list(DocBin().from_disk(folder / "corpus" / f"{name}.spacy").get_docs(spacy.blank("en").vocab))


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_folder_holds_corpora_configs_and_how_to_use_them(folder):
    corpora = {f"corpus/{s}-{c}.spacy" for s in ("train", "dev", "test") for c in ("marks", "topics")}
    configs = {f"configs/{c}.cfg" for c in CONFIGS}
    assert set(files(folder)) == {*corpora, *configs, "README.md", "LOSS.md", "project.yml"}


def test_paragraphs_carry_entities_and_roles(folder):
    doc = docs(folder, "train-marks")[0]
    person, state = doc.ents
    assert (person.label_, state.label_) == ("PERSON", "GPE")
    roles = {span.label_: span.text for span in doc.spans["sc"]}
    assert (roles["SPEAKER"], roles["TARGET"]) == (person.text, state.text)
    assert doc.text.endswith(f" {state.text} that {roles['CONTENT']}.")


def test_statements_carry_every_topic_as_yes_or_no(folder):
    for split in ("train", "dev", "test"):
        for doc in docs(folder, f"{split}-topics"):
            assert set(doc.cats) == set(WORDS)
            (topic,) = (t for t, yes in doc.cats.items() if yes)
            assert any(word in doc.text for word in WORDS[topic])


def test_the_suggester_is_as_wide_as_the_widest_statement(folder):
    widest = max(len(span) for doc in docs(folder, "train-marks") for span in doc.spans["sc"])
    config = spacy.util.load_config(folder / "configs" / "spancat.cfg")
    suggester = config["components"]["spancat"]["suggester"]
    assert suggester == {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": widest}


def test_no_words_of_dev_or_test_are_trained_on(folder):
    for corpus in ("marks", "topics"):
        seen = Counter(doc.text for doc in docs(folder, f"train-{corpus}"))
        for split in ("dev", "test"):
            assert not any(doc.text in seen for doc in docs(folder, f"{split}-{corpus}"))


@pytest.mark.parametrize("made", ["folder", "both"])
@pytest.mark.parametrize("component", CONFIGS)
def test_spacy_finds_nothing_wrong_with_data_and_config(made, component, monkeypatch, capsys, request):
    from spacy.cli.debug_data import debug_data

    folder = request.getfixturevalue(made)
    monkeypatch.chdir(folder)
    debug_data(folder / "configs" / f"{component}.cfg", silent=False)  # leaves by SystemExit on any error
    said = capsys.readouterr().out
    assert "Pipeline can be initialized with data" in said
    assert "checks passed" in said
    assert "error" not in said


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Practice articles and made-up news together, by the command."""
    return make(tmp_path_factory.mktemp("both"))


@pytest.mark.parametrize(
    ("component", "steps", "better"),
    [("ner", 100, 0.5), ("spancat", 100, 0.5), ("textcat_multilabel", 500, 0.3)],
)
def test_spacy_trains_on_it_as_it_is_and_learns(both, tmp_path, monkeypatch, component, steps, better):
    """`pytest -rP` shows spaCy's log; `python -m tests.training_proof` trains to the end."""
    from spacy.cli.train import train

    monkeypatch.chdir(both)  # only shorter: the rest of the config is untouched
    shorter = {"training.max_steps": steps, "training.eval_frequency": steps}
    train(both / "configs" / f"{component}.cfg", tmp_path, overrides=shorter)
    found = spacy.load(tmp_path / "model-best").meta["performance"][SCORES[component]]
    most = most_frequent(both, component)
    print(f"{component}: {SCORES[component]} {found:.2f}, the most frequent answer alone {most:.2f}")
    assert found > most + better


def test_the_same_project_gives_the_same_bytes(tmp_path):
    with training_project(tmp_path / "news.annot", articles=12) as project:
        for name in ("one", "two"):
            run(train_export(project, tmp_path / name, Filters(), SplitOptions()))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_project_file_is_spacys(folder):
    found = srsly.read_yaml(folder / "project.yml")
    assert found["workflows"]["all"] == list(CONFIGS)
    for command in found["commands"]:
        for needed in command["deps"]:
            assert (folder / needed).is_file()


def test_a_plain_script_learns_from_the_flat_table(tmp_path):
    options = ReleaseOptions("table", formats=("table-jsonl",), splits=SplitOptions(ratios=(70, 0, 30)))
    with training_project(tmp_path / "news.annot") as project:
        run(release_project(project, options, tmp_path / "out"))
    script = Path(__file__).parent.parent / "train_from_table.py"
    tables = (tmp_path / "out" / "table-jsonl" / f"{split}.table.jsonl" for split in ("train", "test"))
    done = subprocess.run([sys.executable, script, *tables], capture_output=True, text=True, check=True)
    for role, found in json.loads(done.stdout).items():
        assert found["right"] > 0.8, role
        assert found["majority"] < 0.5, role


def test_too_little_to_train_on_is_a_sentence(tmp_path):
    with training_project(tmp_path / "one.annot", articles=1) as project:
        with pytest.raises(AnnotatorError, match="too few"):
            run(train_export(project, tmp_path / "out", Filters(), SplitOptions()))
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "x").write_text("mine")
        with pytest.raises(AnnotatorError, match="holds something"):
            run(train_export(project, tmp_path / "full", Filters(), SplitOptions()))
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_to_do_next(tmp_path, capsys):
    news_project(tmp_path / "news.annot").close()
    out = tmp_path / "out"
    assert main(["train-export", str(tmp_path / "news.annot"), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"{out}: now run `python -m spacy train configs/ner.cfg" in said
    again = tmp_path / "again"
    assert main(["train-export", str(tmp_path / "news.annot"), "--out", str(again), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["lang"] == "en"
    assert set(report["splits"]) == {"train", "dev", "test"}
