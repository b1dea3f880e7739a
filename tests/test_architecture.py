"""Rooms lean only on the rooms below them; heavy libraries stay in theirs; modules stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import annotator

PACKAGE = Path(annotator.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SMALL = {"errors", "paths"}  # whoever needs them

# room -> rooms it may import; the top modules count as rooms of their own
MAY_IMPORT = {
    "domain": set(),
    "ingest": {"domain"},
    "storage": {"domain"},
    "suggest": {"domain"},
    "export": {"domain"},
    "review": {"domain"},
    "learn": {"domain", "suggest"},
    "jobs": {"domain", "ingest", "storage", "suggest", "review", "learn", "export"},
    "commands": {"jobs", "app"},  # `open` is the one command that starts the window
    "ui": {"jobs", "domain", "ingest", "storage", "suggest", "review", "learn", "export"},
    "app": {"ui", "jobs", "domain", "ingest", "storage", "suggest", "review", "learn", "export"},
    "__main__": {"commands", "app"},
    "errors": set(),
    "paths": set(),
    "__init__": set(),
}
AT_HOME = {
    "PySide6": {"ui", "app"},
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
    "spacy": {"suggest", "learn", "export", "ingest"},
    "thinc": {"suggest", "learn"},
    "pyarrow": {"export"},
}
LATE = {
    "spacy",
    "thinc",
    "sqlite_utils",
    "trafilatura",
    "docx",
    "pyarrow",
    "pypdf",
    "lxml",
    "rich",
    "rapidfuzz",
}


def room_of(module):
    parts = module.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imports(tree):
    """(full name, whether it is imported when the module is) of everything a module imports."""
    late = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in late
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                yield f"{node.module}.{alias.name}", id(node) not in late


@pytest.fixture(scope="module")
def imported():
    return {m: list(imports(ast.parse(m.read_text("utf-8")))) for m in MODULES}


def test_the_package_was_found():
    assert {"domain", "export", "jobs", "commands"} <= {room_of(m) for m in MODULES}


def test_rooms_lean_only_on_rooms_below(imported):
    wrong = []
    for module, names in imported.items():
        room = room_of(module)
        for name, _ in names:
            top, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if top != "annotator" or other in SMALL or other in (room, "__version__", ""):
                continue
            if other not in MAY_IMPORT[room]:
                wrong.append(f"{module.relative_to(PACKAGE)} imports {name}")
    assert not wrong


def test_the_domain_is_standard_library_only(imported):
    for module, names in imported.items():
        if room_of(module) == "domain":
            tops = {name.partition(".")[0] for name, _ in names}
            assert tops <= sys.stdlib_module_names | {"annotator"}, module


def test_libraries_stay_in_their_rooms(imported):
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module, names in imported.items()
        for name, _ in names
        if (top := name.partition(".")[0]) in AT_HOME and room_of(module) not in AT_HOME[top]
    ]
    assert not wrong


def test_the_command_line_imports_nothing_heavy_at_once(imported):
    rooms = {"commands", "__main__", "jobs", "domain", "errors", "paths"}
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module, names in imported.items()
        for name, at_once in names
        if at_once and room_of(module) in rooms and name.partition(".")[0] in LATE
    ]
    assert not wrong


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from annotator.__main__ import main; main(['--help']); "
        f"print(sorted(set(sys.modules) & {LATE | {'PySide6', 'sqlite3', 'numpy'}!r}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "export" in done.stdout


def test_export_and_ingest_import_spacy_late(imported):
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module, names in imported.items()
        for name, at_once in names
        if at_once and room_of(module) in {"export", "ingest"} and name.partition(".")[0] == "spacy"
    ]
    assert not wrong


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_module_is_small_and_says_what_lives_in_it(module):
    source = module.read_text("utf-8")
    assert source.count("\n") <= 400
    assert ast.get_docstring(ast.parse(source))
