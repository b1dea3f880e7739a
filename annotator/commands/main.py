"""The `annotator` command with all its parts, and what becomes of every way it can end."""

import logging
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from annotator import __version__
from annotator.commands import backup, check, export, import_, open_, release, stats, suggest, train_export
from annotator.commands.console import NOTHING_DONE, refuse, say, settle_streams
from annotator.errors import AnnotatorError

_INTERRUPTED = 130  # what typer makes of Ctrl+C
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # click's, wherever typer keeps it

app = typer.Typer(
    name="annotator",
    help="Mark who says what to or about whom, on which topic, in diplomatic news. Works offline.",
    epilog="Exit codes: 0 all done; 1 some refused, the rest done; 2 nothing could be done.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("open")(open_.open_)
app.command("import")(import_.import_)
app.command("suggest")(suggest.suggest)
app.command("export")(export.export)
app.command("release")(release.release)
app.command("train-export")(train_export.train_export)
app.command("stats")(stats.stats)
app.command("check")(check.check)
app.command("backup")(backup.backup)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the flag's value
    if wanted:
        say(f"annotator {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def run(args: list[str]) -> int:
    """Run one command; returns the exit code. Nothing escapes: every failure is one calm line."""
    settle_streams()
    try:
        code = app(args=args, prog_name="annotator", standalone_mode=False)
    except AnnotatorError as e:
        refuse(e)
    except _UsageError as e:
        refuse(f"{getattr(e, 'format_message', e.__str__)()} (annotator --help says more)")
    except KeyboardInterrupt:
        refuse("Stopped; what was finished before is kept.")
    except OSError as e:
        refuse(f"{e.filename or 'The output'} cannot be read or written: {e.strerror or e}.")
    except Exception as e:  # noqa: BLE001 - the last line of defence, logged with its traceback
        refuse(f"Something went wrong that should not: {e!r}. The details are in {_log(e)}.")
    else:
        if code == _INTERRUPTED:
            refuse("Stopped; what was finished before is kept.")
            return NOTHING_DONE
        return code if isinstance(code, int) else 0
    return NOTHING_DONE


def _log(error: Exception) -> Path:
    """Write the traceback down, and say where."""
    from annotator import paths

    try:
        file = paths.user_data() / "annotator.log"
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        file = Path(tempfile.gettempdir()) / "annotator.log"
        handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("annotator.commands")
    logger.addHandler(handler)
    logger.error("annotator %s", " ".join(sys.argv[1:]), exc_info=error)
    logger.removeHandler(handler)
    handler.close()
    return file
