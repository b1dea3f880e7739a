"""One project, one SQLite file."""
