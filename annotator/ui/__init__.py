"""The window: a face over jobs and the session."""
