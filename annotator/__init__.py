"""Mark who says what to or about whom, on which topic, in diplomatic news; offline, in one file."""

__version__ = "0.1.0"
