"""README names everything a user can type."""

from pathlib import Path

import pytest
from typer.main import get_command

from annotator.commands.main import app
from annotator.export.registry import FORMATS

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
