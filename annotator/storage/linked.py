"""Names that people linked to actors by their decisions, so that the next article profits from them."""

import sqlite3
from collections import Counter, defaultdict

from annotator.domain.actors import LinkedName

CLEAR = 0.75  # an actor must have so much of a name's links to be learned

# CROSS JOIN: from the few layers of people on; else SQLite walks through all that the machine has found
_LINKS = """
    SELECT m.text, m.label, m.actor FROM layer l CROSS JOIN mention m ON m.layer = l.id
    WHERE l.kind IN ('human', 'gold') AND m.decision IN ('confirmed', 'corrected') AND m.actor IS NOT NULL
        AND m.label IN ('PERSON', 'GPE', 'ORG', 'NORP')
    UNION ALL
    SELECT m.text, m.label, p.actor FROM layer l
    CROSS JOIN statement s ON s.layer = l.id
    CROSS JOIN (
        SELECT layer, statement, start_cp, end_cp, actor FROM speaker
        UNION ALL SELECT layer, statement, start_cp, end_cp, actor FROM target
    ) p ON p.layer = s.layer AND p.statement = s.id
    CROSS JOIN layer other ON other.article = l.article
    CROSS JOIN mention m ON m.layer = other.id AND m.start_cp = p.start_cp AND m.end_cp = p.end_cp
    WHERE l.kind IN ('human', 'gold') AND s.decision IN ('confirmed', 'corrected') AND p.actor IS NOT NULL
        AND m.label IN ('PERSON', 'GPE', 'ORG', 'NORP')
"""


def linked_names(conn: sqlite3.Connection) -> list[LinkedName]:
    """What each name was linked to in confirmed and corrected work, sorted by name.

    Only names that were marked as entities (no pronouns, no "the ministry"), and only where nearly all
    links of a name agree; merged actors stand for the one they were merged into.
    """
    merged = dict(conn.execute("SELECT id, merged_into FROM actor WHERE merged_into IS NOT NULL"))
    actors: defaultdict[str, Counter[str]] = defaultdict(Counter)
    labels: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text, label, actor in conn.execute(_LINKS):
        actor = _end(actor, merged)
        actors[text][actor] += 1
        labels[text, actor][label] += 1
    found = []
    for text, counts in sorted(actors.items()):
        actor, most = max(counts.items(), key=lambda item: (item[1], item[0]))
        if most >= CLEAR * counts.total():
            label = max(labels[text, actor].items(), key=lambda item: (item[1], item[0]))[0]
            found.append(LinkedName(text, label, actor, most))
    return found


def _end(actor: str, merged: dict[str, str]) -> str:
    seen = set[str]()
    while actor in merged and actor not in seen:
        seen.add(actor)
        actor = merged[actor]
    return actor
