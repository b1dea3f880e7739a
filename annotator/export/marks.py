"""Mentions and statements as marks and links between them, as most annotation programs see them; what
such programs have no place for is reported.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.export.formats import Record
from annotator.export.loss import Loss, quoted

CONTENT, SPEAKER, CUE, TARGET, VIA = "CONTENT", "SPEAKER", "CUE", "TARGET", "VIA"
CONTINUES = "CONTINUES"  # from the first piece of split content to the others


@dataclass(frozen=True)
class Mark:
    """A labelled span and its words; `key` names it within its record, `item` is the mention,
    statement or target.
    """

    key: str
    label: str
    start: int
    end: int
    words: str
    item: Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """From the first content piece of a statement to what belongs to it."""

    label: str
    head: str
    child: str


def kept(record: Record, what: str, loss: Loss) -> list[Mapping[str, Any]]:
    """The `mentions` or `statements` that are not rejected; the others are reported."""
    out = []
    for item in record[what]:
        if item["decision"] != "rejected":
            out.append(item)
        else:
            spans = item.get("spans") or [item]
            loss.leave_out(f"rejected {what}", quoted(record, spans[0]["start"], spans[-1]["end"]))
    return out


def marks_of_mentions(record: Record, loss: Loss) -> Iterator[Mark]:
    """A mark for each mention that is not rejected; labels are made one word."""
    for m in kept(record, "mentions", loss):
        yield Mark(f"m:{m['id']}", one_word(m["label"]), m["start"], m["end"], m["text"], m)


def marks_of_statement(s: Mapping[str, Any]) -> list[Mark]:
    """Content pieces first, then whichever there are of speaker, cue, targets and via."""
    places = [(CONTENT, x, s) for x in s["spans"]]
    places += [(SPEAKER, s["speaker"]["span"], s["speaker"]), (CUE, s["cue"], s)]
    places += [(TARGET, t["span"], t) for t in s["targets"]]
    if s["via"]:
        places.append((VIA, s["via"]["span"], s["via"]))
    return [
        Mark(f"s:{s['id']}:{n}", label, span["start"], span["end"], span["text"], item)
        for n, (label, span, item) in enumerate(places)
        if span
    ]


def links_of(marks: list[Mark]) -> list[Link]:
    """The links of one statement's marks; the first one is its head."""
    head, *others = marks
    return [Link(CONTINUES if m.label == CONTENT else m.label, head.key, m.key) for m in others]


def kind_of_layer(record: Record) -> dict[str, str]:
    """Whose work it is, said only when it is no single person's: `{"layer_kind": "machine"}`."""
    kind = record["layer"]["kind"]
    return {} if kind == "human" else {"layer_kind": kind}


def one_word(name: str) -> str:
    """A name that formats with white space between columns can hold."""
    return "_".join(name.split())


def report_details(record: Record, loss: Loss, *, besides: frozenset[str] = frozenset()) -> None:
    """Report what marks and links alone do not say; `besides` names what the format does carry:
    `decisions`, `actors`, `details` (kind, topics, act), `nones`, `metadata`, `silent` (actors of speakers
    and targets without words), `roles` (of those targets), `notes` (on one line).
    """
    if "metadata" not in besides:
        loss.add("metadata of articles")
    items = [x for x in (*record["mentions"], *record["statements"]) if x["decision"] != "rejected"]
    loss.add("provenance of decisions", count=len(items))
    if "decisions" not in besides:
        loss.add("decisions", count=len(items))
    if "actors" not in besides:
        told = [m for m in record["mentions"] if m["decision"] != "rejected" and m["actor"]]
        loss.add("actors of mentions", count=len(told))
    loss.add("actors: their kinds and whom they speak for", count=len(record["actors"]))
    for s in record["statements"]:
        if s["decision"] != "rejected":
            _report_statement(record, s, loss, besides)


def _report_statement(record: Record, s: Mapping[str, Any], loss: Loss, besides: frozenset[str]) -> None:
    place = quoted(record, s["spans"][0]["start"], s["spans"][-1]["end"])
    if "details" not in besides:
        loss.add("kinds, topics and acts of statements", place)
    silent = [t for t in s["targets"] if t["span"] is None]
    if "actors" not in besides:
        loss.add("actors of speakers", place, count=len(s["speaker"]["actors"]))
        loss.add("actors, roles and stances of targets", place, count=len(s["targets"]))
    elif "silent" not in besides and not s["speaker"]["span"]:
        loss.add("actors of speakers without words", place, count=len(s["speaker"]["actors"]))
    if "nones" not in besides:
        nones = [s["speaker"]["not_stated"], s["no_target"], s["no_topic"], s["act"] == "none"]
        loss.add("explicit nones (not stated, no target, no topic, no act)", place, count=sum(nones))
    loss.add("who relayed, without words", place, count=s["via"] is not None and s["via"]["span"] is None)
    if "silent" in besides:
        parts = sum(bool(t["stance"] or (t["role"] and "roles" not in besides)) for t in silent)
        loss.add("roles and stances of targets without words", place, count=parts)
    else:
        loss.add("targets without words", place, count=len(silent))
    _report_remarks(s, place, loss, besides)


def _report_remarks(s: Mapping[str, Any], place: str, loss: Loss, besides: frozenset[str]) -> None:
    if "notes" not in besides:
        count = bool(s["flags"] or s["note"] or s["confidence"])
        loss.add("flags, notes and confidence of statements", place, count=count)
        return
    loss.add("flags and confidence of statements", place, count=bool(s["flags"] or s["confidence"]))
    note = s["note"] or ""
    loss.add("line ends and double spaces in notes", place, count=note != " ".join(note.split()))
