"""README names everything a user can type."""

from pathlib import Path

import pytest
from export_samples import sample_records, written
from survival import COLUMNS, table
from typer.main import get_command

from annotator.commands.main import app
from annotator.export.registry import FORMATS
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
