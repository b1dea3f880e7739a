"""The time as the file writes it."""

from datetime import UTC, datetime


def now() -> str:
    """UTC, ISO 8601 with Z, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
