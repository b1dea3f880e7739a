"""The shape of canonical records as Hugging Face `datasets` declares features, so that columns which
are null throughout a file still load with their type.

The reader takes strings for times when all of a column look like times, whatever is declared, and
would then write them otherwise; so what is a time is declared as one.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_STRING, _INT, _FLOAT, _BOOL = "string", "int64", "float64", "bool"
_TIME, _DAY = "timestamp[s, tz=UTC]", "date32"
_SPAN = {"start": _INT, "end": _INT, "text": _STRING}
_PROVENANCE = {
    "by": _STRING,
    "at": _TIME,
    "suggester": _STRING,
    "score": _FLOAT,
    "changed": [_STRING],
    "seconds": _FLOAT,
    "reasons": [{"role": _STRING, "score": _FLOAT, "why": _STRING}],
    "guideline": _STRING,
}

# A name alone is a scalar, a list holds the one shape of its items.
_RECORD: Mapping[str, Any] = {
    "schema": _STRING,
    "id": _STRING,
    "text": _STRING,
    "text_sha256": _STRING,
    "offset_unit": _STRING,
    "lang": _STRING,
    "meta": {
        **dict.fromkeys(("title", "outlet", "published", "url", "file", "extractor"), _STRING),
        "source_id": _STRING,
        "raw_sha256": _STRING,
        "changed": [_STRING],
        "practice": _BOOL,
    },
    "layer": dict.fromkeys(("annotator", "kind", "state", "outcome", "guideline"), _STRING),
    "mentions": [
        {
            "id": _STRING,
            **_SPAN,
            "label": _STRING,
            "actor": _STRING,
            "flags": [_STRING],
            "decision": _STRING,
            "provenance": _PROVENANCE,
        }
    ],
    "actors": [dict.fromkeys(("id", "name", "kind", "speaks_for"), _STRING)],
    "statements": [
        {
            "id": _STRING,
            "kind": _STRING,
            "spans": [_SPAN],
            "cue": _SPAN,
            "speaker": {"span": _SPAN, "actors": [_STRING], "not_stated": _BOOL},
            "via": {"span": _SPAN, "actor": _STRING},
            "targets": [{"span": _SPAN, "actor": _STRING, "role": _STRING, "stance": _STRING}],
            "no_target": _BOOL,
            "topics": [_STRING],
            "no_topic": _BOOL,
            "act": _STRING,
            "flags": [_STRING],
            "note": _STRING,
            "confidence": _STRING,
            "decision": _STRING,
            "provenance": _PROVENANCE,
        }
    ],
}

CANDIDATE: Mapping[str, Any] = {
    **dict.fromkeys(("article", "layer", "statement", "role"), _STRING),
    "candidate": {"id": _STRING, **_SPAN, "label": _STRING, "actor": _STRING},
    "answer": _BOOL,
}


def record(*, whole_days: bool, times: bool = True) -> Mapping[str, Any]:
    """The shape of canonical records; `whole_days` when no date of an article is a year or month only;
    without `times` for files whose columns have types of their own, where nothing is taken for a time.
    """
    meta = {**_RECORD["meta"], "published": _DAY if whole_days else _STRING}
    shape = {**_RECORD, "meta": meta}
    return shape if times else {k: _timeless(v) for k, v in shape.items()}


def _timeless(kind: Any) -> Any:
    if isinstance(kind, list):
        return [_timeless(kind[0])]
    if isinstance(kind, Mapping):
        return {k: _timeless(v) for k, v in kind.items()}
    return _STRING if kind == _TIME else kind


def typed(value: Any, kind: Any) -> Any:
    """A value as its kind has it: whole numbers of a float column as floats. Raises ValueError when an
    object has other keys than its kind.
    """
    if value is None:
        return None
    if isinstance(kind, list):
        return [typed(item, kind[0]) for item in value]
    if isinstance(kind, Mapping):
        if value.keys() != kind.keys():
            raise ValueError(f"no column for {', '.join(sorted(value.keys() ^ kind.keys()))}")
        return {k: typed(v, kind[k]) for k, v in value.items()}
    return float(value) if kind == _FLOAT else value


def yaml(shape: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Lines of the `features:` list in a dataset card."""
    for name, kind in shape.items():
        yield f"{indent}- name: {name}"
        inner = kind[0] if isinstance(kind, list) else kind
        if isinstance(kind, str):
            yield f"{indent}  dtype: {kind}"
        elif isinstance(inner, str):
            yield f"{indent}  list: {inner}"
        else:
            yield f"{indent}  {'list' if isinstance(kind, list) else 'struct'}:"
            yield from yaml(inner, f"{indent}  ")


def quoted(value: str) -> str:
    """A string as YAML takes it whatever it holds: JSON's strings are YAML's."""
    return json.dumps(value, ensure_ascii=False)
