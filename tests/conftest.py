"""Puts this folder on the path, so that all tests can use the samples beside it; no test needs a screen."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("annotator", deadline=None)  # no test is about time
settings.load_profile("annotator")
