"""README names everything a user can type."""

import json
import re
import shlex
from pathlib import Path

import pytest
from export_samples import sample_records, written
from survival import COLUMNS, table
from typer.main import get_command

from annotator.commands.main import app
from annotator.export.registry import FORMATS
from annotator.paths import resources
from annotator.ui.keycap import shown
from annotator.ui.verbs import GROUPS, VERBS

README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(scope="module")
def readme():
    return README.read_text("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_readme_names_every_format(readme, format):
    assert f"`{format}`" in readme


@pytest.mark.parametrize("command", [c.name for c in app.registered_commands])
def test_readme_names_every_command(readme, command):
    assert f"annotator {command}" in readme


def test_help_names_every_format_and_its_options():
    export = get_command(app).commands["export"]
    options = {p.name: p.help for p in export.params if getattr(p, "help", None)}
    for format in FORMATS.values():
        assert format.name in options["format"]
        for option in format.options:
            assert format.name in options[option.name]


@pytest.fixture(scope="module")
def pages():
    return {page.name: page.read_text("utf-8") for page in sorted((resources() / "help").glob("*.md"))}


def test_the_page_of_formats_tells_of_each(pages):
    assert not [name for name in FORMATS if f"`{name}`" not in pages["formats.md"]]


def test_options_that_help_pages_name_are_there(pages):
    commands = get_command(app).commands
    known = {o for command in commands.values() for p in command.params for o in p.opts}
    foreign = {"--output"}  # of `spacy train`
    for name, text in pages.items():
        for line in re.findall(r"(?m)^    annotator (.+)$", text):
            words = shlex.split(line.partition("&&")[0])
            own = {o for p in commands[words[0]].params for o in p.opts}
            assert {w for w in words if w.startswith("--")} <= own, f"{name}: {line}"
        assert set(re.findall(r"`(--[a-z-]+)", text)) <= known | foreign, name


def test_the_mapping_of_the_help_page_works(pages, tmp_path):
    [mapping] = re.findall(
        r'(?m)(?:^    (?:rows =|decisions|\[fields\]|"?[a-z.]+"? =).*\n)+', pages["formats.md"]
    )
    (tmp_path / "map.toml").write_text(re.sub(r"(?m)^    ", "", mapping), "utf-8")
    [file], _ = written("shape", sample_records(), tmp_path, shape=str(tmp_path / "map.toml"))
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]
    assert {"id", "sentence", "who", "whom", "outlet", "source"} == set(rows[0])
    assert "Qin Gang" in {row["who"]["name"] for row in rows}


def test_readme_shows_what_survives_in_which_format(readme):
    assert table() in readme


def test_every_loss_that_formats_report_has_a_column_or_is_of_form_alone(tmp_path):
    reported = set()
    for format in FORMATS.keys() - {"shape"}:
        reported |= set(written(format, sample_records(), tmp_path / format)[1].counts())
    form = (
        "spans w",
        "relations told apart",
        "articles whose places",
        "that something is only",
        "actors of sp",
        "roles and stances of targets without words",
        "line ends",
    )
    known = set().union(*COLUMNS.values())
    left = {what for what in reported - known if not what.startswith(form)}
    assert left == {"actors, roles and stances of targets"}


def key_table():
    """Every verb that has a key, by group, as README shows them."""
    lines = ["| key | what it does |", "|---|---|"]
    for group in ("Statement", "Article", *(g for g in GROUPS if g not in ("Statement", "Article"))):
        for verb in (v for v in VERBS if v.group == group and v.keys):
            keys = " or ".join(f"`{shown(key)}`" for key in verb.keys)
            lines.append(f"| {keys} | {verb.text.removesuffix('…')} |")
    return "\n".join(lines)


def test_readme_lists_every_key(readme):
    """When keys have changed, put `key_table()` in README's place for it."""
    assert key_table() in readme
