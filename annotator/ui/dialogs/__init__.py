"""Dialogs and pages: import, paste, details, export, actors, keys, help and the small ones."""
