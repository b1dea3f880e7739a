"""The one place that knows where resources, seeds, exports and user data lie."""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"  # where an installed wheel carries resources/ and seeds/
CHECKOUT = None if _SHIPPED.is_dir() else _PACKAGE.parent


def resources() -> Path:
    """Folder of the scheme, actors, guidelines, help, icons and themes."""
    return (CHECKOUT or _SHIPPED) / "resources"


def seeds() -> Path:
    """Folder of the starter articles."""
    return (CHECKOUT or _SHIPPED) / "seeds"


def exports() -> Path:
    """Where exports go unless the user says otherwise; not created here."""
    return CHECKOUT / "exports" if CHECKOUT else Path.home() / "Annotator exports"


def user_data() -> Path:
    """Folder for the starter project, settings and logs; created when missing."""
    return Path(platformdirs.user_data_dir("annotator", appauthor=False, ensure_exists=True))
