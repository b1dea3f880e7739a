"""Ids of mentions and statements: suggestions get theirs from what they are, hand-made ones by chance."""

import hashlib
import uuid
from collections.abc import Iterable

from annotator.domain.spans import Span


def suggestion_id(prefix: str, article: str, spans: Iterable[Span], extra: str = "") -> str:
    """The same words of the same article always get the same id, so that a suggestion made anew
    is recognised; `prefix` is `s` for statements, `m` for mentions, `extra` a mention's label.
    """
    places = ",".join(f"{s.start}-{s.end}" for s in sorted(spans))
    return prefix + hashlib.sha256(f"{article} {places} {extra}".encode()).hexdigest()[:12]


def fresh_id(prefix: str) -> str:
    """An id no other laptop makes."""
    return prefix + uuid.uuid4().hex[:16]
