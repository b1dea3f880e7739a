"""Leaving people out of a dataset: annotators under a1, a2 … or not at all, personal notes dropped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export.filters import Filters
from annotator.export.formats import Record

NAMES = ("keep", "pseudonyms", "drop")


@dataclass(frozen=True)
class Masking:
    """`names` of annotators: kept, replaced by pseudonyms, or dropped; `notes` False drops notes."""

    names: str = "keep"
    notes: bool = True

    def __post_init__(self) -> None:
        if self.names not in NAMES:
            raise AnnotatorError(
                f"Names cannot be treated as {self.names!r}.", f"Choose from: {', '.join(NAMES)}."
            )

    def new_names(self, people: Iterable[str]) -> dict[str, str]:
        """What each person is called: a1, a2 … in the order of their names, `""` when dropped."""
        known = sorted({p for p in people if p})
        if self.names == "keep":
            return {p: p for p in known}
        return {p: f"a{n}" if self.names == "pseudonyms" else "" for n, p in enumerate(known, 1)}


def told(filters: Filters, masking: Masking, new_names: Mapping[str, str]) -> dict[str, Any]:
    """Filters as files tell of them: people under the names they go out by."""
    out = filters.as_dict()
    if masking.names != "keep":
        named = filters.layer
        out["layer"] = (new_names.get(named, named) or "?") if named else named
        out["decided_by"] = [new_names.get(name) or "?" for name in filters.decided_by]
    return out


def people_of(record: Record) -> set[str]:
    """Names of annotators that a record tells."""
    found = {x["provenance"]["by"] for x in (*record["mentions"], *record["statements"])}
    layer = record["layer"]
    if layer["kind"] == "human" or (layer["kind"] == "gold" and layer["annotator"] != "gold"):
        found.add(layer["annotator"])
    return {name for name in found if name}


def masked(record: Record, masking: Masking, new_names: Mapping[str, str]) -> dict[str, Any]:
    """The record under the new names, and without notes where they are not wanted."""

    def item(x: Mapping[str, Any]) -> dict[str, Any]:
        by = x["provenance"]["by"]
        out = {**x, "provenance": {**x["provenance"], "by": (new_names.get(by) or None) if by else by}}
        if "note" in out and not masking.notes:
            out["note"] = None
        return out

    layer = record["layer"]
    annotator = new_names.get(layer["annotator"], layer["annotator"])
    return {
        **record,
        "layer": {**layer, "annotator": annotator},
        "mentions": [item(m) for m in record["mentions"]],
        "statements": [item(s) for s in record["statements"]],
    }
