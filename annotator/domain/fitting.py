"""Suggestions brought into line with a scheme that people have changed since the machine learnt it."""

from dataclasses import replace
from types import MappingProxyType

from annotator.domain.layer import Layer
from annotator.domain.scheme import LabelScheme
from annotator.domain.statement import Mention, Statement


def fitted(layer: Layer, scheme: LabelScheme) -> Layer:
    """A layer of suggestions without what the scheme has retired: what it was merged into stands in
    its place, else topic and act are left open and the mention is left out.
    """
    if not (scheme.gone_labels or scheme.gone_acts or scheme.gone_topics):
        return layer
    statements = {id: _statement(s, scheme) for id, s in layer.statements.items()}
    return replace(
        layer, mentions=MappingProxyType(_mentions(layer, scheme)), statements=MappingProxyType(statements)
    )


def _mentions(layer: Layer, scheme: LabelScheme) -> dict[str, Mention]:
    gone = scheme.gone_labels
    there = {(m.span, m.label) for m in layer.mentions.values()}
    kept: dict[str, Mention] = {}
    for id, mention in layer.mentions.items():
        label = gone.get(mention.label, mention.label)
        if mention.label not in gone:
            kept[id] = mention
        elif label is not None and (mention.span, label) not in there:
            kept[id] = replace(mention, label=label)
            there.add((mention.span, label))
    return kept


def _statement(statement: Statement, scheme: LabelScheme) -> Statement:
    topics = dict.fromkeys(scheme.gone_topics.get(t, t) for t in statement.topics)
    act = scheme.gone_acts.get(statement.act, statement.act) if statement.act else None
    return replace(statement, topics=tuple(t for t in topics if t is not None), act=act)
