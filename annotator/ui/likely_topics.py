"""Which topics a statement may have: its own in their order, those of the statements around it, and those
whose cues stand in its content.
"""

import re
from collections import defaultdict

from annotator.domain.scheme import LabelScheme
from annotator.domain.statement import Decision, Statement
from annotator.ui.snapshot import Snapshot

MOST = 6  # as many as a glance takes in
_OF_PEOPLE = 2.0  # a topic that a person chose, next to one that the machine suggests
_CUE = 1.5  # a cue in the content, next to a neighbour that has the topic


def likely_topics(snapshot: Snapshot, statement: Statement, scheme: LabelScheme) -> list[str]:
    """Ids of topics that can be chosen: those that the statement has as its card shows them, then the
    likeliest first.
    """
    offered = scheme.offered().topics
    weights: dict[str, float] = defaultdict(float)
    here = snapshot.numbers.get(statement.id, 0)
    for other in snapshot.statements:
        if other.id == statement.id or other.decision is Decision.REJECTED:
            continue
        near = 1 / (1 + abs(snapshot.numbers[other.id] - here)) ** 0.5
        for n, said in enumerate(other.topics):
            weights[said] += near * (_OF_PEOPLE if other.decided else 1.0) / (1 + n)
    content = " ".join(s.surface(snapshot.article.text) for s in statement.spans).casefold()
    for id, topic in offered.items():
        weights[id] += _CUE * sum(_stands(cue.casefold(), content) for cue in topic.cues)
    found = [t for t, weight in weights.items() if weight and t in offered and t not in statement.topics]
    own = [t for t in statement.topics if t in offered]
    return [*own, *sorted(found, key=lambda t: (-weights[t], t))][:MOST]


def _stands(cue: str, content: str) -> bool:
    return cue in content and re.search(rf"\b{re.escape(cue)}\b", content) is not None
