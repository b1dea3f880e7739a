"""What of an article survives in which format, as the exports of the samples report it themselves.

`python -m tests.survival` prints the table; README holds it, and a test holds README to it.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from export_samples import sample_records, written

from annotator.export.registry import FORMATS

NO_STATEMENTS = "statements (only entities are asked for)"
# column -> what loss reports say when it does not survive
COLUMNS = {
    "texts": {
        "exact white space of articles",
        "texts of articles (only the paragraphs of statements are here)",
        "articles without statements",
    },
    "entities": {"entities"},
    "overlaps": {"spans inside or across another one"},
    "roles": {NO_STATEMENTS},
    "targets without words": {NO_STATEMENTS, "targets without words"},
    "topics, kinds, acts": {NO_STATEMENTS, "kinds, topics and acts of statements"},
    "explicit nones": {NO_STATEMENTS, "explicit nones (not stated, no target, no topic, no act)"},
    "actors": {"actors of mentions", "actors of entities"},
    "whom actors speak for": {
        "actors of mentions",
        "actors of entities",
        "actors: their kinds and whom they speak for",
    },
    "decisions": {"decisions", "decisions and their provenance"},
    "who, when, score": {
        "decisions and their provenance",
        "provenance of decisions",
        "reasons of suggestions",
    },
    "notes": {NO_STATEMENTS, "flags, notes and confidence of statements"},
    "flags, doubt": {
        NO_STATEMENTS,
        "flags, notes and confidence of statements",
        "flags and confidence of statements",
    },
    "metadata": {
        "metadata of articles",
        "ids and metadata of articles (documents stand in the order of article ids)",
    },
}


def survived(format: str, folder: Path) -> list[str]:
    """A cell for each column."""
    _, loss = written(format, sample_records(), folder)
    lost = set(loss.counts())
    everything = FORMATS[format].lossless
    return ["✓" if everything or lost.isdisjoint(said) else "–" for said in COLUMNS.values()]


def table() -> str:
    """The table in Markdown: formats across what survives; `shape` is what its mapping says."""
    lines = [f"| format | {' | '.join(COLUMNS)} |", f"|---|{':-:|' * len(COLUMNS)}"]
    with tempfile.TemporaryDirectory() as folder:
        for format in FORMATS:
            if format != "shape":
                cells = survived(format, Path(folder) / format)
                lines.append(f"| `{format}` | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
