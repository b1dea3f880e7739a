"""The window's composition root: look, project, session, suggester and window put together, and
the log and last line of defence around them.
"""

import faulthandler
import logging
import logging.handlers
import os
import re
import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from annotator import paths
from annotator.errors import AnnotatorError

log = logging.getLogger(__name__)

NO_DISPLAY = "There is no display to open a window on; `annotator --help` lists what works without one."
CALM = 10.0  # seconds between two dialogs about mistakes of the program


def main(project: str | None = None, *, starter: bool = False) -> int:
    """Open the window on a project, the starter project or the last one. Returns the exit code."""
    if not has_display():
        return _without_display(starter=starter)
    from PySide6.QtWidgets import QApplication

    from annotator.ui.positions import LatinKeys
    from annotator.ui.program import Program
    from annotator.ui.tidying import Tidying

    _log_to(paths.user_data() / "annotator.log")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal; everything is saved
    LatinKeys(app)
    program = Program(greets=True)
    guard = _Guard(program.complain)
    sys.excepthook = guard
    try:
        program.start(Path(project) if project else None, starter=starter)
    except AnnotatorError as e:
        print(f"annotator: {e}", file=sys.stderr)
        return 2
    tidying = Tidying(app)
    code: int = app.exec()
    tidying.stop()
    sys.excepthook = sys.__excepthook__
    return code


def has_display() -> bool:
    """True where a window can be seen."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    linux = sys.platform.startswith("linux")
    if linux:
        return bool(os.environ.get("WAYLAND_DISPLAY")) or _x11_is_there(os.environ.get("DISPLAY", ""))
    return True


def _x11_is_there(display: str) -> bool:
    """False when nothing listens for a display of this machine; Qt would end the process over it."""
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if not local:
        return bool(display)  # another machine's: only trying tells
    name = f"/tmp/.X11-unix/X{local[1]}"  # noqa: S108 - where X servers listen
    try:
        return Path(name).exists() or f"@{name}" in Path("/proc/net/unix").read_text(encoding="utf-8")
    except OSError:
        return True


def _without_display(*, starter: bool) -> int:
    if not starter:
        print(f"annotator: {NO_DISPLAY}", file=sys.stderr)
        return 2
    from annotator.jobs.opening import login_name
    from annotator.ui.offscreen import tour

    try:
        tour(paths.exports(), login_name())
    except AnnotatorError as e:
        print(f"annotator: {e}", file=sys.stderr)
        return 2
    return 0


def _log_to(file: Path) -> None:
    handler: logging.Handler = logging.handlers.RotatingFileHandler(
        file, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    root = logging.getLogger("annotator")
    if not root.handlers:
        root.addHandler(handler)
        root.setLevel(logging.INFO)
    if sys.stderr is not None:
        faulthandler.enable()


class _Guard:
    """Exceptions that reach the event loop: always logged, said calmly and not over and over."""

    def __init__(self, complain: Any) -> None:
        self._complain = complain
        self._last = -CALM

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unexpected", exc_info=(kind, error, trace))
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        now = time.monotonic()
        if now - self._last >= CALM:
            self._last = now
            self._complain(error)
