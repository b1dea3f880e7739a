"""What is not the answer: for every statement the mentions of its article that are neither its
speaker nor its target, so that models of roles learn from candidates and not from answers alone.
"""

from collections.abc import Iterator
from typing import Any

from annotator.export.formats import Record

ROLES = ("speaker", "target")


def candidates(record: Record) -> Iterator[dict[str, Any]]:
    """A line for each decided statement, role and mention that does not fill it.

    A mention fills a role when it shares a position with the role's span or stands for its actor.
    Undecided roles and explicit *not stated* / *none*: of the first nothing is known, so no lines;
    of the second every mention is a non-answer.
    """
    mentions = [m for m in record["mentions"] if m["decision"] != "rejected"]
    for statement in record["statements"]:
        if statement["decision"] not in ("confirmed", "corrected"):
            continue
        for role in ROLES:
            answers = _answers(statement, role)
            if answers is None:
                continue
            spans, actors = answers
            for m in mentions:
                if m["actor"] in actors or any(_overlap(m, s) for s in spans):
                    continue
                yield _line(record, statement, role, m)


def _answers(statement: dict[str, Any], role: str) -> tuple[list[Any], set[str]] | None:
    speaker, targets = statement["speaker"], statement["targets"]
    if role == "speaker":
        spans, actors, none = [speaker["span"]], set(speaker["actors"]), speaker["not_stated"]
    else:
        spans, actors = [t["span"] for t in targets], {t["actor"] for t in targets}
        none = statement["no_target"]
    spans, actors = [s for s in spans if s], {a for a in actors if a}
    return (spans, actors) if none or spans or actors else None


def _overlap(a: Any, b: Any) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _line(record: Record, statement: dict[str, Any], role: str, mention: Any) -> dict[str, Any]:
    return {
        "article": record["id"],
        "layer": record["layer"]["annotator"],
        "statement": statement["id"],
        "role": role,
        "candidate": {k: mention[k] for k in ("id", "start", "end", "text", "label", "actor")},
        "answer": False,
    }
