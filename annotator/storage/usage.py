"""How often labels, topics and acts of the scheme are used, where, and how suggestions follow a merge."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.domain.layer import LayerKind

Group = Literal["label", "topic", "act"]


@dataclass(frozen=True)
class Usage:
    """Uses by id over all layers, the machine's included; an id that is not there is not used."""

    labels: Mapping[str, int]
    topics: Mapping[str, int]
    acts: Mapping[str, int]

    def of(self, group: Group) -> Mapping[str, int]:
        """The counts of one group."""
        return {"label": self.labels, "topic": self.topics, "act": self.acts}[group]


_COUNT = {
    "label": "SELECT label, COUNT(*) FROM mention GROUP BY label",
    "topic": "SELECT topic, COUNT(*) FROM topic GROUP BY topic",
    "act": "SELECT act, COUNT(*) FROM statement WHERE act IS NOT NULL AND act <> 'none' GROUP BY act",
}
_WHERE = {
    "label": "SELECT 1 FROM mention x WHERE x.layer = l.id AND x.label = ?",
    "topic": "SELECT 1 FROM topic x WHERE x.layer = l.id AND x.topic = ?",
    "act": "SELECT 1 FROM statement x WHERE x.layer = l.id AND x.act = ?",
}


def count(conn: sqlite3.Connection) -> Usage:
    """All uses."""
    return Usage(*(dict(conn.execute(_COUNT[group]).fetchall()) for group in ("label", "topic", "act")))


def layers_of_people(conn: sqlite3.Connection, group: Group, id: str) -> list[tuple[str, str, LayerKind]]:
    """Article, annotator and kind of the human and gold layers that use `id`."""
    sql = f"""
        SELECT l.article, l.annotator, l.kind FROM layer l
        WHERE l.kind <> 'machine' AND EXISTS ({_WHERE[group]}) ORDER BY l.article, l.kind, l.annotator
    """
    return [(article, name, LayerKind(kind)) for article, name, kind in conn.execute(sql, (id,))]


# Each drops what would stand there twice, then moves the rest.
_REMAP: Mapping[str, tuple[str, str]] = {
    "label": (
        """DELETE FROM mention WHERE label = :old AND layer IN (SELECT id FROM layer WHERE kind = 'machine')
        AND EXISTS (SELECT 1 FROM mention o WHERE o.layer = mention.layer AND o.label = :new
            AND o.start_cp = mention.start_cp AND o.end_cp = mention.end_cp)""",
        """UPDATE mention SET label = :new
        WHERE label = :old AND layer IN (SELECT id FROM layer WHERE kind = 'machine')""",
    ),
    "topic": (
        """DELETE FROM topic WHERE topic = :old AND layer IN (SELECT id FROM layer WHERE kind = 'machine')
        AND EXISTS (SELECT 1 FROM topic o WHERE o.layer = topic.layer AND o.statement = topic.statement
            AND o.topic = :new)""",
        """UPDATE topic SET topic = :new
        WHERE topic = :old AND layer IN (SELECT id FROM layer WHERE kind = 'machine')""",
    ),
    "act": (
        "SELECT 1",
        """UPDATE statement SET act = :new
        WHERE act = :old AND layer IN (SELECT id FROM layer WHERE kind = 'machine')""",
    ),
}


def remap_suggestions(conn: sqlite3.Connection, group: Group, old: str, new: str) -> None:
    """Let the machine's layers say `new` where they said `old`; not journalled, as they never are."""
    for sql in _REMAP[group]:
        conn.execute(sql, {"old": old, "new": new})
