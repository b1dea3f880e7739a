"""What the program remembers between runs, typed: QSettings gives strings back for everything."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from annotator import paths

T = TypeVar("T", bool, int, float, str)


class Settings:
    """A thin face over one ini file in the user's data folder."""

    def __init__(self, file: Path | None = None) -> None:
        self._store = QSettings(str(file or paths.user_data() / "settings.ini"), QSettings.Format.IniFormat)

    def get(self, key: str, default: T) -> T:
        """A value of the default's type; the default where nothing usable is kept."""
        kept = self._store.value(key)
        if kept is None:
            return default
        if isinstance(default, bool):
            return str(kept).lower() == "true"
        try:
            return type(default)(kept)
        except (TypeError, ValueError):
            return default

    def put(self, key: str, value: bool | float | str) -> None:  # noqa: FBT001  # the value, not a flag
        """Keep a value."""
        self._store.setValue(key, value)

    def bytes(self, key: str) -> QByteArray:
        """A window's geometry or state; empty when none is kept."""
        kept = self._store.value(key)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def put_bytes(self, key: str, value: QByteArray) -> None:
        """Keep a window's geometry or state."""
        self._store.setValue(key, value)

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()
