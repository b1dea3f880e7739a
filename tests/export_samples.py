"""Articles with everything that export formats stumble over, and random ones for hypothesis."""

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from hypothesis import strategies as st

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article, Meta
from annotator.domain.layer import Layer, LayerKind, State
from annotator.domain.record import to_record
from annotator.domain.spans import Span, merged, trimmed
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
from annotator.export import registry
from annotator.export.formats import Job
from annotator.export.loss import Loss

ACTORS = Actors(
    [
        Actor("state:CN", "China", "state"),
        Actor("state:JP", "Japan", "state"),
        Actor("mfa:CN", "Chinese Foreign Ministry", "mfa", speaks_for="state:CN"),
        Actor("person:qin-gang", "Qin Gang", "person", speaks_for="mfa:CN"),
        Actor("person:qin", "Qin", "person", merged_into="person:qin-gang"),
    ]
)
BY_ANN = Provenance(by="ann", at="2026-03-02T10:14:05Z")
BY_MACHINE = Provenance(suggester="rules 1", score=0.75, reasons=(("speaker", Reason(0.5, "cue said")),))


def place(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stands for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def mention(
    id: str, span: Span, label: str, actor: str | None = None, decision: Decision = Decision.CONFIRMED
) -> Mention:
    return Mention(id, span, label, actor, decision=decision, provenance=BY_ANN)


def layer_of(
    article: Article,
    mentions: Iterable[Mention] = (),
    statements: Iterable[Statement] = (),
    *,
    annotator: str = "ann",
    kind: LayerKind = LayerKind.HUMAN,
    state: State = State.DOING,
) -> Layer:
    return Layer(
        article.id,
        annotator,
        kind,
        state,
        guideline="1",
        mentions=MappingProxyType({m.id: m for m in mentions}),
        statements=MappingProxyType({s.id: s for s in statements}),
    )


def emoji() -> tuple[Article, Layer]:
    """Astral characters before, in and after spans; a split statement with a nested mention."""
    text = (
        "🇨🇳 “We are 🧑🏽‍🚀 ready,” Foreign Minister Qin Gang told Japan on Monday, “to talk 🤝.” "
        "Tokyo was silent."
    )
    article = Article(text, "en", Meta(title="Ready 🚀", outlet="Daily", published="2026-03-02"))
    qin, japan = place(text, "Qin Gang"), place(text, "Japan")
    split = Statement(
        "s1",
        (place(text, "We are 🧑🏽‍🚀 ready"), place(text, "to talk 🤝")),
        Kind.DIRECT,
        cue=place(text, "told"),
        speaker=Speaker(qin, ("person:qin",)),
        targets=(Target("state:JP", Role.ADDRESSEE, japan, "positive"),),
        topics=("territory.taiwan",),
        act="request",
        decision=Decision.CORRECTED,
        provenance=Provenance("ann", "2026-03-02T10:14:05Z", "rules 1", 0.5, ("target",), 4.5),
    )
    mentions = [
        mention("m1", place(text, "🇨🇳"), "GPE", "state:CN"),
        mention("m2", place(text, "Foreign Minister Qin Gang"), "PERSON", "person:qin"),
        mention("m3", qin, "PERSON", "person:qin-gang"),
        mention("m4", japan, "GPE", "state:JP"),
    ]
    return article, layer_of(article, mentions, [split], state=State.DONE)


def crlf() -> tuple[Article, Layer]:
    """A CRLF source; content over a blank line, a mention over a line end; no target, not stated."""
    done = normalise(
        "Foreign\r\nMinistry speaks\r\n\r\nIt was said that trade. Must\r\n\r\ngrow (sources).\r\n"
    )
    text = done.text
    article = Article(text, None, Meta(file="crlf.txt", changed=done.changed, raw_sha256="0" * 64))
    crossing = Statement(
        "s1",
        (Span(text.index("trade"), text.index("grow") + 4),),
        Kind.INDIRECT,
        cue=place(text, "said"),
        speaker=Speaker(not_stated=True),
        via=Via(place(text, "sources")),
        no_target=True,
        no_topic=True,
        act="none",
        note="over\na line | end",
        confidence="unsure",
        decision=Decision.CONFIRMED,
        provenance=BY_ANN,
    )
    mentions = [mention("m1", place(text, "Foreign\nMinistry"), "ORG", "mfa:CN")]
    return article, layer_of(article, mentions, [crossing])


def tangled() -> tuple[Article, Layer]:
    """Spans nested, crossing, inside one token; one statement within another; rejected ones."""
    text = "U.S.-Japan ties: the Chinese Embassy in Tokyo said Beijing told Seoul that Tokyo must wait."
    article = Article(text, "en", Meta(source_id="7", url="https://example.org/7"))
    outer = Statement(
        "s1",
        (Span(text.index("Beijing"), len(text) - 1),),
        Kind.INDIRECT,
        cue=place(text, "said"),
        speaker=Speaker(place(text, "the Chinese Embassy in Tokyo"), ("mfa:CN",)),
        targets=(Target("state:JP", Role.OBJECT), Target(None, None, place(text, "Tokyo", 1))),
        topics=("trade.tariffs", "security.alliance"),
        decision=Decision.SUGGESTED,
        provenance=BY_MACHINE,
    )
    inner = Statement(
        "s2",
        (place(text, "Tokyo must wait"),),
        Kind.INDIRECT,
        cue=place(text, "told"),
        speaker=Speaker(place(text, "Beijing"), ("state:CN",)),
        targets=(Target("org:unknown", Role.BOTH, place(text, "Seoul")),),
        decision=Decision.CONFIRMED,
        provenance=BY_ANN,
    )
    refused = Statement("s3", (place(text, "wait"),), Kind.DIRECT, decision=Decision.REJECTED)
    mentions = [
        mention("m1", place(text, "Japan"), "GPE", "state:JP"),
        mention("m2", place(text, "Chinese Embassy in Tokyo"), "ORG", "mfa:CN"),
        mention("m3", place(text, "Chinese"), "NORP"),
        mention("m4", place(text, "Embassy in Tokyo said"), "EVENT"),
        mention("m5", place(text, "ties"), "MISC", decision=Decision.REJECTED),
    ]
    return article, layer_of(article, mentions, [outer, inner, refused])


def scripts() -> tuple[Article, Layer]:
    """Other scripts, odd spaces, and the line that CoNLL readers take for a new document."""
    text = "北京说:“好。”\u2028قال الوزير\u00a0إن -DOCSTART- -X- O O\tstands\u200bhere e\u0301\n\n\n"
    article = Article(text, "ar")
    mentions = [
        mention("m1", place(text, "北京"), "GPE", "state:CN"),
        mention("m2", place(text, "الوزير"), "PERSON"),
        mention("m3", place(text, "-DOCSTART-"), "ORG"),
    ]
    return article, layer_of(article, mentions, annotator="bo")


def bare() -> tuple[Article, Layer]:
    """Nothing marked."""
    article = Article("Nothing to mark here.", "en")
    return article, Layer(article.id, "ann")


def samples() -> list[tuple[Article, Layer]]:
    """All of them, sorted as exports are."""
    return sorted((emoji(), crlf(), tangled(), scripts(), bare()), key=lambda pair: pair[0].id)


def sample_records() -> list[dict]:
    return [to_record(article, layer, ACTORS) for article, layer in samples()]


def written(format: str, records: Iterable[dict], folder: Path, **options: str) -> tuple[list[Path], Loss]:
    """Write records in a format, hold what is read back against what was meant."""
    chosen, loss = registry.find(format), Loss()
    folder.mkdir(parents=True, exist_ok=True)
    writer = chosen.writer(Job(folder, "sample", registry.settled(chosen, options), loss))
    try:
        meant = [writer.add(record) for record in records]
    finally:
        files = writer.close()
    assert list(writer.reread()) == [m for m in meant if m is not None]
    return files, loss


_TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab Qin.,“”\"'\n-🙂中ا\u0301\u00a0\u2028"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=60,
).map(lambda raw: normalise(raw).text)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Layer]:
    """A random article with mentions and statements anywhere in it."""
    article = Article(draw(_TEXTS.filter(str.strip)), draw(st.sampled_from([None, "en", "zh"])))
    text = article.text

    def span() -> Span:
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return trimmed(text, a, b) or trimmed(text, 0, len(text)) or Span(0, len(text))

    def maybe_span() -> Span | None:
        return span() if draw(st.booleans()) else None

    decision, label = st.sampled_from(Decision), st.sampled_from(["GPE", "PERSON", "ORG"])
    mentions = [
        Mention(f"m{n}", span(), draw(label), decision=draw(decision), provenance=BY_ANN)
        for n in range(draw(st.integers(0, 4)))
    ]
    statements = [
        Statement(
            f"s{n}",
            merged(span() for _ in range(draw(st.integers(1, 3)))),
            draw(st.sampled_from(Kind)),
            cue=maybe_span(),
            speaker=draw(
                st.sampled_from([Speaker(), Speaker(not_stated=True), Speaker(None, ("person:qin-gang",))])
            ),
            targets=tuple(
                Target("state:JP", Role.BOTH, maybe_span()) for _ in range(draw(st.integers(0, 2)))
            ),
            decision=draw(decision),
            provenance=BY_ANN,
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    return article, layer_of(article, mentions, statements, state=draw(st.sampled_from(State)))
