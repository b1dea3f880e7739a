"""Puts this folder on the path, so that all tests can use the samples beside it."""

from hypothesis import settings

settings.register_profile("annotator", deadline=None)  # no test is about time
settings.load_profile("annotator")
