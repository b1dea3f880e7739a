"""Random texts, layers and edits for hypothesis: every script and awkward character that news brings."""

from types import MappingProxyType

from hypothesis import strategies as st

from annotator.domain.article import Meta
from annotator.domain.edits import (
    AddMention,
    AddStatement,
    ChangeMention,
    ChangeStatement,
    RemoveMention,
    RemoveStatement,
    SetState,
)
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.spans import Span
from annotator.domain.statement import (
    Decision,
    Kind,
    Mention,
    Provenance,
    Reason,
    Role,
    Speaker,
    Statement,
    Target,
    Via,
)
from annotator.domain.text import normalise

PIECES = [
    "Qin", "said", "the", " ", " ", " ", ", ", ". ", "\n", "\n\n", "\t", "“", "”", "'", "…", "–",
    "😀", "🏳️‍🌈", "𝒜", "e\u0301", "é", "\u00a0", "שלום", "السلام", "秦刚", "表示", "\u200f", "\u2028", "ﬁ",
    "İ",
]  # fmt: skip
UNCLEAN = ["\r\n", "\r", "\ufeff", "\0", "\u00ad", "\x07", "\ud800", "\udc00", "\ud83d\ude00", "\x85"]
ACTORS = ["state:CN", "state:JP", "person:qin-gang", "org:NATO"]

raw_texts = st.lists(st.sampled_from(PIECES + UNCLEAN) | st.text(max_size=3), max_size=40).map("".join)
texts = raw_texts.map(lambda raw: normalise(raw).text).filter(bool)
words = st.sampled_from(["", "a", "note", "ünï", "😀", "two words", "a\nb", '"', "x" * 50])
scores = st.none() | st.floats(0, 1)
stamps = st.sampled_from([None, "2026-03-02T10:14:05Z"])


def spans(text):
    """Any span of the text."""
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda p: p[0] != p[1])
    return ends.map(lambda p: Span(min(p), max(p)))


def maybe(strategy):
    return st.none() | strategy


def tuples_of(strategy, max_size=3):
    return st.lists(strategy, max_size=max_size).map(tuple)


provenances = st.builds(
    Provenance,
    by=st.sampled_from([None, "ann", "Bé"]),
    at=stamps,
    suggester=st.sampled_from([None, "rules 1 + en_core_web_sm 3.8.0"]),
    score=scores,
    changed=tuples_of(st.sampled_from(["speaker", "target", "topic"])),
    seconds=maybe(st.floats(0, 1e6)),
    reasons=tuples_of(
        st.tuples(st.sampled_from(["speaker", "cue"]), st.builds(Reason, score=scores, why=maybe(words)))
    ),
    guideline=st.sampled_from([None, "2"]),
)


def mention_fields(text):
    return {
        "span": spans(text),
        "label": st.sampled_from(["PERSON", "GPE", "ORG"]),
        "actor": maybe(st.sampled_from(ACTORS)),
        "flags": tuples_of(st.sampled_from(["metonym", "uncertain"])),
        "decision": st.sampled_from(Decision),
        "provenance": provenances,
    }


def statement_fields(text):
    span = spans(text)
    actor = maybe(st.sampled_from(ACTORS))
    return {
        "spans": st.lists(span, min_size=1, max_size=3).map(lambda s: tuple(sorted(s))),
        "kind": st.sampled_from(Kind),
        "cue": maybe(span),
        "speaker": st.builds(
            Speaker, maybe(span), tuples_of(st.sampled_from(ACTORS)), not_stated=st.booleans()
        ),
        "via": maybe(st.builds(Via, maybe(span), actor)),
        "targets": tuples_of(
            st.builds(Target, actor, maybe(st.sampled_from(Role)), maybe(span), maybe(st.just("negative")))
        ),
        "no_target": st.booleans(),
        "topics": tuples_of(st.sampled_from(["territory.taiwan", "peace.ceasefire", "old.topic"])),
        "no_topic": st.booleans(),
        "act": st.sampled_from([None, "none", "warn"]),
        "flags": tuples_of(st.sampled_from(["anonymous", "nested"])),
        "note": maybe(words),
        "confidence": st.sampled_from([None, "sure", "unsure"]),
        "decision": st.sampled_from(Decision),
        "provenance": provenances,
    }  # fmt: skip


mention_ids = st.sampled_from(["m0", "m1", "m2", "m3"])
statement_ids = st.sampled_from(["s0", "s1", "s2", "s3"])
states = st.builds(
    SetState, st.sampled_from(State), st.sampled_from([None, "not_relevant"]), st.sampled_from([None, "2"])
)


def mentions(text, ids=mention_ids):
    return st.builds(Mention, id=ids, **mention_fields(text))


def statements(text, ids=statement_ids):
    return st.builds(Statement, id=ids, **statement_fields(text))


def some_fields(fields):
    """(name, value) pairs of some fields, each once."""
    chosen = st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=4, unique=True)
    return chosen.flatmap(lambda names: st.tuples(*(st.tuples(st.just(n), fields[n]) for n in names)))


def edits(text):
    """Any edit of a layer; it may not fit the layer it meets."""
    return st.one_of(
        st.builds(AddStatement, statements(text)),
        st.builds(RemoveStatement, statement_ids),
        st.builds(ChangeStatement, statement_ids, some_fields(statement_fields(text))),
        st.builds(AddMention, mentions(text)),
        st.builds(RemoveMention, mention_ids),
        st.builds(ChangeMention, mention_ids, some_fields(mention_fields(text))),
        states,
    )


@st.composite
def layers(draw, text, article="a", annotator="ann", kind=LayerKind.HUMAN):
    state = draw(states)
    return Layer(
        article,
        annotator,
        kind,
        state.state,
        state.outcome,
        state.guideline,
        mentions=MappingProxyType({m.id: m for m in draw(st.lists(mentions(text), max_size=4))}),
        statements=MappingProxyType({s.id: s for s in draw(st.lists(statements(text), max_size=4))}),
    )


metas = st.builds(
    Meta,
    title=maybe(words),
    outlet=maybe(words),
    published=st.sampled_from([None, "2023", "2023-04-02"]),
    url=maybe(words),
    file=maybe(words),
    extractor=st.sampled_from([None, "plain 1"]),
    source_id=maybe(words),
    raw_sha256=st.sampled_from([None, "0" * 64]),
    changed=tuples_of(words),
    practice=st.booleans(),
)
