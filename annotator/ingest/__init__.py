"""Bytes of many formats -> Article. What other rooms use is named here; readers import late."""

from annotator.ingest.finding import Found, find, look
from annotator.ingest.plain import read_paste
from annotator.ingest.registry import SUFFIXES, read_file
from annotator.ingest.results import Columns, Foreign, Read, Refused, Unplaced
from annotator.ingest.tables import table_columns

__all__ = [
    "SUFFIXES",
    "Columns",
    "Foreign",
    "Found",
    "Read",
    "Refused",
    "Unplaced",
    "find",
    "look",
    "read_file",
    "read_paste",
    "table_columns",
]
