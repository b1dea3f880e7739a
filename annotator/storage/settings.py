"""What the project remembers about itself: JSON values under names."""

import json
import sqlite3
from typing import Any

from annotator.storage.connection import meaning


def read(conn: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """The value, or `default` when none was set."""
    found = source(conn, key)
    with meaning(f"The setting {key!r} of the project"):
        return default if found is None else json.loads(found)


def source(conn: sqlite3.Connection, key: str) -> str | None:
    """The value as the JSON text it is kept in; None when none was set."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def write(conn: sqlite3.Connection, key: str, value: Any) -> None:
    """Set or replace; raises TypeError when JSON has no such value."""
    conn.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value, ensure_ascii=False)),
    )
