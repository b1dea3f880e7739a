"""Canonical records from strangers: checked to the last value before they may come in."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.domain.actors import Actor, Actors
from annotator.domain.article import Article
from annotator.domain.record import SCHEMA, Record, actor_from_dict, from_record, to_record
from annotator.domain.text import normalise
from annotator.ingest.finishing import headline, language, tidy
from annotator.ingest.kinds import wrong
from annotator.ingest.results import UnfitError
from annotator.ingest.shifts import Shifts


def is_record(data: Mapping[str, Any]) -> bool:
    """True when a JSON object says that it is a record of ours, in any version."""
    schema = data.get("schema")
    return isinstance(schema, str) and schema.startswith(SCHEMA.partition("/")[0] + "/")


def read_record(data: dict[str, Any], *, file: str) -> Record:
    """The record. A text that is not normalised is, and its offsets are moved along; the id that
    the line gave is kept as `source_id` when it is not the content's.

    Raises UnfitError, or ValueError naming the place, when any part is not what it should be.
    """
    if data.get("schema") != SCHEMA:
        raise UnfitError(f"it is a record of schema {data.get('schema')}, this program knows {SCHEMA}")
    data = _normalised(data)
    _refuse_unstorable(data)
    try:
        record = from_record(data)
    except (TypeError, AttributeError, KeyError, RecursionError) as e:
        raise UnfitError(f"it is not of the shape of a record ({e})") from None
    for part in (record.article, record.layer, *record.actors):
        if field := wrong(part):
            raise UnfitError(f"it is not of the shape of a record ({field} is of a wrong kind)")
    if not record.article.text.strip():
        raise UnfitError("there is no text in it")
    return Record(_with_source(record.article, data, file), record.layer, _all_actors(record))


def _all_actors(record: Record) -> tuple[Actor, ...]:
    """The record's actors and those it only names by id."""
    named = to_record(record.article, record.layer, Actors(record.actors))["actors"]
    known = {actor.id for actor in record.actors}
    return (*record.actors, *(actor_from_dict(a) for a in named if a["id"] not in known))


def _with_source(article: Article, data: Mapping[str, Any], file: str) -> Article:
    """Where the record itself says nothing, say where it came from; else leave it as it is."""
    meta, given = article.meta, data.get("id")
    if isinstance(given, str) and given != article.id and meta.source_id is None:
        meta = replace(meta, source_id=tidy(given))
    if not data.get("meta"):
        changed = tuple(data.get("_changed", ()))
        title = headline(article.text)
        meta = replace(meta, title=title, file=tidy(file), extractor="jsonl 1", changed=changed)
    lang = article.lang if "lang" in data else language(article.text)
    return Article(article.text, lang, meta)


def _refuse_unstorable(data: Mapping[str, Any]) -> None:
    try:
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise UnfitError("it holds half characters (lone surrogates)") from None
    except ValueError:
        raise UnfitError("it holds numbers that are none") from None


def _normalised(data: dict[str, Any]) -> dict[str, Any]:
    text = data.get("text")
    if not isinstance(text, str) or (normal := normalise(text)).text == text:
        return data
    moved: dict[str, Any] = _moved(data, text, normal.text, Shifts(text))
    moved.update(text=normal.text, _changed=list(normal.changed))
    moved.pop("text_sha256", None)
    if isinstance(meta := moved.get("meta"), dict):
        moved["meta"] = {**meta, "changed": [*(meta.get("changed") or ()), *normal.changed]}
    return moved


def _moved(value: Any, old: str, new: str, shifts: Shifts) -> Any:
    """`value` with every span in it moved from the old text to the new one."""
    if isinstance(value, list):
        return [_moved(item, old, new, shifts) for item in value]
    if not isinstance(value, dict):
        return value
    out = {k: _moved(v, old, new, shifts) for k, v in value.items()}
    start, end = value.get("start"), value.get("end")
    if type(start) is int and type(end) is int:
        if "text" in value and value["text"] != old[start:end]:
            raise UnfitError(f"at {start} to {end} the text says something else than the record")
        out["start"], out["end"] = shifts.moved(start), shifts.moved(end)
        if "text" in value:
            out["text"] = new[out["start"] : out["end"]]
    return out
