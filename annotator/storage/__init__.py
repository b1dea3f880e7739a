"""Everything of a project in one SQLite file; the only room that knows SQL. See `project.Project`."""
