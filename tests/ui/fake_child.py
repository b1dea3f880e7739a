"""Speaks the suggester's lines without a pipeline: first words are the statement, `die` ends it."""

import json
import sys
from dataclasses import replace

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.record import dumps, to_record
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Provenance, Speaker, Statement

for line in sys.stdin:
    asked = json.loads(line)
    if "die" in asked["text"]:
        sys.exit(3)
    if "refuse" in asked["text"]:
        print(json.dumps({"id": asked["id"], "error": "refused"}), flush=True)
        continue
    article = Article(asked["text"])
    spans = [Span(s["start"], s["end"]) for s in asked.get("fill", [{"start": 0, "end": 5}])]
    made = Statement(
        f"s{asked['id']}",
        tuple(spans),
        Kind.INDIRECT,
        speaker=Speaker(None, ("org:CHILD",)),
        no_target=True,
        topics=("conflict.ceasefire",),
        act="assert",
        provenance=Provenance(suggester="child", score=0.5),
    )
    statements = {made.id: made}
    if "many" in asked["text"]:
        places = [Span(at, at + 4) for at in range(0, len(asked["text"]) - 4, 5)]
        statements = {f"s{p.start}": replace(made, id=f"s{p.start}", spans=(p,)) for p in places}
    layer = Layer(article.id, "child", LayerKind.MACHINE, statements=statements)
    print(dumps(to_record(article, layer, Actors([Actor("org:CHILD", "Child", "org")]))), flush=True)
