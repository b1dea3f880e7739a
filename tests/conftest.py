"""Puts this folder on the path, so that all tests can use the samples beside it."""
